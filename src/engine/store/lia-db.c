/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The driver over SQLite. One connection belongs to one thread (SQLITE_OPEN_NOMUTEX).
 */

#include "lia-db-private.h"

struct _LiaRows
{
  LiaDb        *db;
  LiaStatement *statement;
  gboolean      ended;
};

/* FULL: an acknowledged event survives a power cut (NORMAL loses some). Small caches: the system has one too. */
static const char pragmas[] =
    "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA mmap_size=0;";
static const char pragmas_of_writer[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA cache_size=-8192;"
    "PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=0;";
static const char pragmas_of_reader[] = "PRAGMA cache_size=-8192;";

/**
 * lia_db_open:
 * @path: the file; created when it is not there, unless @read_only
 *
 * Opens a connection for the calling thread (or for the one it is handed over to).
 *
 * Returns: (transfer full): the connection, or NULL with %LIA_STORE_ERROR
 */
LiaDb *
lia_db_open (const char *path,
             gboolean    read_only,
             GError    **error)
{
  g_autoptr (LiaDb) self = g_new0 (LiaDb, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int rc;

  self->statements = g_hash_table_new_full (NULL, NULL, NULL, lia_statement_free);
  flags |= read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  rc = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (rc != SQLITE_OK)
    {
      lia_db_fail (self, rc, path, error);
      return NULL;
    }

  if (!lia_db_script (self, pragmas, error) ||
      !lia_db_script (self, read_only ? pragmas_of_reader : pragmas_of_writer, error))
    return NULL;

  return g_steal_pointer (&self);
}

/** lia_db_close: (nullable): all rows must have been freed before. */
void
lia_db_close (LiaDb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->kept_words, g_array_unref);
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A connection to the store was closed with rows still open");
  g_free (self);
}

/**
 * lia_db_exec:
 * @sql: static text with `$1 $2 …`
 * @types: one letter a value, see #LiaDb
 *
 * Runs a statement to its end; rows that it answers are dropped.
 */
gboolean
lia_db_exec (LiaDb      *self,
             GError    **error,
             const char *sql,
             const char *types,
             ...)
{
  LiaStatement *statement;
  va_list       list;
  int           rc;

  va_start (list, types);
  statement = lia_statement_start (self, sql, types, &list, SQLITE_STATIC, error);
  va_end (list);
  if (statement == NULL)
    return FALSE;

  while ((rc = sqlite3_step (statement->handle)) == SQLITE_ROW)
    ;

  if (rc != SQLITE_DONE)
    lia_db_fail (self, rc, sql, error);
  lia_statement_release (statement);

  return rc == SQLITE_DONE;
}

/** lia_db_script: runs several statements without values, not cached. */
gboolean
lia_db_script (LiaDb      *self,
               const char *sql,
               GError    **error)
{
  int rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || lia_db_fail (self, rc, sql, error);
}

/**
 * lia_db_query:
 * @sql: static text with `$1 $2 …`
 * @types: one letter a value, see #LiaDb; the values are copied
 *
 * Starts a query.
 *
 * Returns: (transfer full): the rows, or NULL with %LIA_STORE_ERROR
 */
LiaRows *
lia_db_query (LiaDb      *self,
              GError    **error,
              const char *sql,
              const char *types,
              ...)
{
  LiaStatement *statement;
  LiaRows      *rows;
  va_list       list;

  va_start (list, types);
  statement = lia_statement_start (self, sql, types, &list, SQLITE_TRANSIENT, error);
  va_end (list);
  if (statement == NULL)
    return NULL;

  rows = g_new0 (LiaRows, 1);
  rows->db = self;
  rows->statement = statement;

  return rows;
}

/* Steps to the only row: TRUE when it is there. */
static gboolean
step_once (LiaDb        *self,
           LiaStatement *statement,
           const char   *sql,
           GError      **error)
{
  int rc = sqlite3_step (statement->handle);

  if (rc == SQLITE_ROW)
    return TRUE;

  if (rc == SQLITE_DONE)
    g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "No such row (in: %.80s)", sql);
  else
    lia_db_fail (self, rc, sql, error);

  return FALSE;
}

/** lia_db_get_int: the first column of the first row; NULL counts as 0. Without a row %LIA_STORE_ERROR_NOT_FOUND, and @value is left alone. */
gboolean
lia_db_get_int (LiaDb      *self,
                gint64     *value,
                GError    **error,
                const char *sql,
                const char *types,
                ...)
{
  LiaStatement *statement;
  gboolean      found;
  va_list       list;

  va_start (list, types);
  statement = lia_statement_start (self, sql, types, &list, SQLITE_STATIC, error);
  va_end (list);
  if (statement == NULL)
    return FALSE;

  found = step_once (self, statement, sql, error);
  if (found)
    *value = sqlite3_column_int64 (statement->handle, 0);
  lia_statement_release (statement);

  return found;
}

/**
 * lia_db_get_text:
 *
 * The first column of the first row.
 *
 * Returns: (transfer full): the text; NULL with %LIA_STORE_ERROR_NOT_FOUND without a row, NULL without an error when the column is NULL
 */
