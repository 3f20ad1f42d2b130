/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The state follows what the other end says, never what the agent asked for: a button that was pressed makes the call "pending". Only the sound is
 * quicker: who puts a call on hold is not heard from that moment on.
 */

#include "lia-phone-call-private.h"

#include "lia-shown-text.h"

#include <sofia-sip/sip_extra.h>
#include <sofia-sip/soa_tag.h>

#include <string.h>

/* How long a key is heard, and the silence after it: ITU-T Q.24 asks for 40 ms each, machines at the other end for more. */
enum {
  KEY_MS = 160,
  KEY_PAUSE_MS = 90,
};

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

/* A text of the other end's, fit to be shown. In quotes a backslash stands before what is meant literally (RFC 3261 section 25.1). */
static char *
clean (const char *text)
{
  const gsize    length = strlen (text);
  const gboolean quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
  const gsize    end = quoted ? length - 1 : length;
  g_autoptr (GString) plain = g_string_sized_new (length);

  for (gsize i = quoted ? 1 : 0; i < end; i++)
    {
      if (quoted && text[i] == '\\' && i + 1 < end)
        i++;
      g_string_append_c (plain, text[i]);
    }

  return lia_shown_text_new (plain->str, plain->len);
}

static void
read_caller (LiaPhoneCall *self,
             const sip_t  *invite)
{
  const sip_from_t *from = invite->sip_from;
  g_autofree char  *user = from != NULL && from->a_url->url_user != NULL ? g_uri_unescape_string (from->a_url->url_user, NULL) : NULL;

  self->number = clean (user != NULL ? user : "");
  self->name = from != NULL && from->a_display != NULL ? clean (from->a_display) : NULL;
  if (self->name != NULL && *self->name == '\0')
    g_clear_pointer (&self->name, g_free);
}

void
lia_phone_call_read_marks (LiaPhoneCall *self,
                           const sip_t  *message)
{
  if (message == NULL)
    return;

  if (self->sip_id == NULL && message->sip_call_id != NULL)
    self->sip_id = g_strdup (message->sip_call_id->i_id);

  for (const sip_unknown_t *header = message->sip_unknown; header != NULL && self->mark == NULL; header = header->un_next)
    {
      if (g_ascii_strcasecmp (header->un_name, "X-Liaison-Call") == 0)
        self->mark = g_strdup (header->un_value);
    }
}

static LiaPhoneSession *
read_session (const sip_t *message)
{
  const sip_payload_t *payload = message != NULL ? message->sip_payload : NULL;
  g_autofree char     *sdp = payload != NULL ? g_strndup (payload->pl_data, payload->pl_len) : NULL;

  return sdp != NULL ? lia_phone_sdp_parse (sdp) : NULL;
}

static void
on_level (LiaPhoneMedia *media,
          double         level,
          LiaPhoneCall  *self)
{
  self->level = level;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

static void
set_sound (LiaPhoneCall *self,
           LiaPhoneSound sound)
{
  self->sound = sound;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOUND]);
}

/* A device is gone: once more with others, rather than a call in which neither hears the other. */
static void
on_failed (LiaPhoneMedia *media,
           const char    *problem,
           LiaPhoneCall  *self)
{
  g_autoptr (LiaPhoneCall) alive = g_object_ref (self);

  g_info ("The sound of a call goes on without a device: %s", problem);
  lia_phone_media_stop (media);
  if (self->sound != LIA_PHONE_SOUND_CHOSEN)
    {
      set_sound (self, LIA_PHONE_SOUND_NONE);
      return;
    }

  lia_phone_media_use_default (media);
  set_sound (self, LIA_PHONE_SOUND_DEFAULT);
  lia_phone_call_start_sound (self);
}

static LiaPhoneCall *
call_new (LiaSip        *sip,
          LiaPhoneMedia *media)
{
  LiaPhoneCall *self = g_object_new (LIA_TYPE_PHONE_CALL, NULL);

  self->sip = sip;
  self->media = g_object_ref (media);
  g_signal_connect_object (media, "level", G_CALLBACK (on_level), self, 0);
  g_signal_connect_object (media, "failed", G_CALLBACK (on_failed), self, 0);

  return self;
}

/**
 * lia_phone_call_new_incoming:
 * @sip: the stack it came by
 * @media: ports for its sound
 * @handle: (transfer full): its handle
 * @invite: the INVITE
 *
 * Returns: (transfer full) (nullable): the call, ringing; or %NULL when there is no way to talk, which the other end was told
 */
LiaPhoneCall *
lia_phone_call_new_incoming (LiaSip        *sip,
                             LiaPhoneMedia *media,
                             nua_handle_t  *handle,
                             const sip_t   *invite)
{
  g_autoptr (LiaPhoneCall) self = call_new (sip, media);

  self->state = LIA_PHONE_CALL_INCOMING;
  self->handle = handle;
  read_caller (self, invite);
  lia_phone_call_read_marks (self, invite);
  self->theirs = read_session (invite);
  if (invite->sip_payload != NULL && self->theirs == NULL)
    {
      nua_respond (handle, SIP_488_NOT_ACCEPTABLE, TAG_END ());
      return NULL;
    }

  nua_handle_bind (handle, self);
  nua_respond (handle, SIP_180_RINGING, TAG_END ());

  return g_steal_pointer (&self);
}

