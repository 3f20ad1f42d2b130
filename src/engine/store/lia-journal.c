/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way to change what Liaison knows. Store threads, in a write transaction. */

#include "lia-journal.h"

#include "lia-id.h"
#include "lia-json.h"
#include "lia-projections.h"
#include "lia-time.h"

/* The entry as it goes to the app: with its ids in front, without what stays inside the engine. */
static JsonObject *
make_wire_entry (const LiaProjection *self,
                 gint64               at_ms)
{
  JsonObject      *entry = json_object_new ();
  g_autofree char *id = lia_id_format ("e", self->seq);
  g_autofree char *conversation = lia_id_format ("c", self->conversation_id);
  JsonObjectIter   iter;
  const char      *name;
  JsonNode        *value;

  json_object_set_string_member (entry, "id", id);
  json_object_set_int_member (entry, "seq", self->seq);
  json_object_set_string_member (entry, "conv", conversation);
  lia_json_set_time (entry, "at", at_ms);

  json_object_iter_init_ordered (&iter, self->data);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (g_strcmp0 (name, "x") != 0 && !json_object_has_member (entry, name))
        json_object_set_member (entry, name, json_node_copy (value));
    }

  return entry;
}

/* An entry's text is kept once, here, as it goes to the app. */
static gboolean
write_entry (const LiaProjection *projection,
             char               **data,
             char               **x,
             GError             **error)
{
  gint64      at_ms = 0;
  JsonObject *inside;
  g_autoptr (JsonObject) entry = NULL;

  if (!lia_json_time (projection->data, "at", LIA_JSON_OPTIONAL, &at_ms, error) ||
      !lia_json_obj (projection->data, "x", LIA_JSON_OPTIONAL, &inside, error))
    return FALSE;

  entry = make_wire_entry (projection, at_ms != 0 ? at_ms : projection->at_ms);
  *data = lia_json_to_text (entry);
  *x = inside != NULL ? lia_json_to_text (inside) : NULL;

  return TRUE;
}

static gboolean
insert_row (const LiaProjection   *projection,
            const LiaJournalEvent *event,
            GError               **error)
{
  g_autofree char *entry = NULL;
  g_autofree char *x = NULL;

  if (g_str_equal (event->kind, "entry.added") && !write_entry (projection, &entry, &x, error))
    return FALSE;

  return lia_db_exec (projection->db, error,
                      "INSERT INTO journal (seq, at, kind, conversation_id, customer_id, actor_id, command_key, ver, data, x) "
                      "VALUES ($1, $2, $3, nullif ($4, 0), nullif ($5, 0), nullif ($6, 0), $7, $8, $9, $10)",
                      "iitiiititt", projection->seq, projection->at_ms, event->kind, projection->conversation_id,
                      projection->customer_id, event->actor_id, event->command_key, projection->ver, entry != NULL ? entry : event->data, x);
}

/*
 * A draft is saved every second while one types. What was never sent is nobody's business later, so the one before loses its text; a rebuild
 * arrives at the same draft all the same.
 */
static gboolean
forget_earlier_draft (LiaDb                 *db,
                      const LiaJournalEvent *event,
                      GError               **error)
{
  return g_strcmp0 (event->kind, "draft.saved") != 0 ||
         lia_db_exec (db, error,
                      "UPDATE journal SET data = '{\"draft\":null}' "
                      "WHERE seq = (SELECT seq FROM draft WHERE agent_id = $1 AND conversation_id = $2)",
                      "ii", event->actor_id, event->conversation_id);
}

/**
 * lia_journal_append:
 * @db: in a write transaction
 * @event: what happened
 *
 * Appends an event and changes the rows that follow from it. When it fails the transaction has to be rolled back, which a store function
 * does by passing the error on.
 *
 * Returns: its number, which is the id of what it made; 0 with %LIA_STORE_ERROR: _NOT_FOUND when it is about a thing that is not there
 */
gint64
lia_journal_append (LiaDb                 *db,
                    const LiaJournalEvent *event,
                    GError               **error)
{
  g_autoptr (GError) bad_data = NULL;
  g_autoptr (JsonObject) data = event->object != NULL ? json_object_ref (event->object) : lia_json_parse (event->data, -1, G_MAXSIZE, &bad_data);
  LiaProjection projection = {
    .db = db,
    .at_ms = event->at_ms != 0 ? event->at_ms : lia_time_now (),
    .kind = event->kind,
    .conversation_id = event->conversation_id,
    .customer_id = event->customer_id,
    .actor_id = event->actor_id,
    .data = data,
  };

  if (data == NULL)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "The data of %s is no JSON: %s", event->kind, bad_data->message);
      return 0;
    }

  /* With its key: what may change several rows needs a savepoint of its own, which costs far more than the change. */
  if (!lia_db_exec (db, error, "UPDATE journal_head SET last_seq = last_seq + 1 WHERE one = 1", "") ||
      !lia_db_get_int (db, &projection.seq, error, "SELECT last_seq FROM journal_head WHERE one = 1", "") ||
      !forget_earlier_draft (db, event, error) ||
      !lia_projections_apply (&projection, error) ||
      !insert_row (&projection, event, error))
    return 0;

  return projection.seq;
}
