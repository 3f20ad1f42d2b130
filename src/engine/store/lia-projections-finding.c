/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Findings and the quotes that are their evidence. A quote is an entry of the kind `finding`; to which finding it belongs stands in its details.
 * Merging moves no quote: it changes which finding is the root of which, so that it can be taken back at any time, whatever was captured since.
 */

#include "lia-projections-finding.h"

#include "lia-finding-words.h"
#include "lia-finding.h"
#include "lia-id.h"
#include "lia-json.h"
#include "lia-quote.h"

static gboolean
index_title (LiaProjection *self,
             gint64         id,
             GError       **error)
{
  g_autofree char *text = lia_db_get_text (self->db, error, "SELECT title || ' ' || product FROM finding WHERE id = $1", "i", id);

  return text != NULL && lia_finding_words_set (self->db, id, text, error);
}

#define QUOTES_OF_ROOT "FROM finding AS m CROSS JOIN quote AS q ON q.finding_id = m.id CROSS JOIN conversation AS c ON c.id = q.conversation_id WHERE m.root_id = $1"
#define HALF_LIFE "1209600000.0" /* two weeks */

/* What lists are sorted by, of a root and of nobody else. */
static gboolean
refresh_quotes (LiaProjection *self,
                gint64         id,
                GError       **error)
{
  return lia_db_exec (self->db, error,
                      "UPDATE finding SET last_at = NULL, first_at = NULL, customers = 0, blocked = 0, heat = 0, phone_ms = 0 WHERE id = $1", "i", id) &&
         lia_db_exec (self->db, error,
                      "UPDATE finding SET last_at = s.last, first_at = s.first, customers = s.customers, blocked = s.blocked "
                      "FROM (SELECT max (q.at) AS last, min (q.at) AS first, count (DISTINCT c.customer_id) AS customers, "
                      "count (DISTINCT CASE q.importance WHEN 'blocking' THEN c.customer_id END) AS blocked " QUOTES_OF_ROOT ") AS s WHERE id = $1 AND root_id = id",
                      "i", id) &&
         lia_db_exec (self->db, error,
                      "UPDATE finding SET heat = last_at + CAST (" HALF_LIFE " * log2 ((SELECT sum (pow (2, (q.at - finding.last_at) / " HALF_LIFE ")) " QUOTES_OF_ROOT ")) AS INTEGER) "
                      "WHERE id = $1 AND last_at IS NOT NULL",
                      "i", id);
}

/* Each conversation once, however often it was said there. */
static gboolean
refresh_phone (LiaProjection *self,
               gint64         id,
               GError       **error)
{
  return lia_db_exec (self->db, error,
                      "UPDATE finding SET phone_ms = (SELECT coalesce (sum (s.to_at - s.from_at), 0) FROM (SELECT DISTINCT c.id " QUOTES_OF_ROOT ") AS said "
                      "CROSS JOIN call AS p ON p.conversation_id = said.id CROSS JOIN call_segment AS s ON s.seq = p.seq "
                      "WHERE s.kind IN ('talk', 'hold', 'wrap') AND s.to_at IS NOT NULL) WHERE id = $1 AND last_at IS NOT NULL",
                      "i", id);
}

static gboolean
refresh (LiaProjection *self,
         gint64         id,
         GError       **error)
{
  return refresh_quotes (self, id, error) && refresh_phone (self, id, error);
}

/* @id: any finding; its root is what lists show. */
static gboolean
refresh_root (LiaProjection *self,
              gint64         id,
              GError       **error)
{
  gint64 root;

  return lia_db_get_int (self->db, &root, error, "SELECT root_id FROM finding WHERE id = $1", "i", id) && refresh (self, root, error);
}

static gboolean
read_number (LiaProjection *self,
             const char    *name,
             gint64        *id,
             GError       **error)
{
  return lia_json_int (self->data, name, LIA_JSON_REQUIRED, 1, G_MAXINT64, id, error);
}

