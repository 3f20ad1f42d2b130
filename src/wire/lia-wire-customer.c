/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Customers. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaCustomer, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id), LIA_JSON_REQUIRED },
  { "ver", LIA_FIELD_INT, AT (ver) },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "org", LIA_FIELD_TEXT, AT (org) },
  { "lang", LIA_FIELD_TEXT, AT (lang) },
  { "notes", LIA_FIELD_TEXT, AT (notes) },
  { "zone", LIA_FIELD_TEXT, AT (zone) },
  { "formality", LIA_FIELD_ENUM, AT (formality), LIA_JSON_OPTIONAL, lia_canned_formality_to_string, lia_canned_formality_from_string },
  { "created_at", LIA_FIELD_TIME, AT (created_ms) },
  { "conversations", LIA_FIELD_INT, AT (conversations) },
  { "open", LIA_FIELD_INT, AT (open) },
};

JsonObject *
lia_wire_encode_customer (LiaCustomer *customer)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), customer);
  JsonArray  *addresses = json_array_new ();

  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      const LiaAddress *address = customer->addresses->pdata[i];
      JsonObject       *item = json_object_new ();

      json_object_set_string_member (item, "kind", address->name);
      json_object_set_string_member (item, "value", address->address);
      json_array_add_object_element (addresses, item);
    }
  json_object_set_array_member (object, "addresses", addresses);
  lia_wire_set_effort (object, customer->effort);

  return object;
}

static gpointer
decode_address (JsonObject *object,
                GError    **error)
{
  const char *kind;
  const char *value;

  if (!lia_json_str (object, "kind", LIA_JSON_OPTIONAL, 64, &kind, error) ||
      !lia_json_str (object, "value", LIA_JSON_REQUIRED, 1024, &value, error))
    return NULL;

  return lia_address_new (kind != NULL ? kind : "", value);
}

LiaCustomer *
lia_wire_decode_customer (JsonObject *object,
                          GError    **error)
{
  g_autoptr (LiaCustomer) customer = lia_customer_new ();

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), customer, object, error) || !lia_wire_get_effort (object, &customer->effort, error))
    return NULL;

  g_clear_pointer (&customer->addresses, g_ptr_array_unref);
  customer->addresses = lia_wire_decode_list (object, "addresses", decode_address, (GDestroyNotify)lia_address_unref, error);
  if (customer->addresses == NULL)
    return NULL;

  return g_steal_pointer (&customer);
}

/* lia_wire_encode_customer_of: @customer: (nullable): without a name or an address */
JsonObject *
lia_wire_encode_customer_of (const char       *id,
                             const LiaAddress *customer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id != NULL ? id : "");
  json_object_set_string_member (object, "name", customer != NULL ? customer->name : "");
  json_object_set_string_member (object, "address", customer != NULL ? customer->address : "");

  return object;
}

/* lia_wire_decode_customer_of: where there may be none, and is none, @id and @customer stay as they are. */
gboolean
lia_wire_decode_customer_of (JsonObject  *object,
                             LiaJsonNeed  need,
                             char       **id,
                             LiaAddress **customer,
                             GError     **error)
{
  JsonObject *member;
  const char *given_id;
  const char *name;
  const char *address;

  if (!lia_json_obj (object, "customer", need, &member, error))
    return FALSE;
  if (member == NULL)
    return TRUE;
  if (!lia_json_str (member, "id", LIA_JSON_REQUIRED, 64, &given_id, error) ||
      !lia_json_str (member, "name", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &name, error) ||
      !lia_json_str (member, "address", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &address, error))
    {
      lia_problem_prefix (error, "customer", -1);
      return FALSE;
    }

  g_set_str (id, given_id);
  *customer = lia_address_new (name, address);

  return TRUE;
}
