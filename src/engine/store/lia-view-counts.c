/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The numbers beside the views, kept up as conversations move, so that none is ever counted. Unread is not stored for each agent and
 * conversation: a conversation with anything from its customer is unread for everybody, less those who have read it since. So news costs as
 * much as there were readers, not as much as there are agents.
 */

#include "lia-view-counts.h"

#include <string.h>

/** lia_view_keys_of: the views in which a conversation at this place stands. */
guint
lia_view_keys_of (const LiaConversationPlace *place,
                  LiaViewKey                  keys[LIA_MAX_VIEWS_OF_CONVERSATION])
{
  gboolean active = place->state == LIA_CONVERSATION_OPEN || place->state == LIA_CONVERSATION_PENDING;
  guint    n = 0;

  if (place->state == LIA_CONVERSATION_CLOSED)
    keys[n++] = (LiaViewKey){ "closed", 0 };
  else
    keys[n++] = (LiaViewKey){ "all", 0 };

  if (place->state == LIA_CONVERSATION_SNOOZED)
    keys[n++] = (LiaViewKey){ "followups", 0 };
  if (active)
    keys[n++] = (LiaViewKey){ "queue", place->queue_id };
  if (active && place->assignee_id != 0)
    keys[n++] = (LiaViewKey){ "mine", place->assignee_id };
  if (place->state == LIA_CONVERSATION_OPEN && place->assignee_id == 0)
    keys[n++] = (LiaViewKey){ "waiting", 0 };
  if (place->state == LIA_CONVERSATION_OPEN && place->callback)
    keys[n++] = (LiaViewKey){ "callbacks", 0 };

  return n;
}

static gboolean
change_total (LiaDb            *db,
              const LiaViewKey *key,
              gint64            total,
              gint64            inbound,
              GError          **error)
{
  return lia_db_exec (db, error,
                      "INSERT INTO view_total (view, of, total, inbound) VALUES ($1, $2, $3, $4) "
                      "ON CONFLICT (view, of) DO UPDATE SET total = total + $3, inbound = inbound + $4",
                      "tiii", key->view, key->of, total, inbound);
}

static gboolean
change_read (LiaDb            *db,
             gint64            agent_id,
             const LiaViewKey *key,
             gint64            change,
             GError          **error)
{
  return lia_db_exec (db, error,
                      "INSERT INTO view_read (agent_id, view, of, n) VALUES ($1, $2, $3, $4) "
                      "ON CONFLICT (agent_id, view, of) DO UPDATE SET n = n + $4",
                      "itii", agent_id, key->view, key->of, change);
}

/** lia_view_counts_add: a new conversation; nobody has read it. */
gboolean
lia_view_counts_add (LiaDb                      *db,
                     const LiaConversationPlace *place,
                     GError                    **error)
{
  LiaViewKey keys[LIA_MAX_VIEWS_OF_CONVERSATION];
  guint      n = lia_view_keys_of (place, keys);

  for (guint i = 0; i < n; i++)
    {
      if (!change_total (db, &keys[i], 1, place->last_in_seq != 0, error))
        return FALSE;
    }

  return TRUE;
}

/** lia_view_counts_read: an agent has read a conversation at this place (@change 1), or has not any more (-1). */
gboolean
lia_view_counts_read (LiaDb                      *db,
                      gint64                      agent_id,
                      const LiaConversationPlace *place,
                      gint64                      change,
                      GError                    **error)
{
  LiaViewKey keys[LIA_MAX_VIEWS_OF_CONVERSATION];
  guint      n = lia_view_keys_of (place, keys);

  for (guint i = 0; i < n; i++)
    {
      if (!change_read (db, agent_id, &keys[i], change, error))
        return FALSE;
    }

  return TRUE;
}

/* The agents who have read everything in a conversation. */
static GArray *
readers_of (LiaDb   *db,
            gint64   conversation_id,
            GError **error)
{
  g_autoptr (GArray) agents = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT agent_id FROM conversation_read WHERE conversation_id = $1 AND current = 1 "
                                           "ORDER BY agent_id",
                                           "i", conversation_id);
  GError *failure = NULL;

  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      gint64 agent_id = lia_rows_int (rows, 0);

      g_array_append_val (agents, agent_id);
    }

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  return g_steal_pointer (&agents);
}

static gboolean
change_readers (LiaDb                      *db,
                GArray                     *readers,
                const LiaConversationPlace *place,
                gint64                      change,
                GError                    **error)
{
  for (guint i = 0; i < readers->len; i++)
    {
      if (!lia_view_counts_read (db, g_array_index (readers, gint64, i), place, change, error))
        return FALSE;
    }

  return TRUE;
}

/* Something new came in: whoever had read everything has not any more. */
static gboolean
forget_readers (LiaDb                      *db,
                gint64                      conversation_id,
                const LiaConversationPlace *before,
                GError                    **error)
{
  g_autoptr (GArray) readers = readers_of (db, conversation_id, error);

  return readers != NULL &&
         change_readers (db, readers, before, -1, error) &&
         (readers->len == 0 ||
          lia_db_exec (db, error, "UPDATE conversation_read SET current = 0 WHERE conversation_id = $1", "i", conversation_id));
}

static gboolean
move_readers (LiaDb                      *db,
              gint64                      conversation_id,
              const LiaConversationPlace *before,
              const LiaConversationPlace *after,
              GError                    **error)
{
  g_autoptr (GArray) readers = readers_of (db, conversation_id, error);

  return readers != NULL &&
         change_readers (db, readers, before, -1, error) &&
         change_readers (db, readers, after, 1, error);
}

static gboolean
is_same_place (const LiaConversationPlace *a,
               const LiaConversationPlace *b)
{
  return a->state == b->state && a->assignee_id == b->assignee_id && a->queue_id == b->queue_id && a->callback == b->callback;
}

/** lia_view_counts_move: a conversation has changed its place, or something came in. */
gboolean
lia_view_counts_move (LiaDb                      *db,
                      gint64                      conversation_id,
                      const LiaConversationPlace *before,
                      const LiaConversationPlace *after,
                      GError                    **error)
{
  LiaViewKey keys[LIA_MAX_VIEWS_OF_CONVERSATION];
  guint      n;
  gboolean   same = is_same_place (before, after);

  if (after->last_in_seq > before->last_in_seq && !forget_readers (db, conversation_id, before, error))
    return FALSE;

  if (same && (before->last_in_seq != 0) == (after->last_in_seq != 0))
    return TRUE;

  n = lia_view_keys_of (before, keys);
  for (guint i = 0; i < n; i++)
    {
      if (!change_total (db, &keys[i], -1, before->last_in_seq != 0 ? -1 : 0, error))
        return FALSE;
    }

  return lia_view_counts_add (db, after, error) &&
         (same || move_readers (db, conversation_id, before, after, error));
}
