/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-talk.h"

#include "lia-chat-words.h"
#include "lia-entry-facts.h"
#include "lia-json.h"

#include <string.h>

#define MAX_QUOTED 12
#define MAX_QUOTED_BYTES (16 * 1024)
#define MAX_TOLD 1000
#define MAX_TOLD_BYTES (512 * 1024)
#define NO_TRANSCRIPT "AND coalesce (json_extract (t.json, '$.d.transcript'), 0) = 0 "

/* One thing that was said. */
typedef struct
{
  char  *name;
  char  *body;
  gint64 at_ms;
} Line;

static void
line_free (gpointer data)
{
  Line *self = data;

  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

/* Files are told by their names. */
static gboolean
add_files (GString    *body,
           JsonObject *entry,
           GError    **error)
{
  JsonArray *list;

  if (!lia_json_arr (entry, "attachments", LIA_JSON_OPTIONAL, G_MAXUINT, &list, error))
    return FALSE;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *file;
      const char *name;

      if (!lia_json_arr_obj (list, i, &file, error) || !lia_json_str (file, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, error))
        return FALSE;
      g_string_append_printf (body, "%s[%s]", body->len > 0 ? "\n" : "", name != NULL ? name : "");
    }

  return TRUE;
}

static char *
read_body (JsonObject *entry,
           GError    **error)
{
  g_autofree char *visible = lia_entry_facts_visible_text (entry, error);
  g_autoptr (GString) body = visible != NULL ? g_string_new (g_strstrip (visible)) : NULL;

  return body != NULL && add_files (body, entry, error) ? g_string_free_and_steal (g_steal_pointer (&body)) : NULL;
}

/* @rows: the entry, whether it is ours, when it was said */
static Line *
read_line (LiaRows    *rows,
           const char *language,
           GError    **error)
{
  g_autoptr (JsonObject) entry = lia_json_parse (lia_rows_text (rows, 0), -1, G_MAXSIZE, error);
  JsonObject *author;
  const char *name = NULL;
  char       *body;
  Line       *self;

  if (entry == NULL || !lia_json_obj (entry, "author", LIA_JSON_OPTIONAL, &author, error) ||
      (author != NULL && !lia_json_str (author, "name", LIA_JSON_OPTIONAL, G_MAXSIZE, &name, error)))
    return NULL;
  body = read_body (entry, error);
  if (body == NULL)
    return NULL;
  self = g_new0 (Line, 1);
  self->name = lia_rows_int (rows, 1) != 0 ? g_strdup (name != NULL ? name : "") : lia_chat_words_say (language, "you", NULL);
  self->body = body;
  self->at_ms = lia_rows_int (rows, 2);

  return self;
}

static GPtrArray *
take_lines (LiaRows    *rows,
            const char *language,
            GError    **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;
  while (failure == NULL && lia_rows_next (rows, &failure))
    {
      Line *line = read_line (rows, language, &failure);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  if (failure == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, failure);

  return NULL;
}

/* What was said since our last mail, which quoted what was before; the newest first. */
static GPtrArray *
read_lines (LiaDb            *db,
            const LiaChatWay *way,
            gint64            conversation_id,
            GError          **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.json, e.dir = 'out', e.at FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND e.conversation_id = $2 "
                                           "AND e.kind IN ('chat', 'email') AND e.state <> 'cancelled' " NO_TRANSCRIPT "AND c.n > "
                                           "(SELECT coalesce (max (o.n), 0) FROM chat_event AS o JOIN entry AS m ON m.seq = o.seq WHERE o.visitor = $1 "
                                           "AND m.kind = 'email' AND m.dir = 'out' AND m.state <> 'cancelled') ORDER BY c.n DESC LIMIT $3",
                                           "tii", way->visitor, conversation_id, (gint64)MAX_QUOTED);

  return take_lines (rows, way->language, error);
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

static GTimeZone *
find_zone (const char  *zone,
           const char **name)
{
  GTimeZone *found = *zone != '\0' ? g_time_zone_new_identifier (zone) : NULL;

  *name = found != NULL ? zone : "UTC";

  return found != NULL ? found : g_time_zone_new_utc ();
}

/* A day, where it is another one than the line before, the clock, and who says what. */
static void
append_told (GString    *text,
             const Line *line,
             GTimeZone  *zone,
             const char *zone_name,
             char      **day)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (line->at_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *date = g_date_time_format (local, "%Y-%m-%d");
  g_autofree char *clock = g_date_time_format (local, "%H:%M");

  if (g_strcmp0 (*day, date) != 0)
    g_string_append_printf (text, "\n\n%s (%s)", date, zone_name);
  g_set_str (day, date);
  g_string_append_printf (text, "\n\n%s %s:\n%s", clock, line->name, line->body);
}

/**
 * lia_chat_talk_transcript: (transfer full): all that was said in this conversation, as the text of a mail.
 * @zone: in which times are told ("Europe/Berlin"); one that is not known is UTC
 */
char *
lia_chat_talk_transcript (LiaDb            *db,
                          const LiaChatWay *way,
                          gint64            conversation_id,
                          const char       *zone,
                          GError          **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.json, e.dir = 'out', e.at FROM chat_event AS c JOIN entry AS e ON e.seq = c.seq "
                                           "JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND e.conversation_id = $2 "
                                           "AND e.kind IN ('chat', 'email') AND e.state <> 'cancelled' " NO_TRANSCRIPT "ORDER BY c.n LIMIT $3",
                                           "tii", way->visitor, conversation_id, (gint64)MAX_TOLD);
  g_autoptr (GPtrArray) lines = take_lines (rows, way->language, error);
  g_autoptr (GTimeZone) in_zone = NULL;
  g_autofree char *heading = NULL;
  g_autofree char *day = NULL;
  const char      *zone_name;
  GString         *text;

  if (lines == NULL)
    return NULL;
  in_zone = find_zone (zone, &zone_name);
  heading = lia_chat_words_say (way->language, "talk", way->site);
  text = g_string_new (heading);
  for (guint i = 0; i < lines->len && text->len < MAX_TOLD_BYTES; i++)
    append_told (text, lines->pdata[i], in_zone, zone_name, &day);

  return g_string_free_and_steal (text);
}
