/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 *   journal, visitors, apps, telephones -> look() -> picture of the store -> lia_chat_route() -> "chat.offer" frames
 *
 * Whatever may matter makes it look at everything anew, so there is nothing that could be missed or stay behind. Who takes a chat is decided by the
 * store: an offer gives nobody a right to it.
 */

#include "lia-chat-router-private.h"

#include "lia-async.h"
#include "lia-hub.h"
#include "lia-id.h"
#include "lia-time.h"

#define GAP_MS 100
#define GAP 10 /* at least so many times as long as it looked: the more wait, the dearer is the look */
#define MOST_GAP_MS 500
#define RETRY_MS 1000
#define ABSENT_MS 30000 /* whoever is without her app for so long does not answer in her chats either */

G_DEFINE_FINAL_TYPE (LiaChatRouter, lia_chat_router, G_TYPE_OBJECT)

static void
waiting_free (gpointer data)
{
  LiaChatWaiting *self = data;

  g_array_unref (self->route.asked);
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
desk_free (gpointer data)
{
  LiaChatDesk *self = data;

  g_clear_pointer (&self->route.queues, g_array_unref);
  g_free (self->told);
  g_free (self);
}

static void
lia_chat_router_dispose (GObject *object)
{
  LiaChatRouter *self = LIA_CHAT_ROUTER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->desks, g_hash_table_unref);

  G_OBJECT_CLASS (lia_chat_router_parent_class)->dispose (object);
}

static void
lia_chat_router_class_init (LiaChatRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_chat_router_dispose;
}

static void
lia_chat_router_init (LiaChatRouter *self)
{
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, waiting_free);
  self->desks = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, desk_free);
}

/* Telling -------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_agent (LiaEngine  *engine,
          const char *agent,
          gpointer    wanted)
{
  return g_str_equal (agent, wanted);
}

static void
tell (LiaChatRouter *self)
{
  LiaHub        *hub = lia_engine_get_hub (lia_chat_hub_get_engine (self->hub));
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiaChatDesk     *desk = value;
      g_autofree char *agent = lia_id_format ("a", desk->route.id);
      g_autofree char *text = desk->here ? lia_chat_router_dup_offer (self, desk) : NULL;

      if (g_set_str (&desk->told, text) && text != NULL)
        lia_hub_send_live (hub, "chat.offer", text, is_agent, agent);
    }
}

/* Looking -------------------------------------------------------------------------------------------------------------------------------- */

static void look_at (LiaChatRouter *self,
                     gint64         at_ms);

/* Who is gone will have been away for long enough. */
static gint64
next_absence (LiaChatRouter *self,
              gint64         now_ms)
{
  GHashTableIter iter;
  gpointer       value;
  gint64         next_ms = G_MAXINT64;

  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const LiaChatDesk *desk = value;

      if (!desk->here && desk->here_ms + ABSENT_MS > now_ms)
        next_ms = MIN (next_ms, desk->here_ms + ABSENT_MS);
    }

  return next_ms;
}

static void
route (LiaChatRouter  *self,
       LiaChatPicture *picture)
{
  gint64 now_ms = lia_time_now ();
  gint64 next_ms;

  lia_chat_router_take (self, picture, now_ms);
  {
    g_autoptr (GPtrArray) chats = g_hash_table_get_values_as_ptr_array (self->waiting); /* each begins with its LiaRouteChat */
    g_autoptr (GPtrArray) agents = g_hash_table_get_values_as_ptr_array (self->desks);

    next_ms = MIN (lia_chat_route (chats, agents, now_ms, picture->offer_ms), next_absence (self, now_ms));
  }
  tell (self);
  if (now_ms - self->started_ms < LIA_CHAT_SETTLE_MS)
    next_ms = MIN (next_ms, self->started_ms + LIA_CHAT_SETTLE_MS);
  if (next_ms != G_MAXINT64)
    look_at (self, next_ms);
}

/* Also who was there a moment ago. */
static char *
list_here (LiaChatRouter *self)
{
  GHashTableIter iter;
  gpointer       value;
  gint64         now_ms = lia_time_now ();
  GString       *list = g_string_new ("[0");

  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((LiaChatDesk *)value)->here_ms + ABSENT_MS > now_ms)
      g_string_append_printf (list, ",%" G_GINT64_FORMAT, ((LiaChatDesk *)value)->route.id);
  g_string_append_c (list, ']');

  return g_string_free_and_steal (list);
}

