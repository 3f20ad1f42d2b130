/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-talk.h"

#include "lia-chat-words.h"
#include "lia-entry-facts.h"
#include "lia-json.h"

#include <string.h>

#define MAX_QUOTED 12
#define MAX_QUOTED_BYTES (16 * 1024)

/* One thing that was said. */
typedef struct
{
  char *name;
  char *body;
} Line;

static void
line_free (gpointer data)
{
  Line *self = data;

  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

/* @rows: the entry, whether it is ours */
static Line *
read_line (LiaRows    *rows,
           const char *language,
           GError    **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (lia_rows_text (rows, 0), -1, G_MAXSIZE, error);
  JsonObject *author;
  const char *name = NULL;
  char       *visible;
  Line       *self;

  if (entry == NULL || !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) ||
      (author != NULL && !lia_json_str (author, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, error)))
    return NULL;
  visible = lia_entry_facts_visible_text (entry, error);
  if (visible == NULL)
    return NULL;
  self = g_new0 (Line, 1);
  self->name = lia_rows_int (rows, 1) != 0 ? g_strdup (name != NULL ? name : "") : lia_chat_words_say (language, "you", NULL);
  self->body = g_strstrip (visible);

  return self;
}

/* What was said since our last mail, which quoted what was before; the newest first. */
static GPtrArray *
read_lines (LiaDb            *db,
            const LiaChatWay *way,
            gint64            conversation_id,
            GError          **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.json, e.dir = 'out' FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq JOIN entry_text AS t ON t.seq = c.seq "
                                           "WHERE c.visitor = $1 AND e.conversation_id = $2 AND e.kind IN ('chat', 'email') AND e.state <> 'cancelled' AND c.n > "
                                           "(SELECT coalesce (max (o.n), 0) FROM chat_event AS o JOIN entry AS m ON m.seq = o.seq WHERE o.visitor = $1 "
                                           "AND m.kind = 'email' AND m.dir = 'out' AND m.state <> 'cancelled') ORDER BY c.n DESC LIMIT $3",
                                           "tii", way->visitor, conversation_id, (gint64)MAX_QUOTED);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;
  while (failure == NULL && lia_rows_next (rows, &failure))
    {
      Line *line = read_line (rows, way->language, &failure);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  if (failure == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, failure);

  return NULL;
}

static void
append_quoted (GString    *text,
               const Line *line)
{
  g_auto (GStrv) rest = g_strsplit (line->body, "\n", -1);

  g_string_append_printf (text, "\n> %s: %s", line->name, rest[0] != NULL ? rest[0] : "");
  for (guint i = 1; rest[0] != NULL && rest[i] != NULL; i++)
    g_string_append_printf (text, "\n> %s", rest[i]);
}

/**
 * lia_chat_talk_quote: (transfer full): what was said since the last mail, as it is quoted below an answer, and that what is answered is seen there; "" when that is nothing.
 */
char *
lia_chat_talk_quote (LiaDb            *db,
                     const LiaChatWay *way,
                     gint64            conversation_id,
                     GError          **error)
{
  g_autoptr (GPtrArray) lines = read_lines (db, way, conversation_id, error);
  g_autofree char *heading = NULL;
  g_autofree char *below = NULL;
  GString         *text;
  gsize            bytes = 0;
  guint            n = 0;

  if (lines == NULL)
    return NULL;
  while (n < lines->len && (n == 0 || bytes < MAX_QUOTED_BYTES))
    bytes += strlen (((Line *)lines->pdata[n++])->body);
  if (n == 0)
    return g_strdup ("");

  heading = lia_chat_words_say (way->language, "said", NULL);
  text = g_string_new (heading);
  while (n > 0)
    append_quoted (text, lines->pdata[--n]);
  below = lia_chat_words_say (way->language, "seen", NULL);
  g_string_append_printf (text, "\n\n%s", below);

  return g_string_free_and_steal (text);
}
