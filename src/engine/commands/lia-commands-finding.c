/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a customer says of the product: captured, weighed, and taken back. A quote is an entry on the timeline of its conversation. */

#include "lia-commands-finding-private.h"

#include "lia-finding-cards.h"
#include "lia-finding.h"
#include "lia-id.h"
#include "lia-notices.h"
#include "lia-quote.h"
#include "lia-wire.h"
#include "lia-workspace.h"

#include <string.h>

/* A line for people: no line breaks, nothing invisible at its ends. */
static gboolean
check_title (const char *title,
             GError    **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (title));

  if (*stripped == '\0')
    lia_problem_set_invalid (error, "/title", "missing", "Say in one line what it is about");
  else if (strpbrk (title, "\r\n") != NULL)
    lia_problem_set_invalid (error, "/title", "value", "What it is about is one line");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_words (const LiaFindingWords *self,
             GError               **error)
{
  LiaFindingKind  kind;
  LiaFindingState state;

  if (self->kind != NULL && !lia_finding_kind_from_string (self->kind, &kind))
    lia_problem_set_invalid (error, "/kind", "value", "“%s” is no kind of feedback", self->kind);
  else if (self->state != NULL && !lia_finding_state_from_string (self->state, &state))
    lia_problem_set_invalid (error, "/state", "value", "“%s” is no state of a finding", self->state);
  else if (self->product != NULL && strpbrk (self->product, "\r\n") != NULL)
    lia_problem_set_invalid (error, "/product", "value", "A product is one line");
  else if (self->url != NULL && *self->url != '\0' && !lia_finding_is_web_address (self->url))
    lia_problem_set_invalid (error, "/url", "value", "“%s” is no address of a web page", self->url);
  else
    return self->title == NULL || check_title (self->title, error);

  return FALSE;
}

/** lia_finding_words_read: what the command says of a finding, as far as it does. */
gboolean
lia_finding_words_read (LiaFindingWords *self,
                        LiaCommandCall  *call,
                        GError         **error)
{
  return lia_json_str (call->d, "kind", LIA_JSON_OPTIONAL, 32, &self->kind, error) &&
         lia_json_str (call->d, "title", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_TITLE_BYTES, &self->title, error) &&
         lia_json_str (call->d, "product", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_PRODUCT_BYTES, &self->product, error) &&
         lia_json_str (call->d, "url", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_URL_BYTES, &self->url, error) &&
         lia_json_str (call->d, "state", LIA_JSON_OPTIONAL, 32, &self->state, error) && check_words (self, error);
}

/** lia_finding_append_captured: Returns: the number of the new finding; 0 with @error */
gint64
lia_finding_append_captured (LiaCommandCall        *call,
                             const LiaFindingWords *words,
                             GError               **error)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "kind", words->kind);
  json_object_set_string_member (data, "title", words->title);
  json_object_set_string_member (data, "product", words->product != NULL ? words->product : "");
  json_object_set_string_member (data, "url", words->url != NULL ? words->url : "");

  return lia_command_append (call, "finding.captured", 0, data, error);
}

static gboolean
require (const char *value,
         const char *pointer,
         const char *words,
         GError    **error)
{
  if (value == NULL || *value == '\0')
    lia_problem_set_invalid (error, pointer, "missing", "%s", words);

  return value != NULL && *value != '\0';
}

/* Returns: the number of the finding that has the issue at @url, whatever part of its page that names; 0 with @error */
static gint64
find_by_issue (LiaCommandCall *call,
               const char     *url,
               GError        **error)
{
  g_autofree char *page = g_strndup (url, strcspn (url, "#"));
  gint64           root = 0;

  if (!lia_db_get_int (call->db, &root, error,
                       "SELECT coalesce (max (f.root_id), 0) FROM issue i JOIN finding_issue fi ON fi.issue_id = i.id JOIN finding f ON f.id = fi.finding_id"
                       " WHERE json_extract (i.json, '$.url') = $1",
                       "t", page))
    return 0;
  if (root == 0)
    g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "No feedback is linked to the issue %s. Link it to a finding first.", page);

  return root;
}

