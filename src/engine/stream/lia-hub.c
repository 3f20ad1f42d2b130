/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   store "journal" -> pump: journal (head, next] -> frames, once an agent -> all her live streams; head = next
 *   hello           -> catch up: journal (since, head] in pages, at the stream's own pace -> live at exactly head
 *
 * A stream is live only when all up to `head` has been sent to it, and both loops move on the main context without an await between the last
 * look at `head` and the send: so nothing is lost and nothing comes twice. Main context only.
 */

#include "lia-hub.h"

#include "lia-async.h"
#include "lia-auth.h"
#include "lia-chat-hub.h"
#include "lia-events.h"
#include "lia-id.h"
#include "lia-metrics-feed.h"
#include "lia-phone-hub.h"
#include "lia-queries.h"
#include "lia-stream.h"
#include "lia-view-feeds.h"

#define PAGE 500
#define MAX_REPLAY 20000 /* events; who missed more is faster with a new snapshot */
#define TICK_S 5
#define RETRY_MS 1000

struct _LiaHub
{
  GObject parent_instance;

  LiaEngine      *engine; /* not owned: it owns us */
  GPtrArray      *streams;
  LiaViewFeeds   *feeds;
  LiaMetricsFeed *metrics;
  gint64          head;   /* sent to all live streams up to here; -1 = not known yet */
  gint64          wanted; /* the store has them up to here */
  gboolean        pumping;
  DexPromise     *moved; /* resolved when head moves */
  guint           timer;
};

G_DEFINE_FINAL_TYPE (LiaHub, lia_hub, G_TYPE_OBJECT)

static void
lia_hub_dispose (GObject *object)
{
  LiaHub *self = LIA_HUB (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_object (&self->feeds);
  g_clear_object (&self->metrics);
  dex_clear (&self->moved);

  G_OBJECT_CLASS (lia_hub_parent_class)->dispose (object);
}

static void
lia_hub_class_init (LiaHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_hub_dispose;
}

/* To walk along while streams close and leave the hub's own list. */
static GPtrArray *
copy_streams (LiaHub *self)
{
  GPtrArray *streams = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->streams->len; i++)
    g_ptr_array_add (streams, g_object_ref (g_ptr_array_index (self->streams, i)));
  return streams;
}

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (GPtrArray) streams = copy_streams (data);

  for (guint i = 0; i < streams->len; i++)
    lia_stream_tick (g_ptr_array_index (streams, i));
  return G_SOURCE_CONTINUE;
}

static void
lia_hub_init (LiaHub *self)
{
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->head = -1;
  self->moved = dex_promise_new ();
  self->timer = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

/* Events --------------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64      agent_id;
  GHashTable *live;
  gint64      since;
  gint64      upto;
} Stretch;

static void
stretch_free (Stretch *stretch)
{
  g_clear_pointer (&stretch->live, g_hash_table_unref);
  g_free (stretch);
}

static gboolean
read_stretch (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Stretch *stretch = data;

  *result = lia_events_read (db, stretch->agent_id, stretch->live, stretch->since, stretch->upto, error);
  return *result != NULL;
}

static LiaEventPage *
await_stretch (LiaHub  *self,
               gint64   agent_id,
               gint64   since,
               gint64   upto,
               GError **error)
{
  Stretch *stretch = g_new0 (Stretch, 1);

  stretch->agent_id = agent_id;
  stretch->live = lia_engine_dup_channels (self->engine);
  stretch->since = since;
  stretch->upto = upto;
  return lia_store_await (lia_store_read (lia_engine_get_store (self->engine), read_stretch, stretch, (GDestroyNotify)stretch_free,
                                          (GDestroyNotify)lia_event_page_free),
                          error);
}

static void
send_page (LiaHub       *self,
           LiaStream    *stream,
           LiaEventPage *page,
           gint64        upto)
{
  for (guint i = 0; i < page->frames->len; i++)
    lia_stream_send (stream, g_ptr_array_index (page->frames, i));
  lia_stream_set_seq (stream, upto);
  lia_view_feeds_touch (self->feeds, stream, page->touched);
}

static void
move_head (LiaHub *self,
           gint64  head)
{
  g_autoptr (DexPromise) moved = g_steal_pointer (&self->moved);

  self->head = head;
  self->moved = dex_promise_new ();
  dex_promise_resolve_boolean (moved, TRUE);
}

typedef struct
{
  LiaHub    *hub;
  LiaStream *stream;
  gint64     since;
  char      *epoch;
} Visit;

static void
visit_free (Visit *visit)
{
  g_object_unref (visit->hub);
  g_object_unref (visit->stream);
  g_free (visit->epoch);
  g_free (visit);
}

static GBytes *
live_frame (const char *kind,
            const char *data)
{
  char *text = g_strdup_printf ("{\"t\":\"live\",\"k\":\"%s\",\"d\":%s}", kind, data);

  return g_bytes_new_take (text, strlen (text));
}

static void
send_all_live (LiaHub    *self,
               LiaStream *stream)
{
  g_autofree char *agent = lia_id_format ("a", lia_stream_get_agent (stream));
  g_autofree char *data = lia_phone_hub_dup_live (lia_engine_get_phone (self->engine), agent);
  g_autoptr (GBytes) frame = live_frame ("all", data);

  lia_stream_send (stream, frame);
}

static gboolean
catch_up (LiaHub    *self,
          LiaStream *stream,
          GError   **error)
{
  while (lia_stream_get_state (stream) == LIA_STREAM_CATCHING)
    {
      gint64 since = lia_stream_get_seq (stream);
      gint64 upto = MIN (since + PAGE, self->head);
      g_autoptr (LiaEventPage) page = NULL;

      if (since == self->head)
        {
          lia_stream_set_live (stream);
          /* It was told nothing while it caught up. */
          send_all_live (self, stream);
          lia_chat_hub_greet (lia_engine_get_chat (self->engine), lia_stream_get_agent (stream));
          lia_metrics_feed_touch (self->metrics);
          break;
        }
      if (since > self->head)
        {
          /* A read was faster than the news of the commit. */
          dex_await (dex_ref (DEX_FUTURE (self->moved)), NULL);
          continue;
        }

      page = await_stretch (self, lia_stream_get_agent (stream), since, upto, error);
      if (page == NULL || !dex_await (lia_stream_when_ready (stream), error))
        return FALSE;
      send_page (self, stream, page, upto);
    }
  return TRUE;
}

