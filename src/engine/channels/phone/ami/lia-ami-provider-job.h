/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-provider-private.h"

G_BEGIN_DECLS

/**
 * LiaAmiJob:
 * @call: that the command is about, as it was at the last look; NULL where none is meant
 *
 * One command being carried out, in a fiber of its own. All that a step can find wrong is told as %LIA_PHONE_ERROR.
 */
typedef struct
{
  LiaAmiProvider  *provider;
  LiaAmiClient    *client; /* the connection that it began on */
  LiaPhoneCommand *command;
  LiaCall         *call;
} LiaAmiJob;

typedef gboolean (*LiaAmiStep) (LiaAmiJob *job,
                                GError   **error);
typedef gboolean (*LiaAmiCondition) (LiaAmiJob *job);

gboolean    lia_ami_job_fail (GError      **error,
                              LiaPhoneError code,
                              const char   *message);
gboolean    lia_ami_job_send (LiaAmiJob    *job,
                              LiaAmiAction *action,
                              GError      **error);
gboolean    lia_ami_job_do (LiaAmiJob  *job,
                            GError    **error,
                            const char *action,
                            ...) G_GNUC_NULL_TERMINATED;
char       *lia_ami_job_ask (LiaAmiJob  *job,
                             const char *channel,
                             const char *variable,
                             GError    **error);
gboolean    lia_ami_job_wait (LiaAmiJob      *job,
                              LiaAmiCondition condition,
                              guint           timeout_ms);
gboolean    lia_ami_job_is_number (const char *text);
const char *lia_ami_job_get_context (LiaAmiJob *job);
gboolean    lia_ami_job_need_context (LiaAmiJob  *job,
                                      const char *context,
                                      GError    **error);
gboolean    lia_ami_job_need_number (LiaAmiJob  *job,
                                     const char *number,
                                     GError    **error);
gboolean    lia_ami_job_need_telephone (LiaAmiJob *job,
                                        GError   **error);
LiaCallLeg *lia_ami_call_find_leg (LiaCall    *call,
                                   const char *phone);
LiaCallLeg *lia_ami_call_find_customer (LiaCall *call);
LiaCallLeg *lia_ami_job_need_leg (LiaAmiJob *job,
                                  GError   **error);
LiaCallLeg *lia_ami_job_need_customer (LiaAmiJob *job,
                                       GError   **error);

/* The steps, by file: lia-ami-provider-ring.c, -talk.c, -consult.c, -queues.c */
gboolean lia_ami_job_dial (LiaAmiJob *job,
                           GError   **error);
gboolean lia_ami_job_supervise (LiaAmiJob *job,
                                GError   **error);
gboolean lia_ami_job_take (LiaAmiJob *job,
                           GError   **error);
gboolean lia_ami_job_park (LiaAmiJob *job,
                           GError   **error);
gboolean lia_ami_job_hang_up (LiaAmiJob *job,
                              GError   **error);
gboolean lia_ami_job_hold (LiaAmiJob *job,
                           GError   **error);
gboolean lia_ami_job_press (LiaAmiJob *job,
                            GError   **error);
gboolean lia_ami_job_record (LiaAmiJob *job,
                             GError   **error);
gboolean lia_ami_job_transfer (LiaAmiJob *job,
                               GError   **error);
gboolean lia_ami_job_consult (LiaAmiJob *job,
                              GError   **error);
gboolean lia_ami_job_complete (LiaAmiJob *job,
                               GError   **error);
gboolean lia_ami_job_cancel (LiaAmiJob *job,
                             GError   **error);
gboolean lia_ami_job_pause (LiaAmiJob *job,
                            GError   **error);
gboolean lia_ami_job_log_in (LiaAmiJob *job,
                             GError   **error);
gboolean lia_ami_job_move (LiaAmiJob *job,
                           GError   **error);
gboolean lia_ami_job_set_priority (LiaAmiJob *job,
                                   GError   **error);

G_END_DECLS
