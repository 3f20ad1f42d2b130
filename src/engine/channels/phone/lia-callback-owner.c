/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-callback-owner.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-last-agent.h"
#include "lia-wire.h"

/*
 * Who is here comes before who is offline; then who last spoke with the customer or wrote to them, as the customer need not begin anew; then who has
 * the fewest callbacks, and of these who got one the longest ago. It is decided once: the journal keeps whom it was given to.
 */

static gint64
agent_number (const char *id)
{
  gint64 number = 0;

  lia_id_parse (id, "a", &number);

  return number;
}

static void
add_rung (GArray  *agents,
          LiaCall *call)
{
  for (guint i = 0; i < call->offers->len; i++)
    {
      gint64 agent = agent_number (((LiaCallOffer *)call->offers->pdata[i])->agent);

      g_array_append_val (agents, agent);
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      gint64 agent = agent_number (((LiaCallSegment *)call->segments->pdata[i])->agent);

      g_array_append_val (agents, agent);
    }
}

/* As a JSON list, which SQL reads. */
static char *
list_agents (LiaCall *call,
             GArray  *members)
{
  g_autoptr (GArray) agents = g_array_new (FALSE, FALSE, sizeof (gint64));
  GString *list = g_string_new ("[0");

  if (call->queue[0] == '\0')
    add_rung (agents, call);
  else if (members != NULL)
    g_array_append_vals (agents, members->data, members->len);
  for (guint i = 0; i < agents->len; i++)
    g_string_append_printf (list, ",%" G_GINT64_FORMAT, g_array_index (agents, gint64, i));
  g_string_append_c (list, ']');

  return g_string_free_and_steal (list);
}

/* 0 where there is nothing to read, or with @error set. */
static gint64
take_number (gboolean found,
             gint64   number,
             GError **failure,
             GError **error)
{
  if (found)
    return number;
  if (!g_error_matches (*failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (failure));

  return 0;
}

static gint64
choose (LiaDb      *db,
        gint64      customer_id,
        const char *agents,
        GError    **error)
{
  g_autoptr (GError) failure = NULL;
  gint64   agent_id = 0;
  gboolean found = lia_db_get_int (db, &agent_id, &failure,
                                   "SELECT a.id FROM agent AS a WHERE a.id IN (SELECT value FROM json_each ($2)) "
                                   "ORDER BY a.availability = 'offline', a.id IS NOT (" LIA_LAST_AGENT ("$1") "), "
                                                                                                              "(SELECT count (*) FROM conversation AS c INDEXED BY conversation_callbacks_owner "
                                                                                                              "WHERE c.assignee_id = a.id AND c.callback = 1 AND c.state = 'open'), "
                                                                                                              "coalesce ((SELECT max (b.from_at) FROM callback AS b INDEXED BY callback_owner WHERE b.owner_id = a.id), 0), a.id LIMIT 1",
                                   "it", customer_id, agents);

  return take_number (found, agent_id, &failure, error);
}

/* Its customer, when a call is owed there and nobody has it. */
static gint64
find_owed (LiaDb   *db,
           gint64   conversation_id,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64   customer_id = 0;
  gboolean found = lia_db_get_int (db, &customer_id, &failure,
                                   "SELECT customer_id FROM conversation WHERE id = $1 AND callback = 1 AND assignee_id IS NULL", "i", conversation_id);

  return take_number (found, customer_id, &failure, error);
}

static JsonObject *
new_entry (gint64 at_ms,
           gint64 agent_id)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  g_autofree char *agent = lia_id_format ("a", agent_id);
  JsonObject      *data;

  entry->at_ms = at_ms;
  entry->kind = LIA_ENTRY_STATE;
  entry->author_kind = LIA_AUTHOR_SYSTEM;
  entry->author = lia_address_new ("", "");
  entry->details = g_strdup_printf ("{\"what\":\"assigned\",\"from\":\"open\",\"to\":null,\"assignee\":\"%s\",\"tag\":null,\"until\":null}", agent);

  data = lia_wire_encode_entry (entry);
  json_object_remove_member (data, "id");
  json_object_remove_member (data, "seq");
  json_object_remove_member (data, "conv");

  return data;
}

static gboolean
give (LiaDb   *db,
      gint64   at_ms,
      gint64   conversation_id,
      gint64   agent_id,
      GError **error)
{
  g_autoptr (JsonObject) data = new_entry (at_ms, agent_id);
  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = { .kind = "entry.added", .conversation_id = conversation_id, .data = text, .object = data };

  return lia_journal_append (db, &event, error) != 0;
}

/* Where it is nobody's. */
static gboolean
give_owner (LiaDb      *db,
            gint64      at_ms,
            gint64      conversation_id,
            const char *agents,
            GError    **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 customer_id = find_owed (db, conversation_id, &failure);
  gint64 agent_id = customer_id != 0 ? choose (db, customer_id, agents, &failure) : 0;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return agent_id == 0 || give (db, at_ms, conversation_id, agent_id, error);
}

/** lia_callback_give_anybody: a call that was promised now, and that any agent can make. */
gboolean
lia_callback_give_anybody (LiaDb   *db,
                           gint64   at_ms,
                           gint64   conversation_id,
                           GError **error)
{
  g_autofree char *agents = lia_db_get_text (db, error, "SELECT json_group_array (id) FROM agent", "");

  return agents != NULL && give_owner (db, at_ms, conversation_id, agents, error);
}

gboolean
lia_callback_give_owner (LiaDb   *db,
                         LiaCall *call,
                         GArray  *members,
                         GError **error)
{
  g_autofree char *agents = list_agents (call, members);
  gint64           conversation_id = 0;

  if (call->direction != LIA_CALL_IN || !lia_id_parse (call->conv, "c", &conversation_id))
    return TRUE;

  return give_owner (db, call->ended_ms, conversation_id, agents, error);
}
