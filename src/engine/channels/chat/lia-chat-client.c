/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-client.h"

#include "lia-async.h"
#include "lia-chat-codec.h"
#include "lia-chat-hub-private.h"
#include "lia-chat-pages.h"
#include "lia-chat-post.h"
#include "lia-http-call.h"

#include <string.h>

#define HELLO_MS 5000
#define MAX_QUEUED (512 * 1024)
#define SOFT_QUEUED (128 * 1024) /* no page is read for whoever has not taken the last ones */
#define MAX_FRAMES 40
#define FRAME_MS 100
#define FRAME_ROOM (48 * 1024) /* of events */

#define CODE_BAD_FRAME 4400
#define CODE_TOKEN 4401
#define CODE_FORBIDDEN 4403

struct _LiaChatClient
{
  LiaChatHub  *hub;    /* not owned: it stops all sockets before it goes */
  LiaSocket   *socket; /* NULL: closed */
  LiaChatRoom *room;   /* NULL until she has said who she is */
  gint64       sent_n;
  char        *host;
  char        *origin;  /* or NULL: our own page's */
  gboolean     greeted; /* has said hello */
  gboolean     counted; /* among those whom nobody knows yet */
};

static void
clear (gpointer data)
{
  LiaChatClient *self = data;

  g_clear_pointer (&self->room, lia_chat_room_unref);
  g_clear_pointer (&self->socket, lia_socket_unref);
  g_free (self->host);
  g_free (self->origin);
}

static LiaChatClient *
client_ref (LiaChatClient *self)
{
  return g_rc_box_acquire (self);
}

static void
client_unref (LiaChatClient *self)
{
  g_rc_box_release_full (self, clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatClient, client_unref)

static void
close_with (LiaChatClient *self,
            guint          code,
            const char    *why)
{
  if (self->socket != NULL)
    lia_socket_close (self->socket, code, why);
}

void
lia_chat_client_send (LiaChatClient *self,
                      const char    *text)
{
  g_autoptr (GBytes) frame = lia_ws_frame_new (LIA_WS_TEXT, text, strlen (text));

  if (self->socket != NULL)
    lia_socket_send (self->socket, frame);
}

static void
send_taken (LiaChatClient *self,
            char          *text)
{
  lia_chat_client_send (self, text);
  g_free (text);
}

static void
send_error (LiaChatClient *self,
            const char    *cid,
            const GError  *error)
{
  send_taken (self, lia_chat_write_error (cid, lia_http_problem (error, NULL)));
}

gboolean
lia_chat_client_can_take (LiaChatClient *self)
{
  return self->socket != NULL && lia_socket_get_queued (self->socket) < SOFT_QUEUED;
}

gint64
lia_chat_client_get_sent (LiaChatClient *self)
{
  return self->sent_n;
}

/** lia_chat_client_send_page: what of it this client does not have yet; nothing when the page does not go on from there. */
void
lia_chat_client_send_page (LiaChatClient     *self,
                           const LiaChatPage *page)
{
  guint at = (guint)MAX (self->sent_n + 1 - page->first_n, 0);

  if (self->sent_n + 1 < page->first_n || !lia_chat_client_can_take (self))
    return;
  while (at < page->events->len)
    {
      gsize bytes = 0;
      guint n = 0;

      while (at + n < page->events->len && (n == 0 || bytes + strlen (page->events->pdata[at + n]) < FRAME_ROOM))
        bytes += strlen (page->events->pdata[at + n++]);
      send_taken (self, lia_chat_write_events (page, at, n));
      at += n;
      self->sent_n = page->first_n + at - 1;
    }
}

/** lia_chat_client_forget_room: the engine ends. */
void
lia_chat_client_forget_room (LiaChatClient *self)
{
  g_clear_pointer (&self->room, lia_chat_room_unref);
}

static void
stop_counting (LiaChatClient *self)
{
  if (self->counted)
    lia_chat_hub_leave_door (self->hub, self->host);
  self->counted = FALSE;
}

/* Who she is ------------------------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  LiaChatClient *client;
  char          *token;
  gint64         since;
} Hello;

static void
hello_free (Hello *hello)
{
  client_unref (hello->client);
  g_free (hello->token);
  g_free (hello);
}

static void
enter (LiaChatClient      *self,
       LiaChatVisitor     *visitor,
       const LiaChatState *state,
       gint64              since)
{
  self->room = lia_chat_room_ref (lia_chat_hub_open_room (self->hub, visitor));
  self->sent_n = MIN (since, state->last_n);
  stop_counting (self);
  lia_socket_welcome (self->socket);
  send_taken (self, lia_chat_write_hello (state));
  lia_chat_room_add (self->room, self);
  lia_chat_room_note_state (self->room, state);
  lia_chat_room_set_conversation (self->room, state->conversation_id);
  lia_chat_room_wake (self->room);
}

static DexFuture *
hello_fiber (gpointer data)
{
  Hello                   *hello = data;
  LiaChatClient           *self = hello->client;
  g_autofree LiaChatState *state = NULL;
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autoptr (GError) error = NULL;
  LiaChatPlace *place;
  gint64        head;

  visitor = lia_chat_hub_await_visitor (self->hub, hello->token, &error);
  head = lia_chat_hub_get_head (self->hub);
  if (visitor != NULL)
    state = lia_chat_state_await (lia_chat_hub_get_lines (self->hub), visitor, &error);
  if (self->socket == NULL)
    return dex_future_new_for_boolean (FALSE);
  if (state == NULL)
    {
      close_with (self, visitor == NULL && error->domain == LIA_PROBLEM ? CODE_TOKEN : LIA_WS_CODE_TRY_LATER, "");
      return dex_future_new_for_boolean (FALSE);
    }
  place = lia_chat_hub_get_place (self->hub, visitor->channel_id);
  if (place == NULL || (self->origin != NULL && !lia_chat_place_has_origin (place, self->origin)))
    close_with (self, CODE_FORBIDDEN, "");
  else
    enter (self, visitor, state, hello->since);
  /* What happened while it was read was told to those who were there. */
  if (self->room != NULL && head != lia_chat_hub_get_head (self->hub))
    lia_chat_room_refresh (self->room);

  return dex_future_new_for_boolean (TRUE);
}

