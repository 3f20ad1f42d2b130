/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The only file that parses JSON or looks into a JsonNode. What json-glib 1.10 lets through (seen, also in its strict mode): NUL in a
 * string, which truncates it; integers beyond int64, which it clamps; 1e400, which it writes back as `inf.0`; half a surrogate pair;
 * nesting up to 1024, which overflows a fiber's stack. So the text is scanned once before the parser sees it. Duplicate names are
 * allowed by RFC 8259 §4, the last one wins.
 */

#include "lia-json.h"

#include "lia-problem.h"
#include "lia-time.h"

#include <math.h>
#include <string.h>

static gboolean
bad_json (GError    **error,
          const char *what)
{
  g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON, "Not strict JSON: %s", what);

  return FALSE;
}

/* The four hex digits at @at, or -1 */
static int
hex4 (const char *at,
      const char *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (at[i]);
    }

  return value;
}

/* @at is behind a `\u`; gives the place behind the whole escape or pair of escapes (RFC 8259 §7) */
static const char *
scan_unicode (const char *at,
              const char *end,
              GError    **error)
{
  int unit = hex4 (at, end);

  if (unit <= 0)
    {
      bad_json (error, unit == 0 ? "\\u0000 in a string" : "a broken \\u escape");
      return NULL;
    }

  at += 4;
  if (unit < 0xd800 || unit > 0xdfff)
    return at;

  if (unit <= 0xdbff && end - at >= 6 && at[0] == '\\' && at[1] == 'u')
    {
      int low = hex4 (at + 2, end);

      if (low >= 0xdc00 && low <= 0xdfff)
        return at + 6;
    }
  bad_json (error, "half a surrogate pair");

  return NULL;
}

/* @at is behind the opening quote; gives the place behind the closing one */
static const char *
scan_string (const char *at,
             const char *end,
             GError    **error)
{
  while (at < end && *at != '"')
    {
      if ((guchar)*at < 0x20)
        {
          bad_json (error, "a control character in a string");
          return NULL;
        }
      if (*at++ != '\\')
        continue;
      if (at == end || strchr ("\"\\/bfnrtu", *at) == NULL)
        {
          bad_json (error, "an unknown escape");
          return NULL;
        }
      if (*at++ == 'u' && (at = scan_unicode (at, end, error)) == NULL)
        return NULL;
    }

  if (at == end)
    {
      bad_json (error, "a string without an end");
      return NULL;
    }

  return at + 1;
}

/* RFC 8259 §6: -? (0 | [1-9] digits) (. digits+)? ([eE] [+-]? digits+)? */
static gboolean
is_number (const char *at)
{
  at += *at == '-';
  if (!g_ascii_isdigit (*at))
    return FALSE;
  if (*at++ != '0')
    at += strspn (at, "0123456789");

  if (*at == '.')
    {
      if (!g_ascii_isdigit (*++at))
        return FALSE;
      at += strspn (at, "0123456789");
    }
  if (*at == 'e' || *at == 'E')
    {
      at++;
      at += *at == '+' || *at == '-';
      if (!g_ascii_isdigit (*at))
        return FALSE;
      at += strspn (at, "0123456789");
    }

  return *at == '\0';
}

