/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

/*
 * One call of lia_store_read() or lia_store_write() on its way: main context -> store thread -> main context. Of one thread at a time.
 */
typedef struct
{
  LiaStoreFunc   func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  DexPromise    *promise;
  gpointer       result;
  GError        *error;
} LiaStoreJob;

LiaStoreJob *lia_store_job_new (LiaStoreFunc   func,
                                gpointer       data,
                                GDestroyNotify free_data,
                                GDestroyNotify free_result);
void         lia_store_job_run (LiaStoreJob *self,
                                LiaDb       *db);
void         lia_store_job_fail (LiaStoreJob  *self,
                                 const GError *error);
void         lia_store_job_finish (LiaStoreJob *self);

G_END_DECLS
