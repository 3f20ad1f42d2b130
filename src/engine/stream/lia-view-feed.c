/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-view-feed.h"

#include "lia-async.h"
#include "lia-events.h"
#include "lia-id.h"
#include "lia-json-text.h"
#include "lia-queries.h"
#include "lia-wire.h"

#define INTERVAL_MS 200
#define FIRST_MS 10 /* what belongs together comes together */

struct _LiaViewFeed
{
  GObject parent_instance;

  LiaStore   *store;
  gint64      agent_id;
  char       *view;
  GHashTable *touched; /* set of gint64 * */
  guint       timer;
  gboolean    busy;
  gint64      last_us; /* monotonic: the last answer */
};

G_DEFINE_FINAL_TYPE (LiaViewFeed, lia_view_feed, G_TYPE_OBJECT)

enum {
  SIGNAL_FRAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void schedule (LiaViewFeed *self);

static void
lia_view_feed_dispose (GObject *object)
{
  LiaViewFeed *self = LIA_VIEW_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);

  G_OBJECT_CLASS (lia_view_feed_parent_class)->dispose (object);
}

static void
lia_view_feed_finalize (GObject *object)
{
  LiaViewFeed *self = LIA_VIEW_FEED (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->view, g_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);

  G_OBJECT_CLASS (lia_view_feed_parent_class)->finalize (object);
}

static void
lia_view_feed_class_init (LiaViewFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_view_feed_dispose;
  object_class->finalize = lia_view_feed_finalize;

  signals[SIGNAL_FRAME] = g_signal_new ("frame", LIA_TYPE_VIEW_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
}

static void
lia_view_feed_init (LiaViewFeed *self)
{
  self->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

LiaViewFeed *
lia_view_feed_new (LiaStore   *store,
                   gint64      agent_id,
                   const char *view)
{
  LiaViewFeed *self = g_object_new (LIA_TYPE_VIEW_FEED, NULL);

  self->store = g_object_ref (store);
  self->agent_id = agent_id;
  self->view = g_strdup (view);
  return self;
}

gint64
lia_view_feed_get_agent (LiaViewFeed *self)
{
  return self->agent_id;
}

const char *
lia_view_feed_get_view (LiaViewFeed *self)
{
  return self->view;
}

/* On a store thread ---------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64  agent_id;
  char   *view;
  GArray *conversations;
} Look;

static void
look_free (Look *look)
{
  g_free (look->view);
  g_array_unref (look->conversations);
  g_free (look);
}

/* What has become of one conversation: a row in the view, or its id out of it. */
static gboolean
look_at (LiaDb      *db,
         const Look *look,
         gint64      conversation_id,
         GPtrArray  *up,
         GPtrArray  *gone,
         GError    **error)
{
  gboolean contains = FALSE;
  g_autoptr (LiaConversation) conversation = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (!lia_query_view_contains (db, look->agent_id, look->view, conversation_id, &contains, error))
    return FALSE;

  if (!contains)
    {
      g_ptr_array_add (gone, g_strdup_printf ("\"c_%" G_GINT64_FORMAT "\"", conversation_id));
      return TRUE;
    }

  conversation = lia_query_conversation (db, look->agent_id, conversation_id, error);
  if (conversation == NULL)
    return FALSE;
  object = lia_wire_encode_conversation (conversation);
  g_ptr_array_add (up, lia_json_to_text (object));
  return TRUE;
}

static GBytes *
make_frame (const Look *look,
            GPtrArray  *up,
            GPtrArray  *gone,
            gint64      total,
            gint64      unread)
{
  GString *text = g_string_new ("{\"t\":\"view\"");
  gsize    length;

  lia_json_text_add_str (text, "view", look->view);
  lia_json_text_add_list (text, "up", up);
  lia_json_text_add_list (text, "rm", gone);
  lia_json_text_add_int (text, "total", total);
  lia_json_text_add_int (text, "unread", unread);
  lia_json_text_end (text);
  length = text->len;
  return g_bytes_new_take (g_string_free_and_steal (text), length);
}

static gboolean
read_frames (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Look *look = data;
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) up = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  gint64 total;
  gint64 unread;
  gsize  room = LIA_FRAME_ROOM;

  if (!lia_query_view_counts (db, look->agent_id, look->view, &total, &unread, error))
    return FALSE;

  for (guint i = 0; i < look->conversations->len; i++)
    {
      guint n_up = up->len;
      gsize size;

      if (!look_at (db, look, g_array_index (look->conversations, gint64, i), up, gone, error))
        return FALSE;

      size = up->len > n_up ? strlen (g_ptr_array_index (up, n_up)) + 1 : 32;
      room -= MIN (room, size);
      if (room < LIA_FRAME_ROOM / 4)
        {
          g_ptr_array_add (frames, make_frame (look, up, gone, total, unread));
          g_ptr_array_set_size (up, 0);
          g_ptr_array_set_size (gone, 0);
          room = LIA_FRAME_ROOM;
        }
    }

  if (up->len + gone->len > 0 || frames->len == 0)
    g_ptr_array_add (frames, make_frame (look, up, gone, total, unread));
  *result = g_steal_pointer (&frames);
  return TRUE;
}

/* On the main context -------------------------------------------------------------------------------------------------------------------- */

static Look *
take_touched (LiaViewFeed *self)
{
  Look          *look = g_new0 (Look, 1);
  GHashTableIter iter;
  gpointer       key;

  look->agent_id = self->agent_id;
  look->view = g_strdup (self->view);
  look->conversations = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (look->conversations, *(gint64 *)key);
  g_hash_table_remove_all (self->touched);
  return look;
}

static DexFuture *
flush_fiber (gpointer data)
{
  LiaViewFeed *self = data;
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GError) error = NULL;

  frames = lia_store_await (lia_store_read (self->store, read_frames, take_touched (self), (GDestroyNotify)look_free,
                                            (GDestroyNotify)g_ptr_array_unref),
                            &error);
  if (error != NULL)
    g_message ("stream: view %s: %s", self->view, error->message);
  for (guint i = 0; frames != NULL && i < frames->len; i++)
    g_signal_emit (self, signals[SIGNAL_FRAME], 0, g_ptr_array_index (frames, i));

  self->busy = FALSE;
  self->last_us = g_get_monotonic_time ();
  schedule (self);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
flush_cb (gpointer data)
{
  LiaViewFeed *self = data;

  self->timer = 0;
  self->busy = TRUE;
  dex_future_disown (lia_spawn (flush_fiber, g_object_ref (self), g_object_unref));
  return G_SOURCE_REMOVE;
}

static void
schedule (LiaViewFeed *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->last_us) / 1000;

  if (self->busy || self->timer != 0 || g_hash_table_size (self->touched) == 0)
    return;

  self->timer = g_timeout_add (since_ms >= INTERVAL_MS ? FIRST_MS : (guint)(INTERVAL_MS - since_ms), flush_cb, self);
}

/** lia_view_feed_touch: @conversations: of gint64: their rows may look different, be in the view now, or not any more. */
void
lia_view_feed_touch (LiaViewFeed  *self,
                     const GArray *conversations)
{
  for (guint i = 0; i < conversations->len; i++)
    g_hash_table_add (self->touched, g_memdup2 (&g_array_index (conversations, gint64, i), sizeof (gint64)));
  schedule (self);
}
