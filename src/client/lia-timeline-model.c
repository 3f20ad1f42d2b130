/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One conversation's entries. A page says as of which event it was read (`seq`), and each live change says which event it is, so of two
 * values of an entry the newer one is always known, in whatever order page and event arrive.
 */

#include "lia-timeline-model.h"

#include "lia-client-private.h"
#include "lia-problem.h"
#include "lia-replies.h"
#include "lia-shown.h"

#define FIRST_ENTRIES 50
#define OLDER_ENTRIES 100
#define MOST_ENTRIES 200 /* the engine's limit of a page */
#define RETRY_MS 2000

struct _LiaTimelineModel
{
  GObject parent_instance;

  LiaClient       *client;
  char            *id;
  GPtrArray       *entries; /* of LiaEntry, in order of (at, seq) */
  GHashTable      *by_id;   /* char * (the value's) -> LiaEntry * */
  GHashTable      *changed; /* char * -> gint64 *: the last event that changed the entry */
  GPtrArray       *shown;
  LiaConversation *conversation;
  LiaConversation *shown_conversation;
  LiaDraft        *draft;
  gint64           unread_from;
  gint64           last_seq;
  gint64           seq;       /* of the last page */
  gint64           least_seq; /* what is being read may be older than that: then again */
  char            *next;      /* cursor before the first entry */
  char            *problem;
  char            *shown_problem;
  gboolean         loaded;
  gboolean         loading;
  gboolean         has_older;
  gboolean         dirty;

  DexFuture *fetch; /* derived: dropping it cancels the request */
  guint      retry_source;
  gboolean   fetching; /* or waiting to try again */
  gboolean   fetching_older;
  gboolean   rereading; /* counted by the client */
};

enum {
  PROP_0,
  PROP_CONVERSATION,
  PROP_LOADING,
  PROP_HAS_OLDER,
  PROP_UNREAD_FROM,
  PROP_DRAFT,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return LIA_TYPE_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return LIA_TIMELINE_MODEL (model)->shown->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (model);

  return position < self->shown->len ? g_object_ref (self->shown->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaTimelineModel, lia_timeline_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
set_dirty (LiaTimelineModel *self)
{
  self->dirty = TRUE;
  lia_client_publish_soon (self->client);
}

static gboolean
stands_before (const LiaEntry *a,
               const LiaEntry *b)
{
  return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->seq < b->seq;
}

static guint
lower_bound (LiaTimelineModel *self,
             const LiaEntry   *entry)
{
  guint from = 0;
  guint to = self->entries->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (stands_before (self->entries->pdata[middle], entry))
        from = middle + 1;
      else
        to = middle;
    }

  return from;
}

static gboolean
says_the_same (LiaEntry *a,
               LiaEntry *b)
{
  g_autoptr (JsonObject) object_a = lia_wire_encode_entry (a);
  g_autoptr (JsonObject) object_b = lia_wire_encode_entry (b);

  return json_object_equal (object_a, object_b);
}

static void
put (LiaTimelineModel *self,
     LiaEntry         *entry)
{
  LiaEntry *known = g_hash_table_lookup (self->by_id, entry->id);

  if (known != NULL)
    {
      if (says_the_same (known, entry))
        return;
      g_hash_table_remove (self->by_id, entry->id);
      g_ptr_array_remove (self->entries, known);
    }

  g_ptr_array_insert (self->entries, (int)lower_bound (self, entry), g_object_ref (entry));
  g_hash_table_insert (self->by_id, entry->id, entry);
  self->last_seq = MAX (self->last_seq, entry->seq);
}

static gint64
get_changed (LiaTimelineModel *self,
             const char       *id)
{
  const gint64 *seq = g_hash_table_lookup (self->changed, id);

  return seq != NULL ? *seq : 0;
}

static void
take_conversation (LiaTimelineModel *self,
                   LiaConversation  *row)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (LiaConversation) merged = NULL;

  if (self->conversation == NULL || self->conversation->ver > row->ver)
    return;

  /* A row does not have all of it */
  object = lia_wire_encode_conversation (row);
  merged = lia_wire_decode_conversation (object, NULL);
  if (merged == NULL)
    return;
  if (merged->created_ms == 0)
    {
      merged->created_ms = self->conversation->created_ms;
      merged->closed_ms = row->state == LIA_CONVERSATION_CLOSED ? self->conversation->closed_ms : 0;
      merged->seq = MAX (self->conversation->seq, self->last_seq);
    }
  g_set_object (&self->conversation, merged);
}

static void
end_fetch (LiaTimelineModel *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  self->fetching = FALSE;
  self->fetching_older = FALSE;
  if (self->rereading)
    {
      self->rereading = FALSE;
      lia_client_end_reading (self->client);
    }
}

