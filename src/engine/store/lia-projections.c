/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which projection follows from which kind of event, and the rebuild of all of them. */

#include "lia-projections.h"

#include "lia-entry-words.h"
#include "lia-json.h"
#include "lia-problem.h"

static const struct
{
  const char *kind;
  gboolean (*project) (LiaProjection *self,
                       GError       **error);
} projections[] = {
  { "entry.added", lia_project_entry_added },
  { "entry.changed", lia_project_entry_changed },
  { "conversation.created", lia_project_conversation_created },
  { "conversation.read", lia_project_conversation_read },
  { "draft.saved", lia_project_draft_saved },
  { "customer.created", lia_project_customer_created },
  { "customer.changed", lia_project_customer_changed },
  { "agent.changed", lia_project_agent_changed },
  { "queue.changed", lia_project_queue_changed },
  { "channel.changed", lia_project_channel_changed },
  { "channel.removed", lia_project_channel_removed },
  { "settings.changed", lia_project_settings_changed },
  { "audit.noted", lia_project_audit_noted },
  { "response.changed", lia_project_response_changed },
  { "response.removed", lia_project_response_removed },
  { "response.published", lia_project_response_published },
  { "response.used", lia_project_response_used },
  { "suggestion.dismissed", lia_project_suggestion_dismissed },
  { "finding.captured", lia_project_finding_captured },
  { "finding.changed", lia_project_finding_changed },
  { "finding.merged", lia_project_finding_merged },
  { "finding.unmerged", lia_project_finding_unmerged },
  { "finding.pushed", lia_project_finding_pushed },
  { "push.changed", lia_project_push_changed },
  { "issue.linked", lia_project_issue_linked },
  { "issue.told", lia_project_issue_told },
  { "issue.heard", lia_project_issue_heard },
  { "issue.unlinked", lia_project_issue_unlinked },
  { "issue.changed", lia_project_issue_changed },
  { "notice.added", lia_project_notice_added },
  { "notice.changed", lia_project_notice_changed },
  { "tracker.changed", lia_project_tracker_changed },
  { "tracker.removed", lia_project_tracker_removed },
};

/* What stands in the journal comes from us: if it does not fit, that is our mistake and no problem of the request. */
static void
blame_ourselves (const char *kind,
                 GError    **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != LIA_PROBLEM)
    return;

  cause = g_steal_pointer (error);
  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "The data of %s does not fit: %s", kind, cause->message);
}

/**
 * lia_projections_apply:
 *
 * Changes the rows that follow from an event. %LIA_STORE_ERROR_NOT_FOUND when it is about a thing that is not there.
 */
gboolean
lia_projections_apply (LiaProjection *self,
                       GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (projections); i++)
    {
      if (g_strcmp0 (projections[i].kind, self->kind) != 0)
        continue;

      if (projections[i].project (self, error))
        return TRUE;

      blame_ourselves (self->kind, error);
      return FALSE;
    }

  g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "There is no event of kind %s", self->kind);

  return FALSE;
}

/* As it was appended: with what the row keeps apart. */
static JsonObject *
read_data (LiaRows *rows,
           GError **error)
{
  g_autoptr (JsonObject) data = lia_json_parse (lia_rows_text (rows, 6), -1, G_MAXSIZE, error);
  JsonObject *x;

  if (data == NULL || lia_rows_is_null (rows, 7))
    return g_steal_pointer (&data);

  x = lia_json_parse (lia_rows_text (rows, 7), -1, G_MAXSIZE, error);
  if (x == NULL)
    return NULL;

  json_object_set_object_member (data, "x", x);

  return g_steal_pointer (&data);
}

static gboolean
apply_row (LiaDb   *db,
           LiaRows *rows,
           GError **error)
{
  g_autoptr (JsonObject) data = read_data (rows, error);
  LiaProjection projection = {
    .db = db,
    .seq = lia_rows_int (rows, 0),
    .at_ms = lia_rows_int (rows, 1),
    .kind = lia_rows_text (rows, 2),
    .conversation_id = lia_rows_int (rows, 3),
    .customer_id = lia_rows_int (rows, 4),
    .actor_id = lia_rows_int (rows, 5),
    .data = data,
  };

  if (data == NULL)
    {
      blame_ourselves (projection.kind, error);
      return FALSE;
    }

  if (lia_projections_apply (&projection, error))
    return TRUE;

  g_prefix_error (error, "Event %" G_GINT64_FORMAT ": ", projection.seq);

  return FALSE;
}

/**
 * lia_projections_rebuild:
 * @db: in a transaction, which is rolled back when this fails
 *
 * Empties all projections and makes them anew from the journal.
 */
gboolean
lia_projections_rebuild (LiaDb   *db,
                         GError **error)
{
  static const char wipe[] =
      "DELETE FROM agent; DELETE FROM queue; DELETE FROM channel; DELETE FROM setting; DELETE FROM customer; DELETE FROM address;"
      "DELETE FROM customer_word; DELETE FROM conversation; DELETE FROM entry; DELETE FROM conversation_read; DELETE FROM draft;"
      "DELETE FROM call; DELETE FROM call_wait; DELETE FROM call_segment; DELETE FROM callback; DELETE FROM recording; DELETE FROM agent_state; DELETE FROM audit;"
      "DELETE FROM response; DELETE FROM response_version; DELETE FROM response_use; DELETE FROM response_site;"
      "DELETE FROM response_sent; DELETE FROM response_edit; DELETE FROM response_place; DELETE FROM response_rest; DELETE FROM suggestion_dismissed;"
      "DELETE FROM finding; DELETE FROM quote; DELETE FROM finding_word; DELETE FROM finding_term; DELETE FROM tracker; DELETE FROM issue; DELETE FROM finding_issue; DELETE FROM issue_told; DELETE FROM issue_heard; DELETE FROM question; DELETE FROM push; DELETE FROM notice;"
      "DELETE FROM chat_thread; DELETE FROM chat_event;"
      "DELETE FROM view_total; DELETE FROM view_read; INSERT INTO entry_words (entry_words) VALUES ('delete-all');";
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  if (!lia_db_script (db, wipe, error))
    return FALSE;

  rows = lia_db_query (db, error,
                       "SELECT seq, at, kind, conversation_id, customer_id, actor_id, data, x FROM journal ORDER BY seq", "");
  if (rows == NULL)
    return FALSE;

  lia_entry_words_keep (db);
  while (lia_rows_next (rows, &failure))
    {
      if (!apply_row (db, rows, error))
        {
          lia_entry_words_drop (db);
          return FALSE;
        }
    }

  if (!lia_entry_words_write (db, error))
    return FALSE;
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
