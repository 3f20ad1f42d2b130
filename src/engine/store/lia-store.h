/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_STORE (lia_store_get_type ())

G_DECLARE_FINAL_TYPE (LiaStore, lia_store, LIA, STORE, GObject)

/**
 * LiaStoreFunc:
 * @db: the connection, in a transaction
 * @result: (out): what the caller gets; freed by the free_result of the call when nobody takes it
 *
 * Work on the store. Runs on a store thread: it touches nothing but @db and @data.
 *
 * Returns: FALSE with @error set to roll everything back
 */
typedef gboolean (*LiaStoreFunc) (LiaDb    *db,
                                  gpointer  data,
                                  gpointer *result,
                                  GError  **error);

LiaStore   *lia_store_open (const char *directory,
                            GError    **error);
void        lia_store_close (LiaStore *self);
const char *lia_store_get_directory (LiaStore *self);
const char *lia_store_get_epoch (LiaStore *self);
DexFuture  *lia_store_read (LiaStore      *self,
                            LiaStoreFunc   func,
                            gpointer       data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;
DexFuture  *lia_store_write (LiaStore      *self,
                             LiaStoreFunc   func,
                             gpointer       data,
                             GDestroyNotify free_data,
                             GDestroyNotify free_result) G_GNUC_WARN_UNUSED_RESULT;

/* Signal "journal" (gint64 head): on the main context, after a commit that added journal rows. One a batch. */

G_END_DECLS
