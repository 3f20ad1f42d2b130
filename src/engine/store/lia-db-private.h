/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <sqlite3.h>
#include <stdarg.h>

G_BEGIN_DECLS

/* Inside the driver: lia-db.c, lia-db-statement.c, and what belongs to a connection: lia-entry-words.c. */

#define LIA_MAX_PARAMETERS 32

struct _LiaDb
{
  sqlite3    *handle;
  GHashTable *statements; /* static text -> LiaStatement */
  GArray     *kept_words; /* of lia-entry-words.c; NULL = written at once */
  gsize       n_kept_bytes;
};

/* A prepared statement. One that is cached is used by one call at a time. */
typedef struct
{
  sqlite3_stmt *handle;
  gboolean      running;
  gboolean      cached;
  int           n_parameters;
  guint8        numbers[LIA_MAX_PARAMETERS]; /* [place] = N of its `$N` */
} LiaStatement;

gboolean      lia_db_fail (LiaDb      *self,
                           int         rc,
                           const char *sql,
                           GError    **error);
LiaStatement *lia_statement_start (LiaDb                  *self,
                                   const char             *sql,
                                   const char             *types,
                                   va_list                *list,
                                   sqlite3_destructor_type life,
                                   GError                **error);
void          lia_statement_release (LiaStatement *statement);
void          lia_statement_free (gpointer data);

G_END_DECLS
