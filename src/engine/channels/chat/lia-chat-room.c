/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-room.h"

#include "lia-async.h"
#include "lia-chat-client.h"
#include "lia-chat-codec.h"
#include "lia-chat-hub-private.h"
#include "lia-id.h"
#include "lia-time.h"

#define RETRY_MS 500
#define LINGER_S 10 /* a page that is loaded anew, or a train's tunnel, is no leaving */

struct _LiaChatRoom
{
  LiaChatHub     *hub; /* not owned */
  LiaChatVisitor *visitor;
  GPtrArray      *clients; /* of LiaChatClient, not owned */
  DexPromise     *news;    /* for those who wait without a socket */
  guint           n_waiting;
  gint64          conversation_id;
  LiaChatState    state;   /* as she was told last */
  gint64          read_us; /* when it was asked for */
  gint64          arrived_n;
  gint64          left_ms; /* when her last window was closed; 0: she has not been there yet */
  JsonArray      *pages;   /* that she has agreed to show, in no store: they go with her; or NULL */
  guint           linger;
  gboolean        pumping;
  gboolean        dirty;
  gboolean        refreshing;
  gboolean        stale; /* how things stand for her has changed since it was read */
  gboolean        told;  /* the agents know that she is there */
};

LiaChatRoom *
lia_chat_room_new (LiaChatHub     *hub,
                   LiaChatVisitor *visitor)
{
  LiaChatRoom *self = g_rc_box_new0 (LiaChatRoom);

  self->hub = hub;
  self->visitor = lia_chat_visitor_ref (visitor);
  self->clients = g_ptr_array_new ();
  self->news = dex_promise_new ();

  return self;
}

LiaChatRoom *
lia_chat_room_ref (LiaChatRoom *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LiaChatRoom *self = data;

  g_clear_handle_id (&self->linger, g_source_remove);
  g_clear_pointer (&self->pages, json_array_unref);
  lia_chat_visitor_unref (self->visitor);
  g_ptr_array_unref (self->clients);
  dex_clear (&self->news);
}

void
lia_chat_room_unref (LiaChatRoom *self)
{
  g_rc_box_release_full (self, clear);
}

LiaChatVisitor *
lia_chat_room_get_visitor (LiaChatRoom *self)
{
  return self->visitor;
}

gint64
lia_chat_room_get_conversation (LiaChatRoom *self)
{
  return self->conversation_id;
}

gboolean
lia_chat_room_is_there (LiaChatRoom *self)
{
  return self->clients->len > 0 || self->n_waiting > 0;
}

/** lia_chat_room_get_left: since when she has no window; 0: she has one, or has had none yet. */
gint64
lia_chat_room_get_left (LiaChatRoom *self)
{
  return lia_chat_room_is_there (self) ? 0 : self->left_ms;
}

/* Her comings and goings ------------------------------------------------------------------------------------------------------------------ */

static void
tell_presence (LiaChatRoom *self,
               gboolean     online)
{
  g_autofree char *conversation = NULL;
  g_autofree char *data = NULL;

  if (self->conversation_id == 0 || self->told == online || self->hub == NULL)
    return;
  self->told = online;
  conversation = lia_id_format ("c", self->conversation_id);
  data = g_strdup_printf ("{\"conv\":\"%s\",\"online\":%s}", conversation, online ? "true" : "false");
  lia_engine_send_ephemeral (lia_chat_hub_get_engine (self->hub), "chat.presence", data);
  lia_chat_hub_look (self->hub);
}

static void
tell_pages (LiaChatRoom *self)
{
  g_autofree char *conversation = lia_id_format ("c", self->conversation_id);
  g_autoptr (JsonObject) d = json_object_new ();
  g_autofree char *data = NULL;

  if (self->conversation_id == 0 || self->pages == NULL || self->hub == NULL)
    return;
  json_object_set_string_member (d, "conv", conversation);
  json_object_set_array_member (d, "pages", json_array_ref (self->pages));
  data = lia_json_to_text (d);
  lia_engine_send_ephemeral (lia_chat_hub_get_engine (self->hub), "chat.pages", data);
}

/** lia_chat_room_set_pages: @pages: (transfer full): where she was and is, the last one last; empty: she shows it no more. */
void
lia_chat_room_set_pages (LiaChatRoom *self,
                         JsonArray   *pages)
{
  g_clear_pointer (&self->pages, json_array_unref);
  self->pages = pages;
  tell_pages (self);
}

/** lia_chat_room_get_pages: (transfer none) (nullable) */
JsonArray *
lia_chat_room_get_pages (LiaChatRoom *self)
{
  return self->pages;
}

/** lia_chat_room_set_conversation: where she writes now. */
void
lia_chat_room_set_conversation (LiaChatRoom *self,
                                gint64       conversation_id)
{
  gboolean is_other;

  if (conversation_id == 0)
    return;
  is_other = conversation_id != self->conversation_id;
  if (is_other)
    self->told = FALSE;
  self->conversation_id = conversation_id;
  if (lia_chat_room_is_there (self))
    tell_presence (self, TRUE);
  if (is_other)
    tell_pages (self);
}

