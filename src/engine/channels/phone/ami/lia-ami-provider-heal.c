/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include "lia-time.h"

/*
 * What callers write into their numbers and names, and what they do not want to be known.
 *
 * A number with line ends in it damages every event of its channel: it is replaced on the channel, so that later events are clean, and what was
 * missed meanwhile is asked for.
 *
 * A caller who suppresses his number is shown with it all the same; that he did so is told only to who asks. So nobody hears of a call from outside
 * before that is known.
 */

#define HEAL_US (5 * G_USEC_PER_SEC)
#define TELL_US (60 * G_USEC_PER_SEC)
#define MAX_HEALED 1024

/* Damage ---------------------------------------------------------------------------------------------------------------------------------- */

static void
set_variable (LiaAmiProvider *self,
              const char     *channel,
              const char     *variable)
{
  LiaAmiAction *action = lia_ami_action_new ("Setvar");

  lia_ami_action_add (action, "Channel", channel);
  lia_ami_action_add (action, "Variable", variable);
  lia_ami_action_add (action, "Value", "invalid");
  dex_future_disown (lia_ami_client_send (self->client, action));
}

/* Once in 5 s for a channel. */
static gboolean
is_healed (LiaAmiProvider *self,
           const char     *channel)
{
  const gint64 now_us = g_get_monotonic_time ();
  gint64      *when_us = g_hash_table_lookup (self->healed, channel);

  if (when_us != NULL && now_us - *when_us < HEAL_US)
    return TRUE;

  if (g_hash_table_size (self->healed) >= MAX_HEALED)
    g_hash_table_remove_all (self->healed);
  g_hash_table_insert (self->healed, g_strdup (channel), g_memdup2 (&now_us, sizeof now_us));

  return FALSE;
}

/** lia_ami_provider_heal: @message is damaged by the channel that it names, or by the one that is connected with it. */
void
lia_ami_provider_heal (LiaAmiProvider *self,
                       LiaAmiMessage  *message)
{
  static const char *const variables[] = { "CALLERID(num)", "CALLERID(name)", "CONNECTEDLINE(num)", "CONNECTEDLINE(name)" };
  const char              *channel = lia_ami_message_get (message, "Channel");

  lia_ami_provider_want_resync (self);
  if (channel == NULL || is_healed (self, channel))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    set_variable (self, channel, variables[i]);
}

/** lia_ami_provider_tell_forged: that more was forged than others know: at once, and then not more often than every minute, however long it goes on. */
void
lia_ami_provider_tell_forged (LiaAmiProvider *self)
{
  const gint64 now_us = g_get_monotonic_time ();

  if (self->link.forged == self->told_forged || (self->told_forged != 0 && now_us < self->told_us + TELL_US))
    return;

  self->told_forged = self->link.forged;
  self->told_us = now_us;
  lia_phone_provider_forged (LIA_PHONE_PROVIDER (self));
}

static void
count_forged (LiaAmiProvider     *self,
              const LiaAmiCounts *counts)
{
  const guint64 forged = self->forged_before + lia_ami_counts_forged (counts);

  if (forged > self->link.forged)
    self->link.forged_ms = lia_time_now ();
  self->link.forged = forged;
  lia_ami_provider_tell_forged (self);
}

/** lia_ami_provider_look_at_counts: what was dropped may have been an event of somebody else's call. */
void
lia_ami_provider_look_at_counts (LiaAmiProvider *self)
{
  const LiaAmiCounts *counts = lia_ami_client_get_counts (self->client);
  const LiaAmiCounts *last = &self->counts;

  if (self->link.state == LIA_PHONE_LINK_UP &&
      (counts->headless != last->headless || counts->unstamped != last->unstamped || counts->behind != last->behind || counts->untimely != last->untimely ||
       counts->resets != last->resets || counts->oversized != last->oversized))
    lia_ami_provider_want_resync (self);
  self->counts = *counts;
  count_forged (self, counts);
}

/* Withheld numbers ------------------------------------------------------------------------------------------------------------------------ */

