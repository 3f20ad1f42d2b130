/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a call begins: it comes and is answered, or is dialled; each with an offer of sound (RFC 3264). */

#include "lia-phone-call-private.h"

#include <sofia-sip/soa_tag.h>

static LiaPhoneSession *
read_session (const sip_t *message)
{
  const sip_payload_t *payload = message != NULL ? message->sip_payload : NULL;
  g_autofree char     *sdp = payload != NULL ? g_strndup (payload->pl_data, payload->pl_len) : NULL;

  return sdp != NULL ? lia_phone_sdp_parse (sdp) : NULL;
}

static LiaPhoneCall *
call_new (LiaSip        *sip,
          LiaPhoneMedia *media)
{
  LiaPhoneCall *self = g_object_new (LIA_TYPE_PHONE_CALL, NULL);

  self->sip = sip;
  self->media = g_object_ref (media);
  lia_phone_call_follow_sound (self);

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
  lia_phone_call_read_caller (self, invite);
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
