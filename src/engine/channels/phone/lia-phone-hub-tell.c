/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-hub-private.h"

#include "lia-chat-hub.h"
#include "lia-hub.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"

/* What lines tell, and who is told of it: the desk, the journal, the connected apps. */

/* Telling --------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
append_event (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  LiaJournalEvent *event = data;

  return lia_journal_append (db, event, error) > 0;
}

static void
event_free (gpointer data)
{
  LiaJournalEvent *event = data;

  g_free ((char *)event->data);
  g_free (event);
}

/* @data: (transfer full). Resolves when it is durable. */
static DexFuture *
append (LiaPhoneHub *self,
        const char  *kind,
        JsonObject  *data)
{
  g_autoptr (JsonObject) owned = data;
  LiaJournalEvent *event = g_new0 (LiaJournalEvent, 1);

  event->kind = kind;
  event->data = lia_json_to_text (owned);

  return lia_store_write (lia_engine_get_store (self->engine), append_event, event, event_free, NULL);
}

/** lia_phone_hub_tell_changed: the channel @id is another one, or stands otherwise, than it did. */
void
lia_phone_hub_tell_changed (LiaPhoneHub *self,
                            const char  *id)
{
  JsonObject *data = json_object_new ();
  gint64      channel_id = 0;

  lia_id_parse (id, "h", &channel_id);
  json_object_set_int_member (data, "channel", channel_id);
  dex_future_disown (append (self, "channel.changed", data));
}

/** lia_phone_hub_tell_all: what everybody may see now. */
void
lia_phone_hub_tell_all (LiaPhoneHub *self)
{
  lia_hub_send_all_live (lia_engine_get_hub (self->engine), NULL);
}

/* What lines tell ------------------------------------------------------------------------------------------------------------------------- */

static void
on_link_changed (LiaPhoneLine *line,
                 LiaPhoneHub  *self)
{
  lia_phone_hub_tell_changed (self, lia_phone_line_get_id (line));
  lia_phone_hub_tell_all (self);
}

static void
on_forged (LiaPhoneLine *line,
           LiaPhoneHub  *self)
{
  lia_phone_hub_tell_changed (self, lia_phone_line_get_id (line));
}

static void
on_agent_free (LiaPhoneLine *line,
               const char   *agent,
               LiaCall      *call,
               LiaPhoneHub  *self)
{
  lia_phone_desk_agent_free (self->desk, line, agent, call);
}

static void
on_calls_changed (LiaPhoneLine *line,
                  LiaPhoneHub  *self)
{
  lia_phone_desk_calls_changed (self->desk);
  lia_chat_hub_look (lia_engine_get_chat (self->engine));
}

static void
on_wrap_found (LiaPhoneLine *line,
               const char   *agent,
               LiaCall      *call,
               gint64        from_ms,
               LiaPhoneHub  *self)
{
  lia_phone_desk_wrap_found (self->desk, line, agent, call, from_ms);
}

static void
on_member_changed (LiaPhoneLine   *line,
                   LiaQueueMember *member,
                   gboolean        is_new,
                   LiaPhoneHub    *self)
{
  lia_phone_desk_member_changed (self->desk, line, member, is_new);
  lia_chat_hub_look (lia_engine_get_chat (self->engine));
}

static void
on_members_listed (LiaPhoneLine *line,
                   LiaPhoneHub  *self)
{
  lia_phone_desk_members_listed (self->desk, line);
}

/* A queue of ours with the same name that has no calls yet is meant, else there is a new one. */
static LiaQueue *
find_namesake (LiaPhoneHub *self,
               const char  *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; i < self->setup->queues->len; i++)
    {
      LiaQueue        *queue = self->setup->queues->pdata[i];
      g_autofree char *other = g_utf8_casefold (queue->name, -1);

      if (queue->phone_channel[0] == '\0' && !queue->hidden && g_str_equal (folded, other))
        return queue;
    }

  return NULL;
}

static DexFuture *
on_queue_kept (DexFuture *future,
               gpointer   hub)
{
  lia_phone_hub_reload (hub);

  return dex_future_new_for_boolean (TRUE);
}

/* A line asks again as long as it does not know the queue, which is until the setup has been read anew. */
static void
on_queue_unknown (LiaPhoneLine *line,
                  const char   *name,
                  LiaPhoneHub  *self)
{
  LiaQueue   *queue = find_namesake (self, name);
  JsonObject *data;
  gint64      number = 0;

  if (!g_hash_table_add (self->found, g_strdup_printf ("%s\n%s", lia_phone_line_get_id (line), name)))
    return;
  data = json_object_new ();

  if (queue != NULL && lia_id_parse (queue->id, "q", &number))
    json_object_set_int_member (data, "queue", number);
  else
    {
      json_object_set_string_member (data, "name", name);
      json_object_set_int_member (data, "wrapup_ms", LIA_QUEUE_NEW_WRAPUP_MS);
    }
  lia_id_parse (lia_phone_line_get_id (line), "h", &number);
  json_object_set_int_member (data, "phone_channel", number);
  json_object_set_string_member (data, "phone_name", name);
  dex_future_disown (dex_future_finally (append (self, "queue.changed", data), on_queue_kept, g_object_ref (self), g_object_unref));
}

/** lia_phone_hub_listen: to what @line tells, until it is dropped. */
void
lia_phone_hub_listen (LiaPhoneHub  *self,
                      LiaPhoneLine *line)
{
  g_signal_connect_object (line, "link-changed", G_CALLBACK (on_link_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "forged", G_CALLBACK (on_forged), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "agent-free", G_CALLBACK (on_agent_free), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "calls-changed", G_CALLBACK (on_calls_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "wrap-found", G_CALLBACK (on_wrap_found), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "member-changed", G_CALLBACK (on_member_changed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "members-listed", G_CALLBACK (on_members_listed), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (line, "queue-unknown", G_CALLBACK (on_queue_unknown), self, G_CONNECT_DEFAULT);
}
