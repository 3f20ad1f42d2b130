/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-state.h"

#include "lia-async.h"
#include "lia-chat-answer-time.h"
#include "lia-time.h"

typedef struct
{
  LiaChatState state; /* the first: it is what is given out */
  gboolean     waits;
  gint64       queue_id;
  gint64       since_ms;
} Standing;

static gboolean
read_thread (LiaDb      *db,
             const char *visitor,
             Standing   *self,
             GError    **error)
{
  LiaChatState *state = &self->state;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.last_n, c.id, c.state, c.assignee_id IS NULL AND c.last_out_at IS NULL, c.queue_id, c.waiting_since "
                                           "FROM chat_thread AS t JOIN conversation AS c ON c.id = t.conversation_id WHERE t.visitor = $1",
                                           "t", visitor);
  GError *failure = NULL;

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
  self->waits = g_strcmp0 (lia_rows_text (rows, 2), "open") == 0 && lia_rows_int (rows, 3) != 0;
  state->state = self->waits ? "waiting" : g_strcmp0 (lia_rows_text (rows, 2), "closed") == 0 ? "closed"
                                                                                              : "open";
  self->queue_id = lia_rows_int (rows, 4);
  self->since_ms = lia_rows_int (rows, 5);

  return TRUE;
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
read_standing (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  LiaChatVisitor      *visitor = data;
  g_autofree Standing *self = g_new0 (Standing, 1);
  gint64               available;

  self->state.state = "none";
  if (!read_thread (db, visitor->visitor, self, error) ||
      !lia_db_get_int (db, &available, error, "SELECT EXISTS (SELECT 1 FROM agent WHERE availability = 'available')", ""))
    return FALSE;
  self->state.available = available != 0;
  if (!read_hours (db, visitor->channel_id, &self->state, error))
    return FALSE;
  *result = g_steal_pointer (&self);

  return TRUE;
}

/** lia_chat_state_await: (nullable): to be freed with g_free(). In a fiber. */
LiaChatState *
lia_chat_state_await (LiaChatLines   *lines,
                      LiaChatVisitor *visitor,
                      GError        **error)
{
  LiaStore *store = lia_chat_lines_get_store (lines);
  g_autoptr (LiaChatLines) held = g_object_ref (lines); /* the hub may go meanwhile */
  g_autofree Standing *self = NULL;

  self = lia_store_await (lia_store_read (store, read_standing, lia_chat_visitor_ref (visitor), (GDestroyNotify)lia_chat_visitor_unref, g_free), error);
  if (self != NULL && self->waits)
    {
      g_autoptr (LiaChatLine) line = lia_chat_lines_await (lines, error);

      if (line == NULL)
        return NULL;
      lia_chat_line_stand (line, self->queue_id, self->since_ms, self->state.conversation_id, lia_time_now (), &self->state.position, &self->state.wait_ms);
    }

  return (LiaChatState *)g_steal_pointer (&self);
}