static DexFuture *
catch_up_fiber (gpointer data)
{
  Visit *visit = data;
  g_autoptr (GError) error = NULL;

  if (!catch_up (visit->hub, visit->stream, &error))
    {
      g_message ("stream: %s", error->message);
      lia_stream_close (visit->stream, LIA_CLOSE_RESTART);
    }
  return dex_future_new_for_boolean (TRUE);
}

static void
start_catching_up (LiaHub    *self,
                   LiaStream *stream)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->hub = g_object_ref (self);
  visit->stream = g_object_ref (stream);
  dex_future_disown (lia_spawn (catch_up_fiber, visit, (GDestroyNotify)visit_free));
}

/* The live streams' agents, each with the page that is read for her. */
static GHashTable *
await_pages (LiaHub  *self,
             gint64   upto,
             GError **error)
{
  g_autoptr (GHashTable) pages = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)lia_event_page_free);
  g_autoptr (GArray) agents = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->streams->len; i++)
    {
      LiaStream *stream = g_ptr_array_index (self->streams, i);
      gint64     agent = lia_stream_get_agent (stream);
      gboolean   known = FALSE;

      for (guint j = 0; j < agents->len; j++)
        known |= g_array_index (agents, gint64, j) == agent;
      if (lia_stream_get_state (stream) == LIA_STREAM_LIVE && !known)
        g_array_append_val (agents, agent);
    }

  for (guint i = 0; i < agents->len; i++)
    {
      gint64        agent = g_array_index (agents, gint64, i);
      LiaEventPage *page = await_stretch (self, agent, self->head, upto, error);

      if (page == NULL)
        return NULL;
      g_hash_table_insert (pages, g_memdup2 (&agent, sizeof agent), page);
    }
  return g_steal_pointer (&pages);
}

static void
broadcast (LiaHub     *self,
           GHashTable *pages,
           gint64      upto)
{
  g_autoptr (GPtrArray) streams = copy_streams (self);

  for (guint i = 0; i < streams->len; i++)
    {
      LiaStream    *stream = g_ptr_array_index (streams, i);
      gint64        agent = lia_stream_get_agent (stream);
      LiaEventPage *page = g_hash_table_lookup (pages, &agent);

      if (lia_stream_get_state (stream) != LIA_STREAM_LIVE)
        continue;
      if (page != NULL)
        {
          send_page (self, stream, page, upto);
          continue;
        }
      /* It came while the pages were read. */
      lia_stream_set_catching (stream);
      start_catching_up (self, stream);
    }
  move_head (self, upto);
  lia_metrics_feed_touch (self->metrics);
}