static void
on_hello (LiaChatClient      *self,
          const LiaChatFrame *frame)
{
  Hello *hello = g_new0 (Hello, 1);

  self->greeted = TRUE;
  hello->client = client_ref (self);
  hello->token = g_strdup (frame->token);
  hello->since = frame->seq;
  dex_future_disown (lia_spawn (hello_fiber, hello, (GDestroyNotify)hello_free));
}

/* What she says -------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  LiaChatClient  *client;
  LiaChatVisitor *visitor;
  char           *cid;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  client_unref (sending->client);
  lia_chat_visitor_unref (sending->visitor);
  g_free (sending->cid);
  g_free (sending);
}

static DexFuture *
on_posted (DexFuture *future,
           gpointer   data)
{
  Sending                  *sending = data;
  LiaChatClient            *self = sending->client;
  g_autofree LiaChatPosted *posted = NULL;
  g_autoptr (GError) error = NULL;

  posted = lia_store_take (future, &error);
  if (posted == NULL)
    {
      send_error (self, sending->cid, error);
      return dex_future_new_for_boolean (FALSE);
    }
  lia_chat_hub_posted (self->hub, sending->visitor, self->host, posted);
  send_taken (self, lia_chat_write_ack (sending->cid, posted->n));
  if (self->room != NULL && posted->began)
    lia_chat_room_refresh (self->room);

  return dex_future_new_for_boolean (TRUE);
}

static void
on_send (LiaChatClient      *self,
         const LiaChatFrame *frame)
{
  LiaChatVisitor *visitor = lia_chat_room_get_visitor (self->room);
  Sending        *sending = g_new0 (Sending, 1);

  sending->client = client_ref (self);
  sending->visitor = lia_chat_visitor_ref (visitor);
  sending->cid = g_strdup (frame->cid);
  dex_future_disown (dex_future_finally (lia_chat_hub_post (self->hub, visitor, self->host, frame->cid, frame->body), on_posted, sending, sending_free));
}

/* Only where the site asks for it; her browser does so only once she has agreed. */
static void
on_pages (LiaChatClient *self,
          JsonArray     *pages)
{
  LiaChatVisitor *visitor = lia_chat_room_get_visitor (self->room);
  LiaChatPlace   *place = lia_chat_hub_get_place (self->hub, visitor->channel_id);

  if (place != NULL && place->site->page_trail && lia_chat_hub_take (self->hub, LIA_CHAT_LIMIT_PAGES, visitor->visitor, NULL))
    lia_chat_room_set_pages (self->room, lia_chat_pages_clean (pages, place));
}

