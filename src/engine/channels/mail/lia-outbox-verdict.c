/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-outbox-store.h"

#include "lia-time.h"

/* What the server's answers make of a message, for each recipient and for all of it. */

#define MAX_AGE_MS (48 * 60 * 60 * G_GINT64_CONSTANT (1000))

typedef struct
{
  gint64               id;
  const char          *text;
  const LiaSmtpResult *result; /* the fiber's, which waits for us */
} Job;

/* When to try again; a connection that failed may come back at once. */
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

  return dex_await (lia_store_write (store, finish, &job, NULL, NULL), error);
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

  return dex_await (lia_store_write (store, give_up, &job, NULL, NULL), error);
}
