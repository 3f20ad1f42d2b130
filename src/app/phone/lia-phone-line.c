/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-phone-line-private.h"

#include "lia-time.h"

G_DEFINE_FINAL_TYPE (LiaPhoneLine, lia_phone_line, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  SIGNAL_STATE_CHANGED,
  SIGNAL_CAME_BACK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
lia_phone_line_tell (LiaPhoneLine *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const char *
my_id (LiaPhoneLine *self)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return me != NULL ? me->id : "";
}

static LiaOwnPhone
own_phone (LiaPhoneLine *self)
{
  static const LiaOwnPhone states[] = {
    [LIA_PHONE_CALL_INCOMING] = LIA_OWN_PHONE_INCOMING,
    [LIA_PHONE_CALL_DIALLING] = LIA_OWN_PHONE_DIALLING,
    [LIA_PHONE_CALL_RINGING] = LIA_OWN_PHONE_DIALLING,
    [LIA_PHONE_CALL_TALKING] = LIA_OWN_PHONE_UP,
    [LIA_PHONE_CALL_HELD] = LIA_OWN_PHONE_HELD,
    [LIA_PHONE_CALL_ENDED] = LIA_OWN_PHONE_ENDED,
  };

  return self->phone_call != NULL ? states[lia_phone_call_get_state (self->phone_call)] : LIA_OWN_PHONE_NONE;
}

/* Only a call that is in a conversation has something to be wrapped up. */
static gboolean
is_worth_words (LiaPhoneLine *self)
{
  return self->talked && self->call != NULL && *self->call->conv != '\0';
}

static LiaLineState
find_state (LiaPhoneLine *self)
{
  LiaCall     *call = self->live ? self->call : NULL;
  LiaLineState state = self->listens ? lia_line_listening_state (own_phone (self), call, my_id (self)) : lia_line_state (own_phone (self), call, my_id (self));

  if (self->state == LIA_LINE_ENDED)
    return LIA_LINE_ENDED;
  if (state == LIA_LINE_ENDED && is_worth_words (self))
    return LIA_LINE_WRAP_UP;

  return state;
}

static gboolean
is_conversing (LiaLineState state)
{
  return state == LIA_LINE_TALKING || state == LIA_LINE_HELD || state == LIA_LINE_CONSULT_RINGING || state == LIA_LINE_CONSULTING;
}

void
lia_phone_line_set_state (LiaPhoneLine *self,
                          LiaLineState  state)
{
  LiaLineState before = self->state;

  if (state == before)
    return;
  /* Hold and consultation are parts of the same talk: its time goes on. */
  if (!(is_conversing (state) && is_conversing (before)))
    self->since_ms = lia_time_now ();
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0, before);
}

static LiaAgent *
find_agent (LiaPhoneLine *self,
            const char   *id)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return agent;
    }

  return NULL;
}

/* The telephone system lets go of who has parked somebody some seconds later only; the call that brings them back would be a second one. */
static void
let_go_of_parked (LiaPhoneLine *self)
{
  if (self->state == LIA_LINE_PARKED && (own_phone (self) == LIA_OWN_PHONE_UP || own_phone (self) == LIA_OWN_PHONE_HELD))
    lia_phone_call_hang_up (self->phone_call);
}

static void
update (LiaPhoneLine *self)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);
  LiaLineState before = self->state;
  LiaLineState state = find_state (self);

  self->talked |= is_conversing (state);
  lia_phone_line_set_state (self, state);
  if (before != LIA_LINE_PARKED)
    let_go_of_parked (self);
  lia_phone_line_settle (self);
  lia_phone_line_tell (self);
}

static void
on_phone_changed_cb (LiaPhoneLine *self)
{
  if (lia_phone_call_get_state (self->phone_call) == LIA_PHONE_CALL_ENDED)
    self->end = lia_phone_call_get_end (self->phone_call);
  update (self);
}

