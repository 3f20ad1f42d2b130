/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   visitor -> server or socket -> lia_chat_hub_post() -> journal
 *   journal -> news (which visitors?) -> their rooms -> their sockets and long polls
 *
 * Nothing goes to a visitor but by the second way, so what she is sent at once is what she is sent when she resumes.
 */

#include "lia-chat-hub-private.h"

#include "lia-async.h"
#include "lia-auth.h"
#include "lia-channel.h"
#include "lia-chat-client.h"
#include "lia-chat-codec.h"
#include "lia-chat-post.h"
#include "lia-chat-router.h"
#include "lia-chat-server.h"
#include "lia-chat-tail.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-problem.h"
#include "lia-time.h"

#define MAX_SOCKETS 20000
#define MAX_BUFFERED (64 * 1024 * 1024)
#define MAX_AT_DOOR 20
#define MAX_LEFT 1024                              /* then those who left before this time are forgotten: */
#define LEFT_MS (24 * G_GINT64_CONSTANT (3600000)) /* no site waits longer */

struct _LiaChatHub
{
  GObject parent_instance;

  LiaEngine      *engine; /* not owned: it owns us */
  LiaSocketMux   *mux;
  LiaChatServer  *server; /* NULL: no chats are taken */
  LiaChatLimits  *limits;
  LiaChatUploads *uploads;
  LiaChatAnswers *answers;
  LiaChatCodes   *codes;
  GPtrArray      *places; /* of LiaChatPlace */
  GHashTable     *rooms;  /* visitor -> LiaChatRoom */
  GHashTable     *door;   /* host -> how many of its sockets have not said who they are */
  GHashTable     *left;   /* gint64 * conversation -> gint64 *: when the window of somebody was closed who is not there any more */
  gint64          since_ms;
  LiaChatLines   *lines;
  LiaChatTail    *tail;
  LiaChatRouter  *router;
};

G_DEFINE_FINAL_TYPE (LiaChatHub, lia_chat_hub, G_TYPE_OBJECT)

static void
room_unref (gpointer data)
{
  LiaChatRoom *room = data;

  lia_chat_room_leave (room);
  lia_chat_room_unref (room);
}

static void
lia_chat_hub_dispose (GObject *object)
{
  LiaChatHub *self = LIA_CHAT_HUB (object);

  if (self->tail != NULL)
    lia_chat_tail_stop (self->tail);
  g_clear_object (&self->tail);
  g_clear_object (&self->lines);
  if (self->router != NULL)
    lia_chat_router_stop (self->router);
  g_clear_object (&self->router);
  g_clear_object (&self->server);
  g_clear_object (&self->mux);
  g_clear_pointer (&self->rooms, g_hash_table_unref);
  g_clear_pointer (&self->door, g_hash_table_unref);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->limits, lia_chat_limits_free);
  g_clear_pointer (&self->answers, lia_chat_answers_free);
  g_clear_pointer (&self->codes, lia_chat_codes_free);
  g_clear_pointer (&self->uploads, lia_chat_uploads_unref);

  G_OBJECT_CLASS (lia_chat_hub_parent_class)->dispose (object);
}

static void
lia_chat_hub_class_init (LiaChatHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_chat_hub_dispose;
}

static void
lia_chat_hub_init (LiaChatHub *self)
{
  self->limits = lia_chat_limits_new ();
  self->answers = lia_chat_answers_new ();
  self->codes = lia_chat_codes_new ();
  self->uploads = lia_chat_uploads_new ();
  self->places = g_ptr_array_new_with_free_func (lia_chat_place_free);
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, room_unref);
  self->door = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->left = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->since_ms = lia_time_now ();
}

/* For its parts -------------------------------------------------------------------------------------------------------------------------- */

LiaEngine *
lia_chat_hub_get_engine (LiaChatHub *self)
{
  return self->engine;
}

/** lia_chat_hub_get_head: the journal's last event of which the rooms have been told; 0 once it is over. */
gint64
lia_chat_hub_get_head (LiaChatHub *self)
{
  return self->tail != NULL ? lia_chat_tail_get_head (self->tail) : 0;
}

LiaStore *
lia_chat_hub_get_store (LiaChatHub *self)
{
  return lia_engine_get_store (self->engine);
}

