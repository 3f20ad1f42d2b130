/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-outbox-store.h"

#include "lia-blobs.h"
#include "lia-compose.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-mail-store.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"

#include <string.h>

/*
 *   queued -> sending -> sent | partial | failed
 *     ^          |-> deferred (next_try) -> sending …
 *     |          `-> unconfirmed: all was sent, no answer came -> sent, or what the agent decides
 *     `- undo: cancelled
 *
 * Every step is a guarded update: who comes second changes nothing.
 */

#define MAX_AGE_MS (48 * 60 * 60 * G_GINT64_CONSTANT (1000))
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
  gint64               channel_id;
  gint64               id;
  const char          *directory;
  const char          *text;
  gboolean             flag;
  const LiaOutgoing   *outgoing; /* the fiber's, which waits for us */
  const LiaSmtpResult *result;
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

  return lia_journal_append (db, &event, error) > 0;
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

/* Prepare ----------------------------------------------------------------------------------------------------------------------------- */

static GStrv
read_recipients (LiaDb   *db,
                 gint64   id,
                 GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT address FROM outbox_recipient WHERE outbox_id = $1 AND state = '' ORDER BY address", "i", id);

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &cause))
    g_strv_builder_add (builder, lia_rows_text (rows, 0));
  if (cause == NULL)
    return g_strv_builder_end (builder);
  g_propagate_error (error, g_steal_pointer (&cause));

  return NULL;
}

static LiaEntry *
read_entry (LiaDb   *db,
            gint64   id,
            GError **error)
{
  g_autofree char *text = lia_query_entry (db, id, error);
  g_autoptr (JsonObject) object = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;

  return object != NULL ? lia_wire_decode_entry (object, error) : NULL;
}

/* `x.in_reply_to` and `x.references` of the entry, as message.send left them. */
static gboolean
read_references (LiaDb   *db,
                 gint64   id,
                 char   **in_reply_to,
                 GStrv   *references,
                 GError **error)
{
  g_autofree char *text = lia_db_get_text (db, error, "SELECT x FROM entry WHERE seq = $1", "i", id);
  g_autoptr (JsonObject) x = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *parent = NULL;
  JsonArray  *refs = NULL;

  if (x == NULL || !lia_json_str (x, "in_reply_to", LIA_JSON_OPTIONAL, 2000, &parent, error) || !lia_json_arr (x, "refs", LIA_JSON_OPTIONAL, 200, &refs, error))
    return FALSE;
  for (guint i = 0; refs != NULL && i < json_array_get_length (refs); i++)
    {
      const char *ref;
      if (!lia_json_arr_str (refs, i, 2000, &ref, error))
        return FALSE;
      g_strv_builder_add (builder, ref);
    }
  *in_reply_to = g_strdup (parent);
  *references = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
compose (LiaDb       *db,
         Job         *job,
         LiaOutgoing *outgoing,
         GError     **error)
{
  g_autoptr (LiaEntry) entry = read_entry (db, job->id, error);
  g_autofree char *in_reply_to = NULL;
  g_auto (GStrv) references = NULL;

  if (entry == NULL || !read_references (db, job->id, &in_reply_to, &references, error))
    return FALSE;

  LiaComposeContext context = {
    .message_id = outgoing->message_id,
    .in_reply_to = in_reply_to,
    .references = (const char *const *)references,
    .from = entry->from,
    .reply_to = entry->reply_to,
    .blob_directory = job->directory,
    .date_ms = outgoing->date_ms,
  };
  outgoing->bytes = lia_compose (entry, &context, error);
  if (outgoing->bytes == NULL)
    return FALSE;
  outgoing->raw = lia_blobs_put (job->directory, outgoing->bytes, error);

  return outgoing->raw != NULL;
}

static gboolean
prepare (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job *job = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaOutgoing) outgoing = g_new0 (LiaOutgoing, 1);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT conversation_id, sender, message_id, raw, created_at FROM outbox WHERE id = $1", "i", job->id);

  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &cause))
    {
      g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "there is no such message");
      return FALSE;
    }
  outgoing->id = job->id;
  outgoing->conversation_id = lia_rows_int (rows, 0);
  outgoing->sender = g_strdup (lia_rows_text (rows, 1));
  outgoing->message_id = g_strdup (lia_rows_text (rows, 2));
  outgoing->raw = g_strdup (lia_rows_text (rows, 3));
  outgoing->date_ms = lia_rows_int (rows, 4);
  outgoing->recipients = read_recipients (db, job->id, error);
  if (outgoing->recipients == NULL)
    return FALSE;
  if (outgoing->raw != NULL)
    outgoing->bytes = lia_blobs_get (job->directory, outgoing->raw, error);
  else if (!compose (db, job, outgoing, error))
    return FALSE;
  if (outgoing->bytes == NULL)
    return FALSE;
  *result = g_steal_pointer (&outgoing);

  return TRUE;
}

