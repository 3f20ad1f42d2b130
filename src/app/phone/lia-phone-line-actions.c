/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is done with a call. What the telephone in the app can do by itself it does; the rest is asked of the engine. A request is over when the call
 * shows it, never because it was accepted; only what no call ever shows (keys, notes) is over with the answer.
 */
#include "lia-phone-line-private.h"

#include "lia-dial-alone.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define MORE_S 60 /* that is added to a wrap-up */
#define PATIENCE_MS 5000
#define RINGING_MS 60000 /* where my telephone on the desk rings first */
#define PROBLEM_MS 10000 /* so long it stands where the state does */

typedef struct
{
  LiaLineAction action;
} Asked;

/** lia_phone_line_is_pending: it was asked for, and the call does not show it yet. */
gboolean
lia_phone_line_is_pending (LiaPhoneLine *self,
                           LiaLineAction action)
{
  return self->requests[action].pending;
}

/** lia_phone_line_get_problem: (nullable): why the last thing that was asked for did not happen, for some seconds. */
const char *
lia_phone_line_get_problem (LiaPhoneLine *self)
{
  return self->problem;
}

/* Whether the call shows what was asked for */
static gboolean
has_happened (LiaPhoneLine *self,
              LiaLineAction action)
{
  gboolean consults = self->state == LIA_LINE_CONSULT_RINGING || self->state == LIA_LINE_CONSULTING;

  switch (action)
    {
    case LIA_LINE_ANSWER:
      return self->state != LIA_LINE_RINGING;
    case LIA_LINE_CONSULT:
      return consults || self->state >= LIA_LINE_WRAP_UP;
    case LIA_LINE_CANCEL:
      return !consults;
    case LIA_LINE_MUTE:
    case LIA_LINE_HOLD:
    case LIA_LINE_PARK:
    case LIA_LINE_RECORD:
      return self->state >= LIA_LINE_WRAP_UP || lia_phone_line_is_on (self, action) == self->requests[action].wanted;
    case LIA_LINE_HANG_UP:
    case LIA_LINE_TRANSFER:
    case LIA_LINE_COMPLETE:
      return self->state >= LIA_LINE_WRAP_UP;
    case LIA_LINE_KEYS:
    case LIA_LINE_PAGE:
    case LIA_LINE_NOTE:
    case LIA_LINE_FINISH:
    case LIA_LINE_N_ACTIONS:
    default:
      return FALSE;
    }
}

static void
clear_request (LiaPhoneLine *self,
               LiaLineAction action)
{
  self->requests[action].pending = FALSE;
  g_clear_handle_id (&self->requests[action].timeout, g_source_remove);
}

/* lia_phone_line_settle: the call has changed: what was asked for may have happened. */
void
lia_phone_line_settle (LiaPhoneLine *self)
{
  for (guint i = 0; i < LIA_LINE_N_ACTIONS; i++)
    {
      if (self->requests[i].pending && has_happened (self, i))
        clear_request (self, i);
    }
}

static void
forget_problem (LiaPhoneLine *self)
{
  g_clear_handle_id (&self->problem_timeout, g_source_remove);
  g_clear_pointer (&self->problem, g_free);
}

void
lia_phone_line_forget_requests (LiaPhoneLine *self)
{
  for (guint i = 0; i < LIA_LINE_N_ACTIONS; i++)
    clear_request (self, i);
  forget_problem (self);
}

static void
on_problem_read_cb (gpointer data)
{
  LiaPhoneLine *self = data;

  self->problem_timeout = 0;
  forget_problem (self);
  lia_phone_line_tell (self);
}

/* lia_phone_line_complain: what was asked for did not happen. */
void
lia_phone_line_complain (LiaPhoneLine *self,
                         const char   *problem)
{
  forget_problem (self);
  g_set_str (&self->problem, problem);
  self->problem_timeout = g_timeout_add_once (PROBLEM_MS, on_problem_read_cb, self);
  lia_phone_line_tell (self);
}

static void
fail (LiaPhoneLine *self,
      LiaLineAction action,
      const char   *problem)
{
  clear_request (self, action);
  lia_phone_line_complain (self, problem);
}

typedef struct
{
  LiaPhoneLine *line; /* not owned: it takes its timeouts along */
  LiaLineAction action;
} Patience;

static gboolean
on_patience_over_cb (gpointer data)
{
  Patience *patience = data;

  patience->line->requests[patience->action].timeout = 0;
  fail (patience->line, patience->action, _ ("The telephone system has not done it. Please try again."));

  return G_SOURCE_REMOVE;
}