/** lia_chat_hub_dup_present: the conversations whose visitors are there: their numbers, as a JSON list. */
char *
lia_chat_hub_dup_present (LiaChatHub *self)
{
  GString       *list = g_string_new ("[0");
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    if (lia_chat_room_get_conversation (room) != 0)
      g_string_append_printf (list, ",%" G_GINT64_FORMAT, lia_chat_room_get_conversation (room));
  g_string_append_c (list, ']');

  return g_string_free_and_steal (list);
}

/** lia_chat_hub_get_lines: who waits, and how long. */
LiaChatLines *
lia_chat_hub_get_lines (LiaChatHub *self)
{
  return self->lines;
}

/** lia_chat_hub_get_answers: what visitors find before they write. */
LiaChatAnswers *
lia_chat_hub_get_answers (LiaChatHub *self)
{
  return self->answers;
}

/** lia_chat_hub_get_codes: what visitors read out on the telephone. */
LiaChatCodes *
lia_chat_hub_get_codes (LiaChatHub *self)
{
  return self->codes;
}

LiaSocketMux *
lia_chat_hub_get_mux (LiaChatHub *self)
{
  return self->mux;
}

LiaChatUploads *
lia_chat_hub_get_uploads (LiaChatHub *self)
{
  return self->uploads;
}

/** lia_chat_hub_find_place: (nullable): the site of that key. */
LiaChatPlace *
lia_chat_hub_find_place (LiaChatHub *self,
                         const char *key)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      LiaChatPlace *place = self->places->pdata[i];

      if (g_str_equal (place->site->key, key))
        return place;
    }

  return NULL;
}

LiaChatPlace *
lia_chat_hub_get_place (LiaChatHub *self,
                        gint64      channel_id)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      LiaChatPlace *place = self->places->pdata[i];

      if (place->channel_id == channel_id)
        return place;
    }

  return NULL;
}

/** lia_chat_hub_has_origin: whether pages from there may speak here at all; a token's own site is looked at later. */
gboolean
lia_chat_hub_has_origin (LiaChatHub *self,
                         const char *origin)
{
  for (guint i = 0; i < self->places->len; i++)
    if (lia_chat_place_has_origin (self->places->pdata[i], origin))
      return TRUE;

  return FALSE;
}

/** lia_chat_hub_take: %LIA_PROBLEM_RATE_LIMITED when that was too often. */
gboolean
lia_chat_hub_take (LiaChatHub  *self,
                   LiaChatLimit limit,
                   const char  *who,
                   GError     **error)
{
  if (lia_chat_limits_take (self->limits, limit, who, g_get_monotonic_time () / 1000))
    return TRUE;
  g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_RATE_LIMITED, "That was too often; try again a little later.");

  return FALSE;
}

/* Who has not said yet who he is holds memory of ours for nothing. */
gboolean
lia_chat_hub_has_room_at_door (LiaChatHub *self,
                               const char *host)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->door, host)) < MAX_AT_DOOR;
}

void
lia_chat_hub_come_to_door (LiaChatHub *self,
                           const char *host)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->door, host));

  g_hash_table_replace (self->door, g_strdup (host), GUINT_TO_POINTER (n + 1));
}

void
lia_chat_hub_leave_door (LiaChatHub *self,
                         const char *host)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->door, host));

  if (n > 1)
    g_hash_table_replace (self->door, g_strdup (host), GUINT_TO_POINTER (n - 1));
  else
    g_hash_table_remove (self->door, host);
}

/** lia_chat_hub_open_room: (transfer none): where this visitor is told what is new. */
LiaChatRoom *
lia_chat_hub_open_room (LiaChatHub     *self,
                        LiaChatVisitor *visitor)
{
  LiaChatRoom *room = g_hash_table_lookup (self->rooms, visitor->visitor);

  if (room == NULL)
    {
      room = lia_chat_room_new (self, visitor);
      g_hash_table_insert (self->rooms, lia_chat_room_get_visitor (room)->visitor, room);
    }

  return room;
}

static gboolean
is_long_gone (gpointer conversation,
              gpointer left_ms,
              gpointer now_ms)
{
  return *(gint64 *)left_ms < *(gint64 *)now_ms - LEFT_MS;
}

