/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-outbox-store.h"

#include "lia-address.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-mail-store.h"
#include "lia-notices.h"
#include "lia-response-uses.h"
#include "lia-time.h"

#include <string.h>

/*
 *   queued -> sending -> sent | partial | failed
 *     ^          |-> deferred (next_try) -> sending …
 *     |          `-> unconfirmed: all was sent, no answer came -> sent, or what the agent decides
 *     `- undo: cancelled
 *
 * Every step is a guarded update: who comes second changes nothing. Here: the steps. lia-outbox-prepare.c makes the message,
 * lia-outbox-verdict.c reads the server's answers.
 */

#define CONFIRM_AGE_MS (15 * 60 * G_GINT64_CONSTANT (1000))

void
lia_outgoing_free (LiaOutgoing *self)
{
  g_free (self->sender);
  g_strfreev (self->recipients);
  g_free (self->message_id);
  g_free (self->raw);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

void
lia_outbox_agenda_free (LiaOutboxAgenda *self)
{
  g_array_unref (self->due);
  g_array_unref (self->unconfirmed);
  g_array_unref (self->copies);
  g_free (self);
}

/* What travels to the store's thread. */
typedef struct
{
  gint64             channel_id;
  gint64             id;
  const char        *text;
  gboolean           flag;
  const LiaOutgoing *outgoing; /* the fiber's, which waits for us */
} Job;

/* The fiber waits for each of these without a deadline, so a job on its stack outlives the work. */
static gboolean
await_write (LiaStore    *store,
             LiaStoreFunc func,
             Job         *job,
             GError     **error)
{
  return dex_await (lia_store_write (store, func, job, NULL, NULL), error);
}

/** lia_outbox_change_entry: tells everybody what became of a message. @problem: (nullable): in plain words. */
gboolean
lia_outbox_change_entry (LiaDb      *db,
                         gint64      id,
                         const char *state,
                         const char *problem,
                         GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  JsonObject *set = json_object_new ();

  json_object_set_int_member (data, "entry", id);
  json_object_set_string_member (set, "state", state);
  lia_json_set_str (set, "problem", problem);
  if (!g_str_equal (state, "queued"))
    lia_json_set_time (set, "undo_until", 0);
  json_object_set_object_member (data, "set", set);

  g_autofree char *text = lia_json_to_text (data);
  gint64           conversation_id;
  if (!lia_db_get_int (db, &conversation_id, error, "SELECT conversation_id FROM outbox WHERE id = $1", "i", id))
    return FALSE;
  LiaJournalEvent event = { .kind = "entry.changed", .conversation_id = conversation_id, .data = text };

  if (lia_journal_append (db, &event, error) == 0 || !lia_notices_follow (db, id, state, problem, error))
    return FALSE;

  return !(g_str_equal (state, "sent") || g_str_equal (state, "partial")) || lia_response_uses_count (db, id, error);
}

/** lia_outbox_take_back: @done: (out): whether it had not left; lia_outbox_change_entry() is to follow */
gboolean
lia_outbox_take_back (LiaDb    *db,
                      gint64    id,
                      gboolean *done,
                      GError  **error)
{
  if (!lia_db_exec (db, error,
                    "UPDATE outbox SET state = 'cancelled', next_try = 0 WHERE id = $1 AND state IN ('queued', 'deferred')"
                    " AND NOT EXISTS (SELECT 1 FROM outbox_recipient WHERE outbox_id = $1 AND state = 'accepted')",
                    "i", id))
    return FALSE;
  *done = lia_db_changes (db) > 0;

  return TRUE;
}

/* Numbers of a query's first column. */
static GArray *
read_ids (LiaDb      *db,
          const char *sql,
          gint64      channel_id,
          gint64      now_ms,
          GError    **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, sql, "ii", channel_id, now_ms);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &cause))
    {
      gint64 id = lia_rows_int (rows, 0);
      g_array_append_val (ids, id);
    }
  if (cause == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&cause));

  return NULL;
}

