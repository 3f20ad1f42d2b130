/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done with a call now, and why not: a sentence for the agent. */
#include "lia-phone-line-private.h"

#include "lia-channel.h"

#include <glib/gi18n.h>

/* lia_phone_line_knows_engine: whether the engine can be asked for something in this call. */
gboolean
lia_phone_line_knows_engine (LiaPhoneLine *self,
                             const char  **why_not)
{
  if (lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
    *why_not = _ ("The connection to Liaison’s engine is lost");
  else if (self->call == NULL || (!self->live && self->state != LIA_LINE_WRAP_UP))
    *why_not = _ ("The telephone system has not told of this call yet");
  else
    return TRUE;

  return FALSE;
}

/* In a conversation of two, be it on hold */
static gboolean
is_with_customer (LiaPhoneLine *self,
                  const char  **why_not)
{
  switch (self->state)
    {
    case LIA_LINE_TALKING:
    case LIA_LINE_HELD:
      return TRUE;
    case LIA_LINE_CONSULT_RINGING:
    case LIA_LINE_CONSULTING:
      *why_not = _ ("Hand the customer over or go back to them first");
      break;
    case LIA_LINE_PARKED:
      *why_not = _ ("The call is parked: take it back first");
      break;
    case LIA_LINE_WRAP_UP:
    case LIA_LINE_ENDED:
      *why_not = _ ("The call is over");
      break;
    case LIA_LINE_RINGING:
    case LIA_LINE_DIALLING:
    default:
      *why_not = _ ("Nobody has answered yet");
    }

  return FALSE;
}

/* What only some telephone systems can make a telephone on a desk do. */
static gboolean
can_on_desk (LiaPhoneLine *self,
             const char   *ability)
{
  GListModel *channels = lia_client_get_channels (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);

      if (g_strcmp0 (channel->id, self->call->pbx) == 0)
        return g_strv_contains ((const char *const *)channel->abilities, ability);
    }

  return FALSE;
}

static gboolean
can_answer (LiaPhoneLine *self,
            const char  **why_not)
{
  *why_not = _ ("It does not ring");
  if (self->state != LIA_LINE_RINGING)
    return FALSE;
  if (self->phone_call != NULL)
    return TRUE;
  if (!lia_phone_line_knows_engine (self, why_not))
    return FALSE;
  *why_not = _ ("Please answer on your telephone");

  return can_on_desk (self, "answer");
}

static gboolean
can_hang_up (LiaPhoneLine *self,
             const char  **why_not)
{
  *why_not = self->state == LIA_LINE_PARKED ? _ ("The call is parked: take it back first") : _ ("The call is over");

  return self->state < LIA_LINE_PARKED && (self->phone_call != NULL || lia_phone_line_knows_engine (self, why_not));
}

static gboolean
can_speak (LiaPhoneLine *self,
           const char  **why_not)
{
  if (self->state != LIA_LINE_CONSULTING && !is_with_customer (self, why_not))
    return FALSE;

  return self->phone_call != NULL || lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_mute (LiaPhoneLine *self,
          const char  **why_not)
{
  if (!can_speak (self, why_not))
    return FALSE;
  *why_not = _ ("Please mute on your telephone");

  return self->phone_call != NULL || can_on_desk (self, "mute");
}

static gboolean
can_send_keys (LiaPhoneLine *self,
               const char  **why_not)
{
  *why_not = _ ("The customer hears music: take them off hold first");
  if (self->state == LIA_LINE_HELD || !can_speak (self, why_not))
    return FALSE;
  *why_not = _ ("The telephone system takes no keys in this call");

  return self->phone_call == NULL || lia_phone_call_can_send_keys (self->phone_call);
}

static gboolean
can_hold (LiaPhoneLine *self,
          const char  **why_not)
{
  return is_with_customer (self, why_not) && (self->phone_call != NULL || lia_phone_line_knows_engine (self, why_not));
}

static gboolean
can_consult (LiaPhoneLine *self,
             const char  **why_not)
{
  return is_with_customer (self, why_not) && lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_complete (LiaPhoneLine *self,
              const char  **why_not)
{
  *why_not = self->state == LIA_LINE_CONSULT_RINGING ? _ ("They have not answered yet") : _ ("You are asking nobody");

  return self->state == LIA_LINE_CONSULTING && lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_cancel (LiaPhoneLine *self,
            const char  **why_not)
{
  *why_not = _ ("You are asking nobody");

  return (self->state == LIA_LINE_CONSULTING || self->state == LIA_LINE_CONSULT_RINGING) && lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_park (LiaPhoneLine *self,
          const char  **why_not)
{
  return (self->state == LIA_LINE_PARKED || is_with_customer (self, why_not)) && lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_record (LiaPhoneLine *self,
            const char  **why_not)
{
  return (self->state == LIA_LINE_CONSULTING || is_with_customer (self, why_not)) && lia_phone_line_knows_engine (self, why_not);
}

static gboolean
can_note (LiaPhoneLine *self,
          const char  **why_not)
{
  if (!lia_phone_line_knows_engine (self, why_not))
    return FALSE;
  *why_not = _ ("The call is in no conversation");

  return *self->call->conv != '\0';
}

static gboolean
can_finish (LiaPhoneLine *self,
            const char  **why_not)
{
  *why_not = _ ("The call is not over");

  return self->state == LIA_LINE_WRAP_UP && lia_phone_line_knows_engine (self, why_not);
}

static gboolean (*const rules[]) (LiaPhoneLine *self,
                                  const char  **why_not) = {
  [LIA_LINE_ANSWER] = can_answer,
  [LIA_LINE_HANG_UP] = can_hang_up,
  [LIA_LINE_MUTE] = can_mute,
  [LIA_LINE_HOLD] = can_hold,
  [LIA_LINE_KEYS] = can_send_keys,
  [LIA_LINE_TRANSFER] = can_hold,
  [LIA_LINE_CONSULT] = can_consult,
  [LIA_LINE_COMPLETE] = can_complete,
  [LIA_LINE_CANCEL] = can_cancel,
  [LIA_LINE_PARK] = can_park,
  [LIA_LINE_RECORD] = can_record,
  [LIA_LINE_PAGE] = can_consult,
  [LIA_LINE_NOTE] = can_note,
  [LIA_LINE_FINISH] = can_finish,
};

/* lia_phone_line_may: as lia_phone_line_can(), whatever was asked for already. */
gboolean
lia_phone_line_may (LiaPhoneLine *self,
                    LiaLineAction action,
                    const char  **why_not)
{
  return rules[action](self, why_not);
}

/**
 * lia_phone_line_can:
 * @why_not: (out) (optional): why it cannot be done now, as a sentence for the agent
 */
gboolean
lia_phone_line_can (LiaPhoneLine *self,
                    LiaLineAction action,
                    const char  **why_not)
{
  const char *reason = NULL;
  gboolean    can = lia_phone_line_may (self, action, &reason);

  if (can && self->requests[action].pending)
    {
      can = FALSE;
      reason = _ ("Waiting for the telephone system…");
    }
  if (why_not != NULL)
    *why_not = can ? NULL : reason;

  return can;
}
