/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Canned responses: "response" in the API. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#include <string.h>

#define MAX_TITLE_BYTES 1000
#define MAX_SHORTCUT_BYTES 100
#define MAX_BODY_BYTES (64 * 1024)
#define MAX_VARIANTS 50

#define AT(field) G_STRUCT_OFFSET (LiaCanned, field)
#define ENUM(type) lia_canned_##type##_to_string, lia_canned_##type##_from_string

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id) },
  { "ver", LIA_FIELD_INT, AT (ver) },
  { "shortcut", LIA_FIELD_TEXT, AT (shortcut) },
  { "title", LIA_FIELD_TEXT, AT (title), LIA_JSON_REQUIRED },
  { "aliases", LIA_FIELD_WORDS, AT (aliases) },
  { "tags", LIA_FIELD_WORDS, AT (tags) },
  { "folder", LIA_FIELD_TEXT, AT (folder) },
  { "scope", LIA_FIELD_ENUM, AT (scope), LIA_JSON_OPTIONAL, ENUM (scope) },
  { "owner", LIA_FIELD_TEXT, AT (owner) },
  { "state", LIA_FIELD_ENUM, AT (state), LIA_JSON_OPTIONAL, ENUM (state) },
  { "review_by", LIA_FIELD_TIME, AT (review_by_ms) },
  { "greeting", LIA_FIELD_BOOL, AT (greeting) },
  { "farewell", LIA_FIELD_BOOL, AT (farewell) },
  { "attachments", LIA_FIELD_ATTACHMENTS, AT (attachments) },
  { "channels", LIA_FIELD_WORDS, AT (channels) },
  { "queues", LIA_FIELD_WORDS, AT (queues) },
  { "products", LIA_FIELD_WORDS, AT (products) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaCannedVariant, field)

static const LiaField variant_fields[] = {
  { "language", LIA_FIELD_TEXT, AT (language) },
  { "formality", LIA_FIELD_ENUM, AT (formality), LIA_JSON_OPTIONAL, ENUM (formality) },
  { "channel", LIA_FIELD_TEXT, AT (channel) },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "body", LIA_FIELD_TEXT, AT (body), LIA_JSON_REQUIRED },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaCannedAction, field)

static const LiaField action_fields[] = {
  { "kind", LIA_FIELD_TEXT, AT (kind), LIA_JSON_REQUIRED },
  { "value", LIA_FIELD_TEXT, AT (value) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaCannedVersion, field)

static const LiaField version_fields[] = {
  { "ver", LIA_FIELD_INT, AT (ver), LIA_JSON_REQUIRED },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "agent", LIA_FIELD_TEXT, AT (agent) },
};

#undef AT

typedef JsonObject *(*EncodeFunc) (gconstpointer value);

static void
encode_list (JsonObject *object,
             const char *name,
             GPtrArray  *values,
             EncodeFunc  encode)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < values->len; i++)
    json_array_add_object_element (array, encode (values->pdata[i]));
  json_object_set_array_member (object, name, array);
}

static JsonObject *
encode_variant (gconstpointer variant)
{
  return lia_fields_encode_new (variant_fields, G_N_ELEMENTS (variant_fields), variant);
}

static JsonObject *
encode_action (gconstpointer action)
{
  return lia_fields_encode_new (action_fields, G_N_ELEMENTS (action_fields), action);
}

static void
encode_use (JsonObject         *object,
            const char         *name,
            const LiaCannedUse *use)
{
  JsonObject *inner = json_object_new ();

  json_object_set_double_member (inner, "count", use->count);
  lia_json_set_time (inner, "last", use->last_ms);
  json_object_set_object_member (object, name, inner);
}

/** lia_wire_encode_canned: without its uses when it was never sent. */
JsonObject *
lia_wire_encode_canned (LiaCanned *canned)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), canned);

  encode_list (object, "variants", canned->variants, encode_variant);
  encode_list (object, "actions", canned->actions, encode_action);
  if (canned->own_use.last_ms != 0)
    encode_use (object, "own_use", &canned->own_use);
  if (canned->team_use.last_ms != 0)
    encode_use (object, "team_use", &canned->team_use);

  return object;
}

static gboolean
check_variant (LiaCannedVariant *variant,
               GError          **error)
{
  if (strlen (variant->body) > MAX_BODY_BYTES)
    lia_problem_set_invalid (error, "/body", "length", "A response has at most 64 KiB of text");
  else if (strpbrk (variant->subject, "\r\n") != NULL)
    lia_problem_set_invalid (error, "/subject", "value", "A subject has one line");
  else
    return TRUE;

  return FALSE;
}

