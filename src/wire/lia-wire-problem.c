/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors as RFC 9457 objects. */

#include "lia-wire.h"

#define TYPE_PREFIX "urn:liaison:problem:"

static JsonArray *
encode_errors (const GError *problem)
{
  JsonArray  *errors = json_array_new ();
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "pointer", lia_problem_get_pointer (problem));
  lia_json_set_str (item, "code", lia_problem_get_code (problem));
  json_array_add_object_element (errors, item);

  return errors;
}

/**
 * lia_wire_encode_problem:
 * @problem: an error; one of another domain than %LIA_PROBLEM becomes `internal` without its message, which is nobody else's business
 * @current: (nullable): the newer state, for `version-conflict` and `stale-view`
 */
JsonObject *
lia_wire_encode_problem (const GError *problem,
                         JsonObject   *current)
{
  gboolean         ours = problem->domain == LIA_PROBLEM;
  LiaProblem       code = ours ? (LiaProblem)problem->code : LIA_PROBLEM_INTERNAL;
  g_autofree char *type = g_strconcat (TYPE_PREFIX, lia_problem_to_name (code), NULL);
  JsonObject      *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", lia_problem_to_title (code));
  json_object_set_int_member (object, "status", lia_problem_to_status (code));
  json_object_set_string_member (object, "detail", ours ? problem->message : lia_problem_to_title (code));
  if (lia_problem_get_pointer (problem) != NULL)
    json_object_set_array_member (object, "errors", encode_errors (problem));
  if (current != NULL)
    json_object_set_object_member (object, "current", json_object_ref (current));

  return object;
}

/**
 * lia_wire_decode_problem:
 *
 * Reads an error that the engine answered. A type that we do not know is `internal`, as only its text can be used.
 *
 * Returns: (transfer full): an error of the domain %LIA_PROBLEM, never NULL
 */
GError *
lia_wire_decode_problem (JsonObject *object)
{
  LiaProblem  code = LIA_PROBLEM_INTERNAL;
  const char *type = NULL;
  const char *detail = NULL;
  const char *pointer = NULL;
  const char *word = NULL;
  JsonArray  *errors = NULL;
  JsonObject *first = NULL;
  GError     *error = NULL;

  lia_json_str (object, "type", LIA_JSON_OPTIONAL, 1024, &type, NULL);
  lia_json_str (object, "detail", LIA_JSON_OPTIONAL, LIA_JSON_MAX_BYTES, &detail, NULL);
  if (type != NULL && g_str_has_prefix (type, TYPE_PREFIX))
    lia_problem_from_name (type + sizeof TYPE_PREFIX - 1, &code);
  if (detail == NULL)
    detail = lia_problem_to_title (code);

  if (code != LIA_PROBLEM_VALIDATION)
    return g_error_new_literal (LIA_PROBLEM, code, detail);

  if (lia_json_arr (object, "errors", LIA_JSON_OPTIONAL, G_MAXUINT, &errors, NULL) && errors != NULL &&
      json_array_get_length (errors) > 0 && lia_json_arr_obj (errors, 0, &first, NULL))
    {
      lia_json_str (first, "pointer", LIA_JSON_OPTIONAL, 1024, &pointer, NULL);
      lia_json_str (first, "code", LIA_JSON_OPTIONAL, 64, &word, NULL);
    }
  lia_problem_set_invalid (&error, pointer, word, "%s", detail);

  return error;
}
