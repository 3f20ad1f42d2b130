/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Errors as the API says them. What is our own fault is told in full only to the log. */

#include "lia-http-call.h"

#include "lia-db.h"
#include "lia-wire.h"

static LiaProblem
kind_of_store_error (int code)
{
  switch (code)
    {
    case LIA_STORE_ERROR_FULL:
    case LIA_STORE_ERROR_READ_ONLY:
      return LIA_PROBLEM_STORE_FULL;
    case LIA_STORE_ERROR_NOT_FOUND:
      return LIA_PROBLEM_NOT_FOUND;
    case LIA_STORE_ERROR_BUSY:
      return LIA_PROBLEM_RATE_LIMITED;
    default:
      return LIA_PROBLEM_INTERNAL;
    }
}

LiaProblem
lia_http_problem_kind (const GError *error)
{
  if (error->domain == LIA_PROBLEM)
    return error->code;
  if (error->domain == LIA_STORE_ERROR)
    return kind_of_store_error (error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return LIA_PROBLEM_NOT_FOUND;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return LIA_PROBLEM_STORE_FULL;
  return LIA_PROBLEM_INTERNAL;
}

/**
 * lia_http_problem:
 * @error: of any domain
 * @current: (nullable): the newer state, for conflicts
 *
 * Returns: (transfer full): its RFC 9457 object
 */
JsonObject *
lia_http_problem (const GError *error,
                  JsonObject   *current)
{
  LiaProblem kind = lia_http_problem_kind (error);
  g_autoptr (GError) problem = NULL;

  if (kind == LIA_PROBLEM_INTERNAL)
    {
      g_autofree char *id = g_uuid_string_random ();

      g_message ("problem %s: %s %d: %s", id, g_quark_to_string (error->domain), error->code, error->message);
      g_set_error (&problem, LIA_PROBLEM, kind, "The engine's log has a line with %s.", id);
    }
  else if (error->domain == LIA_PROBLEM)
    {
      problem = g_error_copy (error);
    }
  else
    {
      problem = g_error_new_literal (LIA_PROBLEM, kind, error->message);
    }
  return lia_wire_encode_problem (problem, current);
}
