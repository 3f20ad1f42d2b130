/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A browser says where a page is from as an origin: scheme, host, and the port where it is not the scheme's own. People paste the address of a page, or
 * write what is painted on their door. Whatever can only mean one origin becomes it; all else is refused with what to do.
 */
#include "lia-config.h"

#include "lia-site-words.h"

#include "lia-chat-site.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_KEY 40

/* Of this machine: for trying things out. Everybody else's pages come encrypted. */
static gboolean
is_here (const char *text)
{
  return g_str_has_prefix (text, "localhost") || g_str_has_prefix (text, "127.0.0.1") || g_str_has_prefix (text, "[::1]");
}

/* (nullable): NULL: nothing that a page can come from */
static char *
origin_of (const char *text)
{
  const char      *scheme = strstr (text, "://") != NULL ? "" : is_here (text) ? "http://"
                                                                               : "https://";
  g_autofree char *whole = g_strconcat (scheme, text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (whole, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autofree char *host = uri != NULL && g_uri_get_host (uri) != NULL ? g_hostname_to_ascii (g_uri_get_host (uri)) : NULL;
  g_autofree char *origin = NULL;

  if (host == NULL || g_uri_get_userinfo (uri) != NULL || (strpbrk (host, ".:") == NULL && !is_here (host)))
    return NULL;
  origin = g_uri_join (G_URI_FLAGS_SCHEME_NORMALIZE, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri), "", NULL, NULL);
  if (g_str_has_suffix (origin, "/")) /* which normalizing adds */
    origin[strlen (origin) - 1] = '\0';

  return lia_chat_site_is_origin (origin) ? g_steal_pointer (&origin) : NULL;
}

static char *
complete (const char *text,
          char      **problem)
{
  char *origin = strchr (text, '*') == NULL ? origin_of (text) : NULL;

  if (origin != NULL)
    return origin;
  if (strchr (text, '*') != NULL)
    *problem = g_strdup_printf (_ ("“%s”: a star does not stand for others here. Write each address, such as https://www.example.com."), text);
  else
    *problem = g_strdup_printf (_ ("“%s” is not the address of a web site. Write it as the browser shows it: https://www.example.com."), text);

  return NULL;
}

/**
 * lia_site_words_parse_origins:
 * @text: addresses with commas or spaces between them
 * @problem: (out) (transfer full): what is wrong, and what to do
 *
 * Returns: (transfer full) (nullable): each origin once
 */
GStrv
lia_site_words_parse_origins (const char *text,
                              char      **problem)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ;\t\n", -1);
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_free);

  *problem = NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *origin = *words[i] != '\0' ? complete (words[i], problem) : NULL;

      if (*problem != NULL)
        return NULL;
      if (origin != NULL && !g_ptr_array_find_with_equal_func (origins, origin, g_str_equal, NULL))
        g_ptr_array_add (origins, g_steal_pointer (&origin));
    }
  if (origins->len == 0)
    {
      *problem = g_strdup (_ ("At least one address is needed: from other pages nobody can write to you."));
      return NULL;
    }
  g_ptr_array_add (origins, NULL);

  return (GStrv)g_ptr_array_free (g_steal_pointer (&origins), FALSE);
}

/** lia_site_words_parse_address: (transfer full) (nullable): where the chat is reached; "" where nobody has said so. */
char *
lia_site_words_parse_address (const char *text,
                              char      **problem)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  *problem = NULL;

  return *stripped != '\0' ? complete (stripped, problem) : g_steal_pointer (&stripped);
}

/** lia_site_words_make_key: (transfer full): a short name of a-z, 0-9 and “-” for what people call @name; "" where none can be made of it. */
char *
lia_site_words_make_key (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, NULL);
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && key->len < MAX_KEY; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (key, g_ascii_tolower (*p));
    else if (key->len > 0 && key->str[key->len - 1] != '-' && *p != '?')
      g_string_append_c (key, '-');
  if (key->len > 0 && key->str[key->len - 1] == '-')
    g_string_truncate (key, key->len - 1);

  return g_string_free_and_steal (g_steal_pointer (&key));
}

/** lia_site_words_make_line: (transfer full): what stands in the site's pages. Of @address and @key nothing has to be escaped. */
char *
lia_site_words_make_line (const char *address,
                          const char *key)
{
  return g_strdup_printf ("<script async src=\"%s/chat/widget/loader.js?site=%s\"></script>", address, key);
}
