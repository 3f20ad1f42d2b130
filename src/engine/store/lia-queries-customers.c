/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Customers: the card, by address, while one types, their conversations. */

#include "lia-queries-private.h"

#include "lia-customer-words.h"
#include "lia-due.h"
#include "lia-id.h"
#include "lia-tokens.h"

#include <string.h>

#define MAX_CANDIDATES "500"
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF: behind every word with the same beginning */

static gboolean
read_addresses (LiaCustomer *customer,
                LiaDb       *db,
                gint64       customer_id,
                GError     **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT kind, raw FROM address WHERE customer_id = $1 ORDER BY place", "i", customer_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (customer->addresses, lia_address_new (lia_rows_text (rows, 0), lia_rows_text (rows, 1)));

  return lia_query_finish (&failure, error);
}

/** lia_query_customer: (transfer full): the card, or NULL with %LIA_STORE_ERROR_NOT_FOUND. */
LiaCustomer *
lia_query_customer (LiaDb   *db,
                    gint64   customer_id,
                    GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT ver, name, org, lang, notes, created_at, conversations, open, zone, formality FROM customer WHERE id = $1", "i",
                                           customer_id);
  g_autoptr (LiaCustomer) customer = lia_customer_new ();
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;

  if (!lia_rows_next (rows, &failure))
    {
      if (lia_query_finish (&failure, error))
        g_set_error_literal (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such customer");
      return NULL;
    }

  g_clear_pointer (&customer->addresses, g_ptr_array_unref);
  customer->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  customer->id = lia_id_format ("k", customer_id);
  customer->ver = lia_rows_int (rows, 0);
  customer->name = g_strdup (lia_rows_text (rows, 1));
  customer->org = g_strdup (lia_rows_text (rows, 2));
  customer->lang = g_strdup (lia_rows_text (rows, 3));
  customer->notes = g_strdup (lia_rows_text (rows, 4));
  customer->created_ms = lia_rows_int (rows, 5);
  customer->conversations = lia_rows_int (rows, 6);
  customer->open = lia_rows_int (rows, 7);
  customer->zone = g_strdup (lia_rows_text (rows, 8));
  lia_canned_formality_from_string (lia_rows_text (rows, 9), &customer->formality);

  return read_addresses (customer, db, customer_id, error) ? g_steal_pointer (&customer) : NULL;
}

static gboolean
read_conversations (LiaRowPage *page,
                    LiaRows    *rows,
                    guint       limit,
                    GError    **error)
{
  g_autoptr (GError) failure = NULL;
  LiaCursor last = { 0 };

  while (lia_rows_next (rows, &failure))
    {
      LiaConversation *row;

      if (page->rows->len == limit)
        {
          page->next = lia_cursor_format (last.first, last.second);
          break;
        }

      row = lia_query_read_row (rows, FALSE);
      row->sort = lia_due_sort_newest_first (row->last_ms); /* as this list stands */
      last = (LiaCursor){ row->last_ms, lia_rows_int (rows, 0) };
      g_ptr_array_add (page->rows, row);
    }

  return lia_query_finish (&failure, error);
}

/** lia_query_customer_conversations: (transfer full): the newest first; NULL with %LIA_STORE_ERROR_NOT_FOUND when there is no such customer. */
LiaRowPage *
lia_query_customer_conversations (LiaDb      *db,
                                  gint64      agent_id,
                                  gint64      customer_id,
                                  const char *after,
                                  guint       limit,
                                  GError    **error)
{
  g_autoptr (LiaRowPage) page = g_new0 (LiaRowPage, 1);
  g_autoptr (LiaRows) rows = NULL;
  LiaCursor cursor = { G_MAXINT64, G_MAXINT64 };

  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  limit = MAX (limit, 1);

  if (!lia_cursor_parse (after, &cursor, error) ||
      !lia_db_get_int (db, &page->total, error, "SELECT conversations FROM customer WHERE id = $1", "i", customer_id))
    return NULL;

  rows = lia_db_query (db, error,
                       "SELECT " LIA_ROW_COLUMNS "FROM conversation AS c INDEXED BY conversation_customer" LIA_ROW_JOINS
                       "WHERE c.customer_id = $2 AND (c.last_at, c.id) < ($3, $4) ORDER BY c.last_at DESC, c.id DESC LIMIT $5",
                       "iiiii", agent_id, customer_id, cursor.first, cursor.second, (gint64)limit + 1);
  if (rows == NULL || !read_conversations (page, rows, limit, error))
    return NULL;

  return g_steal_pointer (&page);
}

