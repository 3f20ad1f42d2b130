/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Liaison, SQLite's FTS5 (beginnings, then groups of three letters), and fzf and fzy as processes, behind one interface. */

#include "canned-peers.h"
#include "lia-tokens.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  CannedPeer        peer;
  LiaCannedIndex   *index;
  LiaCannedContext *context;
  GPtrArray        *hits; /* of the last answer, whose ids are lent */
  gint64            now_ms;
  gboolean          suggest;
} Liaison;

static guint
liaison_find (CannedPeer  *peer,
              const char  *typed,
              const char **ids,
              guint        max)
{
  Liaison *self = (Liaison *)peer;

  g_clear_pointer (&self->hits, g_ptr_array_unref);
  if (self->suggest)
    {
      g_autoptr (LiaCannedContext) context = lia_canned_context_new ();

      context->now_ms = self->now_ms;
      g_set_str (&context->message, typed);
      self->hits = lia_canned_index_query (self->index, "", context, max);
    }
  else
    self->hits = lia_canned_index_query (self->index, typed, self->context, max);

  for (guint i = 0; i < self->hits->len; i++)
    ids[i] = ((LiaCannedHit *)g_ptr_array_index (self->hits, i))->canned->id;

  return self->hits->len;
}

static void
liaison_free (CannedPeer *peer)
{
  Liaison *self = (Liaison *)peer;

  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_object_unref (self->context);
  g_free (self);
}

/** canned_peer_liaison_new: @suggest: what is looked for is a customer's message. */
CannedPeer *
canned_peer_liaison_new (LiaCannedIndex *index,
                         gint64          now_ms,
                         gboolean        suggest)
{
  Liaison *self = g_new0 (Liaison, 1);

  self->peer = (CannedPeer){ "Liaison", liaison_find, liaison_free };
  self->index = index;
  self->context = lia_canned_context_new ();
  self->context->now_ms = self->now_ms = now_ms;
  self->suggest = suggest;

  return &self->peer;
}

typedef struct
{
  CannedPeer    peer;
  sqlite3      *db;
  sqlite3_stmt *words;
  sqlite3_stmt *trigrams;
  GPtrArray    *responses;
  gboolean      suggest;
} Fts5;

static void
run_sql (sqlite3    *db,
         const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));

  return statement;
}

static void
insert_response (sqlite3_stmt *statement,
                 guint         row,
                 LiaCanned    *canned)
{
  g_autofree char        *aliases = g_strjoinv (" ", canned->aliases);
  g_autofree char        *tags = g_strjoinv (" ", canned->tags);
  const LiaCannedVariant *variant = g_ptr_array_index (canned->variants, 0);
  const char             *cells[] = { canned->title, canned->shortcut, aliases, tags, variant->body };

  sqlite3_bind_int (statement, 1, row);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    sqlite3_bind_text (statement, i + 2, cells[i], -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("a row cannot be written");
  sqlite3_reset (statement);
}

static void
on_word (const LiaToken *token,
         gpointer        data)
{
  g_ptr_array_add (data, g_strdup (token->text));
}

static char *
match_words (GPtrArray  *words,
             const char *between,
             const char *after)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (match, "%s\"%s\"%s", i > 0 ? between : "", (char *)g_ptr_array_index (words, i), after);

  return g_string_free_and_steal (match);
}

static char *
match_trigrams (GPtrArray *words)
{
  GString *match = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      long        n = g_utf8_strlen (word, -1);

      for (long j = 0; j + 3 <= n; j++)
        {
          g_autofree char *three = g_utf8_substring (word, j, j + 3);

          g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " OR " : "", three);
        }
    }

  return g_string_free_and_steal (match);
}