/* The finding that the quote is for: a new one, or one that is there. */
static gint64
find_or_make (LiaCommandCall        *call,
              const LiaFindingWords *words,
              GError               **error)
{
  const char *finding;
  const char *issue;
  gint64      id = 0;
  gint64      root = 0;

  if (!lia_json_str (call->d, "finding", LIA_JSON_OPTIONAL, 32, &finding, error) ||
      !lia_json_str (call->d, "issue", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_URL_BYTES, &issue, error))
    return 0;
  if (issue != NULL)
    return find_by_issue (call, issue, error);
  if (finding == NULL)
    return require (words->kind, "/kind", "Say what kind of feedback it is", error) && require (words->title, "/title", "Say in one line what it is about", error) &&
                   (!g_str_equal (words->kind, "site-failed") || require (words->url, "/url", "Say which page it was", error))
               ? lia_finding_append_captured (call, words, error)
               : 0;

  if (!lia_command_id (call, "finding", "f", &id, error) ||
      !lia_db_get_int (call->db, &root, error, "SELECT coalesce (max (root_id), 0) FROM finding WHERE id = $1", "i", id))
    return 0;
  if (root == 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such finding.");

  return root;
}

/* Where it was said has to be of this conversation: what customers say of others is theirs. */
static gboolean
check_source (LiaCommandCall *call,
              LiaQuote       *quote,
              GError        **error)
{
  gint64 seq = 0;
  gint64 n = 0;

  if (*quote->source == '\0')
    return TRUE;
  if (lia_id_parse (quote->source, "e", &seq) &&
      !lia_db_get_int (call->db, &n, error, "SELECT count (*) FROM entry WHERE seq = $1 AND conversation_id = $2", "ii", seq, call->conversation_id))
    return FALSE;
  if (n == 0)
    lia_problem_set_invalid (error, "/source", "unknown", "It was not said in this conversation");

  return n > 0;
}

static LiaQuote *
read_quote (LiaCommandCall *call,
            GError        **error)
{
  g_autoptr (LiaQuote) quote = NULL;
  const char   *text;
  const char   *importance;
  LiaImportance known;

  if (!lia_json_str (call->d, "text", LIA_JSON_OPTIONAL, LIA_QUOTE_MAX_TEXT_BYTES, &text, error) ||
      !lia_json_str (call->d, "importance", LIA_JSON_OPTIONAL, 32, &importance, error) || (quote = lia_wire_decode_quote (call->d, error)) == NULL)
    return NULL;
  if (importance != NULL && !lia_importance_from_string (importance, &known))
    lia_problem_set_invalid (error, "/importance", "value", "“%s” is no importance", importance);
  else if (quote->start < 0 || quote->end < quote->start)
    lia_problem_set_invalid (error, "/end", "value", "The quote ends before it begins");
  else if (check_source (call, quote, error))
    return g_steal_pointer (&quote);

  return NULL;
}

/* What of a quote the entry itself does not say. */
static JsonObject *
make_details (LiaCommandCall        *call,
              LiaQuote              *quote,
              const LiaFindingWords *words,
              gint64                 finding,
              GError               **error)
{
  static const char *const of_the_entry[] = { "entry", "conv", "at", "agent", "text" };
  g_autofree char         *id = lia_id_format ("f", finding);
  g_autofree char         *title = lia_db_get_text (call->db, error, "SELECT title FROM finding WHERE id = $1", "i", finding);
  g_autofree char         *kind = title != NULL ? lia_db_get_text (call->db, error, "SELECT kind FROM finding WHERE id = $1", "i", finding) : NULL;
  JsonObject              *details;

  if (kind == NULL)
    return NULL;

  g_set_str (&quote->finding, id);
  g_set_str (&quote->url, words->url != NULL ? words->url : "");
  details = lia_wire_encode_quote (quote);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_entry); i++)
    json_object_remove_member (details, of_the_entry[i]);
  json_object_set_string_member (details, "kind", kind);
  json_object_set_string_member (details, "title", title);

  return details;
}

/* An answer that names an issue may go out several times in a conversation: its customer asked once. */
static gboolean
is_counted (LiaCommandCall *call,
            gint64          finding,
            gint64         *n,
            GError        **error)
{
  *n = 0;

  return !json_object_has_member (call->d, "issue") ||
         lia_db_get_int (call->db, n, error,
                         "SELECT count (*) FROM quote q JOIN finding f ON f.id = q.finding_id WHERE q.conversation_id = $1 AND f.root_id = $2", "ii",
                         call->conversation_id, finding);
}

/* What the engineers have of it already is told at once. */
static gboolean
show_issue (LiaCommandCall *call,
            gint64          finding,
            GError        **error)
{
  gint64 root;

  return lia_db_get_int (call->db, &root, error, "SELECT root_id FROM finding WHERE id = $1", "i", finding) && lia_finding_cards_refresh (call->db, root, error);
}

/** lia_command_finding_capture: a quote, of a finding that is there or of a new one. */
gboolean
lia_command_finding_capture (LiaCommandCall *call,
                             GError        **error)
{
  LiaFindingWords words = { 0 };
  g_autoptr (LiaQuote) quote = NULL;
  g_autoptr (LiaEntry) entry = NULL;
  g_autoptr (JsonObject) details = NULL;
  gint64 finding;
  gint64 n_counted;
  gint64 seq;

  if (!lia_finding_words_read (&words, call, error) || (quote = read_quote (call, error)) == NULL || (finding = find_or_make (call, &words, error)) == 0 ||
      !is_counted (call, finding, &n_counted, error))
    return FALSE;
  if (n_counted > 0)
    {
      lia_command_answer_id (call, "finding", "f", finding);
      return TRUE;
    }
  if ((details = make_details (call, quote, &words, finding, error)) == NULL || (entry = lia_command_new_entry (call, LIA_ENTRY_FINDING, error)) == NULL)
    return FALSE;

  g_set_str (&entry->text, quote->text);
  g_free (entry->details);
  entry->details = lia_json_to_text (details);
  seq = lia_command_append_entry (call, entry, error);
  if (seq == 0)
    return FALSE;
  lia_command_answer_id (call, "finding", "f", finding);
  lia_command_answer_id (call, "entry", "e", seq);

  return show_issue (call, finding, error);
}