static void
note_left (LiaChatHub  *self,
           LiaChatRoom *room)
{
  gint64 conversation_id = lia_chat_room_get_conversation (room);
  gint64 left_ms = lia_chat_room_get_left (room);
  gint64 now_ms = lia_time_now ();

  if (conversation_id == 0 || left_ms == 0)
    return;
  if (g_hash_table_size (self->left) >= MAX_LEFT)
    g_hash_table_foreach_remove (self->left, is_long_gone, &now_ms);
  g_hash_table_replace (self->left, g_memdup2 (&conversation_id, sizeof conversation_id), g_memdup2 (&left_ms, sizeof left_ms));
}

/** lia_chat_hub_forget_room: nobody has been there for a while. */
void
lia_chat_hub_forget_room (LiaChatHub  *self,
                          LiaChatRoom *room)
{
  note_left (self, room);
  g_hash_table_remove (self->rooms, lia_chat_room_get_visitor (room)->visitor);
}

/** lia_chat_hub_await_visitor: (transfer full) (nullable): whose token that is. In a fiber. */
LiaChatVisitor *
lia_chat_hub_await_visitor (LiaChatHub *self,
                            const char *token,
                            GError    **error)
{
  LiaStore        *store = lia_chat_hub_get_store (self);
  g_autofree char *hash = lia_auth_token_hash (token);
  LiaChatVisitor  *visitor;

  visitor = lia_store_await (lia_store_read (store, lia_chat_visitor_read, g_strdup (hash), g_free, (GDestroyNotify)lia_chat_visitor_unref), error);
  if (visitor != NULL && visitor->stale)
    dex_future_disown (lia_store_write (store, lia_chat_visitor_touch, g_steal_pointer (&hash), g_free, NULL));

  return visitor;
}

/* What visitors write -------------------------------------------------------------------------------------------------------------------- */

/** lia_chat_hub_posted: a message of hers is durable: what follows from that here. */
void
lia_chat_hub_posted (LiaChatHub          *self,
                     LiaChatVisitor      *visitor,
                     const char          *host,
                     const LiaChatPosted *posted)
{
  LiaChatRoom *room = self->rooms != NULL ? g_hash_table_lookup (self->rooms, visitor->visitor) : NULL;

  if (posted->began)
    {
      lia_chat_hub_take (self, LIA_CHAT_LIMIT_BEGIN, visitor->visitor, NULL);
      lia_chat_hub_take (self, LIA_CHAT_LIMIT_BEGIN_HOST, host, NULL);
    }
  if (room != NULL)
    lia_chat_room_set_conversation (room, posted->conversation_id);
}

/* @message: to be answered by e-mail where it has an address; @file: (nullable) */
static DexFuture *
post (LiaChatHub        *self,
      LiaChatVisitor    *visitor,
      const char        *host,
      const LiaChatLeft *message,
      LiaAttachment     *file)
{
  LiaChatPlace *place = lia_chat_hub_get_place (self, visitor->channel_id);
  gint64        now_ms = g_get_monotonic_time () / 1000;
  gboolean      may_begin;
  LiaChatPost  *written;
  GError       *error = NULL;

  if (place == NULL)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN, "This site has no chat any more.");
  if (!lia_chat_hub_take (self, LIA_CHAT_LIMIT_MESSAGE, visitor->visitor, &error))
    return dex_future_new_for_error (error);

  may_begin = lia_chat_limits_may (self->limits, LIA_CHAT_LIMIT_BEGIN, visitor->visitor, now_ms) &&
              lia_chat_limits_may (self->limits, LIA_CHAT_LIMIT_BEGIN_HOST, host, now_ms);
  written = lia_chat_post_new (visitor, message->cid, message->body, place->site->max_wait_ms, may_begin);
  if (message->email != NULL)
    lia_chat_post_set_left (written, message->name, message->email, place->site->mailbox);
  lia_chat_post_set_number (written, message->number);
  lia_chat_post_set_file (written, file);

  return lia_store_write (lia_chat_hub_get_store (self), lia_chat_post_write, written, lia_chat_post_free, g_free);
}

/**
 * lia_chat_hub_post:
 * @host: whom her address stands for
 *
 * Returns: (transfer full): a future of the store's with a #LiaChatPosted, once that is durable, for lia_chat_hub_posted(); or it rejects with
 *   %LIA_PROBLEM
 */
DexFuture *
lia_chat_hub_post (LiaChatHub     *self,
                   LiaChatVisitor *visitor,
                   const char     *host,
                   const char     *cid,
                   const char     *body)
{
  return post (self, visitor, host, &(LiaChatLeft){ .cid = cid, .body = body }, NULL);
}