/** lia_query_customer_by_address: whose address this is; 0 when it is nobody's, and with @error set. With several the oldest customer. */
gint64
lia_query_customer_by_address (LiaDb      *db,
                               const char *kind,
                               const char *address,
                               GError    **error)
{
  g_autofree char *norm = lia_address_norm (kind, address);
  g_autoptr (GError) failure = NULL;
  gint64 customer_id = 0;

  if (!lia_db_get_int (db, &customer_id, &failure, "SELECT customer_id FROM address WHERE kind = $1 AND norm = $2 ORDER BY customer_id LIMIT 1",
                       "tt", kind, norm) &&
      !g_error_matches (failure, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));

  return customer_id;
}

static void
on_word (const LiaToken *token,
         gpointer        data)
{
  g_ptr_array_add (data, g_strdup (token->text));
}

/* The words that were typed, the longest first: it leaves the fewest candidates. */
static int
compare_length (gconstpointer a,
                gconstpointer b)
{
  return (int)strlen (*(char *const *)b) - (int)strlen (*(char *const *)a);
}

static GPtrArray *
words_of (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  GPtrArray       *words = g_ptr_array_new_with_free_func (g_free);

  lia_tokens_scan (valid, strlen (valid), on_word, words);
  g_ptr_array_sort (words, compare_length);

  return words;
}

static LiaRows *
query_like (LiaDb      *db,
            GPtrArray  *words,
            const char *exact,
            guint       limit,
            GError    **error)
{
  const char      *first = g_ptr_array_index (words, 0);
  const char      *second = words->len > 1 ? g_ptr_array_index (words, 1) : NULL;
  const char      *third = words->len > 2 ? g_ptr_array_index (words, 2) : NULL;
  g_autofree char *first_end = g_strconcat (first, LAST_CHARACTER, NULL);
  g_autofree char *second_end = second != NULL ? g_strconcat (second, LAST_CHARACTER, NULL) : NULL;
  g_autofree char *third_end = third != NULL ? g_strconcat (third, LAST_CHARACTER, NULL) : NULL;

  return lia_db_query (db, error,
                       "SELECT k.id FROM (SELECT DISTINCT customer_id AS id FROM customer_word WHERE word >= $1 AND word < $2 LIMIT " MAX_CANDIDATES ") AS w "
                       "CROSS JOIN customer AS k ON k.id = w.id "
                       "WHERE ($3 IS NULL OR EXISTS (SELECT 1 FROM customer_word AS x WHERE x.customer_id = w.id AND x.word >= $3 AND x.word < $4)) "
                       "AND ($5 IS NULL OR EXISTS (SELECT 1 FROM customer_word AS x WHERE x.customer_id = w.id AND x.word >= $5 AND x.word < $6)) "
                       "ORDER BY EXISTS (SELECT 1 FROM address AS a WHERE a.customer_id = w.id AND a.kind = 'email' AND a.norm = $7) DESC, "
                       "k.conversations DESC, k.name, k.id LIMIT $8",
                       "ttttttti", first, first_end, second, second_end, third, third_end, exact, (gint64)limit);
}

/**
 * lia_query_customers_like:
 * @typed: the beginnings of words of a name, an organisation or an address, in any order
 *
 * Whom an agent may mean while typing: whose address it is exactly first, then those with whom we have most to do.
 *
 * Returns: (transfer full): of LiaCustomer
 */
GPtrArray *
lia_query_customers_like (LiaDb      *db,
                          const char *typed,
                          guint       limit,
                          GError    **error)
{
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) words = words_of (typed);
  g_autofree char *exact = lia_address_norm ("email", typed);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  if (words->len == 0)
    return g_steal_pointer (&customers);

  rows = query_like (db, words, exact, limit, error);
  if (rows == NULL)
    return NULL;

  while (lia_rows_next (rows, &failure))
    {
      LiaCustomer *customer = lia_query_customer (db, lia_rows_int (rows, 0), error);

      if (customer == NULL)
        return NULL;
      g_ptr_array_add (customers, customer);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&customers) : NULL;
}
