/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call-customer.h"
#include "lia-phone-line.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean pending;
  gboolean wanted; /* of what is switched on and off */
  guint    timeout;
} LiaLineRequest;

struct _LiaPhoneLine
{
  GObject parent_instance;

  LiaClient       *client;
  char            *id;
  LiaPhoneCall    *phone_call; /* or NULL */
  LiaCall         *call;       /* the engine's, or NULL; the last one that was known */
  gboolean         live;       /* the engine still tells of it */
  LiaCallCustomer *customer;
  LiaLineState     state;
  gint64           since_ms;
  gint64           asked_ms; /* when I began to ask somebody last, if that is over; else 0 */
  gboolean         talked;
  gboolean         listens; /* it is not my call: I hear others */
  gboolean         muted;   /* at a telephone of the desk, of which nobody tells */
  LiaPhoneEnd      end;
  char            *number;
  char            *note;       /* as it was written */
  char            *saved_note; /* as the engine has it */
  char            *disposition;
  char            *problem;
  guint            problem_timeout;

  LiaLineRequest requests[LIA_LINE_N_ACTIONS];
};

/* Between lia-phone-line.c, what the call is, lia-phone-line-rules.c, what can be done with it, lia-phone-line-actions.c, which does it, and
 * lia-phone-line-listen.c, for who only listens */
void     lia_phone_line_set_state (LiaPhoneLine *self,
                                   LiaLineState  state);
void     lia_phone_line_tell (LiaPhoneLine *self);
void     lia_phone_line_settle (LiaPhoneLine *self);
void     lia_phone_line_forget_requests (LiaPhoneLine *self);
void     lia_phone_line_complain (LiaPhoneLine *self,
                                  const char   *problem);
gboolean lia_phone_line_knows_engine (LiaPhoneLine *self,
                                      const char  **why_not);
gboolean lia_phone_line_may (LiaPhoneLine *self,
                             LiaLineAction action,
                             const char  **why_not);

G_END_DECLS