/** lia_chat_hub_post_file: as lia_chat_hub_post(); @file: (transfer none): its bytes are kept already */
DexFuture *
lia_chat_hub_post_file (LiaChatHub     *self,
                        LiaChatVisitor *visitor,
                        const char     *host,
                        const char     *cid,
                        LiaAttachment  *file)
{
  return post (self, visitor, host, &(LiaChatLeft){ .cid = cid, .body = "" }, file);
}

/** lia_chat_hub_leave: as lia_chat_hub_post(), for an answer by e-mail. */
DexFuture *
lia_chat_hub_leave (LiaChatHub        *self,
                    LiaChatVisitor    *visitor,
                    const char        *host,
                    const LiaChatLeft *left)
{
  return post (self, visitor, host, left, NULL);
}

/* The hub -------------------------------------------------------------------------------------------------------------------------------- */

/** lia_chat_hub_new: @engine: (transfer none): not kept alive by it. */
LiaChatHub *
lia_chat_hub_new (LiaEngine *engine)
{
  LiaChatHub *self = g_object_new (LIA_TYPE_CHAT_HUB, NULL);

  self->engine = engine;
  self->lines = lia_chat_lines_new (lia_engine_get_store (engine));
  self->tail = lia_chat_tail_new (self->lines, self->rooms);
  self->router = lia_chat_router_new (self);

  return self;
}

static DexFuture *
load_fiber (gpointer data)
{
  LiaChatHub *self = data;
  GError     *error = NULL;
  GPtrArray  *places = lia_chat_places_await (self->engine, &error);

  if (places == NULL)
    return dex_future_new_for_error (error);
  if (self->places != NULL)
    g_ptr_array_unref (self->places);
  self->places = places;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_chat_hub_start: resolves when the sites are known. */
DexFuture *
lia_chat_hub_start (LiaChatHub *self)
{
  return dex_future_all (lia_spawn (load_fiber, g_object_ref (self), g_object_unref), lia_chat_tail_start (self->tail), NULL);
}

/**
 * lia_chat_hub_listen:
 * @socket: listens already, on loopback or in the file system
 * @proxy: (nullable): the address of a proxy that says for whom it speaks, or "unix"; NULL: nobody is believed
 */
gboolean
lia_chat_hub_listen (LiaChatHub *self,
                     GSocket    *socket,
                     const char *proxy,
                     GError    **error)
{
  self->mux = lia_socket_mux_new (MAX_SOCKETS, MAX_BUFFERED, error);
  if (self->mux == NULL)
    return FALSE;
  self->server = lia_chat_server_new (self, proxy);
  lia_chat_router_start (self->router);

  return lia_chat_server_listen (self->server, socket, error);
}

/** lia_chat_hub_stop: visitors are told to come again. */
DexFuture *
lia_chat_hub_stop (LiaChatHub *self)
{
  if (self->server != NULL)
    lia_chat_server_stop (self->server);
  lia_chat_router_stop (self->router);
  lia_chat_lines_stop (self->lines);

  return self->mux != NULL ? lia_socket_mux_stop (self->mux) : dex_future_new_for_boolean (TRUE);
}

/* Whose state is to be told */
typedef struct
{
  LiaEngine *engine;
  gint64     channel_id;
} Told;

static void
told_free (gpointer told)
{
  g_object_unref (((Told *)told)->engine);
  g_free (told);
}

static gboolean
append_changed (LiaDb    *db,
                gpointer  channel_id,
                gpointer *result,
                GError  **error)
{
  g_autofree char *text = g_strdup_printf ("{\"channel\":%" G_GINT64_FORMAT "}", *(gint64 *)channel_id);
  LiaJournalEvent  event = { .kind = "channel.changed", .data = text };
  gint64           n;

  if (!lia_db_get_int (db, &n, error, "SELECT count (*) FROM channel WHERE id = $1 AND kind = 'chat'", "i", *(gint64 *)channel_id))
    return FALSE;

  return n == 0 || lia_journal_append (db, &event, error) > 0;
}

static DexFuture *
tell_cb (DexFuture *loaded,
         gpointer   data)
{
  const Told *told = data;

  return lia_store_write (lia_engine_get_store (told->engine), append_changed, g_memdup2 (&told->channel_id, sizeof told->channel_id), g_free, NULL);
}

/**
 * lia_chat_hub_update: a channel was added, changed or removed. That is told before it is known here, and who is told of a new site would think that nobody
 * can write there: so a site is told of once more.
 */
void
lia_chat_hub_update (LiaChatHub *self,
                     gint64      channel_id)
{
  DexFuture *loaded = lia_spawn (load_fiber, g_object_ref (self), g_object_unref);
  Told      *told = g_new0 (Told, 1);

  told->engine = g_object_ref (self->engine);
  told->channel_id = channel_id;
  dex_future_disown (dex_future_then (loaded, tell_cb, told, told_free));
}

/** lia_chat_hub_add_channels: how the sites are now. */
void
lia_chat_hub_add_channels (LiaChatHub *self,
                           GHashTable *channels)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      LiaChatPlace *place = self->places->pdata[i];
      LiaChannel   *channel = lia_channel_new ();

      channel->id = lia_id_format ("h", place->channel_id);
      channel->kind = g_strdup ("chat");
      channel->state = g_strdup (self->server == NULL ? "stopped" : *place->problem != '\0' ? "needs-login"
                                                                                            : "ready");
      channel->detail = g_strdup (self->server == NULL ? "The engine takes no chats: it was started without --chat." : place->problem);
      channel->since_ms = self->since_ms;
      g_hash_table_insert (channels, g_strdup (channel->id), channel);
    }
}