/* Recover ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
recover (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job   *job = data;
  gint64 now_ms = lia_time_now ();
  g_autoptr (GArray) ids = read_ids (db, "SELECT id FROM outbox WHERE channel_id = $1 AND state = 'sending' AND $2 > 0 ORDER BY id", job->channel_id, now_ms, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64           id = g_array_index (ids, gint64, i);
      g_autofree char *phase = lia_db_get_text (db, error, "SELECT phase FROM outbox WHERE id = $1", "i", id);
      gboolean         dot = g_strcmp0 (phase, "dot") == 0;

      if (phase == NULL ||
          !lia_db_exec (db, error, "UPDATE outbox SET state = $1, phase = '', next_try = $2, first_try = $2 WHERE id = $3", "tii",
                        dot ? "unconfirmed" : "queued", now_ms, id) ||
          !lia_outbox_change_entry (db, id, dot ? "unconfirmed" : "queued", dot ? "Liaison was stopped while sending this. It may not have arrived." : NULL, error))
        return FALSE;
    }

  return TRUE;
}

static void
free_job (gpointer data)
{
  g_free (data);
}

/** lia_outbox_store_recover: after a start: what was being sent is queued again, or cannot be known. */
DexFuture *
lia_outbox_store_recover (LiaStore *store,
                          gint64    channel_id)
{
  Job *job = g_new0 (Job, 1);

  job->channel_id = channel_id;
  return lia_store_write (store, recover, job, free_job, NULL);
}

/* Agenda ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
read_agenda (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  Job                        *job = data;
  gint64                      now_ms = lia_time_now ();
  g_autofree LiaOutboxAgenda *agenda = g_new0 (LiaOutboxAgenda, 1);
  g_autoptr (GArray) due = read_ids (db,
                                     "SELECT id FROM outbox WHERE channel_id = $1 AND state IN ('queued', 'deferred') AND next_try <= $2"
                                     " ORDER BY next_try, id LIMIT 100",
                                     job->channel_id, now_ms, error);
  g_autoptr (GArray) unconfirmed = read_ids (db,
                                             "SELECT id FROM outbox WHERE channel_id = $1 AND state IN ('unconfirmed') AND next_try <= $2 AND next_try > 0"
                                             " ORDER BY id LIMIT 100",
                                             job->channel_id, now_ms, error);
  g_autoptr (GArray) copies = read_ids (db, "SELECT id FROM outbox WHERE channel_id = $1 AND sent_copy = 'wanted' AND $2 > 0 ORDER BY id LIMIT 100",
                                        job->channel_id, now_ms, error);

  if (due == NULL || unconfirmed == NULL || copies == NULL ||
      !lia_db_get_int (db, &agenda->next_ms, error,
                       "SELECT coalesce(min(next_try), 0) FROM outbox WHERE channel_id = $1 AND state IN ('queued', 'deferred', 'unconfirmed')"
                       " AND next_try > $2",
                       "ii", job->channel_id, now_ms))
    return FALSE;
  agenda->due = g_steal_pointer (&due);
  agenda->unconfirmed = g_steal_pointer (&unconfirmed);
  agenda->copies = g_steal_pointer (&copies);
  *result = g_steal_pointer (&agenda);

  return TRUE;
}

LiaOutboxAgenda *
lia_outbox_store_agenda (LiaStore *store,
                         gint64    channel_id,
                         GError  **error)
{
  Job job = { .channel_id = channel_id };

  return lia_store_await (lia_store_read (store, read_agenda, &job, NULL, (GDestroyNotify)lia_outbox_agenda_free), error);
}

/* Claim ------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
add_outgoing (LiaDb             *db,
              gint64             channel_id,
              const LiaOutgoing *outgoing,
              GError           **error)
{
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);

  for (guint i = 0; outgoing->recipients[i] != NULL; i++)
    g_ptr_array_add (recipients, lia_address_new ("", outgoing->recipients[i]));
  LiaMailOutgoing message = {
    .channel_id = channel_id,
    .entry_seq = outgoing->id,
    .conversation_id = outgoing->conversation_id,
    .message_id = outgoing->message_id,
    .raw = outgoing->raw,
    .bytes = outgoing->bytes,
    .recipients = recipients,
    .at_ms = outgoing->date_ms,
  };

  return lia_mail_store_add_outgoing (db, &message, error);
}

static gboolean
keep_raw (LiaDb             *db,
          gint64             channel_id,
          const LiaOutgoing *outgoing,
          GError           **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  JsonObject *x = json_object_new ();

  json_object_set_int_member (data, "entry", outgoing->id);
  json_object_set_string_member (x, "raw", outgoing->raw);
  json_object_set_object_member (data, "x", x);

  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = { .kind = "entry.changed", .conversation_id = outgoing->conversation_id, .data = text };

  return lia_db_exec (db, error, "UPDATE outbox SET raw = $1 WHERE id = $2", "ti", outgoing->raw, outgoing->id) &&
         add_outgoing (db, channel_id, outgoing, error) && lia_journal_append (db, &event, error) > 0;
}

static gboolean
claim (LiaDb    *db,
       gpointer  data,
       gpointer *result,
       GError  **error)
{
  Job   *job = data;
  gint64 now_ms = lia_time_now (), without_raw;

  if (!lia_db_exec (db, error,
                    "UPDATE outbox SET state = 'sending', phase = 'connect', attempts = attempts + 1, first_try = coalesce(first_try, $1)"
                    " WHERE id = $2 AND state IN ('queued', 'deferred') AND next_try <= $1",
                    "ii", now_ms, job->outgoing->id))
    return FALSE;
  job->flag = lia_db_changes (db) == 1;
  if (!job->flag)
    return TRUE;

  return lia_db_get_int (db, &without_raw, error, "SELECT raw IS NULL FROM outbox WHERE id = $1", "i", job->outgoing->id) &&
         (!without_raw || keep_raw (db, job->channel_id, job->outgoing, error)) && lia_outbox_change_entry (db, job->outgoing->id, "sending", NULL, error);
}

/** lia_outbox_store_claim: takes the message out of the queue. FALSE without error: it was taken back meanwhile. */
gboolean
lia_outbox_store_claim (LiaStore          *store,
                        gint64             channel_id,
                        const LiaOutgoing *outgoing,
                        GError           **error)
{
  Job job = { .channel_id = channel_id, .outgoing = outgoing };

  return await_write (store, claim, &job, error) && job.flag;
}