/* The newest page, or instead of what was there, the newest entries: those that changed after it was read stay */
static void
take_newest (LiaTimelineModel *self,
             LiaTimelinePage  *page)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entries);
  g_autoptr (GHashTable) old_by_id = g_steal_pointer (&self->by_id);

  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->last_seq = 0;

  for (guint i = 0; i < page->timeline->len; i++)
    {
      LiaEntry *entry = page->timeline->pdata[i];
      LiaEntry *known = g_hash_table_lookup (old_by_id, entry->id);

      put (self, known != NULL && says_the_same (known, entry) ? known : entry);
    }
  for (guint i = 0; i < old->len; i++)
    {
      LiaEntry *entry = old->pdata[i];

      if (get_changed (self, entry->id) > page->seq)
        put (self, entry);
    }

  self->seq = page->seq;
  g_set_str (&self->next, page->next);
}

static void
take_older (LiaTimelineModel *self,
            LiaTimelinePage  *page)
{
  for (guint i = 0; i < page->timeline->len; i++)
    {
      LiaEntry *entry = page->timeline->pdata[i];

      if (!g_hash_table_contains (self->by_id, entry->id))
        put (self, entry);
    }
  g_set_str (&self->next, page->next);
}

static void
take_opening (LiaTimelineModel *self,
              LiaTimelinePage  *page)
{
  self->loaded = TRUE;
  self->unread_from = page->unread_from;
  g_set_object (&self->draft, page->draft);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD_FROM]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DRAFT]);
}

static void fetch_newest (LiaTimelineModel *self);

static void
take_page (LiaTimelineModel *self,
           LiaTimelinePage  *page)
{
  if (self->fetching_older)
    {
      take_older (self, page);
    }
  else
    {
      take_newest (self, page);
      if (page->conversation != NULL && (self->conversation == NULL || self->conversation->ver <= page->conversation->ver))
        g_set_object (&self->conversation, page->conversation);
      if (!self->loaded)
        take_opening (self, page);
    }
  g_clear_pointer (&self->problem, g_free);
  end_fetch (self);

  if (self->seq < self->least_seq)
    {
      self->least_seq = 0;
      fetch_newest (self);
    }
}

static void
on_retry_cb (gpointer data)
{
  LiaTimelineModel *self = data;

  self->retry_source = 0;
  fetch_newest (self);
}

/* Nobody else would read the newest entries again while the engine is there; older ones are asked for again by who scrolls. */
static void
take_error (LiaTimelineModel *self,
            const GError     *error)
{
  if (!self->loaded)
    g_set_str (&self->problem, error->message);

  if (self->fetching_older || g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    end_fetch (self);
  else
    self->retry_source = g_timeout_add_once (RETRY_MS, on_retry_cb, self);
}

static DexFuture *
on_page_cb (DexFuture *future,
            gpointer   data)
{
  g_autoptr (LiaTimelineModel) self = g_object_ref (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaTimelinePage) page = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    page = lia_timeline_page_decode (g_value_get_boxed (value), &error);

  if (page != NULL)
    take_page (self, page);
  else
    take_error (self, error);
  set_dirty (self);

  return NULL;
}

static void
fetch_page (LiaTimelineModel *self,
            guint             limit,
            const char       *cursor)
{
  g_autofree char *id = g_uri_escape_string (self->id, NULL, FALSE);
  g_autofree char *before = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("/v1/conversations/%s?limit=%u%s%s",
                                           id, limit, before != NULL ? "&before=" : "", before != NULL ? before : "");

  self->fetching = TRUE;
  dex_clear (&self->fetch);
  self->fetch = dex_future_finally (lia_api_get (lia_client_get_api (self->client), path), on_page_cb, self, NULL);
}

static void
fetch_newest (LiaTimelineModel *self)
{
  if (self->loaded && !self->rereading)
    {
      self->rereading = TRUE;
      lia_client_begin_reading (self->client);
    }
  fetch_page (self, CLAMP (self->entries->len, FIRST_ENTRIES, MOST_ENTRIES), NULL);
}

/* What was read at an older event than @least has to be read again */
static void
read_again (LiaTimelineModel *self,
            gint64            least)
{
  if (self->fetching && !self->fetching_older)
    {
      self->least_seq = MAX (self->least_seq, least);
      return;
    }

  end_fetch (self);
  fetch_newest (self);
}

static void
on_missed_cb (LiaClient        *client,
              gint64            rows,
              gint64            entries,
              LiaTimelineModel *self)
{
  if (self->fetching || !self->loaded || self->seq < entries)
    read_again (self, entries);
}

static void
on_journal_event_cb (LiaClient        *client,
                     LiaEvent         *event,
                     LiaTimelineModel *self)
{
  LiaEntry *entry = event->entry;

  if (g_strcmp0 (event->conv, self->id) != 0)
    return;

  if (entry != NULL && get_changed (self, entry->id) < event->seq && self->seq < event->seq)
    {
      gboolean known = g_hash_table_contains (self->by_id, entry->id);
      gboolean is_older = self->next != NULL && self->entries->len > 0 && stands_before (entry, self->entries->pdata[0]);

      g_hash_table_insert (self->changed, g_strdup (entry->id), g_memdup2 (&event->seq, sizeof event->seq));
      if (known || !is_older)
        put (self, entry);
    }
  if (event->large != NULL && self->seq < event->seq)
    read_again (self, event->seq);
  if (event->row != NULL)
    take_conversation (self, event->row);
  set_dirty (self);
}

static void
on_publish_cb (LiaClient        *client,
               LiaTimelineModel *self)
{
  gboolean loading = !self->loaded && self->problem == NULL;

  if (!self->dirty)
    return;
  self->dirty = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_object (&self->shown_conversation, self->conversation))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONVERSATION]);
  if (g_set_str (&self->shown_problem, self->problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (self->has_older != (self->next != NULL))
    {
      self->has_older = self->next != NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_OLDER]);
    }
  lia_shown_update (G_LIST_MODEL (self), &self->shown, self->entries);
  if (loading != self->loading)
    {
      self->loading = loading;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
lia_timeline_model_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (object);

  switch (property_id)
    {
    case PROP_CONVERSATION:
      g_value_set_object (value, self->shown_conversation);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;
    case PROP_UNREAD_FROM:
      g_value_set_int64 (value, self->unread_from);
      break;
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->shown_problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lia_timeline_model_dispose (GObject *object)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (object);

  dex_clear (&self->fetch);
  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      end_fetch (self);
    }
  g_clear_object (&self->client);

  G_OBJECT_CLASS (lia_timeline_model_parent_class)->dispose (object);
}