/** lia_chat_hub_list: (transfer full): `[{"conv":"c_12"}]`: the conversations whose visitors are there. */
JsonArray *
lia_chat_hub_list (LiaChatHub *self)
{
  JsonArray     *array = json_array_new ();
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    {
      g_autofree char *id = lia_id_format ("c", lia_chat_room_get_conversation (room));
      JsonObject      *chat;

      if (lia_chat_room_get_conversation (room) == 0)
        continue;
      chat = json_object_new ();
      json_object_set_string_member (chat, "conv", id);
      if (lia_chat_room_get_pages (room) != NULL && json_array_get_length (lia_chat_room_get_pages (room)) > 0)
        json_object_set_array_member (chat, "pages", json_array_ref (lia_chat_room_get_pages (room)));
      json_array_add_object_element (array, chat);
    }

  return array;
}

/** lia_chat_hub_tell_joined: who is on the telephone with her sees where she is, by the code that she has read out. */
void
lia_chat_hub_tell_joined (LiaChatHub *self,
                          const char *visitor)
{
  LiaChatRoom *room = g_hash_table_lookup (self->rooms, visitor);

  if (room != NULL)
    lia_chat_room_broadcast (room, lia_chat_write_joined ());
}

/** lia_chat_hub_get_left: since when the visitor of a conversation has no window; 0: she has one. Of whom nothing is known it is since we began. */
gint64
lia_chat_hub_get_left (LiaChatHub *self,
                       gint64      conversation_id)
{
  gint64        *left_ms = g_hash_table_lookup (self->left, &conversation_id);
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    if (lia_chat_room_get_conversation (room) == conversation_id)
      return lia_chat_room_get_left (room);

  return left_ms != NULL ? *left_ms : self->since_ms;
}

/** lia_chat_hub_type: @name: of the agent who types there */
void
lia_chat_hub_type (LiaChatHub *self,
                   gint64      conversation_id,
                   const char *name)
{
  GHashTableIter iter;
  gpointer       room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    if (lia_chat_room_get_conversation (room) == conversation_id)
      lia_chat_room_broadcast (room, lia_chat_write_typing (name));
}

/* Whom chats are offered to -------------------------------------------------------------------------------------------------------------- */

void
lia_chat_hub_look (LiaChatHub *self)
{
  if (self != NULL && self->router != NULL)
    lia_chat_router_look (self->router);
}

void
lia_chat_hub_greet (LiaChatHub *self,
                    gint64      agent_id)
{
  if (self != NULL && self->router != NULL)
    lia_chat_router_greet (self->router, agent_id);
}

gboolean
lia_chat_hub_is_offered (LiaChatHub *self,
                         gint64      agent_id,
                         gint64      conversation_id,
                         gint64     *owner_id)
{
  return lia_chat_router_is_offered (self->router, agent_id, conversation_id, owner_id);
}

void
lia_chat_hub_decline (LiaChatHub *self,
                      gint64      agent_id,
                      gint64      conversation_id)
{
  lia_chat_router_decline (self->router, agent_id, conversation_id);
}
