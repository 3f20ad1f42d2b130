/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What is promised to who leaves a message is what four of five lately got: the first answers by mail of the same queue. Where there were too few it is
 * the queue's own target. A queue that is closed begins when it opens.
 */

#include "lia-chat-answer-time.h"

#include "lia-json.h"
#include "lia-time.h"
#include "lia-wire.h"

#define MIN_ANSWERED 5
#define LAST_CONVERSATIONS 300 /* of all kinds, among which these are looked for */
#define LATELY_MS (14 * G_GINT64_CONSTANT (86400000))

/** lia_chat_hours_read: @hours: (out) (nullable): of the site's queue; those that cannot be read close nothing */
gboolean
lia_chat_hours_read (LiaDb     *db,
                     gint64     channel_id,
                     LiaHours **hours,
                     GError   **error)
{
  g_autofree char *text = lia_db_get_text (db, error,
                                           "SELECT coalesce ((SELECT q.hours FROM channel AS c JOIN queue AS q ON q.id = c.queue_id WHERE c.id = $1), '')",
                                           "i", channel_id);
  g_autoptr (JsonObject) object = text != NULL && *text != '\0' ? lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, NULL) : NULL;

  *hours = object != NULL ? lia_wire_decode_hours (object, NULL) : NULL;

  return text != NULL;
}

/* How long the first answers took, the shortest first. */
static GArray *
read_times (LiaDb   *db,
            gint64   queue_id,
            gint64   now_ms,
            GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT min (o.at) - c.created_at AS took FROM (SELECT id, channel, queue_id, created_at FROM conversation "
                                           "ORDER BY id DESC LIMIT $3) AS c JOIN entry AS o ON o.conversation_id = c.id AND o.answers = 1 "
                                           "WHERE c.channel = 'email' AND c.queue_id = $1 AND c.created_at >= $2 GROUP BY c.id ORDER BY took",
                                           "iii", queue_id, now_ms - LATELY_MS, (gint64)LAST_CONVERSATIONS);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (times, &(gint64){ lia_rows_int (rows, 0) }, 1);
  if (failure == NULL)
    return g_steal_pointer (&times);
  g_propagate_error (error, failure);

  return NULL;
}

static gint64
find_begin (LiaHours *hours,
            gint64    now_ms)
{
  LiaHoursState state = { .open = TRUE };

  if (hours != NULL)
    state = lia_hours_at (hours, now_ms);

  return state.open || state.opens_ms == 0 ? now_ms : state.opens_ms;
}

/** lia_chat_call_time_read: by when a call that is asked for now is due: the queue's target, from when it is open. */
gboolean
lia_chat_call_time_read (LiaDb   *db,
                         gint64   channel_id,
                         gint64  *call_by_ms,
                         GError **error)
{
  g_autoptr (LiaHours) hours = NULL;
  gint64 target_ms;

  if (!lia_chat_hours_read (db, channel_id, &hours, error) ||
      !lia_db_get_int (db, &target_ms, error, "SELECT q.callback_target_ms FROM channel AS c JOIN queue AS q ON q.id = c.queue_id WHERE c.id = $1", "i", channel_id))
    return FALSE;
  *call_by_ms = find_begin (hours, lia_time_now ()) + target_ms;

  return TRUE;
}

/** lia_chat_answer_time_read: when a message that is left now is probably answered. */
gboolean
lia_chat_answer_time_read (LiaDb   *db,
                           gint64   channel_id,
                           gint64  *answer_by_ms,
                           GError **error)
{
  g_autoptr (LiaHours) hours = NULL;
  g_autoptr (GArray) times = NULL;
  gint64 now_ms = lia_time_now ();
  gint64 queue_id;
  gint64 took_ms;

  if (!lia_chat_hours_read (db, channel_id, &hours, error) ||
      !lia_db_get_int (db, &queue_id, error, "SELECT queue_id FROM channel WHERE id = $1", "i", channel_id) ||
      !lia_db_get_int (db, &took_ms, error, "SELECT first_target_ms FROM queue WHERE id = $1", "i", queue_id) ||
      (times = read_times (db, queue_id, now_ms, error)) == NULL)
    return FALSE;
  if (times->len >= MIN_ANSWERED)
    took_ms = g_array_index (times, gint64, times->len * 4 / 5);
  *answer_by_ms = find_begin (hours, now_ms) + took_ms;

  return TRUE;
}