static guint
collect (Fts5         *self,
         sqlite3_stmt *statement,
         const char   *match,
         const char  **ids,
         guint         n,
         guint         max)
{
  if (match[0] == '\0')
    return n;

  sqlite3_bind_text (statement, 1, match, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (statement, 2, max);
  while (n < max && sqlite3_step (statement) == SQLITE_ROW)
    {
      LiaCanned *canned = g_ptr_array_index (self->responses, sqlite3_column_int (statement, 0));
      gboolean   there = FALSE;

      for (guint i = 0; i < n; i++)
        there |= ids[i] == canned->id;
      if (!there)
        ids[n++] = canned->id;
    }
  sqlite3_reset (statement);

  return n;
}

static guint
fts5_find (CannedPeer  *peer,
           const char  *typed,
           const char **ids,
           guint        max)
{
  Fts5 *self = (Fts5 *)peer;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *match = NULL;
  g_autofree char *trigrams = NULL;
  guint            n;

  lia_tokens_scan (typed, strlen (typed), on_word, words);
  match = match_words (words, self->suggest ? " OR " : " AND ", self->suggest ? "" : "*");
  n = collect (self, self->words, match, ids, 0, max);
  if (n == max || self->suggest)
    return n;

  trigrams = match_trigrams (words);

  return collect (self, self->trigrams, trigrams, ids, n, max);
}

static void
fts5_free (CannedPeer *peer)
{
  Fts5 *self = (Fts5 *)peer;

  sqlite3_finalize (self->words);
  sqlite3_finalize (self->trigrams);
  sqlite3_close (self->db);
  g_ptr_array_unref (self->responses);
  g_free (self);
}

/** canned_peer_fts5_new: in memory, with fields weighed; @suggest: any word of a message may occur, whole. */
CannedPeer *
canned_peer_fts5_new (GPtrArray *responses,
                      gboolean   suggest)
{
  Fts5         *self = g_new0 (Fts5, 1);
  sqlite3_stmt *into_words;
  sqlite3_stmt *into_trigrams;

  self->peer = (CannedPeer){ suggest ? "FTS5 bm25" : "FTS5 prefix+trigram", fts5_find, fts5_free };
  self->responses = g_ptr_array_ref (responses);
  self->suggest = suggest;
  if (sqlite3_open (":memory:", &self->db) != SQLITE_OK)
    g_error ("no database");
  run_sql (self->db, "CREATE VIRTUAL TABLE words USING fts5(title, shortcut, aliases, tags, body, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');"
                     "CREATE VIRTUAL TABLE trigrams USING fts5(title, shortcut, aliases, tags, body, tokenize='trigram remove_diacritics 1'); BEGIN");
  into_words = prepare (self->db, "INSERT INTO words(rowid, title, shortcut, aliases, tags, body) VALUES(?, ?, ?, ?, ?, ?)");
  into_trigrams = prepare (self->db, "INSERT INTO trigrams(rowid, title, shortcut, aliases, tags, body) VALUES(?, ?, ?, ?, ?, ?)");
  for (guint i = 0; i < responses->len; i++)
    {
      insert_response (into_words, i, g_ptr_array_index (responses, i));
      insert_response (into_trigrams, i, g_ptr_array_index (responses, i));
    }
  sqlite3_finalize (into_words);
  sqlite3_finalize (into_trigrams);
  run_sql (self->db, "COMMIT; INSERT INTO words(words) VALUES('optimize'); INSERT INTO trigrams(trigrams) VALUES('optimize')");
  self->words = prepare (self->db, "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 10, 9, 7, 4, 1) LIMIT ?");
  self->trigrams = prepare (self->db, "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY bm25(trigrams, 10, 9, 7, 4, 1) LIMIT ?");

  return &self->peer;
}

typedef struct
{
  CannedPeer  peer;
  char       *program;
  char       *file;    /* a response a line */
  GHashTable *by_line; /* id */
} Process;

static guint
process_find (CannedPeer  *peer,
              const char  *typed,
              const char **ids,
              guint        max)
{
  Process         *self = (Process *)peer;
  g_autofree char *quoted = g_shell_quote (typed);
  g_autofree char *script = NULL;
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  const char *argv[] = { "sh", "-c", NULL, NULL };
  guint       n = 0;

  script = g_strdup_printf (g_str_has_suffix (self->program, "fzf") ? "%s --filter=%s <%s | head -n %u" : "%s --show-matches=%s <%s | head -n %u",
                            self->program, quoted, self->file, max);
  argv[2] = script;
  if (!g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, NULL))
    return 0;

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL && n < max; i++)
    {
      const char *id = g_hash_table_lookup (self->by_line, lines[i]);

      if (id != NULL)
        ids[n++] = id;
    }

  return n;
}

static void
process_free (CannedPeer *peer)
{
  Process *self = (Process *)peer;

  g_remove (self->file);
  g_free (self->program);
  g_free (self->file);
  g_hash_table_unref (self->by_line);
  g_free (self);
}

static int
compare_uses (gconstpointer a,
              gconstpointer b)
{
  const LiaCanned *one = *(LiaCanned **)a;
  const LiaCanned *other = *(LiaCanned **)b;

  return one->team_use.count > other->team_use.count ? -1 : one->team_use.count < other->team_use.count;
}

/** canned_peer_process_new: @program: fzf or fzy. What is used most stands first in its input, because it keeps the order of equals. */
CannedPeer *
canned_peer_process_new (const char *program,
                         GPtrArray  *responses)
{
  Process *self = g_new0 (Process, 1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (responses, (GCopyFunc)(void *)g_object_ref, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *base = g_path_get_basename (program);

  self->peer = (CannedPeer){ g_intern_string (base), process_find, process_free };
  self->program = g_strdup (program);
  self->by_line = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->file = g_strdup_printf ("%s/canned-bench-%s.txt", g_get_tmp_dir (), base);
  g_ptr_array_sort (sorted, compare_uses);
  for (guint i = 0; i < sorted->len; i++)
    {
      LiaCanned       *canned = g_ptr_array_index (sorted, i);
      g_autofree char *aliases = g_strjoinv (", ", canned->aliases);
      g_autofree char *tags = g_strjoinv (", ", canned->tags);
      char            *line = g_strdup_printf ("%s %s %s %s", canned->title, canned->shortcut, aliases, tags);

      g_string_append_printf (text, "%s\n", line);
      g_hash_table_insert (self->by_line, line, canned->id);
    }
  if (!g_file_set_contents (self->file, text->str, text->len, NULL))
    g_error ("%s cannot be written", self->file);

  return &self->peer;
}
