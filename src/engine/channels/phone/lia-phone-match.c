/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which customer calls. On a store thread. */

#include "lia-phone-match.h"

#include "lia-customer-words.h"
#include "lia-phone-number.h"
#include "lia-queries.h"

#define MAX_CANDIDATES "200"

/* What was found so far: one customer who has just this number, or how near others come. */
typedef struct
{
  gint64        exact;
  gboolean      several;
  LiaMatchLevel best;
  const char   *reason;
} Verdict;

static void
judge (Verdict    *verdict,
       gint64      customer_id,
       const char *theirs,
       const char *number,
       const char *country)
{
  const char   *reason;
  LiaMatchLevel level = lia_phone_number_match (theirs, number, country, &reason);

  if (level == LIA_MATCH_EXACT)
    {
      verdict->several |= verdict->exact != 0 && verdict->exact != customer_id;
      verdict->exact = customer_id;
    }
  if (level > verdict->best)
    {
      verdict->best = level;
      verdict->reason = reason;
    }
}

static gboolean
search (LiaDb      *db,
        const char *number,
        const char *country,
        Verdict    *verdict,
        GError    **error)
{
  g_autofree char *end = lia_phone_number_end (number);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  if (end == NULL)
    return TRUE;

  first = g_strreverse (g_strdup (end));
  last = g_strconcat (first, ":", NULL); /* the character behind "9" */
  rows = lia_db_query (db, error,
                       "SELECT customer_id, raw FROM address WHERE kind = 'phone' AND rev IS NOT NULL AND rev >= $1 AND rev < $2 "
                       "ORDER BY rev, customer_id LIMIT " MAX_CANDIDATES,
                       "tt", first, last);
  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    judge (verdict, lia_rows_int (rows, 0), lia_rows_text (rows, 1), number, country);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

/**
 * lia_phone_match_customer:
 * @call: its `match` and `match_reason` are filled
 * @customer_id: (out): 0 unless the number is just one customer's: what is only likely is for people to decide
 */
gboolean
lia_phone_match_customer (LiaDb      *db,
                          LiaCall    *call,
                          const char *country,
                          gint64     *customer_id,
                          GError    **error)
{
  const char *number = call->e164[0] != '\0' ? call->e164 : call->number;
  Verdict     verdict = { .reason = "" };
  g_autoptr (GError) failure = NULL;

  *customer_id = 0;
  if (call->withheld || lia_phone_number_is_withheld (number))
    return TRUE;

  if (!search (db, number, country, &verdict, error))
    return FALSE;
  /* A number inside the house has no end to be found by. */
  if (call->e164[0] == '\0' && verdict.exact == 0)
    {
      verdict.exact = lia_query_customer_by_address (db, "phone", number, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      verdict.best = verdict.exact != 0 ? LIA_MATCH_EXACT : verdict.best;
      verdict.reason = verdict.exact != 0 ? "same-number" : verdict.reason;
    }

  if (verdict.several)
    {
      call->match = LIA_MATCH_LIKELY;
      g_set_str (&call->match_reason, "several");
      return TRUE;
    }
  *customer_id = verdict.exact;
  call->match = verdict.best;
  g_set_str (&call->match_reason, verdict.reason);

  return TRUE;
}