static gboolean
set_dot (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job *job = data;

  if (!lia_db_exec (db, error, "UPDATE outbox SET phase = 'dot' WHERE id = $1 AND state = 'sending'", "i", job->id))
    return FALSE;
  job->flag = lia_db_changes (db) == 1;

  return TRUE;
}

/** lia_outbox_store_dot: from now on it may have been delivered. */
gboolean
lia_outbox_store_dot (LiaStore *store,
                      gint64    id,
                      GError  **error)
{
  Job job = { .id = id };

  return await_write (store, set_dot, &job, error) && job.flag;
}

/* Unconfirmed and copies -------------------------------------------------------------------------------------------------------------- */

static gboolean
resolve (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job   *job = data;
  gint64 now_ms = lia_time_now ();

  if (!job->flag)
    return lia_db_exec (db, error,
                        "UPDATE outbox SET next_try = CASE WHEN $1 - first_try > $2 THEN 0 ELSE $1 + min($1 - first_try + 15000, 300000) END"
                        " WHERE id = $3 AND state = 'unconfirmed'",
                        "iii", now_ms, (gint64)CONFIRM_AGE_MS, job->id);
  if (!lia_db_exec (db, error, "UPDATE outbox SET state = 'sent', next_try = 0, sent_at = $1, sent_copy = 'found' WHERE id = $2 AND state = 'unconfirmed'", "ii",
                    now_ms, job->id))
    return FALSE;

  return lia_db_changes (db) == 0 || lia_outbox_change_entry (db, job->id, "sent", NULL, error);
}

/** lia_outbox_store_resolve: an unconfirmed message @arrived; or it is not known yet, and is to be looked for later. */
gboolean
lia_outbox_store_resolve (LiaStore *store,
                          gint64    id,
                          gboolean  arrived,
                          GError  **error)
{
  Job job = { .id = id, .flag = arrived };

  return await_write (store, resolve, &job, error);
}

static gboolean
was_answered (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Job   *job = data;
  gint64 answered;

  if (!lia_db_get_int (db, &answered, error,
                       "SELECT EXISTS (SELECT 1 FROM entry JOIN outbox ON outbox.id = $1 AND entry.conversation_id = outbox.conversation_id"
                       " WHERE entry.seq > $1 AND entry.dir = 'in' AND instr(entry.x, outbox.message_id) > 0)",
                       "i", job->id))
    return FALSE;
  job->flag = answered != 0;

  return TRUE;
}

/** lia_outbox_store_was_answered: somebody answered it, so it arrived. */
gboolean
lia_outbox_store_was_answered (LiaStore *store,
                               gint64    id)
{
  Job job = { .id = id };

  return dex_await (lia_store_read (store, was_answered, &job, NULL, NULL), NULL) && job.flag;
}

static gboolean
set_copied (LiaDb    *db,
            gpointer  data,
            gpointer *result,
            GError  **error)
{
  Job *job = data;

  return lia_db_exec (db, error, "UPDATE outbox SET sent_copy = $1 WHERE id = $2", "ti", job->text, job->id);
}

/** lia_outbox_store_set_copied: @how: "appended", "found" (the server had filed it itself), "impossible" (it has no such folder). */
gboolean
lia_outbox_store_set_copied (LiaStore   *store,
                             gint64      id,
                             const char *how,
                             GError    **error)
{
  Job job = { .id = id, .text = how };

  return await_write (store, set_copied, &job, error);
}