static void
on_frame (LiaChatClient      *self,
          const LiaChatFrame *frame)
{
  switch (frame->type)
    {
    case LIA_CHAT_FRAME_SEND:
      on_send (self, frame);
      break;
    case LIA_CHAT_FRAME_TYPING:
      lia_chat_room_type (self->room);
      break;
    case LIA_CHAT_FRAME_ACK:
      lia_chat_room_arrived (self->room, MIN (frame->seq, self->sent_n));
      break;
    case LIA_CHAT_FRAME_READ:
      lia_chat_room_seen (self->room, MIN (frame->seq, self->sent_n));
      break;
    case LIA_CHAT_FRAME_PAGES:
      on_pages (self, frame->pages);
      break;
    case LIA_CHAT_FRAME_PING:
      lia_chat_client_send (self, "{\"t\":\"pong\"}");
      break;
    case LIA_CHAT_FRAME_HELLO:
      close_with (self, CODE_BAD_FRAME, "");
      break;
    case LIA_CHAT_FRAME_PONG:
    case LIA_CHAT_FRAME_UNKNOWN:
    default:
      break;
    }
}

static void
on_message (LiaSocket          *socket,
            const LiaWsMessage *message,
            gpointer            data)
{
  LiaChatClient *self = data;
  g_auto (LiaChatFrame) frame = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean is_right = message->opcode == LIA_WS_TEXT && lia_chat_frame_read (&frame, message->data, message->length, &error);

  if (is_right && frame.type == LIA_CHAT_FRAME_HELLO && !self->greeted)
    on_hello (self, &frame);
  else if (is_right && self->room != NULL)
    on_frame (self, &frame);
  else if (frame.type == LIA_CHAT_FRAME_SEND && self->room != NULL)
    send_error (self, frame.cid, error);
  else
    close_with (self, CODE_BAD_FRAME, "");
}

static void
on_drained (LiaSocket *socket,
            gpointer   data)
{
  LiaChatClient *self = data;

  if (self->room != NULL)
    lia_chat_room_wake (self->room);
}

static void
on_closed (LiaSocket  *socket,
           guint       code,
           const char *reason,
           gpointer    data)
{
  LiaChatClient *self = data;

  stop_counting (self);
  g_clear_pointer (&self->socket, lia_socket_unref);
  if (self->room != NULL)
    lia_chat_room_remove (self->room, self);
  g_clear_pointer (&self->room, lia_chat_room_unref);
  client_unref (self);
}

static const LiaSocketKind kind = {
  .hello_ms = HELLO_MS,
  .max_queued = MAX_QUEUED,
  .max_frames = MAX_FRAMES,
  .frame_ms = FRAME_MS,
  .message = on_message,
  .drained = on_drained,
  .closed = on_closed,
};

/**
 * lia_chat_client_add:
 * @fd: (transfer full): of an upgraded connection
 * @host: whom its address stands for (lia_chat_limits_host())
 * @origin: (nullable): of the page that opened it; NULL: one of our own
 */
gboolean
lia_chat_client_add (LiaChatHub *hub,
                     int         fd,
                     const char *host,
                     const char *origin,
                     GError    **error)
{
  g_autoptr (LiaChatClient) self = g_rc_box_new0 (LiaChatClient);
  LiaSocket *socket;

  self->hub = hub;
  self->host = g_strdup (host);
  self->origin = g_strdup (origin);
  socket = lia_socket_mux_add (lia_chat_hub_get_mux (hub), fd, &kind, self, error);
  if (socket == NULL)
    return FALSE;
  self->socket = lia_socket_ref (socket);
  self->counted = TRUE;
  lia_chat_hub_come_to_door (hub, host);
  client_ref (self);

  return TRUE;
}
