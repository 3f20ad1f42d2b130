/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Customers, their addresses, and the words by which they are found. */

#include "lia-customer-words.h"
#include "lia-json.h"
#include "lia-projections.h"

#include <string.h>

#define MAX_TEXT (64 * 1024)
#define MAX_ADDRESSES 1000

static gboolean
add_address (LiaProjection *self,
             gint64         customer_id,
             JsonObject    *address,
             GError       **error)
{
  const char      *kind;
  const char      *value;
  g_autofree char *norm = NULL;
  g_autofree char *rev = NULL;

  if (!lia_json_str (address, "kind", LIA_JSON_REQUIRED, 16, &kind, error) ||
      !lia_json_str (address, "value", LIA_JSON_REQUIRED, MAX_TEXT, &value, error))
    return FALSE;

  norm = lia_address_norm (kind, value);
  if (strcmp (kind, "phone") == 0)
    rev = g_strreverse (g_strdup (norm[0] == '+' ? norm + 1 : norm));

  return lia_db_exec (self->db, error,
                      "INSERT INTO address (customer_id, kind, norm, raw, rev, place) "
                      "VALUES ($1, $2, $3, $4, $5, (SELECT count (*) FROM address WHERE customer_id = $1)) "
                      "ON CONFLICT (customer_id, kind, norm) DO NOTHING",
                      "itttt", customer_id, kind, norm, value, rev);
}

static gboolean
add_addresses (LiaProjection *self,
               gint64         customer_id,
               const char    *member,
               GError       **error)
{
  JsonArray *addresses;

  if (!lia_json_arr (self->data, member, LIA_JSON_OPTIONAL, MAX_ADDRESSES, &addresses, error))
    return FALSE;

  for (guint i = 0; addresses != NULL && i < json_array_get_length (addresses); i++)
    {
      JsonObject *address;

      if (!lia_json_arr_obj (addresses, i, &address, error) || !add_address (self, customer_id, address, error))
        return FALSE;
    }

  return lia_db_exec (self->db, error,
                      "UPDATE customer SET address = coalesce ((SELECT raw FROM address WHERE customer_id = $1 AND place = 0), '') "
                      "WHERE id = $1",
                      "i", customer_id) &&
         lia_customer_words_update (self->db, customer_id, error);
}

/** lia_project_customer_created: {name, org?, lang?, notes?, addresses:[{kind, value}]} */
gboolean
lia_project_customer_created (LiaProjection *self,
                              GError       **error)
{
  const char *name;
  const char *org;
  const char *lang;
  const char *notes;

  self->customer_id = self->seq;

  return lia_json_str (self->data, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, error) &&
         lia_json_str (self->data, "org", LIA_JSON_OPTIONAL, MAX_TEXT, &org, error) &&
         lia_json_str (self->data, "lang", LIA_JSON_OPTIONAL, MAX_TEXT, &lang, error) &&
         lia_json_str (self->data, "notes", LIA_JSON_OPTIONAL, MAX_TEXT, &notes, error) &&
         lia_db_exec (self->db, error,
                      "INSERT INTO customer (id, ver, name, org, lang, notes, address, created_at) "
                      "VALUES ($1, 1, coalesce ($2, ''), coalesce ($3, ''), coalesce ($4, ''), coalesce ($5, ''), '', $6)",
                      "itttti", self->seq, name, org, lang, notes, self->at_ms) &&
         add_addresses (self, self->seq, "addresses", error);
}

/** lia_project_customer_changed: {customer, name?, org?, lang?, notes?, zone?, formality?, add_addresses?} */
gboolean
lia_project_customer_changed (LiaProjection *self,
                              GError       **error)
{
  gint64      id;
  const char *name;
  const char *org;
  const char *lang;
  const char *notes;
  const char *zone;
  const char *formality;

  if (!lia_json_int (self->data, "customer", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, error) ||
      !lia_json_str (self->data, "name", LIA_JSON_OPTIONAL, MAX_TEXT, &name, error) ||
      !lia_json_str (self->data, "org", LIA_JSON_OPTIONAL, MAX_TEXT, &org, error) ||
      !lia_json_str (self->data, "lang", LIA_JSON_OPTIONAL, MAX_TEXT, &lang, error) ||
      !lia_json_str (self->data, "notes", LIA_JSON_OPTIONAL, MAX_TEXT, &notes, error) ||
      !lia_json_str (self->data, "zone", LIA_JSON_OPTIONAL, MAX_TEXT, &zone, error) ||
      !lia_json_str (self->data, "formality", LIA_JSON_OPTIONAL, MAX_TEXT, &formality, error) ||
      !lia_db_exec (self->db, error,
                    "UPDATE customer SET ver = ver + 1, name = coalesce ($2, name), org = coalesce ($3, org), lang = coalesce ($4, lang), "
                    "notes = coalesce ($5, notes), zone = coalesce ($6, zone), formality = coalesce ($7, formality) WHERE id = $1",
                    "itttttt", id, name, org, lang, notes, zone, formality))
    return FALSE;

  if (lia_db_changes (self->db) == 0)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "There is no such customer");
      return FALSE;
    }

  self->customer_id = id;

  return add_addresses (self, id, "add_addresses", error);
}
