/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_STORE (lia_store_get_type ())

G_DECLARE_FINAL_TYPE (LiaStore, lia_store, LIA, STORE, GObject)

/**
 * LiaStore:
 *
 * The store's directory, with one writer and two readers on threads of their own. Writes are committed in groups: those that wait while one
 * is made durable share the next commit, each in a savepoint, so that one that fails rolls back alone.
 *
 * The future of lia_store_read() and lia_store_write() is settled on the main context that opened the store, in order, after the commit: what
 * it tells is durable. It rejects with the function's error, or with %LIA_STORE_ERROR. Its value is a box around the function's result, to be
 * taken once, with lia_store_await() in a fiber or lia_store_take() in a dex_future_then() callback; what nobody takes is freed with
 * free_result when the future goes. @data is freed on the main context, too. Dropping the future does not undo the write.
 *
 * Signal "journal" (gint64 head): on the main context, after a commit that added journal rows and after its futures. One a batch.
 */

/**
 * LiaStoreFunc:
 * @db: the connection, in a transaction
 * @result: (out): what the caller gets; freed by the free_result of the call when nobody takes it
 *
 * Work on the store. Runs on a store thread: it touches nothing but @db and @data. An error of its own domain comes to the caller as it is.
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
gpointer    lia_store_await (DexFuture *future,
                             GError   **error);
gpointer    lia_store_take (DexFuture *settled,
                            GError   **error);

G_END_DECLS
