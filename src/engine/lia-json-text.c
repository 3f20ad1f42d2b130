/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-json-text.h"

/**
 * lia_json_text_begin:
 * @head: (transfer full) (nullable): the first members
 *
 * Opens an object; lia_json_text_end() closes it.
 */
void
lia_json_text_begin (GString    *text,
                     JsonObject *head)
{
  g_autoptr (JsonObject) owned = head;
  g_autofree char *whole = owned != NULL ? lia_json_to_text (owned) : NULL;

  if (whole != NULL)
    g_string_append_len (text, whole, strlen (whole) - 1);
  else
    g_string_append_c (text, '{');
}

static void
add_name (GString    *text,
          const char *name)
{
  if (text->str[text->len - 1] != '{')
    g_string_append_c (text, ',');
  g_string_append_printf (text, "\"%s\":", name);
}

/** lia_json_text_add: @raw: (nullable): JSON text; NULL becomes null. */
void
lia_json_text_add (GString    *text,
                   const char *name,
                   const char *raw)
{
  add_name (text, name);
  g_string_append (text, raw != NULL ? raw : "null");
}

/** lia_json_text_add_str: @value: (nullable): a text, to be escaped. */
void
lia_json_text_add_str (GString    *text,
                       const char *name,
                       const char *value)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *raw = value != NULL ? json_to_string (node, FALSE) : NULL;

  lia_json_text_add (text, name, raw);
}

void
lia_json_text_add_int (GString    *text,
                       const char *name,
                       gint64      value)
{
  add_name (text, name);
  g_string_append_printf (text, "%" G_GINT64_FORMAT, value);
}

/** lia_json_text_add_object: @object: (transfer full) (nullable): NULL becomes null. */
void
lia_json_text_add_object (GString    *text,
                          const char *name,
                          JsonObject *object)
{
  g_autoptr (JsonObject) owned = object;
  g_autofree char *raw = owned != NULL ? lia_json_to_text (owned) : NULL;

  lia_json_text_add (text, name, raw);
}

/** lia_json_text_add_array: @array stays the caller's. */
void
lia_json_text_add_array (GString    *text,
                         const char *name,
                         JsonArray  *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);
  g_autofree char *raw = json_to_string (node, FALSE);

  lia_json_text_add (text, name, raw);
}

/** lia_json_text_add_list: @raws: of char *: JSON texts. */
void
lia_json_text_add_list (GString         *text,
                        const char      *name,
                        const GPtrArray *raws)
{
  add_name (text, name);
  g_string_append_c (text, '[');
  for (guint i = 0; i < raws->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      g_string_append (text, g_ptr_array_index (raws, i));
    }
  g_string_append_c (text, ']');
}

void
lia_json_text_end (GString *text)
{
  g_string_append_c (text, '}');
}