/** lia_project_finding_captured: {kind, title, product?, url?} */
gboolean
lia_project_finding_captured (LiaProjection *self,
                              GError       **error)
{
  const char *kind;
  const char *title;
  const char *product;
  const char *url;

  return lia_json_str (self->data, "kind", LIA_JSON_REQUIRED, 32, &kind, error) &&
         lia_json_str (self->data, "title", LIA_JSON_REQUIRED, LIA_FINDING_MAX_TITLE_BYTES, &title, error) &&
         lia_json_str (self->data, "product", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_PRODUCT_BYTES, &product, error) &&
         lia_json_str (self->data, "url", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_URL_BYTES, &url, error) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO finding (id, ver, root_id, kind, title, product, url, state, at) "
                      "VALUES ($1, 1, $1, $2, $3, coalesce ($4, ''), coalesce ($5, ''), 'new', $6)",
                      "itttti", self->seq, kind, title, product, url, self->at_ms) &&
         index_title (self, self->seq, error);
}

/** lia_project_finding_state: notes when it became so. What is new again was never fixed. */
gboolean
lia_project_finding_state (LiaProjection *self,
                           gint64         id,
                           const char    *state,
                           GError       **error)
{
  return state == NULL ||
         lia_db_exec (self->db, error,
                      "UPDATE finding SET linked_at = CASE $2 WHEN 'linked' THEN $3 WHEN 'new' THEN NULL ELSE linked_at END, "
                      "fixed_at = CASE WHEN $2 IN ('fixed', 'told') THEN coalesce (fixed_at, $3) END, told_at = CASE $2 WHEN 'told' THEN $3 END, "
                      "fix = CASE WHEN $2 NOT IN ('fixed', 'told') THEN 0 WHEN fix = 0 THEN $4 ELSE fix END WHERE id = $1",
                      "itii", id, state, self->at_ms, self->seq);
}

/** lia_project_finding_changed: {finding:N, kind?, title?, product?, url?, state?} */
gboolean
lia_project_finding_changed (LiaProjection *self,
                             GError       **error)
{
  const char *kind;
  const char *title;
  const char *product;
  const char *url;
  const char *state;
  gint64      id;

  return read_number (self, "finding", &id, error) && lia_json_str (self->data, "kind", LIA_JSON_OPTIONAL, 32, &kind, error) &&
         lia_json_str (self->data, "title", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_TITLE_BYTES, &title, error) &&
         lia_json_str (self->data, "product", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_PRODUCT_BYTES, &product, error) &&
         lia_json_str (self->data, "url", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_URL_BYTES, &url, error) &&
         lia_json_str (self->data, "state", LIA_JSON_OPTIONAL, 32, &state, error) &&
         lia_db_exec (self->db, error,
                      "UPDATE finding SET ver = ver + 1, kind = coalesce ($2, kind), title = coalesce ($3, title), product = coalesce ($4, product), "
                      "url = coalesce ($5, url), state = coalesce ($6, state), set_state = CASE WHEN $7 > 0 THEN coalesce ($6, set_state) ELSE set_state END WHERE id = $1",
                      "ittttti", id, kind, title, product, url, state, self->actor_id) &&
         lia_project_finding_state (self, id, state, error) &&
         index_title (self, id, error);
}

/* What changed now because of the merge became so when it did for the one that was merged. */
static gboolean
keep_times (LiaProjection *self,
            gint64         id,
            gint64         into,
            GError       **error)
{
  return lia_db_exec (self->db, error,
                      "UPDATE finding SET linked_at = coalesce (CASE WHEN finding.state <> 'new' AND coalesce (finding.linked_at, $3) = $3 THEN m.linked_at END, finding.linked_at), "
                      "fixed_at = coalesce (CASE finding.fixed_at WHEN $3 THEN m.fixed_at END, finding.fixed_at) FROM finding AS m WHERE finding.id = $2 AND m.id = $1",
                      "iii", id, into, self->at_ms);
}

/** lia_project_finding_merged: {finding:N, into:M}: both are roots */
gboolean
lia_project_finding_merged (LiaProjection *self,
                            GError       **error)
{
  gint64 id;
  gint64 into;

  return read_number (self, "finding", &id, error) && read_number (self, "into", &into, error) &&
         lia_db_exec (self->db, error, "UPDATE finding SET ver = ver + 1, merged_id = $2 WHERE id = $1", "ii", id, into) &&
         lia_db_exec (self->db, error, "UPDATE finding SET root_id = $2 WHERE root_id = $1", "ii", id, into) &&
         lia_project_finding_issues (self, into, error) && keep_times (self, id, into, error) && refresh (self, id, error) && refresh (self, into, error);
}