static guint
patience_of (LiaPhoneLine *self,
             LiaLineAction action,
             gboolean      wanted)
{
  return action == LIA_LINE_PARK && !wanted && self->phone_call == NULL ? RINGING_MS : PATIENCE_MS;
}

static void
begin (LiaPhoneLine *self,
       LiaLineAction action,
       gboolean      wanted)
{
  Patience *patience = g_new (Patience, 1);

  *patience = (Patience){ self, action };
  clear_request (self, action);
  forget_problem (self);
  self->requests[action].pending = TRUE;
  self->requests[action].wanted = wanted;
  self->requests[action].timeout = g_timeout_add_full (G_PRIORITY_DEFAULT, patience_of (self, action, wanted), on_patience_over_cb, patience, g_free);
}

/* What a problem means for a call */
static char *
words_of (const GError *error)
{
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    return g_strdup (_ ("The call is over."));
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT))
    return g_strdup (_ ("That is not possible at this moment of the call."));
  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN))
    return g_strdup (_ ("You are not allowed to do that."));

  return lia_problem_words (error);
}

static void
answered_cb (gpointer      owner,
             const GValue *value,
             GError       *error,
             gpointer      data)
{
  LiaPhoneLine *self = owner;
  LiaLineAction action = ((Asked *)data)->action;

  if (error != NULL)
    {
      g_autofree char *words = words_of (error);

      g_debug ("Command %u of a call: %s", action, error->message);
      fail (self, action, words);
      return;
    }

  if (action == LIA_LINE_MUTE && self->phone_call == NULL)
    self->muted = self->requests[action].wanted;
  if (action == LIA_LINE_NOTE)
    g_set_str (&self->saved_note, self->note);
  if (action == LIA_LINE_FINISH)
    lia_phone_line_set_state (self, LIA_LINE_ENDED);
  if (action == LIA_LINE_KEYS || action == LIA_LINE_NOTE || action == LIA_LINE_FINISH)
    clear_request (self, action);
  lia_phone_line_settle (self);
  lia_phone_line_tell (self);
}

static void
ask (LiaPhoneLine *self,
     LiaLineAction action,
     DexFuture    *future)
{
  /* The answer may be there already, and end the line. */
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);
  Asked *asked = g_new (Asked, 1);

  asked->action = action;
  lia_then (future, self, answered_cb, asked, g_free);
  lia_phone_line_tell (self);
}

void
lia_phone_line_answer (LiaPhoneLine *self)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);

  if (!lia_phone_line_can (self, LIA_LINE_ANSWER, NULL))
    return;
  begin (self, LIA_LINE_ANSWER, TRUE);
  if (self->phone_call == NULL)
    {
      ask (self, LIA_LINE_ANSWER, lia_client_answer_call (self->client, self->call));
      return;
    }
  lia_phone_call_answer (self->phone_call);
  lia_phone_line_tell (self);
}

/** lia_phone_line_hang_up: ends my part in it; while it rings it is rejected. */
void
lia_phone_line_hang_up (LiaPhoneLine *self)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);

  if (!lia_phone_line_can (self, LIA_LINE_HANG_UP, NULL))
    return;
  begin (self, LIA_LINE_HANG_UP, TRUE);
  if (self->phone_call == NULL)
    {
      ask (self, LIA_LINE_HANG_UP, lia_client_hang_up (self->client, self->call));
      return;
    }
  lia_phone_call_hang_up (self->phone_call);
  lia_phone_line_tell (self);
}

static void
set_on_phone (LiaPhoneLine *self,
              LiaLineAction action,
              gboolean      on)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);

  if (action == LIA_LINE_MUTE)
    lia_phone_call_set_muted (self->phone_call, on);
  else
    lia_phone_call_set_held (self->phone_call, on);
  lia_phone_line_settle (self);
  lia_phone_line_tell (self);
}

/** lia_phone_line_set_on: @action: %LIA_LINE_MUTE, %LIA_LINE_HOLD, %LIA_LINE_PARK or %LIA_LINE_RECORD, which is asked for by who has the other side's consent. */
void
lia_phone_line_set_on (LiaPhoneLine *self,
                       LiaLineAction action,
                       gboolean      on)
{
  g_return_if_fail (action == LIA_LINE_MUTE || action == LIA_LINE_HOLD || action == LIA_LINE_PARK || action == LIA_LINE_RECORD);

  if (!lia_phone_line_can (self, action, NULL) || lia_phone_line_is_on (self, action) == on)
    return;
  begin (self, action, on);
  if (action == LIA_LINE_PARK)
    ask (self, action, lia_client_park_call (self->client, self->call, on));
  else if (action == LIA_LINE_RECORD)
    ask (self, action, lia_client_record_call (self->client, self->call, on, on));
  else if (self->phone_call != NULL)
    set_on_phone (self, action, on);
  else if (action == LIA_LINE_MUTE)
    ask (self, action, lia_client_mute_call (self->client, self->call, on));
  else
    ask (self, action, lia_client_hold_call (self->client, self->call, on));
}

