/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaDb:
 *
 * One connection to the store, of one thread. A thin blocking driver: SQL text with `$1 $2 …`, prepared once and cached by the address of the
 * (static) text, values by a short type string. Only ever seen inside a #LiaStoreFunc.
 *
 * Types: `i` gint64, `t` const char * (NULL allowed), `b` const void * and gsize.
 */
typedef struct _LiaDb LiaDb;

/**
 * LiaRows:
 *
 * The cursor over an answer: `while (lia_rows_next (rows, &error))`. A text is the cursor's until the next step.
 */
typedef struct _LiaRows LiaRows;

/**
 * LiaDbCheckpoint:
 * @LIA_DB_CHECKPOINT_PASSIVE: as far as nobody is disturbed
 * @LIA_DB_CHECKPOINT_RESTART: wait for readers, so that the log begins anew
 * @LIA_DB_CHECKPOINT_TRUNCATE: and cut the log's file
 */
typedef enum {
  LIA_DB_CHECKPOINT_PASSIVE,
  LIA_DB_CHECKPOINT_RESTART,
  LIA_DB_CHECKPOINT_TRUNCATE,
} LiaDbCheckpoint;

LiaDb      *lia_db_open (const char *path,
                         gboolean    read_only,
                         GError    **error);
void        lia_db_close (LiaDb *self);
gboolean    lia_db_exec (LiaDb      *self,
                         GError    **error,
                         const char *sql,
                         const char *types,
                         ...);
gboolean    lia_db_script (LiaDb      *self,
                           const char *sql,
                           GError    **error);
LiaRows    *lia_db_query (LiaDb      *self,
                          GError    **error,
                          const char *sql,
                          const char *types,
                          ...);
gboolean    lia_db_get_int (LiaDb      *self,
                            gint64     *value,
                            GError    **error,
                            const char *sql,
                            const char *types,
                            ...);
char       *lia_db_get_text (LiaDb      *self,
                             GError    **error,
                             const char *sql,
                             const char *types,
                             ...);
gint64      lia_db_changes (LiaDb *self);
gint64      lia_db_last_id (LiaDb *self);
gboolean    lia_db_in_transaction (LiaDb *self);
gboolean    lia_db_checkpoint (LiaDb          *self,
                               LiaDbCheckpoint mode,
                               GError        **error);
void        lia_db_watch_log (LiaDb *self,
                              int   *n_pages);
char      **lia_db_list_scans (LiaDb   *self,
                               GError **error);
gboolean    lia_rows_next (LiaRows *self,
                           GError **error);
gint64      lia_rows_int (LiaRows *self,
                          int      column);
const char *lia_rows_text (LiaRows *self,
                           int      column);
gboolean    lia_rows_is_null (LiaRows *self,
                              int      column);
GBytes     *lia_rows_blob (LiaRows *self,
                           int      column);
void        lia_rows_free (LiaRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaDb, lia_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaRows, lia_rows_free)

/**
 * LiaStoreError:
 * @LIA_STORE_ERROR_BUSY: locked for too long; try again
 * @LIA_STORE_ERROR_CONFLICT: a unique, foreign key or check rule said no
 * @LIA_STORE_ERROR_FULL: disk full; nothing was changed
 * @LIA_STORE_ERROR_READ_ONLY: the file or its folder cannot be written
 * @LIA_STORE_ERROR_CORRUPT: not a sound store
 * @LIA_STORE_ERROR_IN_USE: another engine has this store open
 * @LIA_STORE_ERROR_NEWER: written by a newer Liaison
 * @LIA_STORE_ERROR_NOT_FOUND: no such row
 * @LIA_STORE_ERROR_INTERNAL: a mistake of ours
 */
typedef enum {
  LIA_STORE_ERROR_BUSY,
  LIA_STORE_ERROR_CONFLICT,
  LIA_STORE_ERROR_FULL,
  LIA_STORE_ERROR_READ_ONLY,
  LIA_STORE_ERROR_CORRUPT,
  LIA_STORE_ERROR_IN_USE,
  LIA_STORE_ERROR_NEWER,
  LIA_STORE_ERROR_NOT_FOUND,
  LIA_STORE_ERROR_INTERNAL,
} LiaStoreError;

#define LIA_STORE_ERROR (lia_store_error_quark ())
GQuark lia_store_error_quark (void);

G_END_DECLS
