/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-push-store.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-notices.h"
#include "lia-questions.h"
#include "lia-queries-issues.h"
#include "lia-time.h"
#include "lia-wire.h"

#define OPEN "('queued', 'unknown', 'attaching', 'retracting')"
#define LOST "Liaison was ended while this was on its way. It is looked for in the tracker before it is sent again."

void
lia_push_agenda_free (LiaPushAgenda *self)
{
  g_clear_object (&self->due);
  g_free (self);
}

static JsonArray *
files_to_json (GPtrArray *files)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < files->len; i++)
    json_array_add_object_element (array, lia_wire_encode_push_file (files->pdata[i]));

  return array;
}

/* What was filed before may be fixed, and this is not; and what is taken back is the finding's no more. */
static gboolean
refresh_notices (LiaDb   *db,
                 gint64   id,
                 GError **error)
{
  gint64 finding;

  return lia_db_get_int (db, &finding, error, "SELECT finding_id FROM push WHERE id = $1", "i", id) && lia_notices_refresh (db, finding, error);
}

/** lia_push_append_change: @actor_id: who wants it so, 0 = nobody, it became so */
gboolean
lia_push_append_change (LiaDb               *db,
                        gint64               id,
                        gint64               actor_id,
                        const LiaPushChange *change,
                        GError             **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (data, "push", id);
  json_object_set_string_member (data, "state", lia_push_state_to_string (change->state));
  if (change->problem != NULL && *change->problem != '\0')
    json_object_set_string_member (data, "problem", change->problem);
  if (change->retry_ms != 0)
    json_object_set_int_member (data, "retry_at", change->retry_ms);
  if (change->issue != NULL)
    json_object_set_object_member (data, "issue", lia_wire_encode_seen_issue (change->issue));
  if (change->files != NULL)
    json_object_set_array_member (data, "files", files_to_json (change->files));
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "push.changed", .actor_id = actor_id, .data = text }, error) != 0 &&
         ((change->issue == NULL && change->state != LIA_PUSH_RETRACTING) || refresh_notices (db, id, error)) &&
         lia_question_follow_push (db, id, change->state != LIA_PUSH_FAILED && change->state != LIA_PUSH_CANCELLED, error);
}

static gboolean
recover (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  gint64 id = 0;

  do
    {
      if (!lia_db_get_int (db, &id, error, "SELECT coalesce (min (id), 0) FROM push WHERE tracker_id = $1 AND state = 'sending'", "i", *(gint64 *)data) ||
          (id != 0 && !lia_push_append_change (db, id, 0, &(LiaPushChange){ LIA_PUSH_UNKNOWN, .problem = LOST }, error)))
        return FALSE;
    }
  while (id != 0);

  return TRUE;
}

/** lia_push_store_recover: what was on its way when the engine was ended may have arrived or not. */
gboolean
lia_push_store_recover (LiaStore *store,
                        gint64    tracker_id,
                        GError  **error)
{
  return dex_await (lia_store_write (store, recover, &tracker_id, NULL, NULL), error);
}

static gboolean
read_agenda (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const gint64 tracker_id = *(gint64 *)data;
  const gint64 now_ms = lia_time_now ();
  g_autoptr (LiaPushAgenda) agenda = g_new0 (LiaPushAgenda, 1);
  gint64 id = 0;

  if (!lia_db_get_int (db, &id, error, "SELECT coalesce (min (id), 0) FROM push WHERE tracker_id = $1 AND state IN " OPEN " AND retry_at <= $2", "ii", tracker_id,
                       now_ms) ||
      !lia_db_get_int (db, &agenda->next_ms, error, "SELECT coalesce (min (retry_at), 0) FROM push WHERE tracker_id = $1 AND state IN " OPEN " AND retry_at > $2",
                       "ii", tracker_id, now_ms) ||
      (id != 0 && (agenda->due = lia_query_push (db, id, error)) == NULL))
    return FALSE;
  *result = g_steal_pointer (&agenda);

  return TRUE;
}

/** lia_push_store_agenda: what is to be done for a tracker now. */
LiaPushAgenda *
lia_push_store_agenda (LiaStore *store,
                       gint64    tracker_id,
                       GError  **error)
{
  return lia_store_await (lia_store_read (store, read_agenda, &tracker_id, NULL, (GDestroyNotify)lia_push_agenda_free), error);
}

typedef struct
{
  LiaPush             *push;
  const LiaPushChange *change;
} Change;

/* Only what somebody else has not changed meanwhile: it may have been taken back. */
static gboolean
change (LiaDb    *db,
        gpointer  data,
        gpointer *result,
        GError  **error)
{
  const Change *self = data;
  gint64        id = 0;
  gint64        same = 0;

  lia_id_parse (self->push->id, "p", &id);
  if (!lia_db_get_int (db, &same, error, "SELECT count (*) FROM push WHERE id = $1 AND state = $2", "it", id, lia_push_state_to_string (self->push->state)))
    return FALSE;
  if (same > 0)
    return lia_push_append_change (db, id, 0, self->change, error);
  g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_CONFLICT, "It was taken back.");

  return FALSE;
}

/** lia_push_store_change: %LIA_STORE_ERROR_CONFLICT when it is in another state than @push says. */
gboolean
lia_push_store_change (LiaStore            *store,
                       LiaPush             *push,
                       const LiaPushChange *becomes,
                       GError             **error)
{
  Change work = { push, becomes };

  return dex_await (lia_store_write (store, change, &work, NULL, NULL), error);
}

static gboolean
read_key (LiaDb    *db,
          gpointer  data,
          gpointer *result,
          GError  **error)
{
  const LiaPush *push = data;
  gint64         id = 0;

  lia_id_parse (push->issue, "i", &id);
  *result = lia_db_get_text (db, error, "SELECT key FROM issue WHERE id = $1", "i", id);

  return *result != NULL;
}

/** lia_push_store_get_key: (transfer full): how the tracker calls the issue that @push has become. */
char *
lia_push_store_get_key (LiaStore *store,
                        LiaPush  *push,
                        GError  **error)
{
  return lia_store_await (lia_store_read (store, read_key, push, NULL, g_free), error);
}