static const char *
scan_number (const char *at,
             const char *end,
             GError    **error)
{
  char  text[64];
  gsize length = 0;

  for (; at < end && (g_ascii_isdigit (*at) || strchr ("+-.eE", *at) != NULL); at++)
    {
      if (length == sizeof text - 1)
        {
          bad_json (error, "a number with too many digits");
          return NULL;
        }
      text[length++] = *at;
    }
  text[length] = '\0';

  if (!is_number (text))
    {
      bad_json (error, "a malformed number");
      return NULL;
    }
  if (strpbrk (text, ".eE") != NULL ? !isfinite (g_ascii_strtod (text, NULL))
                                    : !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    {
      bad_json (error, "a number out of range");
      return NULL;
    }

  return at;
}

/* One pass over the whole text, before anything recursive touches it */
static gboolean
scan (const char *at,
      const char *end,
      GError    **error)
{
  guint depth = 0;

  while (at < end)
    {
      if (*at == '"')
        at = scan_string (at + 1, end, error);
      else if (*at == '-' || g_ascii_isdigit (*at))
        at = scan_number (at, end, error);
      else if ((guchar)*at >= 0x80)
        return bad_json (error, "a byte-order mark, or text outside a string"); /* The parser would skip the mark */
      else
        {
          if (*at == '{' || *at == '[')
            depth++;
          else if (*at == '}' || *at == ']')
            depth -= depth > 0;
          at++;
        }

      if (at == NULL)
        return FALSE;
      if (depth > LIA_JSON_MAX_DEPTH)
        return bad_json (error, "nested too deeply");
    }

  return TRUE;
}

/* The document as a tree, once nothing in it is dangerous any more */
static JsonNode *
parse (const char *text,
       gsize       size,
       gsize       max_bytes,
       GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) cause = NULL;

  if (size > max_bytes)
    {
      g_set_error (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE, "More than %" G_GSIZE_FORMAT " bytes of JSON", max_bytes);
      return NULL;
    }
  if (!g_utf8_validate_len (text, size, NULL))
    {
      bad_json (error, "not UTF-8");
      return NULL;
    }
  if (!scan (text, text + size, error))
    return NULL;

  parser = json_parser_new ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize)size, &cause))
    {
      bad_json (error, cause->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}

/**
 * lia_json_parse:
 * @text: the document, not necessarily terminated
 * @length: its length in bytes, or -1
 * @max_bytes: how long it may be; %LIA_JSON_MAX_BYTES for bodies
 *
 * Reads one JSON object (RFC 8259) in UTF-8, nested at most %LIA_JSON_MAX_DEPTH deep. Fails with %LIA_PROBLEM_BAD_JSON or
 * %LIA_PROBLEM_TOO_LARGE.
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
lia_json_parse (const char *text,
                gssize      length,
                gsize       max_bytes,
                GError    **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = parse (text, length >= 0 ? (gsize)length : strlen (text), max_bytes, &cause);

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_dup_object (root);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    bad_json (error, "not an object");

  return NULL;
}

/**
 * lia_json_parse_array:
 *
 * As lia_json_parse(), for interfaces of others that answer with a list.
 *
 * Returns: (transfer full) (nullable): the list
 */
JsonArray *
lia_json_parse_array (const char *text,
                      gssize      length,
                      gsize       max_bytes,
                      GError    **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = parse (text, length >= 0 ? (gsize)length : strlen (text), max_bytes, &cause);

  if (root != NULL && JSON_NODE_HOLDS_ARRAY (root))
    return json_node_dup_array (root);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    bad_json (error, "not a list");

  return NULL;
}

/** lia_json_to_text: (transfer full): the object in one line. */
char *
lia_json_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

static gboolean
invalid (GError    **error,
         const char *name,
         const char *code,
         const char *must)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);

  lia_problem_set_invalid (error, pointer, code, "“%s” %s", name, must);

  return FALSE;
}

/* TRUE with @node NULL for an absent member that may be absent */
static gboolean
look_up (JsonObject *object,
         const char *name,
         LiaJsonNeed need,
         JsonNode  **node,
         GError    **error)
{
  *node = json_object_get_member (object, name);
  if (*node != NULL && JSON_NODE_HOLDS_NULL (*node))
    *node = NULL;

  return *node != NULL || need == LIA_JSON_OPTIONAL || invalid (error, name, "missing", "is missing");
}

static gboolean
node_to_str (JsonNode    *node,
             const char  *name,
             gsize        max_bytes,
             const char **value,
             GError     **error)
{
  const char *text;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return invalid (error, name, "type", "must be a text");

  text = json_node_get_string (node);
  if (strlen (text) > max_bytes)
    return invalid (error, name, "length", "is too long");

  *value = text;

  return TRUE;
}

static gboolean
node_to_int (JsonNode   *node,
             const char *name,
             gint64      min,
             gint64      max,
             gint64     *value,
             GError    **error)
{
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return invalid (error, name, "type", "must be a whole number");

  number = json_node_get_int (node);
  if (number < min || number > max)
    return invalid (error, name, "range", "is out of range");

  *value = number;

  return TRUE;
}

static gboolean
node_to_arr (JsonNode   *node,
             const char *name,
             guint       max_items,
             JsonArray **value,
             GError    **error)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return invalid (error, name, "type", "must be a list");
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    return invalid (error, name, "length", "has too many items");

  *value = json_node_get_array (node);

  return TRUE;
}

/**
 * lia_json_str:
 * @max_bytes: how long it may be
 * @value: (out): borrowed from @object
 *
 * Reads a text.
 */
gboolean
lia_json_str (JsonObject  *object,
              const char  *name,
              LiaJsonNeed  need,
              gsize        max_bytes,
              const char **value,
              GError     **error)
{
  JsonNode *node;

  *value = NULL;
  if (!look_up (object, name, need, &node, error))
    return FALSE;

  return node == NULL || node_to_str (node, name, max_bytes, value, error);
}

/** lia_json_int: reads a whole number between @min and @max; `1.0` is none. An absent optional one is 0, whatever the bounds. */
gboolean
lia_json_int (JsonObject *object,
              const char *name,
              LiaJsonNeed need,
              gint64      min,
              gint64      max,
              gint64     *value,
              GError    **error)
{
  JsonNode *node;

  *value = 0;
  if (!look_up (object, name, need, &node, error))
    return FALSE;

  return node == NULL || node_to_int (node, name, min, max, value, error);
}

/**
 * lia_json_number:
 * @given: (out): FALSE where it is absent or null, and @value 0
 *
 * Reads a number between @min and @max, whole or not.
 */
