/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the other end of a call says, by way of sofia-sip */

#include "lia-phone-call-private.h"

#include <sofia-sip/soa_tag.h>

#include <string.h>

/* RFC 3261 section 14.1: who owns the call waits 2.1 to 4 s when both changed it at once. */
enum {
  GLARE_MIN_MS = 2100,
  GLARE_MAX_MS = 4000,
};

/* RFC 3261 section 21: what a refusal means to the one who dialled */
static LiaPhoneEnd
end_of_status (int status)
{
  static const struct
  {
    int         status;
    LiaPhoneEnd end;
  } meanings[] = {
    { 404, LIA_PHONE_END_NO_NUMBER },
    { 408, LIA_PHONE_END_NO_ANSWER },
    { 410, LIA_PHONE_END_NO_NUMBER },
    { 415, LIA_PHONE_END_NO_SOUND },
    { 480, LIA_PHONE_END_NO_ANSWER },
    { 484, LIA_PHONE_END_NO_NUMBER },
    { 486, LIA_PHONE_END_BUSY },
    { 487, LIA_PHONE_END_HERE },
    { 488, LIA_PHONE_END_NO_SOUND },
    { 503, LIA_PHONE_END_UNREACHABLE },
    { 600, LIA_PHONE_END_BUSY },
    { 603, LIA_PHONE_END_REJECTED },
    { 604, LIA_PHONE_END_NO_NUMBER },
    { 606, LIA_PHONE_END_NO_SOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (meanings[i].status == status)
        return meanings[i].end;
    }

  return LIA_PHONE_END_FAILED;
}

static void
on_glare_over (gpointer user_data)
{
  LiaPhoneCall *self = user_data;

  self->glare_timeout = 0;
  lia_phone_call_send_hold (self);
}

static void
handle_hold_answer (LiaPhoneCall *self,
                    int           status)
{
  if (status == 491)
    {
      g_clear_handle_id (&self->glare_timeout, g_source_remove);
      self->glare_timeout = g_timeout_add_once ((guint)g_random_int_range (GLARE_MIN_MS, GLARE_MAX_MS), on_glare_over, self);
      return;
    }

  if (status >= 300)
    self->wants_hold = self->state == LIA_PHONE_CALL_HELD;
  lia_phone_media_set_held (self->media, self->wants_hold);
  lia_phone_call_set_pending (self, FALSE);
  lia_phone_call_set_state (self, self->wants_hold ? LIA_PHONE_CALL_HELD : LIA_PHONE_CALL_TALKING);
}

static void
handle_invite_answer (LiaPhoneCall *self,
                      int           status,
                      const sip_t  *message)
{
  if (status == 401 || status == 407)
    {
      if (!self->has_challenge && lia_sip_authenticate (self->sip, self->handle, message))
        self->has_challenge = TRUE;
      else
        lia_phone_call_finish (self, LIA_PHONE_END_FAILED);
    }
  else if (self->state == LIA_PHONE_CALL_TALKING || self->state == LIA_PHONE_CALL_HELD)
    {
      if (status >= 200 && self->pending)
        handle_hold_answer (self, status);
    }
  else if (status >= 300)
    {
      if (end_of_status (status) == LIA_PHONE_END_NO_SOUND && self->ours != NULL && !self->needs_secure)
        {
          lia_phone_call_drop_handle (self);
          self->tries_plain = TRUE;
          lia_phone_call_invite (self);
        }
      else
        lia_phone_call_finish (self, end_of_status (status));
    }
  else if (status == 180 || status == 183)
    lia_phone_call_set_state (self, LIA_PHONE_CALL_RINGING);
}

/* Sound that is agreed on: at the answer, before it (an announcement, ringing), and whenever the telephone system moves it. */
static void
handle_state (LiaPhoneCall *self,
              tagi_t        tags[])
{
  int         call_state = nua_callstate_init;
  const char *sdp = NULL;

  tl_gets (tags, NUTAG_CALLSTATE_REF (call_state), SOATAG_REMOTE_SDP_STR_REF (sdp), TAG_END ());

  if (sdp != NULL)
    {
      LiaPhoneSession *theirs = lia_phone_sdp_parse (sdp);

      if (theirs != NULL)
        {
          g_clear_pointer (&self->theirs, lia_phone_session_free);
          self->theirs = theirs;
        }
      else if (call_state == nua_callstate_ready && self->theirs == NULL)
        {
          nua_bye (self->handle, TAG_END ());
          lia_phone_call_finish (self, LIA_PHONE_END_NO_SOUND);
          return;
        }
    }

  if (call_state == nua_callstate_proceeding && self->state != LIA_PHONE_CALL_INCOMING)
    lia_phone_call_start_sound (self);
  else if (call_state == nua_callstate_ready)
    {
      lia_phone_call_start_sound (self);
      self->has_challenge = FALSE;
      if (self->state < LIA_PHONE_CALL_TALKING)
        {
          lia_phone_call_set_pending (self, FALSE);
          lia_phone_call_set_state (self, LIA_PHONE_CALL_TALKING);
        }
    }
  else if (call_state == nua_callstate_terminated && !self->tries_plain)
    lia_phone_call_finish (self, LIA_PHONE_END_THERE);
}

static gboolean
was_taken_elsewhere (const sip_t *message)
{
  const sip_reason_t *reason = message != NULL ? message->sip_reason : NULL;

  /* RFC 3326: Reason: SIP;cause=200;text="Call completed elsewhere"; Asterisk says Q.850;cause=26 */
  return reason != NULL && reason->re_cause != NULL && (strcmp (reason->re_cause, "200") == 0 || strcmp (reason->re_cause, "26") == 0);
}

/* RFC 3515 section 2.4.5: the other end tells how the call that it was referred to goes, by the first line of an answer. */
static void
handle_notify (LiaPhoneCall *self,
               const sip_t  *message)
{
  const sip_payload_t *payload = message != NULL ? message->sip_payload : NULL;
  g_autofree char     *line = payload != NULL ? g_strndup (payload->pl_data, payload->pl_len) : NULL;
  guint64              status;

  if (line == NULL || !g_str_has_prefix (line, "SIP/2.0 "))
    return;

  status = g_ascii_strtoull (line + 8, NULL, 10);
  if (status >= 200)
    lia_phone_call_end_transfer (self, status < 300);
}

/**
 * lia_phone_call_handle_event:
 * @self: a call
 * @event: what sofia-sip says of it
 * @status: the number of the answer that it is about
 * @message: (nullable): the message
 * @tags: more of it
 */
void
lia_phone_call_handle_event (LiaPhoneCall *self,
                             nua_event_t   event,
                             int           status,
                             const sip_t  *message,
                             tagi_t        tags[])
{
  g_autoptr (LiaPhoneCall) alive = g_object_ref (self);

  lia_phone_call_read_marks (self, message);

  switch ((int)event)
    {
    case nua_r_invite:
      handle_invite_answer (self, status, message);
      break;
    case nua_i_state:
      handle_state (self, tags);
      break;
    case nua_i_bye:
      lia_phone_call_finish (self, LIA_PHONE_END_THERE);
      break;
    case nua_i_cancel:
      lia_phone_call_finish (self, was_taken_elsewhere (message) ? LIA_PHONE_END_ELSEWHERE : LIA_PHONE_END_THERE);
      break;
    case nua_r_refer:
      if (status >= 300)
        lia_phone_call_end_transfer (self, FALSE);
      break;
    case nua_i_notify:
      handle_notify (self, message);
      break;
    case nua_i_media_error:
      lia_phone_call_finish (self, LIA_PHONE_END_NO_SOUND);
      break;
    default:
      break;
    }
}