void
lia_phone_call_invite (LiaPhoneCall *self)
{
  g_autofree char *to = lia_sip_uri (self->sip, self->number);
  g_autofree char *sdp = NULL;

  g_clear_pointer (&self->ours, lia_srtp_key_free);
  if (lia_sip_is_secure (self->sip) && !self->tries_plain)
    self->ours = lia_srtp_key_generate ();
  sdp = lia_phone_sdp_offer (lia_phone_media_get_port (self->media), self->ours);

  self->has_challenge = FALSE;
  g_clear_pointer (&self->sip_id, g_free); /* another one, told by the answer */
  self->handle = lia_sip_make_handle (self->sip, self, to);
  nua_invite (self->handle, SOATAG_USER_SDP_STR (sdp), SOATAG_RTP_SORT (SOA_RTP_SORT_REMOTE), SOATAG_RTP_SELECT (SOA_RTP_SELECT_COMMON), TAG_END ());
}

/**
 * lia_phone_call_new_outgoing:
 * @sip: the stack it goes by
 * @media: ports for its sound
 * @number: who is called
 * @needs_secure: whether it shall rather fail than be unenciphered
 *
 * Returns: (transfer full): the call, being dialled
 */
LiaPhoneCall *
lia_phone_call_new_outgoing (LiaSip        *sip,
                             LiaPhoneMedia *media,
                             const char    *number,
                             gboolean       needs_secure)
{
  LiaPhoneCall *self = call_new (sip, media);

  self->state = LIA_PHONE_CALL_DIALLING;
  self->number = g_strdup (number);
  self->needs_secure = needs_secure;
  lia_phone_call_invite (self);

  return self;
}

/**
 * lia_phone_call_answer:
 * @self: a call that rings here
 *
 * Takes it. Its state is LIA_PHONE_CALL_TALKING once the other end knows.
 */
void
lia_phone_call_answer (LiaPhoneCall *self)
{
  const guint      port = lia_phone_media_get_port (self->media);
  g_autofree char *sdp = NULL;

  if (self->state != LIA_PHONE_CALL_INCOMING || self->pending)
    return;

  if (self->theirs == NULL)
    {
      self->ours = lia_sip_is_secure (self->sip) ? lia_srtp_key_generate () : NULL;
      sdp = lia_phone_sdp_offer (port, self->ours);
    }
  else
    {
      self->ours = self->theirs->secure ? lia_srtp_key_generate_for (self->theirs->key) : NULL;
      sdp = lia_phone_sdp_answer (self->theirs, port, self->ours);
    }

  lia_phone_call_set_pending (self, TRUE);
  nua_respond (self->handle, SIP_200_OK, SOATAG_USER_SDP_STR (sdp), TAG_END ());
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

static int
key_of (char c)
{
  static const char keys[] = "0123456789*#ABCD";
  const char       *found = c != '\0' ? strchr (keys, g_ascii_toupper (c)) : NULL;

  return found != NULL ? (int)(found - keys) : -1;
}

static void
next_key (gpointer user_data)
{
  LiaPhoneCall *self = user_data;

  self->key_timeout = 0;
  if (self->key_is_down)
    {
      lia_phone_media_set_key (self->media, -1);
      self->key_is_down = FALSE;
      self->key_timeout = g_timeout_add_once (KEY_PAUSE_MS, next_key, self);
    }
  else if (self->keys->len > 0)
    {
      lia_phone_media_set_key (self->media, key_of (self->keys->str[0]));
      g_string_erase (self->keys, 0, 1);
      self->key_is_down = TRUE;
      self->key_timeout = g_timeout_add_once (KEY_MS, next_key, self);
    }
}

/**
 * lia_phone_call_send_keys:
 * @self: a call that was answered
 * @keys: 0 to 9, *, #, A to D; anything else is left out
 *
 * Presses them one after the other (RFC 4733).
 */
void
lia_phone_call_send_keys (LiaPhoneCall *self,
                          const char   *keys)
{
  for (const char *key = keys; *key != '\0'; key++)
    {
      if (key_of (*key) >= 0)
        g_string_append_c (self->keys, *key);
    }

  if (self->key_timeout == 0 && self->state == LIA_PHONE_CALL_TALKING)
    next_key (self);
}

static void
refer (LiaPhoneCall *self,
       const char   *to)
{
  g_autofree char *target = g_strdup_printf ("<%s>", to);

  self->refers = TRUE;
  lia_phone_call_set_pending (self, TRUE);
  nua_refer (self->handle, SIPTAG_REFER_TO_STR (target), TAG_END ());
}

/**
 * lia_phone_call_transfer:
 * @self: a call that was answered
 * @number: who shall have it
 *
 * Hands it on without asking. "transferred" tells how it went.
 */
void
lia_phone_call_transfer (LiaPhoneCall *self,
                         const char   *number)
{
  g_autofree char *to = NULL;

  if ((self->state != LIA_PHONE_CALL_TALKING && self->state != LIA_PHONE_CALL_HELD) || self->pending)
    return;

  to = lia_sip_uri (self->sip, number);
  refer (self, to);
}

/**
 * lia_phone_call_transfer_to:
 * @self: a call that was answered
 * @other: another one, whose other end shall have it
 *
 * Joins the two (RFC 3891); both end here. "transferred" tells how it went.
 */
void
lia_phone_call_transfer_to (LiaPhoneCall *self,
                            LiaPhoneCall *other)
{
  su_home_t        home[1] = { SU_HOME_INIT (home) };
  sip_replaces_t  *replaces;
  const char      *query;
  g_autofree char *to = NULL;
  g_autofree char *target = NULL;

  if (self->state < LIA_PHONE_CALL_TALKING || self->pending || self->handle == NULL || other->handle == NULL)
    return;

  su_home_init (home);
  replaces = nua_handle_make_replaces (other->handle, home, 0);
  query = replaces != NULL ? sip_headers_as_url_query (home, SIPTAG_REPLACES (replaces), TAG_END ()) : NULL;
  if (query != NULL)
    {
      to = lia_sip_uri (self->sip, other->number);
      target = g_strdup_printf ("%s?%s", to, query);
      refer (self, target);
    }
  su_home_deinit (home);
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
