/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-stream.h"
#include "lia-mailbox.h"

G_BEGIN_DECLS

#define LIA_TYPE_SMTP (lia_smtp_get_type ())

/**
 * LiaSmtp:
 *
 * A session with a submission server (RFC 5321, 6409), logged in. One message after the other. For one fiber at a time.
 */
G_DECLARE_FINAL_TYPE (LiaSmtp, lia_smtp, LIA, SMTP, GObject)

/**
 * LiaSmtpOutcome:
 * @LIA_SMTP_ACCEPTED: taken, for all recipients or for some
 * @LIA_SMTP_LATER: nothing was taken; try again
 * @LIA_SMTP_REFUSED: nothing was taken, and never will be
 * @LIA_SMTP_UNKNOWN: all was sent and no answer came: it may have been taken
 */
typedef enum {
  LIA_SMTP_ACCEPTED,
  LIA_SMTP_LATER,
  LIA_SMTP_REFUSED,
  LIA_SMTP_UNKNOWN,
} LiaSmtpOutcome;

typedef struct
{
  char *address;
  int   code; /* of the reply: 2xx, 4xx, 5xx; 0 = none came */
  char *text; /* "5.1.1 no such user" */
} LiaSmtpRecipient;

typedef struct
{
  LiaSmtpOutcome outcome;
  gboolean       auth;       /* the login is of no use any more */
  int            code;       /* of the reply that decided, or 0 */
  char          *text;       /* of that reply, or why there was none */
  GPtrArray     *recipients; /* of LiaSmtpRecipient, as they were given */
} LiaSmtpResult;

/**
 * LiaSmtpPhaseFunc:
 * @phase: "data": the recipients are taken; "dot": everything but the final dot was sent
 *
 * Called on the fiber, which may wait. For "dot": TRUE says that it is durable that the message may have been delivered from now on.
 *
 * Returns: FALSE to break off; the message is then surely not delivered
 */
typedef gboolean (*LiaSmtpPhaseFunc) (const char *phase,
                                      gpointer    data);

LiaSmtp       *lia_smtp_connect (LiaMailbox *mailbox,
                                 GError    **error);
gboolean       lia_smtp_log_in (LiaSmtp    *self,
                                const char *login,
                                const char *password,
                                GError    **error);
LiaSmtp       *lia_smtp_open (LiaMailbox *mailbox,
                              const char *password,
                              GError    **error);
gboolean       lia_smtp_try_sender (LiaSmtp    *self,
                                    const char *sender,
                                    GError    **error);
LiaSmtpResult *lia_smtp_send (LiaSmtp           *self,
                              const char        *sender,
                              const char *const *recipients,
                              GBytes            *message,
                              LiaSmtpPhaseFunc   on_phase,
                              gpointer           data);
gboolean       lia_smtp_is_usable (LiaSmtp *self);
gint64         lia_smtp_get_max_size (LiaSmtp *self);
LiaMailStream *lia_smtp_get_stream (LiaSmtp *self);
void           lia_smtp_close (LiaSmtp *self);
GBytes        *lia_smtp_stuff_dots (GBytes *message);
void           lia_smtp_result_free (LiaSmtpResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSmtpResult, lia_smtp_result_free)

G_END_DECLS
