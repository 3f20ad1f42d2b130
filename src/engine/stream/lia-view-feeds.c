/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-view-feeds.h"

struct _LiaViewFeeds
{
  GObject parent_instance;

  LiaStore   *store;
  GPtrArray  *streams; /* the hub's own list of LiaStream */
  GHashTable *feeds;   /* "AGENT view" -> LiaViewFeed */
};

G_DEFINE_FINAL_TYPE (LiaViewFeeds, lia_view_feeds, G_TYPE_OBJECT)

static void
lia_view_feeds_finalize (GObject *object)
{
  LiaViewFeeds *self = LIA_VIEW_FEEDS (object);

  g_clear_pointer (&self->feeds, g_hash_table_unref);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (lia_view_feeds_parent_class)->finalize (object);
}

static void
lia_view_feeds_class_init (LiaViewFeedsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_view_feeds_finalize;
}

static void
lia_view_feeds_init (LiaViewFeeds *self)
{
  self->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

LiaViewFeeds *
lia_view_feeds_new (LiaStore  *store,
                    GPtrArray *streams)
{
  LiaViewFeeds *self = g_object_new (LIA_TYPE_VIEW_FEEDS, NULL);

  self->store = g_object_ref (store);
  self->streams = g_ptr_array_ref (streams);
  return self;
}

static gboolean
watches (LiaStream   *stream,
         LiaViewFeed *feed)
{
  return lia_stream_get_agent (stream) == lia_view_feed_get_agent (feed) && lia_stream_watches (stream, lia_view_feed_get_view (feed));
}

static void
on_frame (LiaViewFeed  *feed,
          GBytes       *frame,
          LiaViewFeeds *self)
{
  g_autoptr (GPtrArray) watching = g_ptr_array_new_with_free_func (g_object_unref);

  /* Sending may close a stream, which leaves the list then. */
  for (guint i = 0; i < self->streams->len; i++)
    if (watches (g_ptr_array_index (self->streams, i), feed))
      g_ptr_array_add (watching, g_object_ref (g_ptr_array_index (self->streams, i)));

  for (guint i = 0; i < watching->len; i++)
    lia_stream_send (g_ptr_array_index (watching, i), frame);
}

static LiaViewFeed *
get_feed (LiaViewFeeds *self,
          gint64        agent_id,
          const char   *view)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %s", agent_id, view);
  LiaViewFeed     *feed = g_hash_table_lookup (self->feeds, key);

  if (feed == NULL)
    {
      feed = lia_view_feed_new (self->store, agent_id, view);
      g_signal_connect_object (feed, "frame", G_CALLBACK (on_frame), self, G_CONNECT_DEFAULT);
      g_hash_table_insert (self->feeds, g_steal_pointer (&key), feed);
    }
  return feed;
}

/** lia_view_feeds_touch: @conversations: of gint64: they changed, as @stream was told just now; its views follow. */
void
lia_view_feeds_touch (LiaViewFeeds *self,
                      LiaStream    *stream,
                      const GArray *conversations)
{
  const char *const *views = lia_stream_get_views (stream);

  for (guint i = 0; conversations->len > 0 && views[i] != NULL; i++)
    lia_view_feed_touch (get_feed (self, lia_stream_get_agent (stream), views[i]), conversations);
}

static gboolean
is_unwatched (gpointer key,
              gpointer feed,
              gpointer data)
{
  LiaViewFeeds *self = data;

  for (guint i = 0; i < self->streams->len; i++)
    if (watches (g_ptr_array_index (self->streams, i), feed))
      return FALSE;
  return TRUE;
}

/** lia_view_feeds_prune: forgets feeds that nobody watches any more. */
void
lia_view_feeds_prune (LiaViewFeeds *self)
{
  g_hash_table_foreach_remove (self->feeds, is_unwatched, self);
}