gboolean
lia_json_number (JsonObject *object,
                 const char *name,
                 LiaJsonNeed need,
                 double      min,
                 double      max,
                 gboolean   *given,
                 double     *value,
                 GError    **error)
{
  JsonNode *node;
  GType     type;

  *value = 0;
  *given = FALSE;
  if (!look_up (object, name, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;

  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return invalid (error, name, "type", "must be a number");
  *value = type == G_TYPE_INT64 ? (double)json_node_get_int (node) : json_node_get_double (node);
  *given = TRUE;

  return (*value >= min && *value <= max) || invalid (error, name, "range", "is out of range");
}

/** lia_json_bool: reads true or false. */
gboolean
lia_json_bool (JsonObject *object,
               const char *name,
               LiaJsonNeed need,
               gboolean   *value,
               GError    **error)
{
  JsonNode *node;

  *value = FALSE;
  if (!look_up (object, name, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return invalid (error, name, "type", "must be true or false");

  *value = json_node_get_boolean (node);

  return TRUE;
}

/** lia_json_time: reads an RFC 3339 time as milliseconds since 1970; absent is 0. */
gboolean
lia_json_time (JsonObject *object,
               const char *name,
               LiaJsonNeed need,
               gint64     *time_ms,
               GError    **error)
{
  const char *text;

  *time_ms = 0;
  if (!lia_json_str (object, name, need, 40, &text, error))
    return FALSE;

  return text == NULL || lia_time_from_string (text, time_ms) || invalid (error, name, "time", "must be a time as in RFC 3339");
}

/** lia_json_obj: reads an object, borrowed from @object. */
gboolean
lia_json_obj (JsonObject  *object,
              const char  *name,
              LiaJsonNeed  need,
              JsonObject **value,
              GError     **error)
{
  JsonNode *node;

  *value = NULL;
  if (!look_up (object, name, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return invalid (error, name, "type", "must be an object");

  *value = json_node_get_object (node);

  return TRUE;
}

/** lia_json_arr: reads a list of at most @max_items, borrowed from @object. */
gboolean
lia_json_arr (JsonObject *object,
              const char *name,
              LiaJsonNeed need,
              guint       max_items,
              JsonArray **value,
              GError    **error)
{
  JsonNode *node;

  *value = NULL;
  if (!look_up (object, name, need, &node, error))
    return FALSE;

  return node == NULL || node_to_arr (node, name, max_items, value, error);
}

/** lia_json_arr_obj: reads an object of a list; @index must be inside it. Callers prefix the pointer with the list's name. */
gboolean
lia_json_arr_obj (JsonArray   *array,
                  guint        index,
                  JsonObject **value,
                  GError     **error)
{
  JsonNode *node = json_array_get_element (array, index);

  *value = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      lia_problem_set_invalid (error, "", "type", "Item %u must be an object", index);
      return FALSE;
    }

  *value = json_node_get_object (node);

  return TRUE;
}

/* The getters of nodes name the member; an element has only its number, and the caller knows the list's name */
static gboolean
element_error (GError    **error,
               GError     *cause,
               guint       index,
               const char *must)
{
  if (cause == NULL)
    return TRUE;

  lia_problem_set_invalid (error, "", lia_problem_get_code (cause), "Item %u %s", index, must);
  g_error_free (cause);

  return FALSE;
}

/** lia_json_arr_str: reads a text of a list. */
gboolean
lia_json_arr_str (JsonArray   *array,
                  guint        index,
                  gsize        max_bytes,
                  const char **value,
                  GError     **error)
{
  GError *cause = NULL;

  *value = NULL;
  node_to_str (json_array_get_element (array, index), "", max_bytes, value, &cause);

  return element_error (error, cause, index, "must be a text that is not too long");
}

/** lia_json_arr_arr: reads a list of a list. */
gboolean
lia_json_arr_arr (JsonArray  *array,
                  guint       index,
                  guint       max_items,
                  JsonArray **value,
                  GError    **error)
{
  GError *cause = NULL;

  *value = NULL;
  node_to_arr (json_array_get_element (array, index), "", max_items, value, &cause);

  return element_error (error, cause, index, "must be a list that is not too long");
}

/** lia_json_arr_int: reads a whole number of a list. */
gboolean
lia_json_arr_int (JsonArray *array,
                  guint      index,
                  gint64     min,
                  gint64     max,
                  gint64    *value,
                  GError   **error)
{
  GError *cause = NULL;

  *value = 0;
  node_to_int (json_array_get_element (array, index), "", min, max, value, &cause);

  return element_error (error, cause, index, "must be a whole number in range");
}

/** lia_json_set_str: NULL becomes null. */
void
lia_json_set_str (JsonObject *object,
                  const char *name,
                  const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/** lia_json_set_time: 0 becomes null. */
void
lia_json_set_time (JsonObject *object,
                   const char *name,
                   gint64      time_ms)
{
  g_autofree char *text = time_ms != 0 ? lia_time_to_string (time_ms) : NULL;

  lia_json_set_str (object, name, text);
}