/** lia_phone_line_send_keys: @keys: of 0 to 9, *, #, A to D. */
void
lia_phone_line_send_keys (LiaPhoneLine *self,
                          const char   *keys)
{
  const char *why_not;

  if (!lia_phone_line_may (self, LIA_LINE_KEYS, &why_not))
    return;
  if (self->phone_call != NULL)
    {
      lia_phone_call_send_keys (self->phone_call, keys);
      return;
    }
  begin (self, LIA_LINE_KEYS, TRUE);
  ask (self, LIA_LINE_KEYS, lia_client_send_keys (self->client, self->call, keys));
}

static void
transfer_alone (LiaPhoneLine *self,
                const char   *to)
{
  const char      *why_not;
  g_autofree char *number = lia_dial_alone (self->client, to, &why_not);

  if (number == NULL)
    {
      fail (self, LIA_LINE_TRANSFER, why_not);
      return;
    }
  lia_phone_call_transfer (self->phone_call, number);
  lia_phone_line_tell (self);
}

/** lia_phone_line_transfer: at once. @to: an extension, a number or an agent's id. */
void
lia_phone_line_transfer (LiaPhoneLine *self,
                         const char   *to)
{
  const char *why_not;

  if (!lia_phone_line_can (self, LIA_LINE_TRANSFER, NULL))
    return;
  begin (self, LIA_LINE_TRANSFER, TRUE);
  if (lia_phone_line_knows_engine (self, &why_not))
    ask (self, LIA_LINE_TRANSFER, lia_client_transfer_call (self->client, self->call, to));
  else
    transfer_alone (self, to);
}

/** lia_phone_line_consult: the customer hears music while I speak to @to. */
void
lia_phone_line_consult (LiaPhoneLine *self,
                        const char   *to)
{
  if (!lia_phone_line_can (self, LIA_LINE_CONSULT, NULL))
    return;
  begin (self, LIA_LINE_CONSULT, TRUE);
  ask (self, LIA_LINE_CONSULT, lia_client_consult (self->client, self->call, to));
}

/** lia_phone_line_complete: the customer goes to whom I ask. */
void
lia_phone_line_complete (LiaPhoneLine *self)
{
  if (!lia_phone_line_can (self, LIA_LINE_COMPLETE, NULL))
    return;
  begin (self, LIA_LINE_COMPLETE, TRUE);
  ask (self, LIA_LINE_COMPLETE, lia_client_complete_transfer (self->client, self->call));
}

/** lia_phone_line_cancel: I have the customer again. */
void
lia_phone_line_cancel (LiaPhoneLine *self)
{
  if (!lia_phone_line_can (self, LIA_LINE_CANCEL, NULL))
    return;
  begin (self, LIA_LINE_CANCEL, TRUE);
  ask (self, LIA_LINE_CANCEL, lia_client_cancel_transfer (self->client, self->call));
}

/** lia_phone_line_save_note: the call's note, as a whole. */
void
lia_phone_line_save_note (LiaPhoneLine *self)
{
  const char *why_not;

  if (g_strcmp0 (self->saved_note != NULL ? self->saved_note : "", self->note) == 0 || !lia_phone_line_may (self, LIA_LINE_NOTE, &why_not))
    return;
  begin (self, LIA_LINE_NOTE, TRUE);
  ask (self, LIA_LINE_NOTE, lia_client_note_call (self->client, self->call, self->note));
}

/** lia_phone_line_extend_wrap_up: shown when it is so; a wrap-up that has just ended is not brought back. */
void
lia_phone_line_extend_wrap_up (LiaPhoneLine *self)
{
  dex_future_disown (lia_client_extend_wrap_up (self->client, MORE_S));
}

/** lia_phone_line_finish: saves what it came to, and its note. */
void
lia_phone_line_finish (LiaPhoneLine *self)
{
  if (!lia_phone_line_can (self, LIA_LINE_FINISH, NULL))
    return;
  begin (self, LIA_LINE_FINISH, TRUE);
  ask (self, LIA_LINE_FINISH, lia_client_wrap_up_call (self->client, self->call, self->disposition, self->note));
}
