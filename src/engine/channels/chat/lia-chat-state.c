/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-state.h"

#include "lia-async.h"
#include "lia-chat-answer-time.h"
#include "lia-chat-line.h"
#include "lia-time.h"

/* Those that were there before her, and her. */
static gboolean
read_position (LiaDb        *db,
               LiaChatState *state,
               gint64        queue_id,
               gint64        since_ms,
               GError      **error)
{
  return lia_db_get_int (db, &state->position, error,
                         "SELECT 1 + count (*) FROM conversation WHERE state = 'open' AND assignee_id IS NULL AND queue_id = $1 AND channel = 'chat' "
                         "AND (waiting_since < $2 OR (waiting_since = $2 AND id < $3))",
                         "iii", queue_id, since_ms, state->conversation_id);
}

static gboolean
read_wait (LiaDb        *db,
           LiaChatState *state,
           gint64        queue_id,
           gint64        since_ms,
           GError      **error)
{
  gint64 usual_ms;

  if (!lia_chat_line_read_usual (db, queue_id, &usual_ms, error))
    return FALSE;
  state->wait_ms = lia_chat_line_left (usual_ms, lia_time_now () - since_ms);

  return TRUE;
}

static gboolean
read_thread (LiaDb        *db,
             const char   *visitor,
             LiaChatState *state,
             GError      **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.last_n, c.id, c.state, c.assignee_id IS NULL AND c.last_out_at IS NULL, c.queue_id, c.waiting_since "
                                           "FROM chat_thread AS t JOIN conversation AS c ON c.id = t.conversation_id WHERE t.visitor = $1",
                                           "t", visitor);
  GError  *failure = NULL;
  gboolean waits;
  gint64   queue_id;
  gint64   since_ms;

  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  state->last_n = lia_rows_int (rows, 0);
  state->conversation_id = lia_rows_int (rows, 1);
  waits = g_strcmp0 (lia_rows_text (rows, 2), "open") == 0 && lia_rows_int (rows, 3) != 0;
  state->state = waits ? "waiting" : g_strcmp0 (lia_rows_text (rows, 2), "closed") == 0 ? "closed"
                                                                                        : "open";
  queue_id = lia_rows_int (rows, 4);
  since_ms = lia_rows_int (rows, 5);

  return !waits || (read_position (db, state, queue_id, since_ms, error) && read_wait (db, state, queue_id, since_ms, error));
}

static gboolean
read_hours (LiaDb        *db,
            gint64        channel_id,
            LiaChatState *state,
            GError      **error)
{
  g_autoptr (LiaHours) hours = NULL;

  if (!lia_chat_hours_read (db, channel_id, &hours, error))
    return FALSE;
  if (hours != NULL)
    {
      LiaHoursState now = lia_hours_at (hours, lia_time_now ());

      state->available = state->available && now.open;
      state->opens_ms = now.open ? 0 : now.opens_ms;
    }

  return TRUE;
}

static gboolean
read_state (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  LiaChatVisitor          *visitor = data;
  g_autofree LiaChatState *state = g_new0 (LiaChatState, 1);
  gint64                   available;

  state->state = "none";
  if (!read_thread (db, visitor->visitor, state, error) ||
      !lia_db_get_int (db, &available, error, "SELECT EXISTS (SELECT 1 FROM agent WHERE availability = 'available')", ""))
    return FALSE;
  state->available = available != 0;
  if (!read_hours (db, visitor->channel_id, state, error))
    return FALSE;
  *result = g_steal_pointer (&state);

  return TRUE;
}

/** lia_chat_state_await: (nullable): to be freed with g_free(). In a fiber. */
LiaChatState *
lia_chat_state_await (LiaStore       *store,
                      LiaChatVisitor *visitor,
                      GError        **error)
{
  return lia_store_await (lia_store_read (store, read_state, lia_chat_visitor_ref (visitor), (GDestroyNotify)lia_chat_visitor_unref, g_free), error);
}