/* Who captured it, or a supervisor. */
static gboolean
may_take_back (LiaCommandCall *call,
               gint64          seq,
               GError        **error)
{
  gboolean supervisor;
  gint64   agent_id = -1;

  if (!lia_db_get_int (call->db, &agent_id, error, "SELECT coalesce (max (coalesce (agent_id, 0)), -1) FROM entry WHERE seq = $1 AND kind = 'finding'", "i", seq) ||
      !lia_workspace_is_supervisor (call->db, call->agent_id, &supervisor, error))
    return FALSE;
  if (agent_id < 0)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such quote.");
  else if (agent_id != call->agent_id && !supervisor)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_FORBIDDEN, "A colleague captured this. Ask them, or a supervisor.");
  else
    return TRUE;

  return FALSE;
}

/** lia_command_finding_uncapture: it stays on the timeline as taken back; a finding of which nothing is left is in no list. */
gboolean
lia_command_finding_uncapture (LiaCommandCall *call,
                               GError        **error)
{
  JsonObject *set;
  gint64      seq;
  gint64      finding = 0;

  if (!lia_command_id (call, "entry", "e", &seq, error) || !may_take_back (call, seq, error) ||
      !lia_db_get_int (call->db, &finding, error, "SELECT coalesce (max (finding_id), 0) FROM quote WHERE seq = $1", "i", seq))
    return FALSE;
  if (finding == 0)
    return TRUE; /* that it is taken back is all that was asked for */

  set = json_object_new ();
  json_object_set_string_member (set, "state", "cancelled");

  return lia_command_change_entry (call, seq, set, error) && lia_notices_refresh (call->db, finding, error);
}

/* Weighing --------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
read_importance (LiaCommandCall *call,
                 const char    **importance,
                 GError        **error)
{
  LiaImportance known;

  if (!lia_json_str (call->d, "importance", LIA_JSON_REQUIRED, 32, importance, error))
    return FALSE;
  if (!lia_importance_from_string (*importance, &known))
    lia_problem_set_invalid (error, "/importance", "value", "“%s” is no importance", *importance);

  return lia_importance_from_string (*importance, &known);
}

/* In the conversation, where everybody sees who thought what of it */
static gboolean
say_weighed (LiaCommandCall *call,
             JsonObject     *quote,
             const char     *before,
             const char     *importance,
             GError        **error)
{
  static const char *const of_the_finding[] = { "finding", "title" };
  g_autoptr (LiaEntry) entry = lia_command_new_entry (call, LIA_ENTRY_STATE, error);
  g_autoptr (JsonObject) details = json_object_new ();

  if (entry == NULL)
    return FALSE;
  json_object_set_string_member (details, "what", "importance");
  json_object_set_string_member (details, "from", before);
  json_object_set_string_member (details, "to", importance);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_finding); i++)
    json_object_set_member (details, of_the_finding[i], json_object_dup_member (quote, of_the_finding[i]));
  g_free (entry->details);
  entry->details = lia_json_to_text (details);

  return lia_command_append_entry (call, entry, error) != 0;
}

/** lia_command_finding_weigh: how much it matters to this customer. */
gboolean
lia_command_finding_weigh (LiaCommandCall *call,
                           GError        **error)
{
  g_autoptr (JsonObject) details = NULL;
  g_autofree char *before = NULL;
  const char      *importance;
  JsonObject      *set;
  gint64           seq;

  if (!read_importance (call, &importance, error) || !lia_command_id (call, "entry", "e", &seq, error) ||
      !lia_db_get_int (call->db, &call->conversation_id, error, "SELECT coalesce (max (conversation_id), 0) FROM quote WHERE seq = $1", "i", seq))
    return FALSE;
  if (call->conversation_id == 0)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such quote.");
      return FALSE;
    }
  if ((before = lia_db_get_text (call->db, error, "SELECT importance FROM quote WHERE seq = $1", "i", seq)) == NULL ||
      (details = lia_command_entry_details (call, seq, error)) == NULL)
    return FALSE;
  if (g_str_equal (before, importance))
    return TRUE; /* that it is so is all that was asked for */

  json_object_set_string_member (details, "importance", importance);
  set = json_object_new ();
  json_object_set_object_member (set, "d", json_object_ref (details));

  return lia_command_change_entry (call, seq, set, error) && say_weighed (call, details, before, importance, error);
}
