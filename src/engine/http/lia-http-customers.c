/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-http-resources.h"

#include "lia-http-pages.h"
#include "lia-json-text.h"
#include "lia-queries-effort.h"
#include "lia-queries.h"
#include "lia-time.h"
#include "lia-wire.h"

typedef struct
{
  gint64      agent_id;
  gint64      customer_id;
  const char *text; /* what is typed, or a cursor */
  guint       limit;
} Customers;

static gboolean
take (GString  *text,
      gpointer *result)
{
  lia_json_text_end (text);
  *result = g_string_free_and_steal (text);
  return TRUE;
}

/* An address that is typed in full is exact; where a part of it or of a name begins, it is likely. */
static void
judge (LiaCustomer *customer,
       const char  *typed,
       const char **level,
       const char **reason)
{
  g_autofree char *folded = lia_address_fold (typed);

  for (guint i = 0; i < customer->addresses->len; i++)
    {
      LiaAddress      *address = g_ptr_array_index (customer->addresses, i);
      g_autofree char *other = lia_address_fold (address->address);

      if (!g_str_has_prefix (other, folded))
        continue;
      *level = g_str_equal (other, folded) ? "exact" : "likely";
      *reason = "address";
      return;
    }
  *level = g_str_match_string (typed, customer->name, TRUE) ? "likely" : "guess";
  *reason = "name";
}

static gboolean
read_matches (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  const Customers *asked = data;
  g_autoptr (GPtrArray) customers = lia_query_customers_like (db, asked->text, asked->limit, error);
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func (g_free);
  GString *text;

  if (customers == NULL)
    return FALSE;

  for (guint i = 0; i < customers->len; i++)
    {
      g_autoptr (JsonObject) match = json_object_new ();
      const char *level;
      const char *reason;

      judge (g_ptr_array_index (customers, i), asked->text, &level, &reason);
      json_object_set_object_member (match, "customer", lia_wire_encode_customer (g_ptr_array_index (customers, i)));
      json_object_set_string_member (match, "level", level);
      json_object_set_string_member (match, "reason", reason);
      g_ptr_array_add (matches, lia_json_to_text (match));
    }

  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_list (text, "customers", matches);
  return take (text, result);
}

gboolean
lia_http_get_customers (LiaHttpCall *call,
                        GError     **error)
{
  const char *typed = lia_http_query (call, "q");
  Customers   asked = { call->agent_id, 0, typed != NULL ? typed : "", 0 };

  return lia_http_query_limit (call, 20, &asked.limit, error) && lia_http_answer_read (call, read_matches, &asked, error);
}

static gboolean
read_customer (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Customers *asked = data;
  g_autoptr (LiaCustomer) customer = lia_query_customer (db, asked->customer_id, error);
  GString *text;

  if (customer == NULL)
    return FALSE;
  customer->effort = lia_query_effort (db, asked->customer_id, lia_time_now (), error);
  if (customer->effort == NULL)
    return FALSE;

  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_object (text, "customer", lia_wire_encode_customer (customer));
  return take (text, result);
}

gboolean
lia_http_get_customer (LiaHttpCall *call,
                       GError     **error)
{
  Customers asked = { call->agent_id, 0, NULL, 0 };

  return lia_http_argument_id (call, 0, "k", &asked.customer_id, error) && lia_http_answer_read (call, read_customer, &asked, error);
}

/* A customer without conversations has an empty page; one that is not there has none. */
static gboolean
customer_is_there (LiaDb           *db,
                   const Customers *asked,
                   GError         **error)
{
  g_autoptr (LiaCustomer) customer = lia_query_customer (db, asked->customer_id, error);

  return customer != NULL;
}

static gboolean
read_conversations (LiaDb    *db,
                    gpointer  data,
                    gpointer *result,
                    GError  **error)
{
  const Customers *asked = data;
  g_autoptr (LiaRowPage) page = NULL;
  GString *text;

  if (!customer_is_there (db, asked, error))
    return FALSE;
  page = lia_query_customer_conversations (db, asked->agent_id, asked->customer_id, asked->text, asked->limit, error);
  if (page == NULL)
    return FALSE;

  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_http_add_rows (text, page);
  return take (text, result);
}

gboolean
lia_http_get_customer_conversations (LiaHttpCall *call,
                                     GError     **error)
{
  Customers asked = { call->agent_id, 0, lia_http_query (call, "after"), 0 };

  return lia_http_argument_id (call, 0, "k", &asked.customer_id, error) &&
         lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_conversations, &asked, error);
}

static gboolean
read_timeline (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  const Customers *asked = data;
  g_autoptr (LiaEntryPage) page = NULL;
  GString *text;
  gint64   head;

  if (!customer_is_there (db, asked, error))
    return FALSE;
  page = lia_query_customer_timeline (db, asked->customer_id, asked->text, asked->limit, error);
  if (page == NULL || (head = lia_query_head (db, error)) < 0)
    return FALSE;

  text = g_string_new (NULL);
  lia_json_text_begin (text, NULL);
  lia_json_text_add_int (text, "seq", head);
  lia_http_add_timeline (text, page);
  return take (text, result);
}

gboolean
lia_http_get_customer_timeline (LiaHttpCall *call,
                                GError     **error)
{
  Customers asked = { call->agent_id, 0, lia_http_query (call, "before"), 0 };

  return lia_http_argument_id (call, 0, "k", &asked.customer_id, error) &&
         lia_http_query_limit (call, 50, &asked.limit, error) &&
         lia_http_answer_read (call, read_timeline, &asked, error);
}
