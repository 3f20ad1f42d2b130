/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-housekeeping.h"

#include "lia-idempotency.h"
#include "lia-notices.h"
#include "lia-time.h"
#include "lia-wake.h"

#define PRUNE_S 3600
#define MAX_SLEEP_MS 60000 /* the clock may be set, the machine may sleep: timers follow neither */

struct _LiaHousekeeping
{
  GObject parent_instance;

  LiaStore *store;
  guint     wake_timer;
  guint     prune_timer;
  gboolean  looking; /* when the next one comes back */
  gboolean  again;   /* there was news meanwhile */
};

G_DEFINE_FINAL_TYPE (LiaHousekeeping, lia_housekeeping, G_TYPE_OBJECT)

static void look (LiaHousekeeping *self);

static void
lia_housekeeping_dispose (GObject *object)
{
  LiaHousekeeping *self = LIA_HOUSEKEEPING (object);

  g_clear_handle_id (&self->wake_timer, g_source_remove);
  g_clear_handle_id (&self->prune_timer, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_housekeeping_parent_class)->dispose (object);
}

static void
lia_housekeeping_class_init (LiaHousekeepingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_housekeeping_dispose;
}

static void
lia_housekeeping_init (LiaHousekeeping *self)
{
}

LiaHousekeeping *
lia_housekeeping_new (LiaStore *store)
{
  LiaHousekeeping *self = g_object_new (LIA_TYPE_HOUSEKEEPING, NULL);

  self->store = g_object_ref (store);
  return self;
}

static gboolean
prune (LiaDb    *db,
       gpointer  data,
       gpointer *result,
       GError  **error)
{
  return lia_idempotency_forget_old (db, error);
}

static DexFuture *
log_failure (DexFuture *future,
             gpointer   data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_message ("housekeeping: %s", error->message);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
prune_cb (gpointer data)
{
  LiaHousekeeping *self = data;

  dex_future_disown (dex_future_finally (lia_store_write (self->store, prune, NULL, NULL, NULL), log_failure, NULL, NULL));
  return G_SOURCE_CONTINUE;
}

static gboolean
wake (LiaDb    *db,
      gpointer  data,
      gpointer *result,
      GError  **error)
{
  guint  n_woken;
  gint64 next_ms;

  return lia_conversations_wake_due (db, lia_time_now (), &n_woken, &next_ms, error) && lia_notices_wake_due (db, lia_time_now (), error);
}

/* What it changes is in the journal, and so we look again. */
static gboolean
wake_cb (gpointer data)
{
  LiaHousekeeping *self = data;

  self->wake_timer = 0;
  dex_future_disown (dex_future_finally (lia_store_write (self->store, wake, NULL, NULL, NULL), log_failure, NULL, NULL));
  return G_SOURCE_REMOVE;
}

static gboolean
look_cb (gpointer data)
{
  LiaHousekeeping *self = data;

  self->wake_timer = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static gboolean
read_next (LiaDb    *db,
           gpointer  data,
           gpointer *result,
           GError  **error)
{
  gint64 next_ms = 0;

  if (!lia_db_get_int (db, &next_ms, error, "SELECT coalesce (min (at), 0) FROM (SELECT min (sort) AS at FROM conversation WHERE state = 'snoozed' UNION ALL "
                                            "SELECT min (snooze_until) FROM notice INDEXED BY notice_due WHERE state = 'due' AND snooze_until > 0)",
                       ""))
    return FALSE;
  *result = g_memdup2 (&next_ms, sizeof next_ms);
  return TRUE;
}

static DexFuture *
on_looked (DexFuture *future,
           gpointer   data)
{
  LiaHousekeeping   *self = data;
  g_autofree gint64 *next_ms = lia_store_take (future, NULL);
  gint64             wait_ms;

  self->looking = FALSE;
  g_clear_handle_id (&self->wake_timer, g_source_remove);
  if (self->store == NULL)
    return dex_future_new_for_boolean (FALSE);

  if (self->again)
    {
      look (self);
    }
  else if (next_ms != NULL && *next_ms != 0)
    {
      wait_ms = *next_ms - lia_time_now ();
      if (wait_ms > MAX_SLEEP_MS)
        self->wake_timer = g_timeout_add (MAX_SLEEP_MS, look_cb, self);
      else
        self->wake_timer = g_timeout_add ((guint)MAX (wait_ms, 0), wake_cb, self);
    }
  return dex_future_new_for_boolean (TRUE);
}

/* One step of an index: cheap enough for every news. */
static void
look (LiaHousekeeping *self)
{
  DexFuture *future;

  self->again = self->looking;
  if (self->looking)
    return;

  self->looking = TRUE;
  future = lia_store_read (self->store, read_next, NULL, NULL, g_free);
  dex_future_disown (dex_future_finally (future, on_looked, g_object_ref (self), g_object_unref));
}

static void
on_journal (LiaStore        *store,
            gint64           head,
            LiaHousekeeping *self)
{
  look (self);
}

void
lia_housekeeping_start (LiaHousekeeping *self)
{
  if (self->prune_timer != 0)
    return;

  g_signal_connect_object (self->store, "journal", G_CALLBACK (on_journal), self, G_CONNECT_DEFAULT);
  self->prune_timer = g_timeout_add_seconds (PRUNE_S, prune_cb, self);
  prune_cb (self);
  look (self);
}
