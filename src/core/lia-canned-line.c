/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-import-private.h"

#include "lia-time.h"

#include <string.h>

/*
 * The fields of a response as one line of text each, for files that people read and edit: lists as `a; b` (a semicolon in one of them is written
 * `\;`), days as 2027-01-31, actions as `tag: refund; close`, attachments as `name.pdf <blob>`.
 */

static char *
join (GPtrArray *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      for (const char *at = words->pdata[i]; *at != '\0'; at++)
        {
          if (*at == ';' || *at == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *at == '\n' || *at == '\r' ? ' ' : *at);
        }
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
lia_canned_words_to_text (GStrv words)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, words[i]);

  return join (list);
}

/** lia_canned_words_from_text: what stands between any of @separators; what is empty or there twice is left out. */
GStrv
lia_canned_words_from_text (const char *text,
                            const char *separators)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *at = text;; at++)
    {
      if (at[0] == '\\' && (at[1] == ';' || at[1] == '\\'))
        g_string_append_c (word, *++at);
      else if (*at != '\0' && strchr (separators, *at) == NULL)
        g_string_append_c (word, *at);
      else
        {
          g_strstrip (word->str);
          if (*word->str != '\0' && g_hash_table_add (seen, g_strdup (word->str)))
            g_strv_builder_add (builder, word->str);
          g_string_truncate (word, 0);
          if (*at == '\0')
            return g_strv_builder_end (builder);
        }
    }
}

/** lia_canned_day_to_text: "" for none; with the time of day only where it is not midnight in UTC. */
char *
lia_canned_day_to_text (gint64 time_ms)
{
  g_autofree char *text = time_ms != 0 ? lia_time_to_string (time_ms) : g_strdup ("");

  if (g_str_has_suffix (text, "T00:00:00.000Z"))
    text[strlen ("2027-01-31")] = '\0';

  return g_steal_pointer (&text);
}

gboolean
lia_canned_day_from_text (const char *text,
                          gint64     *time_ms)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autofree char *whole = strlen (plain) == strlen ("2027-01-31") ? g_strconcat (plain, "T00:00:00.000Z", NULL) : g_strdup (plain);

  *time_ms = 0;

  return *plain == '\0' || lia_time_from_string (whole, time_ms);
}

char *
lia_canned_place_to_text (const LiaCanned *canned)
{
  return g_strjoin (canned->greeting && canned->farewell ? "; " : "", canned->greeting ? "greeting" : "", canned->farewell ? "farewell" : "", NULL);
}

void
lia_canned_place_from_text (LiaCanned  *canned,
                            const char *text)
{
  canned->greeting = strstr (text, "greeting") != NULL;
  canned->farewell = strstr (text, "farewell") != NULL;
}

char *
lia_canned_actions_to_text (GPtrArray *actions)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < actions->len; i++)
    {
      const LiaCannedAction *action = actions->pdata[i];

      g_ptr_array_add (words, *action->value != '\0' ? g_strdup_printf ("%s: %s", action->kind, action->value) : g_strdup (action->kind));
    }

  return join (words);
}

void
lia_canned_actions_from_text (LiaCanned  *canned,
                              const char *text)
{
  g_auto (GStrv) words = lia_canned_words_from_text (text, ";");

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *value = strchr (words[i], ':');

      if (value != NULL)
        *value++ = '\0';
      g_ptr_array_add (canned->actions, lia_canned_action_new (words[i], value != NULL ? g_strstrip (value) : ""));
    }
}

char *
lia_canned_files_to_text (GPtrArray *attachments)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < attachments->len; i++)
    {
      const LiaAttachment *attachment = attachments->pdata[i];

      g_ptr_array_add (words, g_strdup_printf ("%s <%s>", attachment->name, attachment->blob));
    }

  return join (words);
}

void
lia_canned_files_from_text (LiaCanned  *canned,
                            const char *text)
{
  g_auto (GStrv) words = lia_canned_words_from_text (text, ";");

  for (guint i = 0; words[i] != NULL; i++)
    {
      LiaAttachment *attachment = lia_attachment_new ();
      char          *blob = strrchr (words[i], '<');

      if (blob != NULL)
        {
          *blob++ = '\0';
          blob[strcspn (blob, ">")] = '\0';
        }
      g_free (attachment->blob);
      g_free (attachment->name);
      attachment->blob = g_strdup (blob != NULL ? blob : "");
      attachment->name = g_strdup (g_strstrip (words[i]));
      g_ptr_array_add (canned->attachments, attachment);
    }
}

/** lia_canned_language_from_text: "de_DE" -> "de-DE"; NULL: it is no tag of a language. */
char *
lia_canned_language_from_text (const char *text)
{
  g_autofree char *tag = g_strdelimit (g_strstrip (g_strdup (text)), "_", '-');
  gsize            letters = strspn (tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (*tag == '\0' || ((letters == 2 || letters == 3) && (tag[letters] == '\0' || tag[letters] == '-') && strlen (tag) <= 35))
    return g_steal_pointer (&tag);

  return NULL;
}

/** lia_canned_folder_from_text: "Billing :: Refunds/" -> "Billing/Refunds" */
char *
lia_canned_folder_from_text (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) folder = g_string_new (text);

  g_string_replace (folder, "::", "/", 0);
  g_string_replace (folder, " > ", "/", 0);
  parts = g_strsplit (folder->str, "/", -1);
  g_string_truncate (folder, 0);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strdelimit (parts[i], "\r\n\t", ' ');
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (folder->len > 0)
        g_string_append_c (folder, '/');
      g_string_append (folder, parts[i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&folder));
}
