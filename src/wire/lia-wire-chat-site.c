/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a web site with a chat is set up. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define MAX_ORIGINS 50
#define MAX_GREETING 1000
#define MAX_WAIT_MS (24 * 3600 * 1000)

#define AT(field) G_STRUCT_OFFSET (LiaChatSite, field)

static const LiaField fields[] = {
  { "key", LIA_FIELD_TEXT, AT (key), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "origins", LIA_FIELD_WORDS, AT (origins), LIA_JSON_REQUIRED },
  { "color", LIA_FIELD_TEXT, AT (color) },
  { "greeting", LIA_FIELD_TEXT, AT (greeting) },
  { "languages", LIA_FIELD_WORDS, AT (languages) },
  { "prechat", LIA_FIELD_WORDS, AT (prechat) },
  { "jwt_kids", LIA_FIELD_WORDS, AT (jwt_kids) },
  { "page_trail", LIA_FIELD_BOOL, AT (page_trail) },
  { "self_service", LIA_FIELD_BOOL, AT (self_service) },
  { "max_wait_s", LIA_FIELD_SECONDS, AT (max_wait_ms) },
  { "gone_after_s", LIA_FIELD_SECONDS, AT (gone_after_ms) },
  { "url", LIA_FIELD_TEXT, AT (url) },
  { "mailbox", LIA_FIELD_TEXT, AT (mailbox) },
};

static gboolean
check_origins (LiaChatSite *site,
               GError     **error)
{
  guint n = g_strv_length (site->origins);

  if (n == 0 || n > MAX_ORIGINS)
    {
      lia_problem_set_invalid (error, "/origins", "length", "A site has between 1 and %d origins", MAX_ORIGINS);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/origins/%u", i);

      if (lia_chat_site_is_origin (site->origins[i]))
        continue;
      lia_problem_set_invalid (error, pointer, "value", "“%s” is no origin such as https://shop.example", site->origins[i]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_prechat (LiaChatSite *site,
               GError     **error)
{
  static const char *const known[] = { "name", "email", NULL };

  for (guint i = 0; site->prechat[i] != NULL; i++)
    {
      if (g_strv_contains (known, site->prechat[i]))
        continue;
      lia_problem_set_invalid (error, "/prechat", "value", "Only “name” and “email” can be asked for");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_color (const char *text)
{
  return *text == '\0' || (strlen (text) == 7 && *text == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6);
}

static gboolean
check (LiaChatSite *site,
       GError     **error)
{
  if (!lia_chat_site_is_key (site->key))
    lia_problem_set_invalid (error, "/key", "value", "A site's key is of a-z, 0-9 and “-”");
  else if (!is_color (site->color))
    lia_problem_set_invalid (error, "/color", "value", "“%s” is no color such as #3584e4", site->color);
  else if (*site->url != '\0' && !lia_chat_site_is_origin (site->url))
    lia_problem_set_invalid (error, "/url", "value", "“%s” is no address such as https://chat.example.com", site->url);
  else if (strlen (site->greeting) > MAX_GREETING)
    lia_problem_set_invalid (error, "/greeting", "length", "The greeting is too long");
  else if (site->max_wait_ms < 0 || site->max_wait_ms > MAX_WAIT_MS)
    lia_problem_set_invalid (error, "/max_wait_s", "range", "A visitor waits at most a day");
  else if (site->gone_after_ms < 0 || site->gone_after_ms > MAX_WAIT_MS)
    lia_problem_set_invalid (error, "/gone_after_s", "range", "Who has left is gone within a day");
  else
    return check_origins (site, error) && check_prechat (site, error);

  return FALSE;
}

JsonObject *
lia_wire_encode_chat_site (LiaChatSite *site)
{
  return lia_fields_encode_new (fields, G_N_ELEMENTS (fields), site);
}

LiaChatSite *
lia_wire_decode_chat_site (JsonObject *object,
                           GError    **error)
{
  g_autoptr (LiaChatSite) site = LIA_FIELDS_DECODE_NEW (lia_chat_site_new (), fields, object, error);

  return site != NULL && check (site, error) ? g_steal_pointer (&site) : NULL;
}
