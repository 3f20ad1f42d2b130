/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of who was told, or put off: messages fail and are taken back, calls are made, time passes. */

#include "lia-entry-facts.h"
#include "lia-json.h"
#include "lia-notices-private.h"

#define KNOWN "Somebody has said that customers were told already."
#define TAKEN_BACK "The message was taken back before it left."

/* The notice that an entry is about, and its finding; 0 when there is none */
static gboolean
find_by_entry (LiaDb   *db,
               gint64   entry_seq,
               gint64  *id,
               gint64  *finding_id,
               GError **error)
{
  return lia_db_get_int (db, id, error, "SELECT coalesce (max (id), 0) FROM notice INDEXED BY notice_entry WHERE entry_seq = $1 AND entry_seq > 0", "i", entry_seq) &&
         (*id == 0 || lia_db_get_int (db, finding_id, error, "SELECT finding_id FROM notice WHERE id = $1", "i", *id));
}

/* Who was not reached is to be told still, unless there is nothing to tell any more. */
static gboolean
come_back (LiaDb                *db,
           gint64                id,
           const LiaNoticesRoot *root,
           const char           *problem,
           GError              **error)
{
  if (root->is_fixed)
    return lia_notices_set_state (db, id, "due", problem != NULL ? problem : TAKEN_BACK, error);

  return lia_notices_cancel (db, id, LIA_NOTICES_REOPENED, error);
}

/**
 * lia_notices_follow:
 * @state: what became of the message @entry_seq
 * @problem: (nullable): why it failed, in plain words
 */
gboolean
lia_notices_follow (LiaDb      *db,
                    gint64      entry_seq,
                    const char *state,
                    const char *problem,
                    GError    **error)
{
  const gboolean   is_lost = !lia_entry_facts_send_state_counts (state);
  g_autofree char *before = NULL;
  LiaNoticesRoot   root = { 0 };
  gint64           id;
  gint64           finding_id = 0;

  if (!find_by_entry (db, entry_seq, &id, &finding_id, error))
    return FALSE;
  if (id == 0)
    return TRUE;
  if ((before = lia_db_get_text (db, error, "SELECT state FROM notice WHERE id = $1", "i", id)) == NULL)
    return FALSE;
  if (!lia_notices_read_root (db, finding_id, &root, error))
    return FALSE;
  if (is_lost && g_str_equal (before, "sent") && !come_back (db, id, &root, problem, error))
    return FALSE;
  if (!is_lost && g_str_equal (before, "due") && !lia_notices_set_state (db, id, "sent", NULL, error))
    return FALSE;

  return !root.is_fixed || lia_notices_refresh_told (db, &root, error);
}

/** lia_notices_follow_calls: somebody has called, or said that no call is needed: what was promised there may be kept. */
gboolean
lia_notices_follow_calls (LiaDb   *db,
                          gint64   conversation_id,
                          GError **error)
{
  g_autoptr (GArray) ids = lia_notices_collect (lia_db_query (db, error,
                                                              "SELECT DISTINCT n.finding_id FROM entry AS e INDEXED BY entry_conversation_seq CROSS JOIN notice AS n INDEXED BY notice_entry "
                                                              "ON n.entry_seq = e.seq AND n.entry_seq > 0 WHERE e.conversation_id = $1 AND e.kind = 'promise'",
                                                              "i", conversation_id),
                                                1, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (!lia_notices_refresh (db, g_array_index (ids, gint64, i), error))
        return FALSE;
    }

  return ids != NULL;
}

/** lia_notices_skip_all: somebody says that all customers know. */
gboolean
lia_notices_skip_all (LiaDb   *db,
                      gint64   finding_id,
                      gint64   actor_id,
                      GError **error)
{
  g_autoptr (GArray) ids = lia_notices_collect (lia_db_query (db, error,
                                                              "SELECT n.id FROM finding AS f CROSS JOIN finding AS m ON m.root_id = f.root_id CROSS JOIN notice AS n ON n.finding_id = m.id "
                                                              "WHERE f.id = $1 AND n.state = 'due' ORDER BY n.id",
                                                              "i", finding_id),
                                                1, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      JsonObject *data = json_object_new ();

      json_object_set_string_member (data, "state", "skipped");
      json_object_set_string_member (data, "reason", KNOWN);
      if (!lia_notices_append_change (db, g_array_index (ids, gint64, i), actor_id, data, error))
        return FALSE;
    }

  return ids != NULL;
}

/** lia_notices_wake_due: what was put off until now is to be done. */
gboolean
lia_notices_wake_due (LiaDb   *db,
                      gint64   now_ms,
                      GError **error)
{
  g_autoptr (GArray) ids =
      lia_notices_collect (lia_db_query (db, error, "SELECT id FROM notice INDEXED BY notice_due WHERE state = 'due' AND snooze_until > 0 AND snooze_until <= $1", "i", now_ms), 1, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      JsonObject *data = json_object_new ();

      json_object_set_int_member (data, "snooze", 0);
      if (!lia_notices_append_change (db, g_array_index (ids, gint64, i), 0, data, error))
        return FALSE;
    }

  return ids != NULL;
}