static LiaCallLeg *
find_customer (LiaCall *call)
{
  for (guint i = 0; i < call->legs->len; i++)
    {
      LiaCallLeg *leg = call->legs->pdata[i];

      if (leg->kind == LIA_LEG_CUSTOMER && leg->ended_ms == 0)
        return leg;
    }

  return NULL;
}

typedef struct
{
  LiaAmiProvider *provider;
  char           *call;
  char           *leg;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->provider);
  g_free (question->call);
  g_free (question->leg);
  g_free (question);
}

/* "allowed_not_screened", "prohib_passed_screen", "unavailable"; NULL when the PBX did not say. */
static const char *
read_answer (DexFuture *answer)
{
  const GValue *value = dex_future_get_value (answer, NULL);

  return value != NULL ? lia_ami_message_get (g_value_get_boxed (value), "Value") : NULL;
}

static LiaCall *
without_number (LiaCall *shown)
{
  LiaCall *call = lia_call_copy (shown);

  call->withheld = TRUE;
  g_set_str (&call->number, "");
  g_set_str (&call->name, "");

  return call;
}

/* Where the PBX did not say, the number is not shown, and asked about again with the next change. */
static DexFuture *
on_presentation (DexFuture *answer,
                 gpointer   data)
{
  Question       *question = data;
  LiaAmiProvider *self = question->provider;
  const char     *presentation = read_answer (answer);
  const gboolean  is_shown = presentation != NULL && !g_str_has_prefix (presentation, "prohib");
  g_autoptr (LiaCall) veiled = NULL;
  g_autoptr (LiaCall) call = NULL;
  g_autofree char *key = NULL;

  if (!g_hash_table_steal_extended (self->veiled, question->call, (gpointer *)&key, (gpointer *)&veiled) || self->stopped)
    return dex_future_new_for_boolean (FALSE);

  if (presentation != NULL && veiled->ended_ms == 0)
    g_hash_table_add (self->unveiled, g_strdup (question->call));
  if (presentation != NULL && !is_shown)
    lia_ami_model_set_withheld (self->model, question->leg);
  call = is_shown ? g_object_ref (veiled) : without_number (veiled);
  if (self->link.state == LIA_PHONE_LINK_UP)
    lia_phone_provider_call_changed (LIA_PHONE_PROVIDER (self), call);
  lia_ami_provider_flush_soon (self);

  return dex_future_new_for_boolean (TRUE);
}

/**
 * lia_ami_provider_unveil:
 *
 * Returns: (transfer full) (nullable): resolves once it is known whether the number of @call may be shown; NULL: it is known
 */
DexFuture *
lia_ami_provider_unveil (LiaAmiProvider *self,
                         LiaCall        *call)
{
  LiaCallLeg   *leg = find_customer (call);
  LiaAmiAction *action;
  Question     *question;

  if (call->direction != LIA_CALL_IN || call->withheld || (*call->number == '\0' && *call->name == '\0') || leg == NULL || self->client == NULL ||
      g_hash_table_contains (self->unveiled, call->uniqueid))
    return NULL;

  question = g_new0 (Question, 1);
  question->provider = g_object_ref (self);
  question->call = g_strdup (call->uniqueid);
  question->leg = g_strdup (leg->uniqueid);
  g_hash_table_insert (self->veiled, g_strdup (call->uniqueid), g_object_ref (call));
  action = lia_ami_action_new ("Getvar");
  lia_ami_action_add (action, "Channel", leg->channel);
  lia_ami_action_add (action, "Variable", "CALLERID(num-pres)");

  return dex_future_finally (lia_ami_client_send (self->client, action), on_presentation, question, question_free);
}

/** lia_ami_provider_may_tell: whether others may hear of @call; when not yet, they will once that is known. */
gboolean
lia_ami_provider_may_tell (LiaAmiProvider *self,
                           LiaCall        *call)
{
  DexFuture *answer;

  if (g_hash_table_contains (self->veiled, call->uniqueid))
    {
      g_hash_table_insert (self->veiled, g_strdup (call->uniqueid), g_object_ref (call));
      return FALSE;
    }
  if (self->link.state != LIA_PHONE_LINK_UP)
    return FALSE;

  answer = lia_ami_provider_unveil (self, call);
  if (answer == NULL)
    return TRUE;
  dex_future_disown (answer);

  return FALSE;
}
