/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the router knows: who waits, and who could answer, as the store, the streams and the telephones have it now. */

#include "lia-chat-router-private.h"

#include "lia-hub.h"
#include "lia-id.h"
#include "lia-phone-hub.h"

static gboolean
is_in_call (GPtrArray  *calls,
            const char *agent)
{
  for (guint i = 0; i < calls->len; i++)
    {
      LiaCall *call = calls->pdata[i];

      for (guint j = 0; j < call->legs->len; j++)
        {
          const LiaCallLeg *leg = call->legs->pdata[j];

          if (leg->kind == LIA_LEG_AGENT && leg->state != LIA_LEG_DOWN && leg->ended_ms == 0 && g_str_equal (leg->agent, agent))
            return TRUE;
        }
    }

  return FALSE;
}

static void
take_queues (LiaChatDesk *desk,
             GPtrArray   *members,
             const char  *agent)
{
  g_clear_pointer (&desk->route.queues, g_array_unref);
  desk->route.queues = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < members->len; i++)
    {
      LiaQueueMember *member = members->pdata[i];
      gint64          queue_id;

      if (g_str_equal (member->agent, agent) && lia_id_parse (member->queue, "q", &queue_id))
        g_array_append_val (desk->route.queues, queue_id);
    }
}

static LiaChatDesk *
need_desk (LiaChatRouter             *self,
           const LiaChatPictureAgent *agent,
           gint64                     now_ms)
{
  LiaChatDesk *desk = g_hash_table_lookup (self->desks, &agent->id);

  if (desk == NULL)
    {
      desk = g_new0 (LiaChatDesk, 1);
      desk->route.id = agent->id;
      desk->route.free_ms = agent->since_ms;
      desk->here_ms = now_ms;
      g_hash_table_insert (self->desks, &desk->route.id, desk);
    }

  return desk;
}

static void
take_agent (LiaChatRouter             *self,
            const LiaChatPictureAgent *agent,
            GPtrArray                 *calls,
            GPtrArray                 *members,
            gint64                     now_ms)
{
  g_autofree char *id = lia_id_format ("a", agent->id);
  gboolean         is_new = !g_hash_table_contains (self->desks, &agent->id);
  LiaChatDesk     *desk = need_desk (self, agent, now_ms);
  gboolean         ready;

  desk->here = lia_hub_has_agent (lia_engine_get_hub (lia_chat_hub_get_engine (self->hub)), agent->id);
  if (desk->here)
    desk->here_ms = now_ms;
  ready = agent->available && desk->here && !is_in_call (calls, id);
  if (!is_new && (ready != desk->ready || agent->chats != desk->route.chats))
    desk->route.free_ms = now_ms;
  desk->ready = ready;
  desk->route.ready = ready && now_ms - self->started_ms >= LIA_CHAT_SETTLE_MS;
  desk->route.chats = agent->chats;
  desk->route.capacity = agent->capacity;
  take_queues (desk, members, id);
}

static void
take_agents (LiaChatRouter  *self,
             LiaChatPicture *picture,
             gint64          now_ms)
{
  LiaPhoneHub *phone = lia_engine_get_phone (lia_chat_hub_get_engine (self->hub));
  g_autoptr (GPtrArray) calls = lia_phone_hub_dup_calls (phone);
  g_autoptr (GPtrArray) members = lia_phone_hub_dup_members (phone);

  for (guint i = 0; i < picture->agents->len; i++)
    take_agent (self, &g_array_index (picture->agents, LiaChatPictureAgent, i), calls, members, now_ms);
}

static void
take_chat (LiaChatRouter            *self,
           const LiaChatPictureChat *chat)
{
  LiaChatWaiting *waiting = g_hash_table_lookup (self->waiting, &chat->id);

  if (waiting == NULL)
    {
      waiting = g_new0 (LiaChatWaiting, 1);
      waiting->route.id = chat->id;
      waiting->route.asked = g_array_new (FALSE, FALSE, sizeof (LiaRouteAsked));
      g_hash_table_insert (self->waiting, &waiting->route.id, waiting);
    }
  waiting->route.queue_id = chat->queue_id;
  waiting->route.since_ms = chat->since_ms;
  waiting->route.last_agent_id = chat->last_agent_id;
  waiting->owner_id = chat->owner_id;
  g_set_str (&waiting->name, chat->name);
  g_set_str (&waiting->text, chat->text);
  waiting->seen = TRUE;
}

/* Those that are not in it wait no longer: what was known of them is over. */
static void
take_chats (LiaChatRouter  *self,
            LiaChatPicture *picture)
{
  GHashTableIter iter;
  gpointer       value;

  for (guint i = 0; i < picture->chats->len; i++)
    take_chat (self, picture->chats->pdata[i]);

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LiaChatWaiting *waiting = value;

      if (!waiting->seen)
        g_hash_table_iter_remove (&iter);
      else
        waiting->seen = FALSE;
    }
}

/** lia_chat_router_take: how things stand now. */
void
lia_chat_router_take (LiaChatRouter  *self,
                      LiaChatPicture *picture,
                      gint64          now_ms)
{
  take_agents (self, picture, now_ms);
  take_chats (self, picture);
}

static LiaChatWaiting *
find_offer (LiaChatRouter *self,
            gint64         agent_id)
{
  GHashTableIter iter;
  gpointer       waiting;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, NULL, &waiting))
    if (((LiaChatWaiting *)waiting)->route.agent_id == agent_id)
      return waiting;

  return NULL;
}

static JsonObject *
encode_offer (const LiaChatWaiting *waiting)
{
  JsonObject      *offer = json_object_new ();
  g_autofree char *conversation = lia_id_format ("c", waiting->route.id);
  g_autofree char *queue = lia_id_format ("q", waiting->route.queue_id);

  json_object_set_string_member (offer, "conv", conversation);
  json_object_set_string_member (offer, "queue", queue);
  json_object_set_string_member (offer, "name", waiting->name);
  json_object_set_string_member (offer, "text", waiting->text);
  lia_json_set_time (offer, "waiting_since", waiting->route.since_ms);
  lia_json_set_time (offer, "from", waiting->route.from_ms);
  lia_json_set_time (offer, "until", waiting->route.until_ms);

  return offer;
}

/** lia_chat_router_dup_offer: (transfer full): the data of a "chat.offer" frame, for whoever sits there. */
char *
lia_chat_router_dup_offer (LiaChatRouter *self,
                           LiaChatDesk   *desk)
{
  const LiaChatWaiting *waiting = find_offer (self, desk->route.id);
  g_autoptr (JsonObject) d = json_object_new ();

  if (waiting != NULL)
    json_object_set_object_member (d, "offer", encode_offer (waiting));
  else
    json_object_set_null_member (d, "offer");
  json_object_set_int_member (d, "chats", desk->route.chats);
  json_object_set_int_member (d, "capacity", desk->route.capacity);

  return lia_json_to_text (d);
}
