/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as they are kept: renamed, merged, parted again. */

#include "lia-commands-finding-private.h"

#include "lia-finding.h"
#include "lia-id.h"
#include "lia-notices.h"
#include "lia-queries-findings.h"
#include "lia-time.h"
#include "lia-wire.h"

/* The finding that the command names, or the one that it was merged into. */
static LiaFinding *
find (LiaCommandCall *call,
      const char     *name,
      gint64         *id,
      GError        **error)
{
  LiaFinding *finding = lia_command_id (call, name, "f", id, error) ? lia_query_finding (call->db, *id, lia_time_now (), error) : NULL;

  if (finding != NULL)
    lia_id_parse (finding->id, "f", id);

  return finding;
}

static void
set_given (JsonObject *data,
           const char *name,
           const char *value)
{
  if (value != NULL)
    json_object_set_string_member (data, name, value);
}

/* Somebody says how far it is. Of who was told elsewhere nobody is to be told again. */
static gboolean
tell_by_hand (LiaCommandCall *call,
              gint64          id,
              const char     *state,
              GError        **error)
{
  return g_str_equal (state, "told") ? lia_notices_skip_all (call->db, id, call->agent_id, error) : lia_notices_refresh (call->db, id, error);
}

/** lia_command_finding_update: what is not given stays. */
gboolean
lia_command_finding_update (LiaCommandCall *call,
                            GError        **error)
{
  LiaFindingWords words = { 0 };
  g_autoptr (LiaFinding) finding = NULL;
  JsonObject *data;
  gint64      id;

  if (!lia_finding_words_read (&words, call, error) || (finding = find (call, "finding", &id, error)) == NULL)
    return FALSE;
  if (call->ver != 0 && call->ver != finding->ver)
    {
      call->current = lia_wire_encode_finding (finding);
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_VERSION_CONFLICT, "Somebody changed this finding meanwhile.");
      return FALSE;
    }

  /* Whoever only renames it decides nothing: it goes on following its issues. */
  if (g_strcmp0 (words.state, lia_finding_state_to_string (finding->state)) == 0)
    words.state = NULL;
  data = json_object_new ();
  json_object_set_int_member (data, "finding", id);
  set_given (data, "kind", words.kind);
  set_given (data, "title", words.title);
  set_given (data, "product", words.product);
  set_given (data, "url", words.url);
  set_given (data, "state", words.state);
  if (lia_command_append (call, "finding.changed", 0, data, error) == 0 || (words.state != NULL && !tell_by_hand (call, id, words.state, error)))
    return FALSE;
  json_object_set_int_member (call->answer, "ver", finding->ver + 1);

  return TRUE;
}

/** lia_command_finding_merge: all that was said of the one counts for the other from now on. */
gboolean
lia_command_finding_merge (LiaCommandCall *call,
                           GError        **error)
{
  gint64 id;
  gint64 into;
  g_autoptr (LiaFinding) finding = find (call, "finding", &id, error);
  g_autoptr (LiaFinding) other = finding != NULL ? find (call, "into", &into, error) : NULL;
  JsonObject *data;

  if (other == NULL)
    return FALSE;
  if (id == into)
    {
      lia_problem_set_invalid (error, "/into", "same", "They are one finding already");
      return FALSE;
    }

  data = json_object_new ();
  json_object_set_int_member (data, "finding", id);
  json_object_set_int_member (data, "into", into);
  if (lia_command_append (call, "finding.merged", 0, data, error) == 0 || !lia_notices_refresh (call->db, into, error))
    return FALSE;
  lia_command_answer_id (call, "finding", "f", id);
  lia_command_answer_id (call, "into", "f", into);

  return TRUE;
}

/** lia_command_finding_unmerge: what was said of it before is its own again. */
gboolean
lia_command_finding_unmerge (LiaCommandCall *call,
                             GError        **error)
{
  JsonObject *data;
  gint64      id;
  gint64      root = 0;
  gint64      merged = -1;

  if (!lia_command_id (call, "finding", "f", &id, error) ||
      !lia_db_get_int (call->db, &merged, error, "SELECT coalesce (max (coalesce (merged_id, 0)), -1) FROM finding WHERE id = $1", "i", id) ||
      !lia_db_get_int (call->db, &root, error, "SELECT coalesce (max (root_id), 0) FROM finding WHERE id = $1", "i", id))
    return FALSE;
  if (merged < 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such finding.");
      return FALSE;
    }
  if (merged == 0)
    return TRUE; /* that it is one of its own is all that was asked for */

  data = json_object_new ();
  json_object_set_int_member (data, "finding", id);

  return lia_command_append (call, "finding.unmerged", 0, data, error) != 0 && lia_notices_refresh (call->db, root, error) && lia_notices_refresh (call->db, id, error);
}

/* To which finding a quote shall belong: one that is there, or a new one like the one that it belongs to, but for what the command says. */
static gint64
find_target (LiaCommandCall *call,
             gint64          from,
             GError        **error)
{
  LiaFindingWords words = { 0 };
  g_autoptr (LiaFinding) finding = NULL;
  const char *into;
  gint64      id;

  if (!lia_json_str (call->d, "finding", LIA_JSON_OPTIONAL, 32, &into, error))
    return 0;
  if (into != NULL)
    {
      finding = lia_command_id (call, "finding", "f", &id, error) ? lia_query_finding (call->db, id, lia_time_now (), error) : NULL;
      return finding != NULL ? id : 0;
    }

  finding = lia_query_finding (call->db, from, lia_time_now (), error);
  if (finding == NULL || !lia_finding_words_read (&words, call, error))
    return 0;
  words.kind = words.kind != NULL ? words.kind : lia_finding_kind_to_string (finding->kind);
  words.title = words.title != NULL ? words.title : finding->title;
  words.product = words.product != NULL ? words.product : finding->product;
  words.url = words.url != NULL ? words.url : finding->url;

  return lia_finding_append_captured (call, &words, error);
}

/** lia_command_finding_split: a quote is about something else. */
gboolean
lia_command_finding_split (LiaCommandCall *call,
                           GError        **error)
{
  g_autoptr (JsonObject) details = NULL;
  g_autofree char *id = NULL;
  JsonObject      *set;
  gint64           seq;
  gint64           from = 0;
  gint64           to;

  if (!lia_command_id (call, "entry", "e", &seq, error) ||
      !lia_db_get_int (call->db, &from, error, "SELECT coalesce (max (finding_id), 0) FROM quote WHERE seq = $1", "i", seq))
    return FALSE;
  if (from == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such quote.");
      return FALSE;
    }
  if ((to = find_target (call, from, error)) == 0 || (details = lia_command_entry_details (call, seq, error)) == NULL)
    return FALSE;

  id = lia_id_format ("f", to);
  json_object_set_string_member (details, "finding", id);
  set = json_object_new ();
  json_object_set_object_member (set, "d", json_object_ref (details));
  if (!lia_command_change_entry (call, seq, set, error) || !lia_notices_refresh (call->db, from, error) || !lia_notices_refresh (call->db, to, error))
    return FALSE;
  lia_command_answer_id (call, "finding", "f", to);
  lia_command_answer_id (call, "from", "f", from);

  return TRUE;
}
