/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-client.h"
#include "lia-pbx-report.h"

G_BEGIN_DECLS

/*
 * What the parts of the doctor share: lia-ami-diagnose.c, which gets in; lia-ami-doctor-login.c, what the login may do and who answers it;
 * lia-ami-doctor-survey.c, what there is; lia-ami-doctor-ring.c, the test call. All for one fiber.
 *
 * Each check adds one step, and returns FALSE when nothing after it makes sense.
 */
typedef struct
{
  LiaPbx            *pbx;
  char              *password;
  char              *recordings_password; /* or NULL */
  GPtrArray         *agents;
  char              *phone;
  guint64            forged; /* as LiaPhoneLink has it */
  gint64             forged_ms;
  const char *const *names; /* of the steps, in order */
  LiaAmiClient      *client;
  char              *own_address; /* from which the PBX sees us */
  LiaAmiMessage     *commands;    /* what our login may ask for, by name */
  GPtrArray         *queues;      /* what QueueStatus lists */
  LiaPbxReport      *report;
} LiaAmiDoctor;

void           lia_ami_doctor_ok (LiaAmiDoctor *self,
                                  const char   *detail);
void           lia_ami_doctor_note (LiaAmiDoctor *self,
                                    const char   *code);
void           lia_ami_doctor_advise (LiaAmiDoctor *self,
                                      const char   *code,
                                      const char   *detail,
                                      const char   *file,
                                      const char   *paste);
gboolean       lia_ami_doctor_fail (LiaAmiDoctor *self,
                                    const char   *code,
                                    const char   *detail,
                                    const char   *file,
                                    const char   *paste);
gboolean       lia_ami_doctor_lose (LiaAmiDoctor *self,
                                    const GError *error);
LiaAmiMessage *lia_ami_doctor_ask (LiaAmiDoctor *self,
                                   LiaAmiAction *action,
                                   GError      **error);
GPtrArray     *lia_ami_doctor_list (LiaAmiDoctor *self,
                                    const char   *name,
                                    GError      **error);
char          *lia_ami_doctor_get (LiaAmiDoctor *self,
                                   const char   *variable);
gboolean       lia_ami_doctor_may (LiaAmiDoctor *self,
                                   const char   *command);

gboolean lia_ami_doctor_check_login (LiaAmiDoctor *self);
gboolean lia_ami_doctor_check_version (LiaAmiDoctor *self);
gboolean lia_ami_doctor_has_filters (LiaAmiDoctor *self);
gboolean lia_ami_doctor_survey (LiaAmiDoctor *self);
gboolean lia_ami_doctor_ring (LiaAmiDoctor *self);

/*
 * lia_ami_doctor_fail(): returns FALSE.
 * lia_ami_doctor_lose(): the connection broke in the middle of this step; returns FALSE.
 * lia_ami_doctor_ask(): @action (transfer full).
 * lia_ami_doctor_get(): (transfer full): the value of a variable or function of the dialplan; "" when there is none.
 * lia_ami_doctor_has_filters(): whether this Asterisk knows the way in which data/asterisk/manager.conf writes event filters.
 */

G_END_DECLS
