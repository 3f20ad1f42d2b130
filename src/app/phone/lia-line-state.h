/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"

G_BEGIN_DECLS

/**
 * LiaLineState:
 * @LIA_LINE_RINGING: somebody calls me
 * @LIA_LINE_DIALLING: I call somebody; also while my own telephone is rung for it
 * @LIA_LINE_TALKING: I speak to them
 * @LIA_LINE_HELD: they hear music
 * @LIA_LINE_CONSULT_RINGING: they hear music, it rings at whom I ask
 * @LIA_LINE_CONSULTING: they hear music, I speak to whom I ask
 * @LIA_LINE_LISTENING: others talk, and I hear them
 * @LIA_LINE_PARKED: they hear music, and anybody may take them
 * @LIA_LINE_WRAP_UP: it is over for me; what it came to is still to be said
 * @LIA_LINE_ENDED: it is over
 *
 * How a call is for the agent who sits here.
 */
typedef enum {
  LIA_LINE_RINGING,
  LIA_LINE_DIALLING,
  LIA_LINE_TALKING,
  LIA_LINE_HELD,
  LIA_LINE_CONSULT_RINGING,
  LIA_LINE_CONSULTING,
  LIA_LINE_LISTENING,
  LIA_LINE_PARKED,
  LIA_LINE_WRAP_UP,
  LIA_LINE_ENDED,
} LiaLineState;

/**
 * LiaOwnPhone:
 *
 * What the telephone in the app says of a call, apart from the telephone itself.
 */
typedef enum {
  LIA_OWN_PHONE_NONE, /* it knows nothing of the call */
  LIA_OWN_PHONE_INCOMING,
  LIA_OWN_PHONE_DIALLING,
  LIA_OWN_PHONE_UP,
  LIA_OWN_PHONE_HELD,
  LIA_OWN_PHONE_ENDED,
} LiaOwnPhone;

typedef enum {
  LIA_JOIN_NONE,   /* surely another call */
  LIA_JOIN_LEFT,   /* may be the same, if there is no other */
  LIA_JOIN_NUMBER, /* the numbers agree */
  LIA_JOIN_MARK,   /* the telephone system said so */
  LIA_JOIN_SIP,    /* they speak of the same SIP dialogue */
} LiaJoin;

LiaLineState lia_line_state (LiaOwnPhone phone,
                             LiaCall    *call,
                             const char *me);
LiaJoin      lia_line_join (const char *number,
                            const char *mark,
                            const char *sip,
                            LiaCall    *call);
gboolean     lia_line_has_sip (LiaCall    *call,
                               const char *sip);
gboolean     lia_line_is_marked (LiaCall    *call,
                                 const char *mark);
gboolean     lia_line_is_mine (LiaCall    *call,
                               const char *me);
LiaCallLeg  *lia_line_my_leg (LiaCall    *call,
                              const char *me);
LiaCallLeg  *lia_line_spy_leg (LiaCall    *call,
                               const char *me);
LiaCallLeg  *lia_line_listened_leg (LiaCall *call);
LiaLineState lia_line_listening_state (LiaOwnPhone phone,
                                       LiaCall    *call,
                                       const char *me);
LiaCallLeg  *lia_line_consulted_leg (LiaCall    *call,
                                     const char *me);
LiaCallLeg  *lia_line_asked_leg (LiaCall    *call,
                                 const char *me);
gint64       lia_line_asked_at (LiaCall    *call,
                                const char *me);
gboolean     lia_line_continues (LiaCall *call,
                                 LiaCall *before);

G_END_DECLS