static gboolean
linger_cb (gpointer data)
{
  LiaChatRoom *self = data;

  self->linger = 0;
  tell_presence (self, FALSE);
  if (self->hub != NULL)
    lia_chat_hub_forget_room (self->hub, self);

  return G_SOURCE_REMOVE;
}

static void
on_somebody (LiaChatRoom *self)
{
  g_clear_handle_id (&self->linger, g_source_remove);
  tell_presence (self, TRUE);
}

static void
on_nobody (LiaChatRoom *self)
{
  if (lia_chat_room_is_there (self))
    return;
  self->left_ms = lia_time_now ();
  if (self->linger == 0 && self->hub != NULL)
    self->linger = g_timeout_add_seconds (LINGER_S, linger_cb, self);
}

void
lia_chat_room_add (LiaChatRoom   *self,
                   LiaChatClient *client)
{
  g_ptr_array_add (self->clients, client);
  on_somebody (self);
}

void
lia_chat_room_remove (LiaChatRoom   *self,
                      LiaChatClient *client)
{
  if (g_ptr_array_remove_fast (self->clients, client))
    on_nobody (self);
}

/** lia_chat_room_wait: resolves when there may be something new; lia_chat_room_wait_done() has to follow. */
DexFuture *
lia_chat_room_wait (LiaChatRoom *self)
{
  self->n_waiting++;
  on_somebody (self);
  return dex_ref (DEX_FUTURE (self->news));
}

guint
lia_chat_room_get_n_waiting (LiaChatRoom *self)
{
  return self->n_waiting;
}

void
lia_chat_room_wait_done (LiaChatRoom *self)
{
  self->n_waiting--;
  on_nobody (self);
}

/** lia_chat_room_leave: the engine ends. */
void
lia_chat_room_leave (LiaChatRoom *self)
{
  g_clear_handle_id (&self->linger, g_source_remove);
  self->hub = NULL;
  for (guint i = 0; i < self->clients->len; i++)
    lia_chat_client_forget_room (self->clients->pdata[i]);
  g_ptr_array_set_size (self->clients, 0);
  dex_promise_resolve_boolean (self->news, FALSE);
}

/* What is new ---------------------------------------------------------------------------------------------------------------------------- */

static gint64
find_least (LiaChatRoom *self)
{
  gint64 least = G_MAXINT64;

  for (guint i = 0; i < self->clients->len; i++)
    if (lia_chat_client_can_take (self->clients->pdata[i]))
      least = MIN (least, lia_chat_client_get_sent (self->clients->pdata[i]));

  return least;
}

static gboolean
pump (LiaChatRoom *self,
      GError     **error)
{
  gint64        least = find_least (self);
  LiaChatSince *since;
  g_autoptr (LiaChatPage) page = NULL;

  if (least == G_MAXINT64)
    return TRUE;
  since = lia_chat_since_new (self->visitor->visitor, least);
  page = lia_store_await (lia_store_read (lia_chat_hub_get_store (self->hub), lia_chat_page_read, since, lia_chat_since_free, lia_chat_page_free), error);
  if (page == NULL || self->hub == NULL)
    return FALSE;

  for (guint i = 0; i < self->clients->len; i++)
    lia_chat_client_send_page (self->clients->pdata[i], page);
  self->dirty = self->dirty || page->more;

  return TRUE;
}

