/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Full text. The index stands in the order of time (lia-entry-words.c), so a page is what it gives first; how many more there are nobody asks.
 * Measured on a million entries of an invented language (./dev bench million), of computing: a word 2 ms, p95 3 ms; a phrase of two words 3 ms,
 * p95 7 ms.
 */

#include "lia-queries-private.h"

#include "lia-entry-facts.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-search-words.h"
#include "lia-tokens.h"

#include <string.h>

#define SNIPPET_BYTES 160
#define SNIPPET_LEAD_BYTES 48
#define MAX_TEXT_BYTES (256 * 1024) /* of an entry, that is looked through for a snippet */

typedef struct
{
  gint64 place; /* in the index */
  gint64 seq;
  gint64 at_ms;
  gint64 conversation_id;
} Hit;

/* The newest before @before. */
static GArray *
find_hits (LiaDb      *db,
           const char *match,
           gint64      before,
           gint64      limit,
           GError    **error)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT f.id, e.seq, e.at, e.conversation_id FROM "
                                           "(SELECT rowid AS id FROM entry_words WHERE entry_words MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3) AS f "
                                           "CROSS JOIN entry AS e INDEXED BY entry_place ON e.place = f.id ORDER BY f.id DESC",
                                           "tii", match, before, limit);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      Hit hit = { lia_rows_int (rows, 0), lia_rows_int (rows, 1), lia_rows_int (rows, 2), lia_rows_int (rows, 3) };

      g_array_append_val (hits, hit);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&hits) : NULL;
}

/* One line, so that marks and what is shown agree. */
static char *
to_line (const char *text)
{
  GString *line = g_string_new (NULL);

  for (const char *at = text; *at != '\0' && line->len < MAX_TEXT_BYTES; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isspace (c) && !g_unichar_iscntrl (c))
        g_string_append_unichar (line, c);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }

  return g_string_free_and_steal (line);
}

/* A place at a word's begin, near enough before @at. */
static gsize
find_start (const char *line,
            gsize       at)
{
  gsize start = at > SNIPPET_LEAD_BYTES ? at - SNIPPET_LEAD_BYTES : 0;

  if (start == 0)
    return 0;

  for (gsize i = start; i < at; i++)
    {
      if (line[i] == ' ')
        return i + 1;
    }

  while (start < at && (line[start] & 0xc0) == 0x80)
    start++;

  return start;
}

static gsize
find_end (const char *line,
          gsize       start)
{
  gsize length = strlen (line);
  gsize end = MIN (length, start + SNIPPET_BYTES);

  if (end == length)
    return end;

  for (gsize i = end; i > start + SNIPPET_BYTES / 2; i--)
    {
      if (line[i] == ' ')
        return i;
    }

  while (end > start && (line[end] & 0xc0) == 0x80)
    end--;

  return end;
}

static gboolean
cut_snippet (LiaFound   *found,
             const char *text,
             const char *typed,
             gboolean    whatever)
{
  g_autofree char *line = to_line (text);
  g_autoptr (GArray) ranges = lia_tokens_find (line, strlen (line), typed);
  gsize start;
  gsize end;

  if (ranges->len == 0 && !whatever)
    return FALSE;

  start = ranges->len > 0 ? find_start (line, g_array_index (ranges, LiaTokenRange, 0).start) : 0;
  end = find_end (line, start);

  g_free (found->snippet);
  found->snippet = g_strndup (line + start, end - start);
  for (guint i = 0; i < ranges->len; i++)
    {
      LiaTokenRange *range = &g_array_index (ranges, LiaTokenRange, i);
      gsize          mark[2] = { range->start - start, range->end - start };

      if (range->end <= end)
        g_array_append_vals (found->marks, mark, 2);
    }

  return TRUE;
}

/* Where the words stand: in what is visible, else in the subject; else the text's begin (a name or an attachment was meant). */
static gboolean
make_snippet (LiaFound   *found,
              JsonObject *entry,
              const char *typed,
              GError    **error)
{
  g_autofree char *visible = lia_entry_facts_visible_text (entry, error);
  const char      *subject;

  if (visible == NULL || !lia_json_str (entry, "subject", LIA_JSON_OPTIONAL, G_MAXSIZE, &subject, error))
    return FALSE;

  if (!cut_snippet (found, visible, typed, FALSE) &&
      (subject == NULL || !cut_snippet (found, subject, typed, FALSE)))
    cut_snippet (found, visible, typed, TRUE);

  return TRUE;
}

static LiaFound *
load_hit (LiaDb      *db,
          gint64      agent_id,
          const Hit  *hit,
          const char *typed,
          GError    **error)
{
  g_autoptr (LiaFound) found = g_new0 (LiaFound, 1);
  g_autofree char *json = lia_query_entry (db, hit->seq, error);
  g_autoptr (JsonObject) entry = json != NULL ? lia_json_parse (json, -1, G_MAXSIZE, error) : NULL;

  if (entry == NULL)
    return NULL;

  found->conversation = lia_query_conversation (db, agent_id, hit->conversation_id, error);
  if (found->conversation == NULL)
    return NULL;

  found->conversation->created_ms = 0; /* a row */
  found->entry_id = lia_id_format ("e", hit->seq);
  found->seq = hit->seq;
  found->at_ms = hit->at_ms;
  found->marks = g_array_new (FALSE, FALSE, sizeof (gsize));

  return make_snippet (found, entry, typed, error) ? g_steal_pointer (&found) : NULL;
}

/**
 * lia_query_search:
 * @text: what was typed; any text
 * @before: (nullable): cursor
 * @next: (out): cursor for older hits, or NULL
 *
 * Entries with all the words, the newest first.
 *
 * Returns: (transfer full): of LiaFound
 */
GPtrArray *
lia_query_search (LiaDb      *db,
                  gint64      agent_id,
                  const char *text,
                  const char *before,
                  guint       limit,
                  char      **next,
                  GError    **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_found_free);
  g_autofree char *match = NULL;
  LiaCursor        cursor = { G_MAXINT64, 0 };
  g_autoptr (GArray) hits = NULL;

  *next = NULL;
  if (!lia_cursor_parse (before, &cursor, error))
    return NULL;
  if (!lia_search_words_match (db, text, &match, error))
    return NULL;
  if (match == NULL || limit == 0)
    return g_steal_pointer (&found);

  hits = find_hits (db, match, cursor.first, (gint64)limit + 1, error);
  if (hits == NULL)
    return NULL;

  for (guint i = 0; i < MIN (hits->len, limit); i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);
      LiaFound  *one = load_hit (db, agent_id, hit, text, error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (found, one);
      if (i + 1 == limit && hits->len > limit)
        *next = lia_cursor_format (hit->place, hit->seq);
    }

  return g_steal_pointer (&found);
}