static DexFuture *
pump_fiber (gpointer data)
{
  LiaHub *self = data;

  while (self->head < self->wanted && self->streams != NULL)
    {
      gint64 upto = MIN (self->head + PAGE, self->wanted);
      g_autoptr (GHashTable) pages = NULL;
      g_autoptr (GError) error = NULL;

      pages = await_pages (self, upto, &error);
      if (pages != NULL)
        {
          broadcast (self, pages, upto);
          continue;
        }
      g_message ("stream: %s", error->message);
      dex_await (dex_timeout_new_msec (RETRY_MS), NULL);
    }
  self->pumping = FALSE;
  return dex_future_new_for_boolean (TRUE);
}

static void
on_journal (LiaStore *store,
            gint64    head,
            LiaHub   *self)
{
  self->wanted = MAX (self->wanted, head);
  if (self->pumping || self->head < 0 || self->head >= self->wanted)
    return;

  self->pumping = TRUE;
  dex_future_disown (lia_spawn (pump_fiber, g_object_ref (self), g_object_unref));
}

/* Coming and going ----------------------------------------------------------------------------------------------------------------------- */

static void
welcome (LiaHub    *self,
         LiaStream *stream,
         gboolean   resumed)
{
  g_autoptr (JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "t", "welcome");
  json_object_set_string_member (frame, "epoch", lia_store_get_epoch (lia_engine_get_store (self->engine)));
  json_object_set_int_member (frame, "seq", lia_stream_get_seq (stream));
  json_object_set_boolean_member (frame, "resumed", resumed);
  json_object_set_int_member (frame, "ping_s", LIA_STREAM_PING_S);
  lia_stream_send_object (stream, frame);
}

static void
resync (LiaHub     *self,
        LiaStream  *stream,
        const char *reason)
{
  g_autoptr (JsonObject) frame = json_object_new ();

  json_object_set_string_member (frame, "t", "resync");
  json_object_set_string_member (frame, "reason", reason);
  json_object_set_string_member (frame, "epoch", lia_store_get_epoch (lia_engine_get_store (self->engine)));
  json_object_set_int_member (frame, "seq", lia_stream_get_seq (stream));
  lia_stream_send_object (stream, frame);
}

static DexFuture *
hello_fiber (gpointer data)
{
  Visit             *visit = data;
  LiaHub            *self = visit->hub;
  LiaStore          *store = lia_engine_get_store (self->engine);
  g_autofree gint64 *head = NULL;
  g_autoptr (GError) error = NULL;

  head = lia_store_await (lia_store_read (store, lia_query_read_head, NULL, NULL, g_free), &error);
  if (head == NULL)
    {
      g_message ("stream: %s", error->message);
      lia_stream_close (visit->stream, LIA_CLOSE_RESTART);
      return dex_future_new_for_boolean (FALSE);
    }

  if (self->head < 0)
    move_head (self, *head);
  on_journal (store, *head, self);
  lia_stream_set_seq (visit->stream, self->head);

  if (visit->since < 0)
    {
      welcome (self, visit->stream, FALSE);
    }
  else if (g_strcmp0 (visit->epoch, lia_store_get_epoch (store)) != 0 || visit->since > *head)
    {
      resync (self, visit->stream, "epoch");
    }
  else if (*head - visit->since > MAX_REPLAY)
    {
      resync (self, visit->stream, "too-old");
    }
  else
    {
      welcome (self, visit->stream, TRUE);
      lia_stream_set_seq (visit->stream, visit->since);
    }
  return catch_up_fiber (visit);
}

static void
on_hello (LiaStream  *stream,
          gint64      since,
          const char *epoch,
          LiaHub     *self)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->hub = g_object_ref (self);
  visit->stream = g_object_ref (stream);
  visit->since = since;
  visit->epoch = g_strdup (epoch);
  dex_future_disown (lia_spawn (hello_fiber, visit, (GDestroyNotify)visit_free));
}

static void
on_watch (LiaStream *stream,
          LiaHub    *self)
{
  if (lia_stream_watches_metrics (stream))
    lia_metrics_feed_touch (self->metrics);
}

static void
on_closed (LiaStream *stream,
           LiaHub    *self)
{
  g_ptr_array_remove (self->streams, stream);
  lia_view_feeds_prune (self->feeds);
  lia_chat_hub_look (lia_engine_get_chat (self->engine));
}

static void
on_revoked (LiaAuth    *auth,
            const char *token,
            LiaHub     *self)
{
  g_autoptr (GPtrArray) streams = copy_streams (self);

  for (guint i = 0; i < streams->len; i++)
    if (g_strcmp0 (lia_stream_get_token (g_ptr_array_index (streams, i)), token) == 0)
      lia_stream_close (g_ptr_array_index (streams, i), LIA_CLOSE_TOKEN);
}

