/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-picture.h"

#include "lia-last-agent.h"

#define MOST_OF_A_QUEUE "30" /* the oldest: more are not offered at once */

static void
chat_free (gpointer data)
{
  LiaChatPictureChat *chat = data;

  g_free (chat->name);
  g_free (chat->text);
  g_free (chat);
}

void
lia_chat_picture_question_free (gpointer question)
{
  LiaChatPictureQuestion *self = question;

  g_free (self->present);
  g_free (self->here);
  g_free (self);
}

void
lia_chat_picture_free (gpointer picture)
{
  LiaChatPicture *self = picture;

  g_array_unref (self->agents);
  g_ptr_array_unref (self->chats);
  g_free (self);
}

static gboolean
finish (GError  *failure,
        GError **error)
{
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/* Chats are counted by going through those that are there: an agent may have any number of other conversations. */
static gboolean
read_agents (LiaDb          *db,
             LiaChatPicture *self,
             const char     *present,
             GError        **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT a.id, a.availability = 'available', a.availability = 'offline', a.since, a.chats, coalesce (n.n, 0) "
                                           "FROM agent AS a LEFT JOIN (SELECT c.assignee_id AS id, count (*) AS n FROM json_each ($1) AS p "
                                           "CROSS JOIN conversation AS c ON c.id = p.value WHERE c.channel = 'chat' AND c.state IN ('open', 'pending') "
                                           "AND c.assignee_id IS NOT NULL GROUP BY c.assignee_id) AS n ON n.id = a.id ORDER BY a.id",
                                           "t", present);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      LiaChatPictureAgent agent = {
        .id = lia_rows_int (rows, 0),
        .available = lia_rows_int (rows, 1) != 0,
        .offline = lia_rows_int (rows, 2) != 0,
        .since_ms = lia_rows_int (rows, 3),
        .capacity = lia_rows_int (rows, 4),
        .chats = lia_rows_int (rows, 5),
      };

      g_array_append_val (self->agents, agent);
    }

  return finish (failure, error);
}

static gboolean
read_chats (LiaDb                        *db,
            LiaChatPicture               *self,
            const LiaChatPictureQuestion *question,
            GError                      **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT w.id, w.queue_id, w.since, w.owner, k.name, w.snippet, coalesce ((" LIA_LAST_AGENT ("w.customer_id") "), 0) "
                                                                                                                                                        "FROM (SELECT c.id, c.queue_id, coalesce (c.waiting_since, c.last_at) AS since, coalesce (c.assignee_id, 0) AS owner, "
                                                                                                                                                        "c.customer_id, c.snippet, row_number () OVER (PARTITION BY c.queue_id ORDER BY c.waiting_since, c.id) AS place "
                                                                                                                                                        "FROM json_each ($1) AS p CROSS JOIN conversation AS c ON c.id = p.value "
                                                                                                                                                        "WHERE c.channel = 'chat' AND c.state = 'open' AND (c.assignee_id IS NULL OR NOT EXISTS "
                                                                                                                                                        "(SELECT 1 FROM agent AS a WHERE a.id = c.assignee_id AND a.availability <> 'offline' "
                                                                                                                                                        "AND a.id IN (SELECT value FROM json_each ($2))))) AS w "
                                                                                                                                                        "JOIN customer AS k ON k.id = w.customer_id WHERE w.place <= " MOST_OF_A_QUEUE " ORDER BY w.since, w.id",
                                           "tt", question->present, question->here);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      LiaChatPictureChat *chat = g_new0 (LiaChatPictureChat, 1);

      chat->id = lia_rows_int (rows, 0);
      chat->queue_id = lia_rows_int (rows, 1);
      chat->since_ms = lia_rows_int (rows, 2);
      chat->owner_id = lia_rows_int (rows, 3);
      chat->name = g_strdup (lia_rows_text (rows, 4));
      chat->text = g_strdup (lia_rows_text (rows, 5));
      chat->last_agent_id = lia_rows_int (rows, 6);
      g_ptr_array_add (self->chats, chat);
    }

  return finish (failure, error);
}

/** lia_chat_picture_read: #LiaStoreFunc: @data: a #LiaChatPictureQuestion; @result: (transfer full): a #LiaChatPicture */
gboolean
lia_chat_picture_read (LiaDb    *db,
                       gpointer  data,
                       gpointer *result,
                       GError  **error)
{
  const LiaChatPictureQuestion *question = data;
  LiaChatPicture               *self = g_new0 (LiaChatPicture, 1);

  self->agents = g_array_new (FALSE, FALSE, sizeof (LiaChatPictureAgent));
  self->chats = g_ptr_array_new_with_free_func (chat_free);
  if (lia_db_get_int (db, &self->offer_ms, error,
                      "SELECT 1000 * coalesce (max (CAST (value AS INTEGER)), $1) FROM setting WHERE key = 'chat_offer_s'", "i", (gint64)LIA_CHAT_OFFER_S) &&
      read_agents (db, self, question->present, error) && read_chats (db, self, question, error))
    {
      *result = self;
      return TRUE;
    }
  lia_chat_picture_free (self);

  return FALSE;
}