static void
lia_timeline_model_finalize (GObject *object)
{
  LiaTimelineModel *self = LIA_TIMELINE_MODEL (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_object (&self->conversation);
  g_clear_object (&self->shown_conversation);
  g_clear_object (&self->draft);
  g_free (self->id);
  g_free (self->next);
  g_free (self->problem);
  g_free (self->shown_problem);

  G_OBJECT_CLASS (lia_timeline_model_parent_class)->finalize (object);
}

static void
lia_timeline_model_class_init (LiaTimelineModelClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lia_timeline_model_get_property;
  object_class->dispose = lia_timeline_model_dispose;
  object_class->finalize = lia_timeline_model_finalize;

  properties[PROP_CONVERSATION] = g_param_spec_object ("conversation", NULL, NULL, LIA_TYPE_CONVERSATION, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_OLDER] = g_param_spec_boolean ("has-older", NULL, NULL, FALSE, flags);
  properties[PROP_UNREAD_FROM] = g_param_spec_int64 ("unread-from", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, LIA_TYPE_DRAFT, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_timeline_model_init (LiaTimelineModel *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->loading = TRUE;
}

/** lia_timeline_model_new: begins to read at once. */
LiaTimelineModel *
lia_timeline_model_new (LiaClient  *client,
                        const char *conversation)
{
  LiaTimelineModel *self = g_object_new (LIA_TYPE_TIMELINE_MODEL, NULL);

  self->client = g_object_ref (client);
  self->id = g_strdup (conversation);
  g_signal_connect_object (client, "journal-event", G_CALLBACK (on_journal_event_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "publish", G_CALLBACK (on_publish_cb), self, G_CONNECT_DEFAULT);
  fetch_newest (self);

  return self;
}

const char *
lia_timeline_model_get_id (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), NULL);

  return self->id;
}

/** lia_timeline_model_get_conversation: (transfer none) (nullable): its newest value; NULL until loaded. */
LiaConversation *
lia_timeline_model_get_conversation (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), NULL);

  return self->shown_conversation;
}

/** lia_timeline_model_get_draft: (transfer none) (nullable): mine, as it was found on opening. */
LiaDraft *
lia_timeline_model_get_draft (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), NULL);

  return self->draft;
}

gboolean
lia_timeline_model_get_loading (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), FALSE);

  return self->loading;
}

gboolean
lia_timeline_model_get_has_older (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), FALSE);

  return self->has_older;
}

/** lia_timeline_model_get_unread_from: seq of the first entry that was unread on opening, or 0. */
gint64
lia_timeline_model_get_unread_from (LiaTimelineModel *self)
{
  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), 0);

  return self->unread_from;
}

/** lia_timeline_model_get_last_seq: the highest seq of an entry that is shown: what was seen, for commands. */
gint64
lia_timeline_model_get_last_seq (LiaTimelineModel *self)
{
  gint64 seq = 0;

  g_return_val_if_fail (LIA_IS_TIMELINE_MODEL (self), 0);

  for (guint i = 0; i < self->shown->len; i++)
    seq = MAX (seq, ((LiaEntry *)self->shown->pdata[i])->seq);

  return seq;
}

/** lia_timeline_model_load_older: reads a page of older entries, unless one is on its way or there are none. */
void
lia_timeline_model_load_older (LiaTimelineModel *self)
{
  g_return_if_fail (LIA_IS_TIMELINE_MODEL (self));

  if (self->fetching || self->next == NULL)
    return;

  self->fetching_older = TRUE;
  fetch_page (self, OLDER_ENTRIES, self->next);
}
