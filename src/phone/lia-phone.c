/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-private.h"
#include "lia-phone-warm-up.h"

G_DEFINE_FINAL_TYPE (LiaPhone, lia_phone, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS
};

enum {
  INCOMING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* lia_phone_set_state: @problem: (nullable): in plain words. */
void
lia_phone_set_state (LiaPhone     *self,
                     LiaPhoneState state,
                     const char   *problem)
{
  if (self->state == state && g_strcmp0 (self->problem, problem) == 0)
    return;

  self->state = state;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  if (state == LIA_PHONE_READY)
    lia_phone_warm_up ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static LiaPhoneRing
wanted_ring (LiaPhone *self)
{
  LiaPhoneRing ring = LIA_PHONE_RING_NONE;
  gboolean     talks = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);
      LiaPhoneCallState state = lia_phone_call_get_state (call);

      if (state == LIA_PHONE_CALL_INCOMING && !lia_phone_call_is_pending (call))
        ring = LIA_PHONE_RING_CALL;
      else if (state == LIA_PHONE_CALL_RINGING && ring == LIA_PHONE_RING_NONE && !lia_phone_call_has_early_sound (call))
        ring = LIA_PHONE_RING_BACK;
      talks |= state == LIA_PHONE_CALL_TALKING;
    }

  return ring == LIA_PHONE_RING_CALL && talks ? LIA_PHONE_RING_SECOND_CALL : ring;
}

static void
update_ringer (LiaPhone *self)
{
  lia_phone_ringer_set_ring (self->ringer, wanted_ring (self));
}

/* An agent has one mouth: who is taken or called puts the others on hold. */
static void
hold_others (LiaPhone     *self,
             LiaPhoneCall *talking)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

      if (call != talking)
        lia_phone_call_set_held (call, TRUE);
    }
}

static void
remove_call (LiaPhone     *self,
             LiaPhoneCall *call)
{
  guint position;

  g_signal_handlers_disconnect_by_data (call, self);
  if (g_list_store_find (self->calls, call, &position))
    g_list_store_remove (self->calls, position);
}

static void
on_call_state (LiaPhoneCall *call,
               GParamSpec   *pspec,
               LiaPhone     *self)
{
  g_autoptr (LiaPhoneCall) alive = g_object_ref (call);

  if (lia_phone_call_get_state (call) == LIA_PHONE_CALL_TALKING)
    hold_others (self, call);
  else if (lia_phone_call_get_state (call) == LIA_PHONE_CALL_ENDED)
    remove_call (self, call);

  update_ringer (self);
}

static void
on_call_pending (LiaPhoneCall *call,
                 GParamSpec   *pspec,
                 LiaPhone     *self)
{
  update_ringer (self);
}

static void
add_call (LiaPhone     *self,
          LiaPhoneCall *call)
{
  g_signal_connect (call, "notify::state", G_CALLBACK (on_call_state), self);
  g_signal_connect (call, "notify::pending", G_CALLBACK (on_call_pending), self);
  g_list_store_append (self->calls, call);
  update_ringer (self);
}

static LiaPhoneMedia *
make_media (LiaPhone *self)
{
  g_autoptr (GError) error = NULL;
  LiaPhoneMedia *media = lia_phone_media_new (self->audio, lia_sip_get_address (self->sip), &error);

  if (media == NULL)
    g_warning ("%s", error->message);

  return media;
}

static void
take_invite (LiaPhone     *self,
             nua_handle_t *handle,
             const sip_t  *message)
{
  g_autoptr (LiaPhoneMedia) media = NULL;
  g_autoptr (LiaPhoneCall) call = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->calls)) < LIA_PHONE_MAX_CALLS)
    media = make_media (self);
  if (media == NULL)
    {
      nua_respond (handle, SIP_486_BUSY_HERE, TAG_END ());
      nua_handle_destroy (handle);
      return;
    }

  call = lia_phone_call_new_incoming (self->sip, media, handle, message);
  if (call == NULL)
    return;

  add_call (self, call);
  if (self->expected != NULL && g_strcmp0 (lia_phone_call_get_mark (call), self->expected) == 0)
    {
      g_clear_pointer (&self->expected, g_free);
      lia_phone_call_answer (call);
    }
  else
    g_signal_emit (self, signals[INCOMING], 0, call);
}

/* lia_phone_handle_event: #LiaSipCallback. */
void
lia_phone_handle_event (nua_event_t   event,
                        int           status,
                        const char   *phrase,
                        nua_handle_t *handle,
                        LiaPhoneCall *call,
                        const sip_t  *sip,
                        tagi_t        tags[],
                        gpointer      user_data)
{
  LiaPhone *self = user_data;

  if (call != NULL)
    lia_phone_call_handle_event (call, event, status, sip, tags);
  else if (event == nua_i_invite)
    take_invite (self, handle, sip);
  else if (event == nua_r_register && handle == self->registration)
    lia_phone_handle_register_answer (self, status, phrase, sip);
}

/* lia_phone_has_calls: that go on, or ring. */
gboolean
lia_phone_has_calls (LiaPhone *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->calls)) > 0;
}

