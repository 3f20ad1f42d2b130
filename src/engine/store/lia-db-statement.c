/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Statements of the driver: prepared once for each address of a static text, with values bound by the number in `$N`. One that is running
 * when its text comes again (a loop inside a loop) gets a second, uncached one. And what SQLite's errors mean for us.
 */

#include "lia-db-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (lia-store-error-quark, lia_store_error)

/* A value on its way into a statement. */
typedef struct
{
  char type;
  union
  {
    gint64      integer;
    const char *text;
    const void *bytes;
  };
  gsize size;
} Value;

static gboolean
is_out_of_space (int system_error)
{
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

static LiaStoreError
code_of (LiaDb *self,
         int    rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return LIA_STORE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return LIA_STORE_ERROR_CONFLICT;
    case SQLITE_FULL:
      return LIA_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return LIA_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return LIA_STORE_ERROR_CORRUPT;
    case SQLITE_IOERR:
      if (self->handle != NULL && is_out_of_space (sqlite3_system_errno (self->handle)))
        return LIA_STORE_ERROR_FULL;
      return LIA_STORE_ERROR_INTERNAL;
    default:
      return LIA_STORE_ERROR_INTERNAL;
    }
}

/** lia_db_fail: sets the error that SQLite has given; always FALSE. */
gboolean
lia_db_fail (LiaDb      *self,
             int         rc,
             const char *sql,
             GError    **error)
{
  g_set_error (error, LIA_STORE_ERROR, code_of (self, rc), "%s (%s, in: %.80s)",
               sqlite3_errmsg (self->handle), sqlite3_errstr (rc), sql);

  return FALSE;
}

void
lia_statement_free (gpointer data)
{
  LiaStatement *self = data;

  sqlite3_finalize (self->handle);
  g_free (self);
}

/* `$1` is a named parameter to SQLite, which numbers names in the order they first occur: so look up which place holds which number. */
static LiaStatement *
statement_new (LiaDb      *self,
               const char *sql,
               gboolean    cached,
               GError    **error)
{
  sqlite3_stmt *handle = NULL;
  LiaStatement *statement;
  int           rc = sqlite3_prepare_v3 (self->handle, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);

  if (rc != SQLITE_OK)
    {
      lia_db_fail (self, rc, sql, error);
      return NULL;
    }

  statement = g_new0 (LiaStatement, 1);
  statement->handle = handle;
  statement->cached = cached;
  statement->n_parameters = sqlite3_bind_parameter_count (handle);
  g_assert (statement->n_parameters <= LIA_MAX_PARAMETERS);

  for (int place = 0; place < statement->n_parameters; place++)
    {
      const char *name = sqlite3_bind_parameter_name (handle, place + 1);

      g_assert (name != NULL && name[0] == '$');
      statement->numbers[place] = atoi (name + 1);
    }

  return statement;
}

static LiaStatement *
statement_take (LiaDb      *self,
                const char *sql,
                GError    **error)
{
  LiaStatement *statement = g_hash_table_lookup (self->statements, sql);

  /* The same address with another text was no static text: right all the same, only not fast. */
  if (statement != NULL && (statement->running || strcmp (sqlite3_sql (statement->handle), sql) != 0))
    statement = statement_new (self, sql, FALSE, error);
  else if (statement == NULL)
    {
      statement = statement_new (self, sql, TRUE, error);
      if (statement != NULL)
        g_hash_table_insert (self->statements, (gpointer)sql, statement);
    }

  if (statement != NULL)
    statement->running = TRUE;

  return statement;
}

/** lia_statement_release: ready for its next use. */
void
lia_statement_release (LiaStatement *statement)
{
  if (!statement->cached)
    {
      lia_statement_free (statement);
      return;
    }

  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->running = FALSE;
}

static guint
collect_values (Value      *values,
                const char *types,
                va_list    *list)
{
  guint n = 0;

  for (; *types != '\0'; types++, n++)
    {
      g_assert (n < LIA_MAX_PARAMETERS);
      values[n].type = *types;

      switch (*types)
        {
        case 'i':
          values[n].integer = va_arg (*list, gint64);
          break;
        case 't':
          values[n].text = va_arg (*list, const char *);
          break;
        case 'b':
          values[n].bytes = va_arg (*list, const void *);
          values[n].size = va_arg (*list, gsize);
          break;
        default:
          g_assert_not_reached ();
        }
    }

  return n;
}

static int
bind_value (sqlite3_stmt           *handle,
            int                     place,
            const Value            *value,
            sqlite3_destructor_type life)
{
  if (value->type == 'i')
    return sqlite3_bind_int64 (handle, place, value->integer);
  if (value->type == 't')
    return value->text != NULL ? sqlite3_bind_text (handle, place, value->text, -1, life) : sqlite3_bind_null (handle, place);

  return value->bytes != NULL ? sqlite3_bind_blob64 (handle, place, value->bytes, value->size, life) : sqlite3_bind_null (handle, place);
}

/** lia_statement_start: prepares (or finds) it and binds the values; @life says whether they are copied. NULL with an error. */
LiaStatement *
lia_statement_start (LiaDb                  *self,
                     const char             *sql,
                     const char             *types,
                     va_list                *list,
                     sqlite3_destructor_type life,
                     GError                **error)
{
  Value         values[LIA_MAX_PARAMETERS];
  guint         n_values = collect_values (values, types, list);
  LiaStatement *statement = statement_take (self, sql, error);

  if (statement == NULL)
    return NULL;

  for (int place = 0; place < statement->n_parameters; place++)
    {
      guint number = statement->numbers[place];
      int   rc;

      g_assert (number >= 1 && number <= n_values);
      rc = bind_value (statement->handle, place + 1, &values[number - 1], life);
      if (rc != SQLITE_OK)
        {
          lia_db_fail (self, rc, sql, error);
          lia_statement_release (statement);
          return NULL;
        }
    }

  return statement;
}
