/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The state follows what the other end says, never what the agent asked for: a button that was pressed makes the call "pending". Only the sound is
 * quicker: who puts a call on hold is not heard from that moment on.
 */

#include "lia-phone-call-private.h"

#include <sofia-sip/soa_tag.h>

G_DEFINE_FINAL_TYPE (LiaPhoneCall, lia_phone_call, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_LEVEL,
  PROP_MUTED,
  PROP_PENDING,
  PROP_SOUND,
  PROP_STATE,
  N_PROPS
};

enum {
  TRANSFERRED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

void
lia_phone_call_set_pending (LiaPhoneCall *self,
                            gboolean      pending)
{
  if (self->pending == pending)
    return;

  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

void
lia_phone_call_set_state (LiaPhoneCall     *self,
                          LiaPhoneCallState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
lia_phone_call_drop_handle (LiaPhoneCall *self)
{
  if (self->handle == NULL)
    return;

  nua_handle_bind (self->handle, NULL);
  nua_handle_destroy (self->handle);
  self->handle = NULL;
}

void
lia_phone_call_finish (LiaPhoneCall *self,
                       LiaPhoneEnd   end)
{
  if (self->state == LIA_PHONE_CALL_ENDED)
    return;

  g_clear_handle_id (&self->key_timeout, g_source_remove);
  g_clear_handle_id (&self->glare_timeout, g_source_remove);
  lia_phone_media_stop (self->media);
  lia_phone_call_drop_handle (self);
  self->end = end;
  lia_phone_call_set_pending (self, FALSE);
  lia_phone_call_set_state (self, LIA_PHONE_CALL_ENDED);
}

/**
 * lia_phone_call_hang_up:
 * @self: a call
 *
 * Ends it, rejects it while it rings here, gives up while it rings there.
 */
void
lia_phone_call_hang_up (LiaPhoneCall *self)
{
  switch (self->state)
    {
    case LIA_PHONE_CALL_INCOMING:
      nua_respond (self->handle, SIP_486_BUSY_HERE, TAG_END ());
      lia_phone_call_finish (self, LIA_PHONE_END_HERE);
      break;
    case LIA_PHONE_CALL_DIALLING:
    case LIA_PHONE_CALL_RINGING:
      nua_cancel (self->handle, TAG_END ());
      lia_phone_call_finish (self, LIA_PHONE_END_HERE);
      break;
    case LIA_PHONE_CALL_TALKING:
    case LIA_PHONE_CALL_HELD:
      nua_bye (self->handle, TAG_END ());
      lia_phone_call_finish (self, LIA_PHONE_END_HERE);
      break;
    case LIA_PHONE_CALL_ENDED:
    default:
      break;
    }
}

/**
 * lia_phone_call_set_muted:
 * @self: a call
 * @muted: whether the other end shall not hear the agent; it is not told
 */
void
lia_phone_call_set_muted (LiaPhoneCall *self,
                          gboolean      muted)
{
  if (self->muted == muted)
    return;

  self->muted = muted;
  lia_phone_media_set_muted (self->media, muted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
}

void
lia_phone_call_send_hold (LiaPhoneCall *self)
{
  nua_invite (self->handle, SOATAG_HOLD (self->wants_hold ? "*" : ""), TAG_END ());
}

/**
 * lia_phone_call_set_held:
 * @self: a call that was answered
 * @held: whether it shall wait; the telephone system plays music meanwhile
 */
void
lia_phone_call_set_held (LiaPhoneCall *self,
                         gboolean      held)
{
  const LiaPhoneCallState from = held ? LIA_PHONE_CALL_TALKING : LIA_PHONE_CALL_HELD;

  if (self->state != from || self->pending)
    return;

  self->wants_hold = held;
  if (held)
    lia_phone_media_set_held (self->media, TRUE);
  lia_phone_call_set_pending (self, TRUE);
  lia_phone_call_send_hold (self);
}

void
lia_phone_call_end_transfer (LiaPhoneCall *self,
                             gboolean      taken)
{
  if (!self->refers)
    return;

  self->refers = FALSE;
  lia_phone_call_set_pending (self, FALSE);
  g_signal_emit (self, signals[TRANSFERRED], 0, taken);
  if (taken)
    lia_phone_call_hang_up (self);
}

/**
 * lia_phone_call_lose:
 * @self: a call whose stack goes away
 *
 * Ends it without a word, because there is nobody left to say it to.
 */
void
lia_phone_call_lose (LiaPhoneCall *self)
{
  lia_phone_call_hang_up (self);
  self->sip = NULL;
}

LiaPhoneCallState
lia_phone_call_get_state (LiaPhoneCall *self)
{
  return self->state;
}

LiaPhoneEnd
lia_phone_call_get_end (LiaPhoneCall *self)
{
  return self->end;
}

/**
 * lia_phone_call_get_number:
 * @self: a call
 *
 * Returns: what the other end calls itself, or what was dialled; may be empty. Outside text
 */
const char *
lia_phone_call_get_number (LiaPhoneCall *self)
{
  return self->number;
}

/**
 * lia_phone_call_get_name:
 * @self: a call
 *
 * Returns: (nullable): the name that it brought along. Outside text
 */
const char *
lia_phone_call_get_name (LiaPhoneCall *self)
{
  return self->name;
}

/**
 * lia_phone_call_get_sip_id:
 * @self: a call
 *
 * Returns: (nullable): its Call-ID, by which the telephone system knows it
 */
const char *
lia_phone_call_get_sip_id (LiaPhoneCall *self)
{
  return self->sip_id;
}

/**
 * lia_phone_call_get_mark:
 * @self: a call
 *
 * Returns: (nullable): its X-Liaison-Call header: somebody asked the telephone system for this call
 */
const char *
lia_phone_call_get_mark (LiaPhoneCall *self)
{
  return self->mark;
}

/**
 * lia_phone_call_get_sound:
 * @self: a call
 *
 * Returns: by which devices the two hear each other
 */
LiaPhoneSound
lia_phone_call_get_sound (LiaPhoneCall *self)
{
  return self->sound;
}

/**
 * lia_phone_call_get_level:
 * @self: a call
 *
 * Returns: how loud the agent speaks, 0 (a quiet room, or muted) to 1 (too loud); "notify::level" comes about ten times a second
 */
double
lia_phone_call_get_level (LiaPhoneCall *self)
{
  return self->level;
}

/**
 * lia_phone_call_can_send_keys:
 * @self: a call that was answered
 *
 * Returns: whether the other end takes key tones (RFC 4733)
 */
gboolean
lia_phone_call_can_send_keys (LiaPhoneCall *self)
{
  return self->theirs != NULL && self->theirs->events != 0;
}

/**
 * lia_phone_call_is_secure:
 * @self: a call
 *
 * Returns: whether its sound is enciphered on the way to the telephone system
 */
gboolean
lia_phone_call_is_secure (LiaPhoneCall *self)
{
  return self->theirs != NULL && self->theirs->secure;
}

gboolean
lia_phone_call_is_pending (LiaPhoneCall *self)
{
  return self->pending;
}

gboolean
lia_phone_call_is_muted (LiaPhoneCall *self)
{
  return self->muted;
}

/**
 * lia_phone_call_has_early_sound:
 * @self: a call that rings there
 *
 * Returns: whether the telephone system lets us hear that, so that we need not make a tone
 */
gboolean
lia_phone_call_has_early_sound (LiaPhoneCall *self)
{
  return self->theirs != NULL;
}

static void
lia_phone_call_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  LiaPhoneCall *self = LIA_PHONE_CALL (object);

  switch (id)
    {
    case PROP_LEVEL:
      g_value_set_double (value, self->level);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_SOUND:
      g_value_set_int (value, (int)self->sound);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int)self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_phone_call_dispose (GObject *object)
{
  LiaPhoneCall *self = LIA_PHONE_CALL (object);

  g_clear_handle_id (&self->key_timeout, g_source_remove);
  g_clear_handle_id (&self->glare_timeout, g_source_remove);
  lia_phone_call_drop_handle (self);
  g_clear_object (&self->media);

  G_OBJECT_CLASS (lia_phone_call_parent_class)->dispose (object);
}

static void
lia_phone_call_finalize (GObject *object)
{
  LiaPhoneCall *self = LIA_PHONE_CALL (object);

  g_clear_pointer (&self->theirs, lia_phone_session_free);
  g_clear_pointer (&self->ours, lia_srtp_key_free);
  g_string_free (self->keys, TRUE);
  g_free (self->number);
  g_free (self->name);
  g_free (self->sip_id);
  g_free (self->mark);

  G_OBJECT_CLASS (lia_phone_call_parent_class)->finalize (object);
}

static void
lia_phone_call_class_init (LiaPhoneCallClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lia_phone_call_dispose;
  object_class->finalize = lia_phone_call_finalize;
  object_class->get_property = lia_phone_call_get_property;

  properties[PROP_LEVEL] = g_param_spec_double ("level", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_SOUND] = g_param_spec_int ("sound", NULL, NULL, 0, LIA_PHONE_SOUND_NONE, 0, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, LIA_PHONE_CALL_ENDED, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TRANSFERRED] =
      g_signal_new ("transferred", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
lia_phone_call_init (LiaPhoneCall *self)
{
  self->keys = g_string_new (NULL);
}
