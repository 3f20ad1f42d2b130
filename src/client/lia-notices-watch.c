/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-notices-watch.h"

#include "lia-client-notices.h"
#include "lia-client-private.h"

struct _LiaNoticesWatch
{
  GObject parent_instance;

  LiaClient *client;
  DexFuture *counting;
  guint      due;
  gboolean   changed; /* since it was told */
  gboolean   missed;
};

enum {
  PROP_0,
  PROP_DUE,
  N_PROPERTIES,
};

enum {
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaNoticesWatch, lia_notices_watch, G_TYPE_OBJECT)

static void
set_due (LiaNoticesWatch *self,
         gint64           due)
{
  if (self->due == (guint)due)
    return;
  self->due = (guint)due;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DUE]);
}

static DexFuture *
take_count_cb (DexFuture *future,
               gpointer   data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    set_due (data, g_value_get_int64 (value));

  return NULL;
}

/* Without an engine there is no answer, and when it is back something was missed. */
static void
count (LiaNoticesWatch *self)
{
  dex_clear (&self->counting);
  self->counting = dex_future_then (lia_client_count_notices (self->client), take_count_cb, self, NULL);
}

static void
on_journal_event_cb (LiaNoticesWatch *self,
                     LiaEvent        *event)
{
  if (!g_str_has_prefix (event->kind, "notice."))
    return;
  self->changed = TRUE;
  dex_clear (&self->counting); /* It is older than this */
  set_due (self, event->due);
}

static void
on_missed_cb (LiaNoticesWatch *self)
{
  self->changed = TRUE;
  self->missed = TRUE;
}

static void
on_publish_cb (LiaNoticesWatch *self)
{
  gboolean changed = self->changed;

  if (self->missed)
    count (self);
  self->missed = FALSE;
  self->changed = FALSE;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
lia_notices_watch_dispose (GObject *object)
{
  LiaNoticesWatch *self = LIA_NOTICES_WATCH (object);

  dex_clear (&self->counting);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_notices_watch_parent_class)->dispose (object);
}

static void
lia_notices_watch_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DUE:
      g_value_set_uint (value, LIA_NOTICES_WATCH (object)->due);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_notices_watch_class_init (LiaNoticesWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_notices_watch_dispose;
  object_class->get_property = lia_notices_watch_get_property;

  properties[PROP_DUE] = g_param_spec_uint ("due", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_NOTICES_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_notices_watch_init (LiaNoticesWatch *self)
{
}

LiaNoticesWatch *
lia_notices_watch_new (LiaClient *client)
{
  LiaNoticesWatch *self = g_object_new (LIA_TYPE_NOTICES_WATCH, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (client, "journal-event", G_CALLBACK (on_journal_event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "publish", G_CALLBACK (on_publish_cb), self, G_CONNECT_SWAPPED);
  count (self);

  return self;
}

guint
lia_notices_watch_get_due (LiaNoticesWatch *self)
{
  return self->due;
}
