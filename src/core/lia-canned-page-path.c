/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where in a folder for Git each response lies, under names that every file system takes. */

#include "lia-canned-page-private.h"

#include "lia-canned-import.h"

#include <string.h>

#define MAX_NAME_CHARS 80

static char *
safe_name (const char *name)
{
  g_autofree char *short_name = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME_CHARS));
  GString         *safe = g_string_new (NULL);

  for (const char *at = g_strstrip (short_name); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || (c < 0x80 && strchr ("/\\:*?\"<>|", (int)c) != NULL) || (c == '.' && safe->len == 0))
        g_string_append_c (safe, '_');
      else
        g_string_append_unichar (safe, c);
    }
  if (safe->len == 0)
    g_string_append_c (safe, '_');

  return g_string_free (safe, FALSE);
}

/* lia_canned_page_folder: (transfer full): where pages of @folder lie, with / behind it; "" for none */
char *
lia_canned_page_folder (const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder, "/", -1);
  g_autoptr (GString) path = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *name = safe_name (parts[i]);

      if (*parts[i] != '\0')
        g_string_append_printf (path, "%s/", name);
    }

  return g_string_free_and_steal (g_steal_pointer (&path));
}

static char *
plain_path (LiaCanned *canned)
{
  g_autofree char *folder = lia_canned_page_folder (canned->folder);
  g_autofree char *name = safe_name (*canned->shortcut != '\0' ? canned->shortcut : canned->title);

  return g_strconcat (folder, name, NULL);
}

/**
 * lia_canned_export_paths:
 *
 * Where in a folder each of them lies: by its shortcut, else its title; with its id, too, where two would have the same name, also on a system that
 * does not tell a from A. So a path does not change because of another response's coming or going behind it in the list.
 *
 * Returns: (transfer full): LiaCanned (of @library) -> char *, as "Billing/Refunds/refund.txt"
 */
GHashTable *
lia_canned_export_paths (GPtrArray *library)
{
  GHashTable *paths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < library->len; i++)
    {
      g_autofree char *path = plain_path (library->pdata[i]);
      char            *key = g_utf8_casefold (path, -1);

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned       *canned = library->pdata[i];
      g_autofree char *path = plain_path (canned);
      g_autofree char *key = g_utf8_casefold (path, -1);
      gboolean         alone = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) == 1;

      g_hash_table_insert (paths, canned, alone ? g_strconcat (path, ".txt", NULL) : g_strconcat (path, " ", canned->id, ".txt", NULL));
    }

  return paths;
}

/* lia_canned_page_take_path: what a page itself does not say of its folder and title; @path: "" = it was written alone */
void
lia_canned_page_take_path (LiaCanned  *canned,
                           const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  if (*path == '\0')
    return;
  if (*canned->folder == '\0' && strcmp (folder, ".") != 0)
    {
      g_free (canned->folder);
      canned->folder = g_strdup (folder);
    }
  if (*canned->title == '\0')
    {
      g_free (canned->title);
      canned->title = g_strndup (name, strlen (name) - (g_str_has_suffix (name, ".txt") ? 4 : 0));
    }
}
