/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-redact.h"

#include <string.h>

/* The judged corpus of tests/fixtures/redact; its README says how it is marked. */

#define OPEN "⟦"
#define CLOSE "⟧"

static void
mark_clear (gpointer data)
{
  RedactMark *mark = data;

  g_free (mark->kind);
}

static void
message_free (gpointer data)
{
  RedactMessage *message = data;

  g_free (message->id);
  g_free (message->language);
  g_free (message->country);
  g_strfreev (message->header);
  g_free (message->text);
  g_array_unref (message->marks);
  g_free (message);
}

static void
read_marks (RedactMessage *message,
            const char    *marked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *open; (open = strstr (marked, OPEN)) != NULL;)
    {
      const char *bar = strchr (open, '|');
      const char *close = strstr (open, CLOSE);
      RedactMark  mark;

      g_assert_true (bar != NULL && close != NULL && bar < close);
      g_string_append_len (text, marked, open - marked);
      mark.start = text->len;
      mark.kind = g_strndup (open + strlen (OPEN), bar - open - strlen (OPEN));
      g_string_append_len (text, bar + 1, close - bar - 1);
      mark.end = text->len;
      g_array_append_val (message->marks, mark);
      marked = close + strlen (CLOSE);
    }
  g_string_append (text, marked);
  message->text = g_string_free_and_steal (g_steal_pointer (&text));
}

static RedactMessage *
message_new (const char *written,
             const char *language,
             GHashTable *held_out)
{
  RedactMessage   *message = g_new0 (RedactMessage, 1);
  const char      *newline = strchr (written, '\n');
  const char      *body = strstr (written, "\n---\n");
  g_autofree char *title = g_strndup (written, newline - written);
  g_autofree char *header = body > newline ? g_strndup (newline + 1, body - newline - 1) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit (title, " country=", 2);

  message->id = g_strdup (g_strstrip (words[0]));
  message->language = g_strdup (language);
  message->country = g_strdup (words[1] != NULL ? g_strstrip (words[1]) : "");
  message->header = g_strsplit (header, "\n", -1);
  message->marks = g_array_new (FALSE, FALSE, sizeof (RedactMark));
  g_array_set_clear_func (message->marks, mark_clear);
  message->held_out = g_hash_table_contains (held_out, message->id);
  read_marks (message, body + strlen ("\n---\n"));

  return message;
}

static GHashTable *
read_held_out (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "split.txt", NULL);
  g_autofree char *split = NULL;
  GHashTable      *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (g_file_get_contents (path, &split, NULL, NULL))
    {
      const char *list = strstr (split, "held-out:");
      g_auto (GStrv) words = g_strsplit_set (list != NULL ? list + strlen ("held-out:") : "", " \n", -1);

      for (guint i = 0; words[i] != NULL; i++)
        g_hash_table_add (ids, g_strdup (words[i]));
    }

  return ids;
}

/** redact_corpus_load: Returns: (element-type RedactMessage): all languages, in the order of the alphabet */
GPtrArray *
redact_corpus_load (const char *folder)
{
  static const char *const languages[] = { "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr" };
  g_autoptr (GHashTable) held_out = read_held_out (folder);
  GPtrArray *messages = g_ptr_array_new_with_free_func (message_free);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strconcat (languages[i], ".txt", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      parts = g_strsplit (text, "=== ", -1);
      for (guint k = 1; parts[k] != NULL; k++)
        g_ptr_array_add (messages, message_new (parts[k], languages[i], held_out));
    }

  return messages;
}

static const char *
value_of (const char *line,
          const char *field)
{
  gsize length = strlen (field);

  return strncmp (line, field, length) == 0 ? line + length + strspn (line + length, " ") : NULL;
}

/** redact_message_redactor: one that knows what a help desk knows of this message's people. */
LiaRedactor *
redact_message_redactor (const RedactMessage *message)
{
  LiaRedactor *redactor = lia_redactor_new (message->country, FALSE);

  for (guint i = 0; message->header[i] != NULL; i++)
    {
      const char *value;

      if ((value = value_of (message->header[i], "customer:")) != NULL)
        lia_redactor_add_person (redactor, LIA_PERSON_CUSTOMER, value);
      else if ((value = value_of (message->header[i], "agent:")) != NULL)
        lia_redactor_add_person (redactor, LIA_PERSON_AGENT, value);
    }

  return redactor;
}

static RedactScore *
score_of (GHashTable *kinds,
          const char *kind)
{
  RedactScore *score = g_hash_table_lookup (kinds, kind);

  if (score == NULL)
    {
      score = g_new0 (RedactScore, 1);
      g_hash_table_insert (kinds, g_strdup (kind), score);
    }

  return score;
}

static gboolean
is_hidden (const char       *text,
           const GArray     *redactions,
           const RedactMark *mark)
{
  for (gsize at = mark->start; at < mark->end; at++)
    {
      gboolean covered = strchr (" .,;:-()\n\r/|", text[at]) != NULL;

      for (guint i = 0; i < redactions->len && !covered; i++)
        {
          const LiaRedaction *redaction = &g_array_index (redactions, LiaRedaction, i);

          covered = at >= redaction->start && at < redaction->end;
        }
      if (!covered)
        return FALSE;
    }

  return TRUE;
}

static gboolean
touches (const GArray       *marks,
         const LiaRedaction *redaction)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const RedactMark *mark = &g_array_index (marks, RedactMark, i);

      if (mark->start < redaction->end && mark->end > redaction->start)
        return TRUE;
    }

  return FALSE;
}

/**
 * redact_message_score:
 * @kinds: (element-type char* RedactScore): added to, by kind
 * @misses: (nullable): a line for each part that was shown though it is marked, or hidden though it is not
 *
 * A marked part counts as hidden when no letter of it is left.
 */
void
redact_message_score (const RedactMessage *message,
                      RedactScore         *total,
                      GHashTable          *kinds,
                      GString             *misses)
{
  g_autoptr (LiaRedactor) redactor = redact_message_redactor (message);
  g_autoptr (GArray) redactions = NULL;
  g_autofree char *redacted = lia_redactor_redact (redactor, message->text, &redactions);

  for (guint i = 0; i < message->marks->len; i++)
    {
      const RedactMark *mark = &g_array_index (message->marks, RedactMark, i);
      gboolean          hidden = is_hidden (message->text, redactions, mark);

      total->marked++;
      total->hidden += hidden ? 1 : 0;
      score_of (kinds, mark->kind)->marked++;
      score_of (kinds, mark->kind)->hidden += hidden ? 1 : 0;
      if (!hidden && misses != NULL)
        g_string_append_printf (misses, "%s left   %-8s %.*s\n", message->id, mark->kind, (int)(mark->end - mark->start), message->text + mark->start);
    }
  for (guint i = 0; i < redactions->len; i++)
    {
      const LiaRedaction *redaction = &g_array_index (redactions, LiaRedaction, i);
      const char         *kind = lia_personal_kind_to_string (redaction->kind);
      gboolean            right = touches (message->marks, redaction);

      total->shown_parts++;
      total->right += right ? 1 : 0;
      score_of (kinds, kind)->shown_parts++;
      score_of (kinds, kind)->right += right ? 1 : 0;
      if (!right && misses != NULL)
        g_string_append_printf (misses, "%s hidden %-8s %.*s\n", message->id, kind, (int)(redaction->end - redaction->start), message->text + redaction->start);
    }
}