static gboolean
await_look (LiaChatRouter *self,
            GError       **error)
{
  LiaChatPictureQuestion *question = g_new0 (LiaChatPictureQuestion, 1);
  LiaChatPicture         *picture;

  question->present = lia_chat_hub_dup_present (self->hub);
  question->here = list_here (self);
  picture = lia_store_await (lia_store_read (lia_chat_hub_get_store (self->hub), lia_chat_picture_read, question, lia_chat_picture_question_free,
                                             lia_chat_picture_free),
                             error);
  if (picture == NULL)
    return FALSE;
  if (self->hub != NULL)
    route (self, picture);
  lia_chat_picture_free (picture);

  return TRUE;
}

static DexFuture *
look_fiber (gpointer data)
{
  LiaChatRouter *self = data;
  const gint64   begin_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  self->dirty = FALSE;
  self->looked_ms = lia_time_now ();
  if (self->hub != NULL && !await_look (self, &error) && self->hub != NULL)
    {
      g_message ("chat: %s", error->message);
      look_at (self, lia_time_now () + RETRY_MS);
    }
  self->gap_ms = CLAMP (GAP * (g_get_monotonic_time () - begin_us) / 1000, GAP_MS, MOST_GAP_MS);
  self->running = FALSE;
  if (self->dirty)
    look_at (self, self->looked_ms + self->gap_ms);

  return dex_future_new_for_boolean (TRUE);
}

static gboolean
look_cb (gpointer data)
{
  LiaChatRouter *self = data;

  self->timer = 0;
  if (self->running)
    {
      self->dirty = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->running = TRUE;
  dex_future_disown (lia_spawn (look_fiber, g_object_ref (self), g_object_unref));

  return G_SOURCE_REMOVE;
}

static void
look_at (LiaChatRouter *self,
         gint64         at_ms)
{
  if (self->hub == NULL || (self->timer != 0 && self->due_ms <= at_ms))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->due_ms = at_ms;
  self->timer = g_timeout_add ((guint)CLAMP (at_ms - lia_time_now (), 0, G_MAXINT32), look_cb, self);
}

/** lia_chat_router_look: something may be different: at once, but not again for a moment. */
void
lia_chat_router_look (LiaChatRouter *self)
{
  if (self->hub == NULL || self->started_ms == 0)
    return;
  if (self->running)
    self->dirty = TRUE;
  else
    look_at (self, self->looked_ms + self->gap_ms);
}

/** lia_chat_router_greet: one of her apps has come: it is to be told what the others know. */
void
lia_chat_router_greet (LiaChatRouter *self,
                       gint64         agent_id)
{
  LiaChatDesk *desk = g_hash_table_lookup (self->desks, &agent_id);

  if (desk != NULL)
    g_clear_pointer (&desk->told, g_free);
  lia_chat_router_look (self);
}

/** lia_chat_router_is_offered: @owner_id: (out): who has it, and is away; 0 = nobody */
gboolean
lia_chat_router_is_offered (LiaChatRouter *self,
                            gint64         agent_id,
                            gint64         conversation_id,
                            gint64        *owner_id)
{
  LiaChatWaiting *waiting = g_hash_table_lookup (self->waiting, &conversation_id);

  *owner_id = waiting != NULL ? waiting->owner_id : 0;

  return waiting != NULL && waiting->route.agent_id == agent_id;
}

/** lia_chat_router_decline: not she: the next one is asked. What is offered to her no more cannot be declined. */
void
lia_chat_router_decline (LiaChatRouter *self,
                         gint64         agent_id,
                         gint64         conversation_id)
{
  LiaChatWaiting *waiting = g_hash_table_lookup (self->waiting, &conversation_id);

  if (waiting == NULL || waiting->route.agent_id != agent_id)
    return;
  lia_chat_route_refuse (&waiting->route, lia_time_now (), TRUE);
  lia_chat_router_look (self);
}

static void
on_journal (LiaStore      *store,
            gint64         head,
            LiaChatRouter *self)
{
  lia_chat_router_look (self);
}

/** lia_chat_router_new: @hub: (transfer none): not kept alive by it. */
LiaChatRouter *
lia_chat_router_new (LiaChatHub *hub)
{
  LiaChatRouter *self = g_object_new (LIA_TYPE_CHAT_ROUTER, NULL);

  self->hub = hub;
  self->gap_ms = GAP_MS;

  return self;
}

/** lia_chat_router_start: once; nothing is offered before. */
void
lia_chat_router_start (LiaChatRouter *self)
{
  self->started_ms = lia_time_now ();
  g_signal_connect_object (lia_chat_hub_get_store (self->hub), "journal", G_CALLBACK (on_journal), self, G_CONNECT_DEFAULT);
  lia_chat_router_look (self);
}

/** lia_chat_router_stop: nobody is offered anything any more. */
void
lia_chat_router_stop (LiaChatRouter *self)
{
  self->hub = NULL;
  g_clear_handle_id (&self->timer, g_source_remove);
}
