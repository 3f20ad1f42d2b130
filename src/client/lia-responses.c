/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads page after page of what changed since the last page, from the beginning the first time:
 *
 *   read a page -> put it into the index, a slice of time whenever nothing else is to be done -> more, or an event meanwhile -> read a page
 *        ^                                                                                    -> current
 *        '------------------------------ an event of a response, or a new connection <---------------'
 *
 * Events only say that there is something to read, so that a thousand of them are a few pages. The place in the journal is kept over
 * reconnects; only when the engine has another journal, everything is read again, and what did not come again is gone.
 */

#include "lia-responses-private.h"

#include "lia-client-private.h"
#include "lia-replies.h"

#define PAGE_ROWS 100 /* is parsed at once, in about a millisecond */
#define SLICE_US 2000
#define RETRY_MS 2000

struct _LiaResponses
{
  GObject parent_instance;

  LiaClient      *client; /* weak: it owns this */
  LiaCannedIndex *index;
  char           *epoch; /* the journal that `seq` is a place in */
  gint64          seq;
  GHashTable     *unseen; /* char * -> itself: ids that were known in another journal; NULL when all have been seen again */
  gboolean        loaded;
  gboolean        again; /* something happened while a page was on its way */

  DexFuture        *fetch; /* derived: dropping it cancels the request */
  guint             retry_source;
  guint             slice_source;
  LiaResponsesPage *page;  /* that is put into the index */
  guint             n_put; /* of its rows */
};

G_DEFINE_FINAL_TYPE (LiaResponses, lia_responses, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_LOADED,
  PROP_CURRENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void fetch_page (LiaResponses *self);

static gboolean
is_reading (LiaResponses *self)
{
  return self->fetch != NULL || self->page != NULL || self->retry_source != 0;
}

static void
stop_reading (LiaResponses *self)
{
  dex_clear (&self->fetch);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_handle_id (&self->slice_source, g_source_remove);
  g_clear_pointer (&self->page, lia_responses_page_free);
}

static void
read_news (LiaResponses *self)
{
  if (is_reading (self))
    self->again = TRUE;
  else
    fetch_page (self);
}

/* While everything is read, whoever shows something need not look at each response */
static gboolean
is_reading_all (LiaResponses *self)
{
  return !self->loaded || self->unseen != NULL;
}

static void
tell (LiaResponses *self,
      const char   *id)
{
  if (!is_reading_all (self))
    g_signal_emit (self, signals[CHANGED], 0, id);
}

static void
put (LiaResponses *self,
     LiaCanned    *canned)
{
  if (self->unseen != NULL)
    g_hash_table_remove (self->unseen, canned->id);
  lia_canned_index_put (self->index, canned);
  tell (self, canned->id);
}

static void
drop (LiaResponses *self,
      const char   *id)
{
  if (lia_canned_index_remove (self->index, id))
    tell (self, id);
}

static void
drop_unseen (LiaResponses *self)
{
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, self->unseen);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    lia_canned_index_remove (self->index, id);
  g_clear_pointer (&self->unseen, g_hash_table_unref);
}