static gpointer
decode_variant (JsonObject *object,
                GError    **error)
{
  g_autoptr (LiaCannedVariant) variant = lia_canned_variant_new ();

  if (!lia_fields_decode (variant_fields, G_N_ELEMENTS (variant_fields), variant, object, error) || !check_variant (variant, error))
    return NULL;

  return g_steal_pointer (&variant);
}

static gpointer
decode_action (JsonObject *object,
               GError    **error)
{
  g_autoptr (LiaCannedAction) action = lia_canned_action_new ("", "");

  if (!lia_fields_decode (action_fields, G_N_ELEMENTS (action_fields), action, object, error))
    return NULL;

  return g_steal_pointer (&action);
}

static gboolean
decode_list (JsonObject    *object,
             const char    *name,
             LiaDecodeFunc  decode,
             GDestroyNotify free_item,
             GPtrArray    **place,
             GError       **error)
{
  GPtrArray *values;

  if (!json_object_has_member (object, name))
    return TRUE;
  values = lia_wire_decode_list (object, name, decode, free_item, error);
  if (values == NULL)
    return FALSE;
  g_ptr_array_unref (*place);
  *place = values;

  return TRUE;
}

static gboolean
decode_use (JsonObject   *object,
            const char   *name,
            LiaCannedUse *use,
            GError      **error)
{
  JsonObject *inner;
  gboolean    given;

  if (!lia_json_obj (object, name, LIA_JSON_OPTIONAL, &inner, error))
    return FALSE;
  if (inner == NULL || (lia_json_number (inner, "count", LIA_JSON_REQUIRED, 0, G_MAXDOUBLE, &given, &use->count, error) &&
                        lia_json_time (inner, "last", LIA_JSON_REQUIRED, &use->last_ms, error)))
    return TRUE;
  lia_problem_prefix (error, name, -1);

  return FALSE;
}

static gboolean
check (LiaCanned *canned,
       GError   **error)
{
  if (*canned->title == '\0' || strlen (canned->title) > MAX_TITLE_BYTES || strpbrk (canned->title, "\r\n") != NULL)
    lia_problem_set_invalid (error, "/title", "value", "A title has one line, with something in it");
  else if (strlen (canned->shortcut) > MAX_SHORTCUT_BYTES || strpbrk (canned->shortcut, " \t\r\n/") != NULL)
    lia_problem_set_invalid (error, "/shortcut", "value", "A shortcut is one word, without a slash");
  else if (canned->variants->len == 0 || canned->variants->len > MAX_VARIANTS)
    lia_problem_set_invalid (error, "/variants", "length", "A response has between 1 and %d texts", MAX_VARIANTS);
  else
    return TRUE;

  return FALSE;
}

/** lia_wire_decode_canned: unknown scopes are private, unknown states drafts: what is not understood is shown to fewer, not to more. */
LiaCanned *
lia_wire_decode_canned (JsonObject *object,
                        GError    **error)
{
  g_autoptr (LiaCanned) canned = lia_canned_new ();

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), canned, object, error) ||
      !decode_list (object, "variants", decode_variant, (GDestroyNotify)lia_canned_variant_unref, &canned->variants, error) ||
      !decode_list (object, "actions", decode_action, (GDestroyNotify)lia_canned_action_unref, &canned->actions, error) ||
      !decode_use (object, "own_use", &canned->own_use, error) || !decode_use (object, "team_use", &canned->team_use, error) ||
      !check (canned, error))
    return NULL;

  return g_steal_pointer (&canned);
}

/** lia_wire_decode_canned_version: a row of GET /v1/responses/{id}/versions. */
LiaCannedVersion *
lia_wire_decode_canned_version (JsonObject *object,
                                GError    **error)
{
  g_autoptr (LiaCannedVersion) version = lia_canned_version_new ();
  JsonObject *response;

  if (!lia_fields_decode (version_fields, G_N_ELEMENTS (version_fields), version, object, error) ||
      !lia_json_obj (object, "response", LIA_JSON_REQUIRED, &response, error))
    return NULL;
  version->canned = lia_wire_decode_canned (response, error);
  if (version->canned == NULL)
    lia_problem_prefix (error, "response", -1);

  return version->canned != NULL ? g_steal_pointer (&version) : NULL;
}
