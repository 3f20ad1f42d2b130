/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who calls, and what the telephone system says of the call: outside text, made fit to be shown. */

#include "lia-phone-call-private.h"

#include "lia-shown-text.h"

#include <string.h>

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

/* lia_phone_call_read_caller: who calls, by its INVITE. */
void
lia_phone_call_read_caller (LiaPhoneCall *self,
                            const sip_t  *invite)
{
  const sip_from_t *from = invite->sip_from;
  g_autofree char  *user = from != NULL && from->a_url->url_user != NULL ? g_uri_unescape_string (from->a_url->url_user, NULL) : NULL;

  self->number = clean (user != NULL ? user : "");
  self->name = from != NULL && from->a_display != NULL ? clean (from->a_display) : NULL;
  if (self->name != NULL && *self->name == '\0')
    g_clear_pointer (&self->name, g_free);
}

/* lia_phone_call_read_marks: by which the telephone system knows the call, in any message of it. */
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