char *
lia_db_get_text (LiaDb      *self,
                 GError    **error,
                 const char *sql,
                 const char *types,
                 ...)
{
  LiaStatement *statement;
  char         *text = NULL;
  va_list       list;

  va_start (list, types);
  statement = lia_statement_start (self, sql, types, &list, SQLITE_STATIC, error);
  va_end (list);
  if (statement == NULL)
    return NULL;

  if (step_once (self, statement, sql, error))
    text = g_strdup ((const char *)sqlite3_column_text (statement->handle, 0));
  lia_statement_release (statement);

  return text;
}

/** lia_db_changes: how many rows the last statement changed. */
gint64
lia_db_changes (LiaDb *self)
{
  return sqlite3_changes64 (self->handle);
}

/** lia_db_last_id: the key of the row inserted last. */
gint64
lia_db_last_id (LiaDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * lia_db_in_transaction:
 *
 * Some failures (disk full, read error) end the transaction by themselves.
 *
 * Returns: TRUE while one is open
 */
gboolean
lia_db_in_transaction (LiaDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * lia_db_checkpoint:
 * @mode: how much to insist
 *
 * Moves what is in the write-ahead log into the file. A log that cannot be emptied because of readers is no error.
 */
gboolean
lia_db_checkpoint (LiaDb          *self,
                   LiaDbCheckpoint mode,
                   GError        **error)
{
  static const int modes[] = { SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_RESTART, SQLITE_CHECKPOINT_TRUNCATE };
  int              rc = sqlite3_wal_checkpoint_v2 (self->handle, NULL, modes[mode], NULL, NULL);

  return rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY || lia_db_fail (self, rc, "checkpoint", error);
}

static int
on_wal_written (void       *data,
                sqlite3    *handle,
                const char *name,
                int         n_pages)
{
  *(int *)data = n_pages;

  return SQLITE_OK;
}

/** lia_db_watch_log: @n_pages is set to the length of the write-ahead log after each commit of this connection. */
void
lia_db_watch_log (LiaDb *self,
                  int   *n_pages)
{
  sqlite3_wal_hook (self->handle, on_wal_written, n_pages);
}

static gboolean
explain (LiaDb        *self,
         const char   *sql,
         GStrvBuilder *scans,
         GError      **error)
{
  g_autofree char *question = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt    *handle = NULL;
  int              rc = sqlite3_prepare_v2 (self->handle, question, -1, &handle, NULL);

  if (rc != SQLITE_OK)
    return lia_db_fail (self, rc, question, error);

  while (sqlite3_step (handle) == SQLITE_ROW)
    {
      const char *step = (const char *)sqlite3_column_text (handle, 3);

      if (g_str_has_prefix (step, "SCAN ") || g_str_has_prefix (step, "USE TEMP B-TREE"))
        g_strv_builder_take (scans, g_strdup_printf ("%s: %s", step, sql));
    }
  sqlite3_finalize (handle);

  return TRUE;
}

/**
 * lia_db_list_scans:
 *
 * For tests: which of the statements that this connection has run read a whole table or sort a whole answer.
 *
 * Returns: (transfer full): the step of the plan and the statement's text
 */
char **
lia_db_list_scans (LiaDb   *self,
                   GError **error)
{
  g_autoptr (GStrvBuilder) scans = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->statements);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiaStatement *statement = value;

      if (!explain (self, sqlite3_sql (statement->handle), scans, error))
        return NULL;
    }

  return g_strv_builder_end (scans);
}

/** lia_rows_next: steps to the next row. FALSE at the end, and with @error set when it failed. */
gboolean
lia_rows_next (LiaRows *self,
               GError **error)
{
  int rc;

  if (self->ended)
    return FALSE;

  rc = sqlite3_step (self->statement->handle);
  if (rc == SQLITE_ROW)
    return TRUE;

  self->ended = TRUE;
  if (rc != SQLITE_DONE)
    lia_db_fail (self->db, rc, sqlite3_sql (self->statement->handle), error);

  return FALSE;
}

/** lia_rows_int: 0 for NULL. */
gint64
lia_rows_int (LiaRows *self,
              int      column)
{
  return sqlite3_column_int64 (self->statement->handle, column);
}

/** lia_rows_text: (nullable): owned by the cursor until the next step. */
const char *
lia_rows_text (LiaRows *self,
               int      column)
{
  return (const char *)sqlite3_column_text (self->statement->handle, column);
}

gboolean
lia_rows_is_null (LiaRows *self,
                  int      column)
{
  return sqlite3_column_type (self->statement->handle, column) == SQLITE_NULL;
}

/** lia_rows_blob: (nullable) (transfer full): a copy; NULL for NULL. */
GBytes *
lia_rows_blob (LiaRows *self,
               int      column)
{
  const void *bytes = sqlite3_column_blob (self->statement->handle, column);

  if (lia_rows_is_null (self, column))
    return NULL;

  return g_bytes_new (bytes, sqlite3_column_bytes (self->statement->handle, column));
}

void
lia_rows_free (LiaRows *self)
{
  if (self == NULL)
    return;

  lia_statement_release (self->statement);
  g_free (self);
}