/** lia_outbox_store_prepare: the message as it will be sent; the first time it is made from its entry. */
LiaOutgoing *
lia_outbox_store_prepare (LiaStore *store,
                          gint64    id,
                          GError  **error)
{
  Job job = { .id = id, .directory = lia_store_get_directory (store) };

  return lia_store_await (lia_store_read (store, prepare, &job, NULL, (GDestroyNotify)lia_outgoing_free), error);
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

/* Finish ------------------------------------------------------------------------------------------------------------------------------ */

/* When to try again: mail.md 4; a connection that failed may come back at once. */
static gint64
retry_delay_ms (gint64 attempts,
                gint64 code)
{
  static const gint64 minutes[] = { 1, 5, 15, 30, 60 };

  if (code == 0 && attempts <= 2)
    return 5000 * attempts;

  return minutes[CLAMP (attempts - 1, 0, (gint64)G_N_ELEMENTS (minutes) - 1)] * 60 * 1000;
}

static gboolean
keep_recipients (LiaDb               *db,
                 gint64               id,
                 const LiaSmtpResult *result,
                 GError             **error)
{
  for (guint i = 0; i < result->recipients->len; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (result->recipients, i);
      gboolean          accepted = recipient->code / 100 == 2 && result->outcome == LIA_SMTP_ACCEPTED;
      const char       *state = accepted ? "accepted" : recipient->code / 100 == 5 ? "refused"
                                                                                   : "";

      if (!lia_db_exec (db, error, "UPDATE outbox_recipient SET state = $1, code = $2, problem = $3 WHERE outbox_id = $4 AND address = $5", "titit", state,
                        (gint64)recipient->code, recipient->text, id, recipient->address))
        return FALSE;
    }

  return TRUE;
}

static char *
refused_problem (LiaDb *db,
                 gint64 id)
{
  g_autofree char *who = lia_db_get_text (db, NULL,
                                          "SELECT group_concat(address || ': ' || coalesce(problem, 'refused'), '; ') FROM outbox_recipient"
                                          " WHERE outbox_id = $1 AND state = 'refused'",
                                          "i", id);

  return who != NULL && who[0] != '\0' ? g_strdup_printf ("Not everybody gets this. %s", who) : NULL;
}

typedef struct
{
  const char *state;
  char       *problem;
  gint64      next_try;
} Verdict;

/* Some were accepted: is that all, or is somebody left to try? */
static gboolean
judge_accepted (LiaDb   *db,
                gint64   id,
                Verdict *verdict,
                GError **error)
{
  gint64 left, refused;

  if (!lia_db_get_int (db, &left, error, "SELECT count(*) FROM outbox_recipient WHERE outbox_id = $1 AND state = ''", "i", id) ||
      !lia_db_get_int (db, &refused, error, "SELECT count(*) FROM outbox_recipient WHERE outbox_id = $1 AND state = 'refused'", "i", id))
    return FALSE;
  verdict->state = left > 0 ? "deferred" : refused > 0 ? "partial"
                                                       : "sent";
  if (refused > 0)
    verdict->problem = refused_problem (db, id);

  return TRUE;
}

static void
judge_refused (const LiaSmtpResult *result,
               Verdict             *verdict)
{
  const char *said = result->text != NULL ? result->text : "";

  switch (result->outcome)
    {
    case LIA_SMTP_REFUSED:
      verdict->state = "failed";
      verdict->problem = g_strdup_printf (result->code > 0 ? "The server refused it: %s" : "It cannot be sent: %s", said);
      break;
    case LIA_SMTP_UNKNOWN:
      verdict->state = "unconfirmed";
      verdict->problem = g_strdup ("The connection broke at the end. It may not have arrived.");
      break;
    case LIA_SMTP_ACCEPTED:
    case LIA_SMTP_LATER:
    default:
      verdict->state = "deferred";
      verdict->problem = g_strdup_printf (result->code > 0 ? "The server does not take it now: %s" : "It could not be sent yet: %s", said);
      break;
    }
}

/* @verdict: its state and problem are given, the time is found here. */
static gboolean
keep_verdict (LiaDb               *db,
              gint64               id,
              const LiaSmtpResult *result,
              Verdict             *verdict,
              GError             **error)
{
  gint64   now_ms = lia_time_now (), attempts, first_try;
  gboolean done = g_str_equal (verdict->state, "sent") || g_str_equal (verdict->state, "partial");

  if (!lia_db_get_int (db, &attempts, error, "SELECT attempts FROM outbox WHERE id = $1", "i", id) ||
      !lia_db_get_int (db, &first_try, error, "SELECT coalesce(first_try, created_at) FROM outbox WHERE id = $1", "i", id))
    return FALSE;
  if (g_str_equal (verdict->state, "deferred") && now_ms - first_try > MAX_AGE_MS)
    verdict->state = "failed";
  if (g_str_equal (verdict->state, "deferred"))
    verdict->next_try = now_ms + retry_delay_ms (attempts, result->code);
  else if (g_str_equal (verdict->state, "unconfirmed"))
    verdict->next_try = now_ms + 15 * 1000;

  return lia_db_exec (db, error,
                      "UPDATE outbox SET state = $1, phase = '', next_try = $2, last_code = $3, last_problem = $4,"
                      " sent_at = CASE WHEN $5 THEN $6 ELSE sent_at END,"
                      " sent_copy = CASE WHEN sent_copy = '' AND EXISTS (SELECT 1 FROM outbox_recipient WHERE outbox_id = $7 AND state = 'accepted')"
                      " THEN 'wanted' ELSE sent_copy END WHERE id = $7",
                      "tiitiii", verdict->state, verdict->next_try, (gint64)result->code, result->text, (gint64)done, now_ms, id) &&
         lia_outbox_change_entry (db, id, verdict->state, verdict->problem, error);
}

static gboolean
finish (LiaDb    *db,
        gpointer  data,
        gpointer *unused,
        GError  **error)
{
  Job     *job = data;
  Verdict  verdict = { 0 };
  gboolean ok = keep_recipients (db, job->id, job->result, error);

  if (ok && job->result->outcome == LIA_SMTP_ACCEPTED)
    ok = judge_accepted (db, job->id, &verdict, error);
  else if (ok)
    judge_refused (job->result, &verdict);
  ok = ok && keep_verdict (db, job->id, job->result, &verdict, error);
  g_free (verdict.problem);

  return ok;
}

/** lia_outbox_store_finish: keeps what became of an attempt. */
gboolean
lia_outbox_store_finish (LiaStore            *store,
                         gint64               id,
                         const LiaSmtpResult *result,
                         GError             **error)
{
  Job job = { .id = id, .result = result };

  return await_write (store, finish, &job, error);
}

static gboolean
give_up (LiaDb    *db,
         gpointer  data,
         gpointer *result,
         GError  **error)
{
  Job *job = data;

  if (!lia_db_exec (db, error, "UPDATE outbox SET state = 'failed', phase = '', last_problem = $1 WHERE id = $2 AND state IN ('queued', 'deferred', 'sending')",
                    "ti", job->text, job->id))
    return FALSE;

  return lia_db_changes (db) == 0 || lia_outbox_change_entry (db, job->id, "failed", job->text, error);
}

/** lia_outbox_store_give_up: it can never be sent: @problem says why. */
gboolean
lia_outbox_store_give_up (LiaStore   *store,
                          gint64      id,
                          const char *problem,
                          GError    **error)
{
  Job job = { .id = id, .text = problem };

  return await_write (store, give_up, &job, error);
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
