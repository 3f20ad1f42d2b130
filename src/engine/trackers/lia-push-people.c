/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose names and addresses must not be in what leaves: customers who said it, everybody who wrote or was written to there, and our own people. */

#include "lia-push-people.h"

#include "lia-json.h"
#include "lia-queries-findings.h"
#include "lia-queries-private.h"

#include <string.h>

#define MAX_QUOTES 5
#define PAGE 50

#define CONVERSATIONS_OF_ROOT \
  "(SELECT q.conversation_id FROM finding AS m CROSS JOIN quote AS q ON q.finding_id = m.id WHERE m.root_id = $1) "

typedef void (*Take) (LiaRedactor *redactor,
                      const char  *kind,
                      const char  *value);

static void
take_customer (LiaRedactor *redactor,
               const char  *name,
               const char  *org)
{
  if (strchr (name, '@') == NULL)
    lia_redactor_add_person (redactor, LIA_PERSON_CUSTOMER, name);
  lia_redactor_add_words (redactor, LIA_PERSONAL_NAME, org);
}

static void
take_address (LiaRedactor *redactor,
              const char  *kind,
              const char  *value)
{
  lia_redactor_add_words (redactor, g_str_equal (kind, "email") ? LIA_PERSONAL_MAIL : g_str_equal (kind, "phone") ? LIA_PERSONAL_PHONE
                                                                                                                  : LIA_PERSONAL_LOGIN,
                          value);
}

static void
take_agent (LiaRedactor *redactor,
            const char  *name,
            const char  *address)
{
  lia_redactor_add_person (redactor, LIA_PERSON_AGENT, name);
  lia_redactor_add_words (redactor, LIA_PERSONAL_MAIL, address);
}

/* Always in the same order, so that the same person gets the same placeholder. */
static gboolean
take_all (LiaRedactor *redactor,
          LiaDb       *db,
          const char  *sql,
          gint64       finding_id,
          Take         take,
          GError     **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, sql, "i", finding_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    {
      g_autofree char *first = g_strdup (lia_rows_text (rows, 0));

      take (redactor, first, lia_rows_text (rows, 1));
    }

  return lia_query_finish (&failure, error);
}

static gboolean
take_everybody (LiaRedactor *redactor,
                LiaDb       *db,
                gint64       finding_id,
                GError     **error)
{
  return take_all (redactor, db, "SELECT k.name, k.org FROM customer AS k WHERE k.id IN (SELECT customer_id FROM conversation WHERE id IN " CONVERSATIONS_OF_ROOT ") ORDER BY k.id",
                   finding_id, take_customer, error) &&
         take_all (redactor, db,
                   "SELECT a.kind, a.raw FROM address AS a WHERE a.customer_id IN (SELECT customer_id FROM conversation WHERE id IN " CONVERSATIONS_OF_ROOT ") "
                   "ORDER BY a.customer_id, a.kind, a.place",
                   finding_id, take_address, error) &&
         take_all (redactor, db, "SELECT 'email', p.address FROM mail_participant AS p WHERE p.conversation_id IN " CONVERSATIONS_OF_ROOT "ORDER BY p.address", finding_id,
                   take_address, error) &&
         take_all (redactor, db, "SELECT name, address FROM agent WHERE $1 > 0 ORDER BY id", finding_id, take_agent, error);
}

/* What stands around the words: who is greeted there, and who takes leave. */
static gboolean
read_source (LiaRedactor *redactor,
             LiaDb       *db,
             const char  *source,
             GError     **error)
{
  g_autofree char *json = NULL;
  g_autoptr (JsonObject) entry = NULL;
  const char *text;

  if (*source == '\0')
    return TRUE;
  json = lia_db_get_text (db, NULL, "SELECT json FROM entry_text WHERE seq = $1", "i", g_ascii_strtoll (source + 2, NULL, 10));
  if (json == NULL)
    return TRUE; /* which it was said in is known no more */
  entry = lia_json_parse (json, -1, G_MAXSIZE, error);
  if (entry == NULL || !lia_json_str (entry, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &text, error))
    return FALSE;
  if (text != NULL)
    lia_redactor_read (redactor, text);

  return TRUE;
}

static gboolean
take_quote (LiaRedactor *redactor,
            LiaDb       *db,
            LiaQuote    *quote,
            GPtrArray   *texts,
            GError     **error)
{
  if (!read_source (redactor, db, quote->source, error))
    return FALSE;
  lia_redactor_read (redactor, quote->text);
  if (texts->len < MAX_QUOTES && *quote->text != '\0' && !g_ptr_array_find_with_equal_func (texts, quote->text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (quote->text));

  return TRUE;
}

/**
 * lia_push_people_redactor:
 * @finding_id: that was not merged into another one
 * @quotes: (out) (element-type utf8): a few that were said of it, the newest first
 *
 * Returns: (transfer full): a redactor that knows everybody who has to do with the finding
 */
LiaRedactor *
lia_push_people_redactor (LiaDb      *db,
                          gint64      finding_id,
                          gboolean    strict,
                          GPtrArray **quotes,
                          GError    **error)
{
  g_autofree char *country =
      lia_db_get_text (db, NULL, "SELECT json_extract (config, '$.country') FROM channel WHERE kind = 'phone' AND json_extract (config, '$.country') <> '' ORDER BY id LIMIT 1", "");
  g_autoptr (LiaRedactor) redactor = lia_redactor_new (country, strict);
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) said = lia_query_finding_quotes (db, finding_id, NULL, PAGE, &next, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  if (said == NULL || !take_everybody (redactor, db, finding_id, error))
    return NULL;
  for (guint i = 0; i < said->len; i++)
    if (!take_quote (redactor, db, said->pdata[i], texts, error))
      return NULL;
  *quotes = g_steal_pointer (&texts);

  return g_steal_pointer (&redactor);
}
