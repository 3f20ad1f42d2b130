/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call is handed on, at once or by joining two. */

#include "lia-phone-call-private.h"

#include <sofia-sip/sip_extra.h>

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
