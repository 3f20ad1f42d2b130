/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an empty store begins with: the agent who opened it, and one queue. */

#include "lia-first-start.h"

#include "lia-journal.h"
#include "lia-json.h"
#include "lia-queue.h"

static gboolean
append (LiaDb      *db,
        const char *kind,
        JsonObject *data,
        gint64     *head,
        GError    **error)
{
  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = { .kind = kind, .data = text };
  gint64           seq = lia_journal_append (db, &event, error);

  json_object_unref (data);
  if (seq != 0)
    *head = seq;

  return seq != 0;
}

static JsonObject *
new_agent (void)
{
  JsonObject      *agent = json_object_new ();
  const char      *real_name = g_get_real_name ();
  g_autofree char *name = NULL;

  /* GLib says "Unknown" for a user without one. */
  if (real_name == NULL || real_name[0] == '\0' || g_strcmp0 (real_name, "Unknown") == 0)
    real_name = g_get_user_name ();
  name = g_utf8_make_valid (real_name, -1);

  json_object_set_int_member (agent, "agent", 1);
  json_object_set_string_member (agent, "name", name);
  json_object_set_string_member (agent, "role", "admin");

  return agent;
}

static JsonObject *
new_queue (void)
{
  JsonObject *queue = json_object_new ();

  json_object_set_int_member (queue, "queue", 1);
  json_object_set_string_member (queue, "name", "Support");
  json_object_set_int_member (queue, "wrapup_ms", LIA_QUEUE_NEW_WRAPUP_MS);

  return queue;
}

/**
 * lia_first_start:
 * @head: (inout): of the journal
 *
 * Appends agent 1 and queue 1 to an empty journal; does nothing with any other.
 */
gboolean
lia_first_start (LiaDb   *db,
                 gint64  *head,
                 GError **error)
{
  if (*head != 0)
    return TRUE;

  return lia_db_exec (db, error, "BEGIN IMMEDIATE", "") &&
         append (db, "agent.changed", new_agent (), head, error) &&
         append (db, "queue.changed", new_queue (), head, error) &&
         lia_db_exec (db, error, "COMMIT", "");
}
