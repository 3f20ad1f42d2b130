/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store-job.h"

G_BEGIN_DECLS

/*
 * The store's threads. Private to lia-store.c, which fills this before they start and frees it when all have ended; they share nothing else.
 */
typedef struct
{
  char         *path;
  GMainContext *context;
  GAsyncQueue  *writes; /* of LiaStoreJob */
  GAsyncQueue  *reads;
  GMutex        mutex;
  GCond         checkpoint_wanted;
  gboolean      checkpoint; /* under mutex */
  gboolean      stop;       /* under mutex */
  gint64        head;       /* of the journal; the writer's */
  GWeakRef      store;      /* for its signal */
} LiaStoreThreads;

typedef struct
{
  LiaStoreThreads *threads;
  LiaDb           *db; /* (transfer full) */
} LiaStoreThread;

/* The threads' bodies; each takes a LiaStoreThread. A queue is ended by pushing lia_store_end. */
extern LiaStoreJob lia_store_end;

gpointer lia_store_writer (gpointer data);
gpointer lia_store_reader (gpointer data);
gpointer lia_store_checkpointer (gpointer data);
void     lia_store_emit_journal (LiaStore *store,
                                 gint64    head);

G_END_DECLS
