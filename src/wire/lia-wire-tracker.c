/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issue trackers as they are set up, and the issues in them. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define MAX_FORM (16 * 1024)
#define MAX_PRODUCTS 500

#define AT(field) G_STRUCT_OFFSET (LiaTrackerSetup, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id) },
  { "ver", LIA_FIELD_INT, AT (ver) },
  { "kind", LIA_FIELD_TEXT, AT (kind), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "url", LIA_FIELD_TEXT, AT (url), LIA_JSON_REQUIRED },
  { "project", LIA_FIELD_TEXT, AT (project) },
  { "type", LIA_FIELD_TEXT, AT (type) },
  { "login", LIA_FIELD_TEXT, AT (login) },
  { "dialect", LIA_FIELD_ENUM, AT (dialect), LIA_JSON_OPTIONAL, lia_dialect_to_string, lia_dialect_from_string },
  { "public", LIA_FIELD_BOOL, AT (is_public) },
  { "near", LIA_FIELD_BOOL, AT (is_near) },
  { "ca", LIA_FIELD_TEXT_OR_NULL, AT (ca) },
  { "max_file", LIA_FIELD_INT, AT (max_file_bytes) },
  { "done", LIA_FIELD_WORDS, AT (done) },
  { "by_release", LIA_FIELD_BOOL, AT (by_release) },
  { "state", LIA_FIELD_TEXT, AT (state) },
  { "detail", LIA_FIELD_TEXT, AT (detail) },
  { "last_ok", LIA_FIELD_TIME, AT (last_ok_ms) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaIssue, field)

static const LiaField issue_fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id) },
  { "tracker", LIA_FIELD_TEXT, AT (tracker) },
  { "key", LIA_FIELD_TEXT, AT (key), LIA_JSON_REQUIRED },
  { "url", LIA_FIELD_TEXT, AT (url) },
  { "title", LIA_FIELD_TEXT, AT (title) },
  { "closed", LIA_FIELD_BOOL, AT (is_closed) },
  { "state", LIA_FIELD_TEXT, AT (state) },
  { "assignee", LIA_FIELD_TEXT, AT (assignee) },
  { "milestone", LIA_FIELD_TEXT, AT (milestone) },
  { "released", LIA_FIELD_BOOL, AT (is_released) },
  { "updated_at", LIA_FIELD_TIME, AT (updated_ms) },
  { "wants_info", LIA_FIELD_BOOL, AT (wants_info) },
  { "problem", LIA_FIELD_TEXT, AT (problem) },
  { "untold", LIA_FIELD_TEXT, AT (untold) },
};

#undef AT

/** lia_wire_encode_tracker: as GET /v1/trackers gives it. */
JsonObject *
lia_wire_encode_tracker (LiaTrackerSetup *tracker)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), tracker);
  JsonObject *forms = json_object_new ();
  JsonArray  *products = json_array_new ();

  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    if (*tracker->forms[i] != '\0')
      json_object_set_string_member (forms, lia_finding_kind_to_string (i), tracker->forms[i]);
  json_object_set_object_member (object, "forms", forms);
  for (guint i = 0; i < tracker->products->len; i++)
    {
      const LiaTrackerProduct *product = tracker->products->pdata[i];
      JsonObject              *item = json_object_new ();

      json_object_set_string_member (item, "product", product->product);
      json_object_set_string_member (item, "component", product->component);
      json_array_add_object_element (products, item);
    }
  json_object_set_array_member (object, "products", products);

  return object;
}

static gboolean
decode_forms (LiaTrackerSetup *tracker,
              JsonObject      *object,
              GError         **error)
{
  JsonObject *forms;

  if (!lia_json_obj (object, "forms", LIA_JSON_OPTIONAL, &forms, error))
    return FALSE;
  for (guint i = 0; forms != NULL && i < LIA_FINDING_N_KINDS; i++)
    {
      const char *form;

      if (!lia_json_str (forms, lia_finding_kind_to_string (i), LIA_JSON_OPTIONAL, MAX_FORM, &form, error))
        {
          lia_problem_prefix (error, "forms", -1);
          return FALSE;
        }
      g_set_str (&tracker->forms[i], form != NULL ? form : "");
    }

  return TRUE;
}

static gboolean
decode_products (LiaTrackerSetup *tracker,
                 JsonObject      *object,
                 GError         **error)
{
  JsonArray *products;

  if (!lia_json_arr (object, "products", LIA_JSON_OPTIONAL, MAX_PRODUCTS, &products, error))
    return FALSE;
  for (guint i = 0; products != NULL && i < json_array_get_length (products); i++)
    {
      JsonObject *item;
      const char *product;
      const char *component;

      if (!lia_json_arr_obj (products, i, &item, error) || !lia_json_str (item, "product", LIA_JSON_REQUIRED, LIA_FINDING_MAX_PRODUCT_BYTES, &product, error) ||
          !lia_json_str (item, "component", LIA_JSON_OPTIONAL, LIA_FINDING_MAX_PRODUCT_BYTES, &component, error))
        {
          lia_problem_prefix (error, "products", (int)i);
          return FALSE;
        }
      lia_tracker_setup_add_product (tracker, product, component != NULL ? component : "");
    }

  return TRUE;
}

LiaTrackerSetup *
lia_wire_decode_tracker (JsonObject *object,
                         GError    **error)
{
  g_autoptr (LiaTrackerSetup) tracker = LIA_FIELDS_DECODE_NEW (lia_tracker_setup_new (), fields, object, error);

  return tracker != NULL && decode_forms (tracker, object, error) && decode_products (tracker, object, error) ? g_steal_pointer (&tracker) : NULL;
}

/** lia_wire_encode_issue: as findings have it. */
JsonObject *
lia_wire_encode_issue (LiaIssue *issue)
{
  return lia_fields_encode_new (issue_fields, G_N_ELEMENTS (issue_fields), issue);
}

/** lia_wire_encode_seen_issue: as the journal keeps what a tracker says: without what is ours of it. */
JsonObject *
lia_wire_encode_seen_issue (LiaIssue *issue)
{
  JsonObject *object = lia_wire_encode_issue (issue);

  json_object_remove_member (object, "id");
  json_object_remove_member (object, "tracker");
  json_object_remove_member (object, "untold");

  return object;
}

LiaIssue *
lia_wire_decode_issue (JsonObject *object,
                       GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_issue_new (), issue_fields, object, error);
}