/** lia_hub_new: @engine: not kept alive by it; its store and auth are there already. */
LiaHub *
lia_hub_new (LiaEngine *engine)
{
  LiaHub *self = g_object_new (LIA_TYPE_HUB, NULL);

  self->engine = engine;
  self->feeds = lia_view_feeds_new (lia_engine_get_store (engine), self->streams);
  self->metrics = lia_metrics_feed_new (lia_engine_get_store (engine), self->streams);
  g_signal_connect_object (lia_engine_get_store (engine), "journal", G_CALLBACK (on_journal), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (lia_engine_get_auth (engine), "revoked", G_CALLBACK (on_revoked), self, G_CONNECT_DEFAULT);
  return self;
}

/** lia_hub_add: a WebSocket whose token was good. */
void
lia_hub_add (LiaHub                  *self,
             SoupWebsocketConnection *connection,
             gint64                   agent_id,
             const char              *token)
{
  LiaStream *stream = lia_stream_new (self->engine, connection, agent_id, token);

  g_signal_connect_object (stream, "hello", G_CALLBACK (on_hello), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (stream, "watch", G_CALLBACK (on_watch), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (stream, "closed", G_CALLBACK (on_closed), self, G_CONNECT_DEFAULT);
  g_ptr_array_add (self->streams, stream);
}

/** lia_hub_send_ephemeral: @data: JSON text. To all who are not behind; never again. */
void
lia_hub_send_ephemeral (LiaHub     *self,
                        const char *kind,
                        const char *data)
{
  g_autofree char *text = g_strdup_printf ("{\"t\":\"eph\",\"k\":\"%s\",\"d\":%s,\"ttl\":5}", kind, data);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) streams = copy_streams (self);

  for (guint i = 0; i < streams->len; i++)
    {
      LiaStream *stream = g_ptr_array_index (streams, i);

      if (lia_stream_get_state (stream) == LIA_STREAM_LIVE && !lia_stream_is_behind (stream))
        lia_stream_send (stream, frame);
    }
}

/**
 * lia_hub_send_live:
 * @data: JSON text
 * @filter: (nullable): who may know of @thing; NULL: everybody
 *
 * What the telephone does now; whoever comes later is told all of it then.
 */
void
lia_hub_send_live (LiaHub      *self,
                   const char  *kind,
                   const char  *data,
                   LiaHubFilter filter,
                   gpointer     thing)
{
  g_autoptr (GBytes) frame = live_frame (kind, data);
  g_autoptr (GPtrArray) streams = copy_streams (self);

  for (guint i = 0; i < streams->len; i++)
    {
      LiaStream       *stream = g_ptr_array_index (streams, i);
      g_autofree char *agent = lia_id_format ("a", lia_stream_get_agent (stream));

      if (lia_stream_get_state (stream) == LIA_STREAM_LIVE && (filter == NULL || filter (self->engine, agent, thing)))
        lia_stream_send (stream, frame);
    }
}

/** lia_hub_send_all_live: @agent: (nullable): "a_1", who sees something else now; NULL: everybody. */
void
lia_hub_send_all_live (LiaHub     *self,
                       const char *agent)
{
  g_autoptr (GPtrArray) streams = copy_streams (self);

  for (guint i = 0; i < streams->len; i++)
    {
      LiaStream       *stream = g_ptr_array_index (streams, i);
      g_autofree char *whose = lia_id_format ("a", lia_stream_get_agent (stream));

      if (lia_stream_get_state (stream) == LIA_STREAM_LIVE && (agent == NULL || g_str_equal (agent, whose)))
        send_all_live (self, stream);
    }
}

/** lia_hub_drain: says that the engine goes, and closes all streams. */
void
lia_hub_drain (LiaHub *self)
{
  g_autoptr (GPtrArray) streams = copy_streams (self);
  g_autoptr (GBytes) frame = g_bytes_new_static ("{\"t\":\"drain\",\"after_ms\":0}", strlen ("{\"t\":\"drain\",\"after_ms\":0}"));

  for (guint i = 0; i < streams->len; i++)
    {
      LiaStream *stream = g_ptr_array_index (streams, i);

      lia_stream_send (stream, frame);
      lia_stream_close (stream, LIA_CLOSE_RESTART);
    }
}

guint
lia_hub_get_streams (LiaHub *self)
{
  return self->streams->len;
}

/** lia_hub_has_agent: whether one of her apps is connected. */
gboolean
lia_hub_has_agent (LiaHub *self,
                   gint64  agent_id)
{
  for (guint i = 0; i < self->streams->len; i++)
    {
      LiaStream           *stream = g_ptr_array_index (self->streams, i);
      const LiaStreamState state = lia_stream_get_state (stream);

      if (lia_stream_get_agent (stream) == agent_id && (state == LIA_STREAM_LIVE || state == LIA_STREAM_CATCHING))
        return TRUE;
    }

  return FALSE;
}