static void
become_current (LiaResponses *self)
{
  gboolean all = is_reading_all (self);

  if (self->unseen != NULL)
    drop_unseen (self);
  if (all)
    g_signal_emit (self, signals[CHANGED], 0, NULL);
  if (!self->loaded)
    {
      self->loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
}

static void
end_page (LiaResponses *self)
{
  g_autoptr (LiaResponsesPage) page = g_steal_pointer (&self->page);

  for (guint i = 0; page->gone[i] != NULL; i++)
    drop (self, page->gone[i]);
  lia_canned_index_settle (self->index);
  self->seq = page->seq;

  if (!page->more)
    become_current (self);
  if (page->more || self->again)
    fetch_page (self);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/* At a lower priority than drawing: typing and scrolling go on while 100,000 responses come in. */
static gboolean
on_slice_cb (gpointer data)
{
  g_autoptr (LiaResponses) self = g_object_ref (data);
  gint64 end_us = g_get_monotonic_time () + SLICE_US;
  guint  source = self->slice_source;

  while (self->page != NULL && self->n_put < self->page->rows->len && g_get_monotonic_time () < end_us)
    put (self, self->page->rows->pdata[self->n_put++]);

  if (self->slice_source != source)
    return G_SOURCE_REMOVE; /* whoever was told has ended this */
  if (self->n_put < self->page->rows->len)
    return G_SOURCE_CONTINUE;

  self->slice_source = 0;
  end_page (self);

  return G_SOURCE_REMOVE;
}

static void
on_retry_cb (gpointer data)
{
  LiaResponses *self = data;

  self->retry_source = 0;
  fetch_page (self);
}

static DexFuture *
on_page_cb (DexFuture *future,
            gpointer   data)
{
  g_autoptr (LiaResponses) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    self->page = lia_responses_page_decode (g_value_get_boxed (value), &error);
  dex_clear (&self->fetch);

  if (self->page != NULL)
    {
      self->n_put = 0;
      self->slice_source = g_idle_add (on_slice_cb, self);
    }
  else
    {
      g_debug ("No responses: %s", error->message);
      self->retry_source = g_timeout_add_once (RETRY_MS, on_retry_cb, self);
    }

  return NULL;
}

static void
fetch_page (LiaResponses *self)
{
  g_autofree char *path = NULL;

  self->again = FALSE;
  if (self->client == NULL)
    return;

  path = g_strdup_printf ("/v1/responses?since=%" G_GINT64_FORMAT "&limit=%d", self->seq, PAGE_ROWS);
  self->fetch = dex_future_finally (lia_api_get (lia_client_get_api (self->client), path), on_page_cb, self, NULL);
}

static void
begin_another_journal (LiaResponses *self)
{
  g_autoptr (GPtrArray) known = lia_canned_index_list (self->index);

  stop_reading (self);
  self->seq = 0;
  if (self->unseen == NULL)
    self->unseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < known->len; i++)
    g_hash_table_add (self->unseen, g_strdup (((LiaCanned *)known->pdata[i])->id));
}

static void
on_missed_cb (LiaClient    *client,
              gint64        rows,
              gint64        entries,
              LiaResponses *self)
{
  const char *epoch = lia_client_get_epoch (client);

  if (self->epoch != NULL && g_strcmp0 (epoch, self->epoch) != 0)
    begin_another_journal (self);
  g_set_str (&self->epoch, epoch);
  read_news (self);
}

static void
on_journal_event_cb (LiaClient    *client,
                     LiaEvent     *event,
                     LiaResponses *self)
{
  if (g_str_has_prefix (event->kind, "response.") && event->seq > self->seq)
    read_news (self);
}

static void
lia_responses_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  LiaResponses *self = LIA_RESPONSES (object);

  switch (property_id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    case PROP_CURRENT:
      g_value_set_boolean (value, lia_responses_get_current (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lia_responses_dispose (GObject *object)
{
  LiaResponses *self = LIA_RESPONSES (object);

  stop_reading (self);
  g_clear_weak_pointer (&self->client);

  G_OBJECT_CLASS (lia_responses_parent_class)->dispose (object);
}

static void
lia_responses_finalize (GObject *object)
{
  LiaResponses *self = LIA_RESPONSES (object);

  g_clear_object (&self->index);
  g_clear_pointer (&self->unseen, g_hash_table_unref);
  g_free (self->epoch);

  G_OBJECT_CLASS (lia_responses_parent_class)->finalize (object);
}

static void
lia_responses_class_init (LiaResponsesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lia_responses_get_property;
  object_class->dispose = lia_responses_dispose;
  object_class->finalize = lia_responses_finalize;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_RESPONSES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_responses_init (LiaResponses *self)
{
  self->index = lia_canned_index_new ();
}

/* lia_responses_new: begins to read when there is a connection. */
LiaResponses *
lia_responses_new (LiaClient *client)
{
  LiaResponses *self = g_object_new (LIA_TYPE_RESPONSES, NULL);

  g_set_weak_pointer (&self->client, client);
  g_signal_connect_object (client, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "journal-event", G_CALLBACK (on_journal_event_cb), self, G_CONNECT_DEFAULT);
  self->epoch = g_strdup (lia_client_get_epoch (client));
  if (self->epoch != NULL)
    read_news (self);

  return self;
}

/** lia_responses_get_index: (transfer none): the same for as long as this lives; only to be searched. */
LiaCannedIndex *
lia_responses_get_index (LiaResponses *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES (self), NULL);

  return self->index;
}

/** lia_responses_get_loaded: whether everything has come once; stays so without a connection. */
gboolean
lia_responses_get_loaded (LiaResponses *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES (self), FALSE);

  return self->loaded;
}

/** lia_responses_get_current: whether all has come that is known to have happened; also when the engine cannot be asked at the moment. */
gboolean
lia_responses_get_current (LiaResponses *self)
{
  g_return_val_if_fail (LIA_IS_RESPONSES (self), FALSE);

  return !is_reading_all (self) && self->fetch == NULL && self->page == NULL && !self->again;
}