static DexFuture *
pump_fiber (gpointer data)
{
  LiaChatRoom *self = data;

  while (self->dirty && self->hub != NULL)
    {
      g_autoptr (GError) error = NULL;

      self->dirty = FALSE;
      if (pump (self, &error) || self->hub == NULL)
        continue;
      g_message ("chat: %s", error->message);
      self->dirty = TRUE;
      dex_await (dex_timeout_new_msec (RETRY_MS), NULL);
    }
  self->pumping = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_chat_room_wake: there may be something new. */
void
lia_chat_room_wake (LiaChatRoom *self)
{
  g_autoptr (DexPromise) news = g_steal_pointer (&self->news);

  self->news = dex_promise_new ();
  dex_promise_resolve_boolean (news, TRUE);
  self->dirty = TRUE;
  if (self->pumping || self->hub == NULL || self->clients->len == 0)
    return;

  self->pumping = TRUE;
  dex_future_disown (lia_spawn (pump_fiber, lia_chat_room_ref (self), (GDestroyNotify)lia_chat_room_unref));
}

/** lia_chat_room_broadcast: @text: (transfer full): a frame for all her windows. */
void
lia_chat_room_broadcast (LiaChatRoom *self,
                         char        *text)
{
  for (guint i = 0; i < self->clients->len; i++)
    lia_chat_client_send (self->clients->pdata[i], text);
  g_free (text);
}

/** lia_chat_room_note_state: how things stand for her, as she is told now. */
void
lia_chat_room_note_state (LiaChatRoom        *self,
                          const LiaChatState *state)
{
  self->state = *state;
}

/** lia_chat_room_is_waiting: whether she is interested in how the queue moves on. */
gboolean
lia_chat_room_is_waiting (LiaChatRoom *self)
{
  return self->state.position > 0;
}

static void
refresh (LiaChatRoom *self)
{
  gint64                   read_us = g_get_monotonic_time ();
  g_autofree LiaChatState *state = lia_chat_state_await (lia_chat_hub_get_lines (self->hub), self->visitor, NULL);

  if (state == NULL)
    return;
  self->read_us = read_us;
  lia_chat_room_note_state (self, state);
  lia_chat_room_broadcast (self, lia_chat_write_state (state));
}

/* One after the other: of two readings at once the older one might arrive last. */
static DexFuture *
refresh_fiber (gpointer data)
{
  LiaChatRoom *self = data;

  while (self->stale && self->hub != NULL && self->clients->len > 0)
    {
      self->stale = FALSE;
      refresh (self);
    }
  self->refreshing = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_chat_room_refresh: who is there, or how long she has to wait, may be different now. */
void
lia_chat_room_refresh (LiaChatRoom *self)
{
  self->stale = TRUE;
  if (self->refreshing || self->clients->len == 0)
    return;

  self->refreshing = TRUE;
  dex_future_disown (lia_spawn (refresh_fiber, lia_chat_room_ref (self), (GDestroyNotify)lia_chat_room_unref));
}

/** lia_chat_room_stand: where she stands in a line that was read at @read_us. She is told when that is somewhere else, and only then. */
void
lia_chat_room_stand (LiaChatRoom *self,
                     LiaChatLine *line,
                     gint64       read_us)
{
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;

  if (self->read_us > read_us || self->refreshing)
    return;

  before = lia_chat_write_state (&self->state);
  if (!lia_chat_line_find (line, self->state.conversation_id, lia_time_now (), &self->state.position, &self->state.wait_ms))
    {
      lia_chat_room_refresh (self);
      return;
    }

  now = lia_chat_write_state (&self->state);
  if (!g_str_equal (before, now))
    lia_chat_room_broadcast (self, g_steal_pointer (&now));
}

/* What she does -------------------------------------------------------------------------------------------------------------------------- */

/** lia_chat_room_type: she types. */
void
lia_chat_room_type (LiaChatRoom *self)
{
  g_autofree char *conversation = lia_id_format ("c", self->conversation_id);
  g_autofree char *data = g_strdup_printf ("{\"conv\":\"%s\"}", conversation);

  if (self->conversation_id != 0 && self->hub != NULL && lia_chat_hub_take (self->hub, LIA_CHAT_LIMIT_TYPING, self->visitor->visitor, NULL))
    lia_engine_send_ephemeral (lia_chat_hub_get_engine (self->hub), "chat.typing", data);
}

/** lia_chat_room_arrived: all up to her @n'th event is on her screen. */
void
lia_chat_room_arrived (LiaChatRoom *self,
                       gint64       n)
{
  LiaChatArrived *arrived;

  if (n <= self->arrived_n || self->hub == NULL || !lia_chat_hub_take (self->hub, LIA_CHAT_LIMIT_READ, self->visitor->visitor, NULL))
    return;
  arrived = lia_chat_arrived_new (self->visitor->visitor, self->arrived_n, n);
  self->arrived_n = n;
  dex_future_disown (lia_store_write (lia_chat_hub_get_store (self->hub), lia_chat_arrived_write, arrived, lia_chat_arrived_free, NULL));
}

typedef struct
{
  LiaChatRoom *room;
  gint64       n;
} Seen;

static void
seen_free (Seen *seen)
{
  lia_chat_room_unref (seen->room);
  g_free (seen);
}

static DexFuture *
seen_fiber (gpointer data)
{
  Seen              *seen = data;
  LiaChatRoom       *self = seen->room;
  LiaChatSince      *since;
  g_autofree gint64 *entry = NULL;
  g_autofree char   *conversation = lia_id_format ("c", self->conversation_id);
  g_autofree char   *text = NULL;

  if (self->hub == NULL)
    return dex_future_new_for_boolean (FALSE);
  since = lia_chat_since_new (self->visitor->visitor, seen->n);
  entry = lia_store_await (lia_store_read (lia_chat_hub_get_store (self->hub), lia_chat_entry_read, since, lia_chat_since_free, g_free), NULL);
  if (entry == NULL || *entry == 0 || self->hub == NULL)
    return dex_future_new_for_boolean (FALSE);
  text = g_strdup_printf ("{\"conv\":\"%s\",\"seq\":%" G_GINT64_FORMAT "}", conversation, *entry);
  lia_engine_send_ephemeral (lia_chat_hub_get_engine (self->hub), "chat.read", text);

  return dex_future_new_for_boolean (TRUE);
}

/** lia_chat_room_seen: she has seen all up to her @n'th event. */
void
lia_chat_room_seen (LiaChatRoom *self,
                    gint64       n)
{
  Seen *seen;

  if (self->conversation_id == 0 || self->hub == NULL || !lia_chat_hub_take (self->hub, LIA_CHAT_LIMIT_READ, self->visitor->visitor, NULL))
    return;
  seen = g_new0 (Seen, 1);
  seen->room = lia_chat_room_ref (self);
  seen->n = n;
  dex_future_disown (lia_spawn (seen_fiber, seen, (GDestroyNotify)seen_free));
}
