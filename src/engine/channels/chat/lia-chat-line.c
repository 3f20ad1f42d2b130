/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How long somebody has to wait is what it took lately: the middle one of today's first answers in her queue, less what she has waited. When that is over, or
 * too few were answered, nothing is promised.
 */

#include "lia-chat-line.h"

#include "lia-queries-day.h"
#include "lia-time.h"

#define MIN_ANSWERED 3
#define LAST_EVENTS 400 /* among which today's last chats are: many chats are not all looked at each time */

typedef struct
{
  gint64 queue_id;
  gint64 since_ms;
  gint64 id;
  gint64 position;
  gint64 usual_ms;
} Place;

struct _LiaChatLine
{
  GArray     *places;  /* of Place, a queue after the other */
  GHashTable *numbers; /* gint64 *: conversation -> its number in `places`, from 1 on */
};

static void
clear (gpointer data)
{
  LiaChatLine *self = data;

  g_array_unref (self->places);
  g_hash_table_unref (self->numbers);
}

LiaChatLine *
lia_chat_line_ref (LiaChatLine *self)
{
  return g_rc_box_acquire (self);
}

void
lia_chat_line_unref (gpointer line)
{
  g_rc_box_release_full (line, clear);
}

/* How much longer it probably takes; 0 = nobody knows. */
static gint64
left (gint64 usual_ms,
      gint64 waited_ms)
{
  return usual_ms > 0 ? MAX (0, usual_ms - waited_ms) : 0;
}

/* @usual_ms: how long the last ones in the queue waited today; 0 = too few to say. */
static gboolean
read_usual (LiaDb   *db,
            gint64   queue_id,
            gint64  *usual_ms,
            GError **error)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT min (o.at) - c.created_at AS waited FROM (SELECT DISTINCT e.conversation_id AS id FROM "
                                           "(SELECT seq FROM chat_event ORDER BY seq DESC LIMIT $3) AS r JOIN entry AS e ON e.seq = r.seq) AS d "
                                           "JOIN conversation AS c ON c.id = d.id AND c.queue_id = $1 AND c.channel = 'chat' AND c.created_at >= $2 "
                                           "JOIN entry AS o ON o.conversation_id = c.id AND o.kind = 'chat' AND o.dir = 'out' GROUP BY c.id ORDER BY waited",
                                           "iii", queue_id, lia_day_begin (lia_time_now ()), (gint64)LAST_EVENTS);
  GError *failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_array_append_vals (waits, &(gint64){ lia_rows_int (rows, 0) }, 1);
  if (failure != NULL)
    g_propagate_error (error, failure);
  *usual_ms = waits->len >= MIN_ANSWERED ? g_array_index (waits, gint64, waits->len / 2) : 0;

  return failure == NULL;
}

/* @rows: conversation, since when, in the order of their queues */
static gboolean
add_places (LiaChatLine *self,
            LiaDb       *db,
            LiaRows     *rows,
            GError     **error)
{
  GError *failure = NULL;
  Place   place = { 0 };

  while (lia_rows_next (rows, &failure))
    {
      gint64 queue_id = lia_rows_int (rows, 1);

      if (queue_id != place.queue_id || place.position == 0)
        {
          place.queue_id = queue_id;
          place.position = 0;
          if (!read_usual (db, queue_id, &place.usual_ms, &failure))
            break;
        }
      place.position++;
      place.id = lia_rows_int (rows, 0);
      place.since_ms = lia_rows_int (rows, 2);
      g_array_append_val (self->places, place);
      g_hash_table_insert (self->numbers, g_memdup2 (&place.id, sizeof place.id), GUINT_TO_POINTER (self->places->len));
    }
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/** lia_chat_line_read: (transfer full): #LiaStoreFunc; @line: #LiaChatLine */
gboolean
lia_chat_line_read (LiaDb    *db,
                    gpointer  unused,
                    gpointer *line,
                    GError  **error)
{
  g_autoptr (LiaChatLine) self = g_rc_box_new0 (LiaChatLine);
  g_autoptr (LiaRows) rows = NULL;

  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  self->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  rows = lia_db_query (db, error,
                       "SELECT id, queue_id, waiting_since FROM conversation WHERE state = 'open' AND assignee_id IS NULL AND channel = 'chat' "
                       "ORDER BY queue_id, waiting_since, id",
                       "");
  if (rows == NULL || !add_places (self, db, rows, error))
    return FALSE;
  *line = g_steal_pointer (&self);

  return TRUE;
}

/** lia_chat_line_find: @position: from 1 on; @wait_ms: how much longer it probably takes, 0 = nobody knows. FALSE: she does not wait. */
gboolean
lia_chat_line_find (LiaChatLine *self,
                    gint64       conversation_id,
                    gint64       now_ms,
                    gint64      *position,
                    gint64      *wait_ms)
{
  const guint  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, &conversation_id));
  const Place *place;

  if (number == 0)
    return FALSE;
  place = &g_array_index (self->places, Place, number - 1);
  *position = place->position;
  *wait_ms = left (place->usual_ms, now_ms - place->since_ms);

  return TRUE;
}

static gboolean
is_before (const Place *place,
           gint64       queue_id,
           gint64       since_ms,
           gint64       conversation_id)
{
  if (place->queue_id != queue_id)
    return place->queue_id < queue_id;
  if (place->since_ms != since_ms)
    return place->since_ms < since_ms;

  return place->id < conversation_id;
}

/**
 * lia_chat_line_stand:
 *
 * As lia_chat_line_find(), for who may not be in it: where she would stand, behind those of her queue who have waited for longer.
 */
void
lia_chat_line_stand (LiaChatLine *self,
                     gint64       queue_id,
                     gint64       since_ms,
                     gint64       conversation_id,
                     gint64       now_ms,
                     gint64      *position,
                     gint64      *wait_ms)
{
  guint        from = 0;
  guint        upto = self->places->len;
  const Place *before;

  if (lia_chat_line_find (self, conversation_id, now_ms, position, wait_ms))
    return;

  while (from < upto)
    {
      const guint middle = (from + upto) / 2;

      if (is_before (&g_array_index (self->places, Place, middle), queue_id, since_ms, conversation_id))
        from = middle + 1;
      else
        upto = middle;
    }
  before = from > 0 ? &g_array_index (self->places, Place, from - 1) : NULL;
  if (before != NULL && before->queue_id != queue_id)
    before = NULL;
  *position = before != NULL ? before->position + 1 : 1;
  *wait_ms = before != NULL ? left (before->usual_ms, now_ms - since_ms) : 0;
}
