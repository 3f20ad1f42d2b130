/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaPhoneCommandKind:
 * @LIA_PHONE_DIAL: ring @phone, and when that is answered call @target. @uniqueid is the name that the new call gets: "lia-…", chosen by who asks
 * @LIA_PHONE_ANSWER: take the ringing call on @phone, where the PBX can make a telephone answer; else %LIA_PHONE_ERROR_UNSUPPORTED
 * @LIA_PHONE_HANGUP: end @phone's part in the call
 * @LIA_PHONE_HOLD: the customer hears music (@on) or @phone again
 * @LIA_PHONE_MUTE: the others do not hear @phone (@on)
 * @LIA_PHONE_DTMF: the other side hears the keys @target
 * @LIA_PHONE_TRANSFER: the customer goes to @target at once; @phone is free. Refused when there is no such target
 * @LIA_PHONE_CONSULT: the customer waits, @phone speaks to @target
 * @LIA_PHONE_COMPLETE: the customer goes to whom @phone consults; refused until that one has answered
 * @LIA_PHONE_CANCEL: @phone has the customer again. By itself when whom it consults is busy or does not answer
 * @LIA_PHONE_PARK: the customer waits in a parking place; or is taken out of it by @phone (@on FALSE)
 * @LIA_PHONE_RECORD: @on
 * @LIA_PHONE_TAKE: @phone gets this waiting caller; resolves when it rings
 * @LIA_PHONE_SUPERVISE: @phone listens in on the telephone @target; @mode. One that does so already is not rung again
 * @LIA_PHONE_PAUSE: the member @target is paused (@on) with @text, in @queue or, when that is empty, everywhere
 * @LIA_PHONE_LOGIN: the member @target joins @queue (@on), pausing at once when @paused, or leaves it. What is so already is no error
 * @LIA_PHONE_MOVE: the waiting caller goes to @queue
 * @LIA_PHONE_PRIORITY: the waiting caller's in its queue is @number, higher is sooner
 *
 * What can be asked of a PBX.
 */
typedef enum {
  LIA_PHONE_DIAL,
  LIA_PHONE_ANSWER,
  LIA_PHONE_HANGUP,
  LIA_PHONE_HOLD,
  LIA_PHONE_MUTE,
  LIA_PHONE_DTMF,
  LIA_PHONE_TRANSFER,
  LIA_PHONE_CONSULT,
  LIA_PHONE_COMPLETE,
  LIA_PHONE_CANCEL,
  LIA_PHONE_PARK,
  LIA_PHONE_RECORD,
  LIA_PHONE_TAKE,
  LIA_PHONE_SUPERVISE,
  LIA_PHONE_PAUSE,
  LIA_PHONE_LOGIN,
  LIA_PHONE_MOVE,
  LIA_PHONE_PRIORITY,
} LiaPhoneCommandKind;

/* With this the names begin of channels that ring a supervisor's telephone. The PBX makes those of all others, and they begin with a digit or its own name. */
#define LIA_PHONE_SPY_PREFIX "lia-spy-"

typedef enum {
  LIA_PHONE_LISTEN,  /* hears both, is heard by nobody */
  LIA_PHONE_WHISPER, /* … by the agent alone */
  LIA_PHONE_BARGE,   /* … by both */
} LiaPhoneSpyMode;

/**
 * LiaPhoneCommand:
 *
 * One command on its way. A reference-counted value, filled by its maker. Texts are never NULL and come from agents: an implementation checks
 * them again (no control characters) before they go into its protocol. Rights and dialling rules were looked at before.
 */
typedef struct
{
  LiaPhoneCommandKind kind;
  char               *uniqueid; /* LiaCall.uniqueid; "" where no call is meant */
  char               *phone;    /* the telephone of the agent who asks, "PJSIP/alice" */
  char               *target;   /* a number, an extension, keys, a member's interface */
  char               *queue;    /* the PBX's name */
  char               *text;
  char               *name;         /* SUPERVISE: of the channel that rings @phone, with %LIA_PHONE_SPY_PREFIX; the telephone is told it, too */
  char               *conversation; /* DIAL: what the softphone is told the call is about, for its header; may be empty */
  gint64              number;
  LiaPhoneSpyMode     mode;
  gboolean            on;
  gboolean            paused;
} LiaPhoneCommand;

LiaPhoneCommand *lia_phone_command_new (LiaPhoneCommandKind kind);
LiaPhoneCommand *lia_phone_command_ref (LiaPhoneCommand *self);
void             lia_phone_command_unref (LiaPhoneCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPhoneCommand, lia_phone_command_unref)

/**
 * LiaPhoneError:
 * @LIA_PHONE_ERROR_DOWN: the PBX cannot be reached now
 * @LIA_PHONE_ERROR_GONE: the call, or the one that was meant of it, is over
 * @LIA_PHONE_ERROR_BUSY: another command for this call is on its way
 * @LIA_PHONE_ERROR_STATE: the call is in no state for this
 * @LIA_PHONE_ERROR_NO_TARGET: no such number, extension, queue or telephone
 * @LIA_PHONE_ERROR_UNREACHABLE: the telephone is not registered
 * @LIA_PHONE_ERROR_REFUSED: the PBX does not let us
 * @LIA_PHONE_ERROR_TIMEOUT: it did not answer, or what was asked for did not happen in time
 * @LIA_PHONE_ERROR_UNSUPPORTED: this PBX cannot do that
 */
typedef enum {
  LIA_PHONE_ERROR_DOWN,
  LIA_PHONE_ERROR_GONE,
  LIA_PHONE_ERROR_BUSY,
  LIA_PHONE_ERROR_STATE,
  LIA_PHONE_ERROR_NO_TARGET,
  LIA_PHONE_ERROR_UNREACHABLE,
  LIA_PHONE_ERROR_REFUSED,
  LIA_PHONE_ERROR_TIMEOUT,
  LIA_PHONE_ERROR_UNSUPPORTED,
} LiaPhoneError;

#define LIA_PHONE_ERROR (lia_phone_error_quark ())
GQuark lia_phone_error_quark (void);

G_END_DECLS
