/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-findings.h"

#include "lia-finding.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"

#include <string.h>

/* What the customers of the sample workspace say of bicycles and shop: quoted from what they have written, so each quote leads to where it was said. */

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define MAX_QUOTED 240 /* bytes */

/* @subject: of the conversations in which it was said; @customers: at most */
typedef struct
{
  const char *kind;
  const char *title;
  const char *product;
  const char *url;
  const char *state;
  const char *subject;
  gint64      customers;
} Spec;

static const Spec specs[] = {
  { "bug", "Size table is off by one row", "Shop", "", "linked", "%wrong size%", 9 },
  { "bug", "Spring voucher is refused for most articles", "Checkout", "", "new", "Voucher code%", 6 },
  { "bug", "App forgets who is signed in", "App", "", "fixed", "Cannot log in%", 5 },
  { "need", "Tyre pressure in the app", "App", "", "new", "Idea: show tyre%", 7 },
  { "usability", "Nobody finds the tracking number", "Delivery", "", "new", "%tracking number%", 8 },
  { "site-failed", "Opening hours are missing on the phone", "Shop", "https://larkspur.example/contact", "new", "Opening hours", 4 },
  { "need", "An invoice with the VAT number, without asking", "Invoices", "", "new", "Invoice for%", 6 },
  { "praise", "Friendly help in the workshop", "Workshop", "", "new", "Thank you!", 5 },
};

static gint64
append (LiaDb      *db,
        const char *kind,
        gint64      conversation_id,
        gint64      agent_id,
        gint64      now_ms,
        JsonObject *data,
        GError    **error)
{
  g_autofree char *text = lia_json_to_text (data);
  LiaJournalEvent  event = { .kind = kind, .conversation_id = conversation_id, .actor_id = agent_id, .at_ms = now_ms, .data = text };

  return lia_journal_append (db, &event, error);
}

/* Its first lines that say something: the greeting does not. */
static void
find_words (const char *text,
            gsize      *start,
            gsize      *end)
{
  const char *blank = strstr (text, "\n\n");
  const char *from = blank != NULL && blank - text < 60 ? blank + 2 : text;
  const char *to = strpbrk (from, "\n");

  *start = (gsize)(from - text);
  *end = to != NULL ? (gsize)(to - text) : strlen (text);
  while (*end - *start > MAX_QUOTED || (text[*end] & 0xc0) == 0x80)
    (*end)--;
}

static gboolean
write_quote (LiaDb      *db,
             LiaRows    *rows,
             const Spec *spec,
             gint64      finding,
             gint64      agent_id,
             gint64      now_ms,
             GError    **error)
{
  g_autoptr (JsonObject) said = lia_json_parse (lia_rows_text (rows, 3), -1, G_MAXSIZE, error);
  g_autoptr (JsonObject) entry = json_object_new ();
  JsonObject      *author = json_object_new ();
  JsonObject      *details = json_object_new ();
  g_autofree char *source = lia_id_format ("e", lia_rows_int (rows, 0));
  g_autofree char *id = lia_id_format ("f", finding);
  g_autofree char *agent = lia_id_format ("a", agent_id);
  g_autofree char *name = lia_db_get_text (db, error, "SELECT name FROM agent WHERE id = $1", "i", agent_id);
  g_autofree char *words = NULL;
  const char      *text = NULL;
  gsize            start;
  gsize            end;

  json_object_set_object_member (entry, "author", author);
  json_object_set_object_member (entry, "d", details);
  if (said == NULL || name == NULL || !lia_json_str (said, "text", LIA_JSON_REQUIRED, G_MAXSIZE, &text, error))
    return FALSE;

  find_words (text, &start, &end);
  words = g_strndup (text + start, end - start);
  json_object_set_string_member (author, "kind", "agent");
  json_object_set_string_member (author, "id", agent);
  json_object_set_string_member (author, "name", name);
  json_object_set_string_member (author, "address", "");
  json_object_set_string_member (details, "finding", id);
  json_object_set_string_member (details, "kind", spec->kind);
  json_object_set_string_member (details, "title", spec->title);
  json_object_set_string_member (details, "importance", lia_rows_int (rows, 0) % 5 == 0 ? "blocking" : "normal");
  json_object_set_string_member (details, "source", source);
  json_object_set_int_member (details, "start", (gint64)start);
  json_object_set_int_member (details, "end", (gint64)end);
  json_object_set_string_member (details, "url", spec->url);
  json_object_set_string_member (entry, "kind", "finding");
  json_object_set_string_member (entry, "text", words);
  lia_json_set_time (entry, "at", MIN (lia_rows_int (rows, 2) + 5 * MINUTE_MS, now_ms));

  return append (db, "entry.added", lia_rows_int (rows, 1), agent_id, now_ms, entry, error) != 0;
}

static gint64
write_finding (LiaDb      *db,
               const Spec *spec,
               gint64      agent_id,
               gint64      now_ms,
               GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (JsonObject) change = json_object_new ();
  gint64 id;

  json_object_set_string_member (data, "kind", spec->kind);
  json_object_set_string_member (data, "title", spec->title);
  json_object_set_string_member (data, "product", spec->product);
  json_object_set_string_member (data, "url", spec->url);
  id = append (db, "finding.captured", 0, agent_id, now_ms, data, error);
  if (id == 0 || g_str_equal (spec->state, "new"))
    return id;

  json_object_set_int_member (change, "finding", id);
  json_object_set_string_member (change, "state", spec->state);

  return append (db, "finding.changed", 0, agent_id, now_ms, change, error) != 0 ? id : 0;
}

static gboolean
write_one (LiaDb      *db,
           const Spec *spec,
           gint64      agent_id,
           gint64      now_ms,
           GError    **error)
{
  gint64 finding = write_finding (db, spec, agent_id, now_ms, error);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  /* One message a customer, of those who were answered: the others are for whoever looks around. */
  rows = finding != 0 ? lia_db_query (db, error,
                                      "SELECT min (e.seq), c.id, e.at, t.json FROM conversation AS c CROSS JOIN entry AS e ON e.conversation_id = c.id "
                                      "AND e.dir = 'in' AND e.kind IN ('email', 'chat') CROSS JOIN entry_text AS t ON t.seq = e.seq "
                                      "WHERE c.subject LIKE $1 AND c.state <> 'open' GROUP BY c.customer_id ORDER BY e.at DESC LIMIT $2",
                                      "ti", spec->subject, spec->customers)
                      : NULL;
  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      if (!write_quote (db, rows, spec, finding, agent_id, now_ms, error))
        return FALSE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return failure == NULL;
}

/**
 * lia_sample_write_findings:
 * @agent_id: who captured them
 *
 * After all conversations.
 */
gboolean
lia_sample_write_findings (LiaDb   *db,
                           gint64   agent_id,
                           gint64   now_ms,
                           GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      if (!write_one (db, &specs[i], agent_id, now_ms, error))
        return FALSE;
    }

  return TRUE;
}
