/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How many customers say it, in one comment of each issue, which is changed and never a second one. Its marker is durable before it is written, so that
 * it is found again when an answer was lost.
 */

#include "lia-tracker-told.h"

#include "lia-journal.h"
#include "lia-json.h"
#include "lia-time.h"
#include "lia-tracker-verdict.h"

#define REST_MS (60 * 60 * G_GINT64_CONSTANT (1000)) /* between two changes of a comment: whoever watches may get mail of each */
#define MARK_SUFFIX "-customers"
#define AT_ONCE 5        /* issues a round */
#define AT_ONCE_ASKED 50 /* where somebody wants it now */

/* An open issue of which other customers speak than were told of, or, when it is to be tried again, than could be told of. $2: told at last before */
#define UNTOLD                                                                                                                                           \
  "SELECT u.id, u.key, u.marker, u.n FROM (SELECT i.id, i.key, coalesce (t.marker, '') AS marker, coalesce (t.customers, 0) AS told, "                   \
  "coalesce (t.problem, '') AS problem, coalesce (t.at, 0) AS at, "                                                                                      \
  "(SELECT count (DISTINCT c.customer_id) FROM finding_issue AS l JOIN finding AS f ON f.id = l.finding_id JOIN finding AS m ON m.root_id = f.root_id "  \
  "JOIN quote AS q ON q.finding_id = m.id JOIN conversation AS c ON c.id = q.conversation_id WHERE l.issue_id = i.id) AS n FROM issue AS i "             \
  "LEFT JOIN issue_told AS t ON t.issue_id = i.id WHERE i.tracker_id = $1 AND json_extract (i.json, '$.closed') = 0 AND coalesce (t.at, 0) <= $2) AS u " \
  "WHERE u.n > 0 AND (u.n <> u.told OR ($4 AND u.problem <> '')) ORDER BY u.at, u.id LIMIT $3"

typedef struct
{
  gint64 id;
  char  *key;
  char  *marker;
  gint64 customers;
} Untold;

static void
untold_free (gpointer data)
{
  Untold *untold = data;

  g_free (untold->key);
  g_free (untold->marker);
  g_free (untold);
}

typedef struct
{
  gint64   tracker_id;
  gint64   before_ms;
  gboolean again;
} Question;

static gboolean
list_untold (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Question *question = data;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (untold_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, UNTOLD, "iiii", question->tracker_id, question->before_ms, (gint64)(question->again ? AT_ONCE_ASKED : AT_ONCE),
                                           (gint64)question->again);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      Untold *untold = g_new0 (Untold, 1);

      untold->id = lia_rows_int (rows, 0);
      untold->key = g_strdup (lia_rows_text (rows, 1));
      untold->marker = g_strdup (lia_rows_text (rows, 2));
      untold->customers = lia_rows_int (rows, 3);
      g_ptr_array_add (list, untold);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *result = g_steal_pointer (&list);

  return TRUE;
}

/* @marker, or @told with the number */
typedef struct
{
  const Untold *untold;
  gboolean      is_told;
  const char   *problem;
} Note;

static gboolean
append_told (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Note *note = data;
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_int_member (object, "issue", note->untold->id);
  json_object_set_string_member (object, "marker", note->untold->marker);
  if (note->is_told)
    json_object_set_int_member (object, "customers", note->untold->customers);
  if (note->problem != NULL)
    json_object_set_string_member (object, "problem", note->problem);
  text = lia_json_to_text (object);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "issue.told", .data = text }, error) != 0;
}

static gboolean
note (LiaStore     *store,
      const Untold *untold,
      gboolean      is_told,
      const char   *problem,
      GError      **error)
{
  Note work = { untold, is_told, problem };

  return dex_await (lia_store_write (store, append_told, &work, NULL, NULL), error);
}

static char *
new_text (const Untold *untold,
          const char   *mark)
{
  if (untold->customers == 1)
    return g_strdup_printf ("Reported by one customer.\n\nRef: %s", mark);

  return g_strdup_printf ("Reported by %" G_GINT64_FORMAT " customers.\n\nRef: %s", untold->customers, mark);
}

/* FALSE with @refusal: it is to be tried later */
static gboolean
tell_one (LiaStore   *store,
          LiaTracker *tracker,
          Untold     *untold,
          GError    **refusal,
          GError    **error)
{
  g_autofree char *mark = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) said = NULL;

  if (*untold->marker == '\0')
    {
      g_free (untold->marker);
      untold->marker = lia_tracker_marker_new ();
      if (!note (store, untold, FALSE, NULL, error))
        return FALSE;
    }
  mark = g_strconcat (untold->marker, MARK_SUFFIX, NULL);
  text = new_text (untold, mark);
  lia_tracker_upsert_summary (tracker, untold->key, mark, text, &said);
  if (said == NULL || !(said->code == LIA_TRACKER_ERROR_AUTH || lia_tracker_may_repeat (said->code)))
    return note (store, untold, TRUE, said != NULL ? said->message : NULL, error);
  g_propagate_error (refusal, g_steal_pointer (&said));

  return FALSE;
}

/**
 * lia_tracker_tell_counts:
 * @now: also where they were told a short while ago, or it was refused: somebody wants it so
 * @refusal: (out) (nullable): what the tracker says instead; the rest is for the next round
 *
 * Tells in a few issues how many customers say it, where that has changed. A tracker whose comments cannot be changed is told nothing. In a fiber.
 *
 * Returns: FALSE with @error when the store does not work
 */
gboolean
lia_tracker_tell_counts (LiaStore   *store,
                         gint64      tracker_id,
                         LiaTracker *tracker,
                         gboolean    now,
                         GError    **refusal,
                         GError    **error)
{
  Question question = { tracker_id, lia_time_now () - (now ? 0 : REST_MS), now };
  g_autoptr (GPtrArray) list = NULL;

  if ((lia_tracker_get_abilities (tracker) & LIA_TRACKER_EDITS) == 0)
    return TRUE;
  list = lia_store_await (lia_store_read (store, list_untold, &question, NULL, (GDestroyNotify)g_ptr_array_unref), error);
  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!tell_one (store, tracker, list->pdata[i], refusal, error))
      return *refusal != NULL;

  return TRUE;
}
