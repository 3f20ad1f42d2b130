/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-phone.h"
#include "lia-line-state.h"
#include "lia-phone-call.h"

G_BEGIN_DECLS

/* What can be done with a call */
typedef enum {
  LIA_LINE_ANSWER,
  LIA_LINE_HANG_UP, /* or reject */
  LIA_LINE_MUTE,
  LIA_LINE_HOLD,
  LIA_LINE_KEYS,
  LIA_LINE_TRANSFER,
  LIA_LINE_CONSULT,
  LIA_LINE_COMPLETE,
  LIA_LINE_CANCEL, /* the consultation */
  LIA_LINE_PARK,
  LIA_LINE_RECORD,
  LIA_LINE_PAGE, /* the page of our web site that they are on */
  LIA_LINE_NOTE,
  LIA_LINE_FINISH, /* the wrap-up */
  LIA_LINE_N_ACTIONS,
} LiaLineAction;

#define LIA_TYPE_PHONE_LINE (lia_phone_line_get_type ())

/**
 * LiaPhoneLine:
 *
 * One call as the agent has it before them, from its first ringing until it is wrapped up: the telephone's own knowledge of it and the engine's in
 * one. What is asked for is pending until the call shows that it happened; after five seconds without, or when it is refused, `problem` says so.
 *
 * Signals: "changed": any of it, but for the time that passes; before that "state-changed" (uint, the LiaLineState that it was).
 */
G_DECLARE_FINAL_TYPE (LiaPhoneLine, lia_phone_line, LIA, PHONE_LINE, GObject)

LiaPhoneLine *lia_phone_line_new (LiaClient *client);

/* For the station */
void          lia_phone_line_set_phone_call (LiaPhoneLine *self,
                                             LiaPhoneCall *phone_call);
void          lia_phone_line_set_call (LiaPhoneLine *self,
                                       LiaCall      *call,
                                       gboolean      live);
void          lia_phone_line_end_wrap_up (LiaPhoneLine *self);
void          lia_phone_line_tell_until (LiaPhoneLine *self);
LiaPhoneCall *lia_phone_line_get_phone_call (LiaPhoneLine *self);
gboolean      lia_phone_line_is_live (LiaPhoneLine *self);

/* For who listens to others */
void        lia_phone_line_set_listens (LiaPhoneLine *self);
gboolean    lia_phone_line_listens (LiaPhoneLine *self);
const char *lia_phone_line_get_mode (LiaPhoneLine *self);
void        lia_phone_line_set_mode (LiaPhoneLine *self,
                                     const char   *mode);
LiaAgent   *lia_phone_line_get_listened (LiaPhoneLine *self);

/* What it is */
const char  *lia_phone_line_get_id (LiaPhoneLine *self);
LiaLineState lia_phone_line_get_state (LiaPhoneLine *self);
gint64       lia_phone_line_get_since_ms (LiaPhoneLine *self);
gint64       lia_phone_line_get_until_ms (LiaPhoneLine *self);
LiaCall     *lia_phone_line_get_call (LiaPhoneLine *self);
LiaCustomer *lia_phone_line_get_customer (LiaPhoneLine *self);
const char  *lia_phone_line_get_conversation (LiaPhoneLine *self);
const char  *lia_phone_line_get_number (LiaPhoneLine *self);
const char  *lia_phone_line_get_caller_name (LiaPhoneLine *self);
LiaAgent    *lia_phone_line_get_consulted (LiaPhoneLine *self,
                                           const char  **name);
LiaAgent    *lia_phone_line_get_asked (LiaPhoneLine *self,
                                       const char  **name,
                                       gint64       *cause);
LiaPhoneEnd  lia_phone_line_get_end (LiaPhoneLine *self);
gboolean     lia_phone_line_is_on (LiaPhoneLine *self,
                                   LiaLineAction action);

/* What can be done with it */
gboolean    lia_phone_line_can (LiaPhoneLine *self,
                                LiaLineAction action,
                                const char  **why_not);
gboolean    lia_phone_line_is_pending (LiaPhoneLine *self,
                                       LiaLineAction action);
const char *lia_phone_line_get_problem (LiaPhoneLine *self);
void        lia_phone_line_answer (LiaPhoneLine *self);
void        lia_phone_line_hang_up (LiaPhoneLine *self);
void        lia_phone_line_set_on (LiaPhoneLine *self,
                                   LiaLineAction action,
                                   gboolean      on);
void        lia_phone_line_send_keys (LiaPhoneLine *self,
                                      const char   *keys);
void        lia_phone_line_transfer (LiaPhoneLine *self,
                                     const char   *to);
void        lia_phone_line_consult (LiaPhoneLine *self,
                                    const char   *to);
void        lia_phone_line_complete (LiaPhoneLine *self);
void        lia_phone_line_cancel (LiaPhoneLine *self);
void        lia_phone_line_save_note (LiaPhoneLine *self);
void        lia_phone_line_set_note (LiaPhoneLine *self,
                                     const char   *text);
const char *lia_phone_line_get_note (LiaPhoneLine *self);
void        lia_phone_line_set_disposition (LiaPhoneLine *self,
                                            const char   *disposition);
gboolean    lia_phone_line_is_touched (LiaPhoneLine *self);
void        lia_phone_line_extend_wrap_up (LiaPhoneLine *self);
void        lia_phone_line_finish (LiaPhoneLine *self);

G_END_DECLS