/** lia_project_finding_unmerged: {finding:N}: it is one of its own again, with all that was merged into it. */
gboolean
lia_project_finding_unmerged (LiaProjection *self,
                              GError       **error)
{
  gint64 id;
  gint64 root;

  return read_number (self, "finding", &id, error) &&
         lia_db_get_int (self->db, &root, error, "SELECT root_id FROM finding WHERE id = $1", "i", id) &&
         lia_db_exec (self->db, error, "UPDATE finding SET merged_id = NULL WHERE id = $1", "i", id) &&
         lia_db_exec (self->db, error,
                      "UPDATE finding SET root_id = $1 WHERE id IN (WITH RECURSIVE below (id) AS (VALUES ($1) UNION ALL "
                      "SELECT f.id FROM below JOIN finding AS f ON f.merged_id = below.id) SELECT id FROM below)",
                      "i", id) &&
         lia_project_finding_issues (self, root, error) && lia_project_finding_issues (self, id, error) && refresh (self, root, error) && refresh (self, id, error);
}

static gboolean
remove_quote (LiaProjection *self,
              gint64         seq,
              GError       **error)
{
  gint64 before = 0;

  return lia_db_get_int (self->db, &before, error, "SELECT coalesce (max (finding_id), 0) FROM quote WHERE seq = $1", "i", seq) &&
         (before == 0 || (lia_db_exec (self->db, error, "DELETE FROM quote WHERE seq = $1", "i", seq) && refresh_root (self, before, error)));
}

/**
 * lia_project_quote:
 * @seq: of an entry of the kind `finding`
 * @facts: as it is after the event
 */
gboolean
lia_project_quote (LiaProjection       *self,
                   gint64               seq,
                   const LiaEntryFacts *facts,
                   GError             **error)
{
  gboolean    stands = lia_entry_facts_send_state_counts (facts->state);
  const char *finding = NULL;
  const char *importance = NULL;
  gint64      id = 0;

  if (facts->details == NULL || !lia_json_str (facts->details, "finding", LIA_JSON_REQUIRED, 32, &finding, error) ||
      !lia_json_str (facts->details, "importance", LIA_JSON_OPTIONAL, 32, &importance, error))
    return FALSE;
  if (!lia_id_parse (finding, "f", &id))
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "“%s” is no finding", finding);
      return FALSE;
    }

  if (!remove_quote (self, seq, error) || !lia_finding_words_set (self->db, seq, stands ? facts->text : "", error))
    return FALSE;

  return !stands || (lia_db_exec (self->db, error, "INSERT INTO quote (seq, finding_id, conversation_id, at, importance) VALUES ($1, $2, $3, $4, coalesce ($5, 'normal'))", "iiiit",
                                  seq, id, self->conversation_id, facts->at_ms, importance) &&
                     refresh_root (self, id, error));
}

/* All that were said in the projection's conversation. */
static gboolean
refresh_said (LiaProjection *self,
              gboolean (*refresh_one) (LiaProjection *self,
                                       gint64         id,
                                       GError       **error),
              GError **error)
{
  gint64 root = 0;

  do
    {
      if (!lia_db_get_int (self->db, &root, error,
                           "SELECT coalesce (min (m.root_id), 0) FROM quote AS q CROSS JOIN finding AS m ON m.id = q.finding_id WHERE q.conversation_id = $1 AND m.root_id > $2",
                           "ii", self->conversation_id, root) ||
          (root != 0 && !refresh_one (self, root, error)))
        return FALSE;
    }
  while (root != 0);

  return TRUE;
}

/** lia_project_finding_customers: the projection's conversation is another customer's now. */
gboolean
lia_project_finding_customers (LiaProjection *self,
                               GError       **error)
{
  return refresh_said (self, refresh_quotes, error);
}

/** lia_project_finding_calls: something was said on the telephone in the projection's conversation. */
gboolean
lia_project_finding_calls (LiaProjection *self,
                           GError       **error)
{
  return refresh_said (self, refresh_phone, error);
}