/** lia_phone_line_set_phone_call: (nullable): what the telephone in the app knows of it; NULL when it has let go of it. */
void
lia_phone_line_set_phone_call (LiaPhoneLine *self,
                               LiaPhoneCall *phone_call)
{
  if (self->phone_call == phone_call)
    return;
  if (self->phone_call != NULL)
    g_signal_handlers_disconnect_by_data (self->phone_call, self);
  g_set_object (&self->phone_call, phone_call);
  if (phone_call != NULL)
    {
      g_set_str (&self->number, lia_phone_call_get_number (phone_call));
      g_signal_connect_object (phone_call, "notify::state", G_CALLBACK (on_phone_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (phone_call, "notify::muted", G_CALLBACK (on_phone_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (phone_call, "notify::sound", G_CALLBACK (on_phone_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (phone_call, "notify::pending", G_CALLBACK (on_phone_changed_cb), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

/**
 * lia_phone_line_set_call:
 * @call: what the engine says of it
 * @live: FALSE: it says nothing any more, this is what it said last
 */
void
lia_phone_line_set_call (LiaPhoneLine *self,
                         LiaCall      *call,
                         gboolean      live)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);
  const gboolean first = self->call == NULL;
  const gint64   asked_ms = self->asked_ms;
  const gboolean spoke = self->state == LIA_LINE_CONSULTING;
  const gboolean goes_back = self->requests[LIA_LINE_CANCEL].pending;

  if (self->call == call && self->live == live)
    return;
  g_set_object (&self->call, call);
  self->live = live;
  if (call != NULL)
    self->asked_ms = MAX (asked_ms, lia_line_asked_at (call, my_id (self)));
  self->listens |= live && call != NULL && lia_line_spy_leg (call, my_id (self)) != NULL && lia_line_my_leg (call, my_id (self)) == NULL;
  lia_call_customer_set_call (self->customer, call);
  update (self);
  if (live && !first && !goes_back && self->asked_ms > asked_ms)
    g_signal_emit (self, signals[SIGNAL_CAME_BACK], 0, spoke);
}

/** lia_phone_line_end_wrap_up: the time for it is over. */
void
lia_phone_line_end_wrap_up (LiaPhoneLine *self)
{
  g_autoptr (LiaPhoneLine) alive = g_object_ref (self);

  if (self->state != LIA_LINE_WRAP_UP)
    return;
  lia_phone_line_set_state (self, LIA_LINE_ENDED);
  lia_phone_line_tell (self);
}

/** lia_phone_line_get_phone_call: (nullable): of the telephone in the app, while it goes on there. */
LiaPhoneCall *
lia_phone_line_get_phone_call (LiaPhoneLine *self)
{
  return own_phone (self) != LIA_OWN_PHONE_ENDED ? self->phone_call : NULL;
}

/** lia_phone_line_is_live: whether the engine still tells of it. */
gboolean
lia_phone_line_is_live (LiaPhoneLine *self)
{
  return self->live;
}

/** lia_phone_line_get_id: as notifications name it. */
const char *
lia_phone_line_get_id (LiaPhoneLine *self)
{
  return self->id;
}

LiaLineState
lia_phone_line_get_state (LiaPhoneLine *self)
{
  return self->state;
}

/** lia_phone_line_get_since_ms: from when on the time that is shown counts: the ringing, the talk with all its holds, the wrap-up. */
gint64
lia_phone_line_get_since_ms (LiaPhoneLine *self)
{
  return self->since_ms;
}

/** lia_phone_line_get_until_ms: when the wrap-up ends by itself; 0 = nobody says so. */
gint64
lia_phone_line_get_until_ms (LiaPhoneLine *self)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return self->state == LIA_LINE_WRAP_UP && me != NULL && g_strcmp0 (me->availability, "wrap-up") == 0 ? me->until_ms : 0;
}

/** lia_phone_line_tell_until: for the station: when the wrap-up ends may be another moment. */
void
lia_phone_line_tell_until (LiaPhoneLine *self)
{
  if (self->state == LIA_LINE_WRAP_UP)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/** lia_phone_line_get_call: (nullable): as the engine knows it. */
LiaCall *
lia_phone_line_get_call (LiaPhoneLine *self)
{
  return self->call;
}

/** lia_phone_line_get_customer: (nullable): who it is, when that is known and loaded. */
LiaCustomer *
lia_phone_line_get_customer (LiaPhoneLine *self)
{
  return lia_call_customer_get (self->customer);
}

/** lia_phone_line_get_conversation: (nullable): which it is a part of. */
const char *
lia_phone_line_get_conversation (LiaPhoneLine *self)
{
  return self->call != NULL && *self->call->conv != '\0' ? self->call->conv : NULL;
}

/** lia_phone_line_get_number: as it can be dialled; may be empty. Outside text. */
const char *
lia_phone_line_get_number (LiaPhoneLine *self)
{
  if (self->call != NULL && *self->call->e164 != '\0')
    return self->call->e164;
  if (self->call != NULL && *self->call->number != '\0')
    return self->call->number;

  return self->number != NULL ? self->number : "";
}

/** lia_phone_line_get_caller_name: what the telephone system says who it is; may be empty. Outside text. */
const char *
lia_phone_line_get_caller_name (LiaPhoneLine *self)
{
  const char *name = self->phone_call != NULL ? lia_phone_call_get_name (self->phone_call) : NULL;

  if (self->call != NULL)
    return self->call->tainted ? "" : self->call->name;

  return name != NULL ? name : "";
}

/**
 * lia_phone_line_get_consulted:
 * @name: (out) (nullable): the telephone, where it is nobody's that we know
 *
 * Returns: (transfer none) (nullable): whom I ask while the customer waits
 */
LiaAgent *
lia_phone_line_get_consulted (LiaPhoneLine *self,
                              const char  **name)
{
  LiaCallLeg *leg = self->call != NULL ? lia_line_consulted_leg (self->call, my_id (self)) : NULL;

  *name = leg != NULL ? leg->channel : NULL;

  return leg != NULL ? find_agent (self, leg->agent) : NULL;
}

/**
 * lia_phone_line_get_asked:
 * @name: (out) (nullable): the telephone, where it is nobody's that we know
 * @cause: (out): why it ended, ITU-T Q.850
 *
 * Returns: (transfer none) (nullable): whom I asked last, and who is gone
 */
LiaAgent *
lia_phone_line_get_asked (LiaPhoneLine *self,
                          const char  **name,
                          gint64       *cause)
{
  LiaCallLeg *leg = self->call != NULL ? lia_line_asked_leg (self->call, my_id (self)) : NULL;

  *name = leg != NULL ? leg->channel : NULL;
  *cause = leg != NULL ? leg->cause : 0;

  return leg != NULL ? find_agent (self, leg->agent) : NULL;
}

/** lia_phone_line_get_end: why the telephone's part ended. */
LiaPhoneEnd
lia_phone_line_get_end (LiaPhoneLine *self)
{
  return self->end;
}

gboolean
lia_phone_line_is_on (LiaPhoneLine *self,
                      LiaLineAction action)
{
  if (action == LIA_LINE_MUTE)
    return self->phone_call != NULL ? lia_phone_call_is_muted (self->phone_call) : self->muted;
  if (action == LIA_LINE_HOLD)
    return self->state == LIA_LINE_HELD;
  if (action == LIA_LINE_PARK)
    return self->state == LIA_LINE_PARKED;

  return action == LIA_LINE_RECORD && self->call != NULL && self->call->recording;
}

/** lia_phone_line_set_note: what is being written; lia_phone_line_save_note() keeps it. */
void
lia_phone_line_set_note (LiaPhoneLine *self,
                         const char   *text)
{
  g_set_str (&self->note, text);
}

/** lia_phone_line_get_note: what was written of the call so far. */
const char *
lia_phone_line_get_note (LiaPhoneLine *self)
{
  return self->note;
}

/** lia_phone_line_set_disposition: what the call came to, as it is chosen; lia_phone_line_finish() keeps it. */
void
lia_phone_line_set_disposition (LiaPhoneLine *self,
                                const char   *disposition)
{
  g_set_str (&self->disposition, disposition);
}

/** lia_phone_line_is_touched: whether something was written of it or chosen for it that is not kept yet. */
gboolean
lia_phone_line_is_touched (LiaPhoneLine *self)
{
  return *self->disposition != '\0' || g_strcmp0 (self->note, self->saved_note != NULL ? self->saved_note : "") != 0;
}

LiaPhoneLine *
lia_phone_line_new (LiaClient *client)
{
  LiaPhoneLine *self = g_object_new (LIA_TYPE_PHONE_LINE, NULL);

  self->client = g_object_ref (client);
  self->customer = lia_call_customer_new (client);
  g_signal_connect_object (self->customer, "loaded", G_CALLBACK (lia_phone_line_tell), self, G_CONNECT_SWAPPED);

  return self;
}

static void
lia_phone_line_dispose (GObject *object)
{
  LiaPhoneLine *self = LIA_PHONE_LINE (object);

  lia_phone_line_forget_requests (self);
  g_clear_object (&self->phone_call);
  g_clear_object (&self->call);
  g_clear_object (&self->customer);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_phone_line_parent_class)->dispose (object);
}

static void
lia_phone_line_finalize (GObject *object)
{
  LiaPhoneLine *self = LIA_PHONE_LINE (object);

  g_free (self->id);
  g_free (self->number);
  g_free (self->note);
  g_free (self->saved_note);
  g_free (self->disposition);
  g_free (self->problem);
  G_OBJECT_CLASS (lia_phone_line_parent_class)->finalize (object);
}

static void
lia_phone_line_class_init (LiaPhoneLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = lia_phone_line_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_STATE_CHANGED] =
      g_signal_new ("state-changed", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_CAME_BACK] =
      g_signal_new ("came-back", LIA_TYPE_PHONE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
lia_phone_line_init (LiaPhoneLine *self)
{
  self->id = g_uuid_string_random ();
  self->note = g_strdup ("");
  self->disposition = g_strdup ("");
  self->since_ms = lia_time_now ();
}