/* lia_phone_close_sip: with all calls. */
void
lia_phone_close_sip (LiaPhone *self)
{
  while (lia_phone_has_calls (self))
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (G_LIST_MODEL (self->calls), 0);

      lia_phone_call_lose (call);
      remove_call (self, call);
    }
  update_ringer (self);

  if (self->sip != NULL)
    lia_sip_close (g_steal_pointer (&self->sip), g_steal_pointer (&self->registration));
}

/**
 * lia_phone_dial:
 * @self: a phone that is ready
 * @number: who is called: a number as people write it, or "sip:…"
 *
 * Returns: (transfer none) (nullable): the call, or %NULL when the phone is not ready or its lines are taken
 */
LiaPhoneCall *
lia_phone_dial (LiaPhone   *self,
                const char *number)
{
  g_autoptr (LiaPhoneMedia) media = NULL;
  g_autoptr (LiaPhoneCall) call = NULL;

  if (self->state != LIA_PHONE_READY || g_list_model_get_n_items (G_LIST_MODEL (self->calls)) >= LIA_PHONE_MAX_CALLS)
    return NULL;

  media = make_media (self);
  if (media == NULL)
    return NULL;

  hold_others (self, NULL);
  call = lia_phone_call_new_outgoing (self->sip, media, number, self->account->needs_secure);
  add_call (self, call);

  return call;
}

/**
 * lia_phone_expect:
 * @self: a phone
 * @mark: (nullable): the X-Liaison-Call header of a call that the agent asked the telephone system for
 *
 * That call is taken without ringing, once.
 */
void
lia_phone_expect (LiaPhone   *self,
                  const char *mark)
{
  g_free (self->expected);
  self->expected = g_strdup (mark);
}

LiaPhoneState
lia_phone_get_state (LiaPhone *self)
{
  return self->state;
}

/**
 * lia_phone_get_problem:
 * @self: a phone
 *
 * Returns: (nullable): why it is not ready, in plain words
 */
const char *
lia_phone_get_problem (LiaPhone *self)
{
  return self->problem;
}

/**
 * lia_phone_get_calls:
 * @self: a phone
 *
 * Returns: (transfer none): its #LiaPhoneCall objects, those that have not ended
 */
GListModel *
lia_phone_get_calls (LiaPhone *self)
{
  return G_LIST_MODEL (self->calls);
}

LiaPhoneAudio *
lia_phone_get_audio (LiaPhone *self)
{
  return self->audio;
}

/**
 * lia_phone_dup_contact:
 * @self: a phone with a local port
 *
 * Returns: (transfer full) (nullable): the address that reaches it without a telephone system
 */
char *
lia_phone_dup_contact (LiaPhone *self)
{
  return self->sip != NULL ? lia_sip_dup_contact (self->sip) : NULL;
}

/**
 * lia_phone_new:
 * @audio: the agent's devices
 *
 * Returns: (transfer full): a phone that is not connected
 */
LiaPhone *
lia_phone_new (LiaPhoneAudio *audio)
{
  LiaPhone *self = g_object_new (LIA_TYPE_PHONE, NULL);

  self->audio = g_object_ref (audio);
  self->ringer = lia_phone_ringer_new (audio);

  return self;
}

LiaPhoneAccount *
lia_phone_account_copy (const LiaPhoneAccount *self)
{
  LiaPhoneAccount *copy = g_memdup2 (self, sizeof *self);

  copy->server = g_strdup (self->server);
  copy->user = g_strdup (self->user);
  copy->secret = g_strdup (self->secret);
  copy->name = g_strdup (self->name);
  copy->authority = g_strdup (self->authority);

  return copy;
}

void
lia_phone_account_free (LiaPhoneAccount *self)
{
  g_free (self->server);
  g_free (self->user);
  g_free (self->secret);
  g_free (self->name);
  g_free (self->authority);
  g_free (self);
}

static void
lia_phone_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  g_value_set_int (value, (int)LIA_PHONE (object)->state);
}

static void
lia_phone_dispose (GObject *object)
{
  LiaPhone *self = LIA_PHONE (object);

  if (self->ringer != NULL)
    lia_phone_disconnect (self);
  g_clear_object (&self->ringer);
  g_clear_object (&self->audio);
  g_clear_object (&self->theirs);
  g_clear_pointer (&self->expected, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (lia_phone_parent_class)->dispose (object);
}

static void
lia_phone_finalize (GObject *object)
{
  g_object_unref (LIA_PHONE (object)->calls);

  G_OBJECT_CLASS (lia_phone_parent_class)->finalize (object);
}

static void
lia_phone_class_init (LiaPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_phone_dispose;
  object_class->finalize = lia_phone_finalize;
  object_class->get_property = lia_phone_get_property;

  /* LiaPhoneState; notified also when only the problem changed */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, LIA_PHONE_UNREACHABLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A call rings here, LiaPhoneCall */
  signals[INCOMING] =
      g_signal_new ("incoming", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_CALL);
}

static void
lia_phone_init (LiaPhone *self)
{
  self->calls = g_list_store_new (LIA_TYPE_PHONE_CALL);
}
