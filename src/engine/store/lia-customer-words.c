/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The words of a customer's name, organisation and addresses, one row each, so that what is being typed is a range of an index. Addresses
 * stand there whole, too.
 */

#include "lia-customer-words.h"

#include "lia-address.h"
#include "lia-tokens.h"

#include <string.h>

/** lia_address_norm: (transfer full): the form in which an address of this kind is stored and looked up. */
char *
lia_address_norm (const char *kind,
                  const char *value)
{
  GString *digits;

  if (g_strcmp0 (kind, "phone") != 0)
    return lia_address_fold (value);

  digits = g_string_new (value[0] == '+' ? "+" : NULL);
  for (; *value != '\0'; value++)
    {
      if (g_ascii_isdigit (*value))
        g_string_append_c (digits, *value);
    }

  return g_string_free_and_steal (digits);
}

typedef struct
{
  LiaDb   *db;
  gint64   customer_id;
  GError **error;
  gboolean failed;
} Adding;

static void
add_word (Adding     *adding,
          const char *word)
{
  if (!adding->failed)
    adding->failed = !lia_db_exec (adding->db, adding->error,
                                   "INSERT INTO customer_word (word, customer_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                                   "ti", word, adding->customer_id);
}

static void
on_word (const LiaToken *token,
         gpointer        adding)
{
  add_word (adding, token->text);
}

static gboolean
add_texts (LiaDb   *db,
           gint64   customer_id,
           LiaRows *rows,
           GError **error)
{
  Adding  adding = { db, customer_id, error };
  GError *failure = NULL;

  while (!adding.failed && lia_rows_next (rows, &failure))
    {
      const char *text = lia_rows_text (rows, 0);

      if (!lia_rows_is_null (rows, 1))
        add_word (&adding, lia_rows_text (rows, 1));
      lia_tokens_scan (text, strlen (text), on_word, &adding);
    }

  if (failure != NULL)
    g_propagate_error (error, failure);

  return !adding.failed && failure == NULL;
}

/** lia_customer_words_update: after anything of the customer that is searched has changed. */
gboolean
lia_customer_words_update (LiaDb   *db,
                           gint64   customer_id,
                           GError **error)
{
  g_autoptr (LiaRows) rows = NULL;

  if (!lia_db_exec (db, error, "DELETE FROM customer_word WHERE customer_id = $1", "i", customer_id))
    return FALSE;

  /* Text to be cut into words, and what is a word as it stands. One row a statement: lia-journal.c says why. */
  rows = lia_db_query (db, error,
                       "SELECT name, NULL FROM customer WHERE id = $1 UNION ALL SELECT org, NULL FROM customer WHERE id = $1 "
                       "UNION ALL SELECT iif (kind = 'email', norm, ''), norm FROM address WHERE customer_id = $1",
                       "i", customer_id);

  return rows != NULL && add_texts (db, customer_id, rows, error);
}
