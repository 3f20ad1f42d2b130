/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A library of responses as one JSON file: {"format":"liaison-responses","version":1,"responses":[…]}, each as in API.md and on a line of its own,
 * without what is the store's (owner, version, uses).
 */

#include "lia-canned-json.h"

#include "lia-wire.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT "liaison-responses"

static void
add_problem (GPtrArray  *rows,
             guint       line,
             const char *problem)
{
  LiaCannedImportRow *row = lia_canned_import_row_new ("", line);

  lia_canned_import_row_fail (row, "%s", problem);
  g_ptr_array_add (rows, row);
}

static void
add_row (GPtrArray *rows,
         JsonArray *responses,
         guint      index,
         guint      line)
{
  LiaCannedImportRow *row = lia_canned_import_row_new ("", line);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaCanned) canned = NULL;
  JsonObject *object;
  const char *title = "";

  if (lia_json_arr_obj (responses, index, &object, &error))
    canned = lia_wire_decode_canned (object, &error);
  if (canned != NULL)
    g_set_object (&row->canned, canned);
  else
    {
      lia_canned_import_row_fail (row, _ ("“%s” of response %u is not as it should be."), lia_problem_get_pointer (error), index + 1);
      if (object != NULL && lia_json_str (object, "title", LIA_JSON_OPTIONAL, 1000, &title, NULL) && title != NULL)
        {
          g_free (row->canned->title);
          row->canned->title = g_strdup (title);
        }
    }
  g_ptr_array_add (rows, row);
}

/* json-glib tells where it stopped: “<data>:LINE:COLUMN: …” */
static guint
line_of (const GError *error)
{
  static const char place[] = "<data>:";
  const char       *at = strstr (error->message, place);

  return at != NULL ? (guint)g_ascii_strtoull (at + strlen (place), NULL, 10) : 0;
}

static void
add_broken (GPtrArray    *rows,
            const GError *error)
{
  guint            line = line_of (error);
  g_autofree char *problem = NULL;

  if (line != 0)
    problem = g_strdup_printf (_ ("What stands on line %u is no JSON, or its end is missing."), line);
  else
    problem = g_strdup_printf (_ ("The file cannot be read as JSON (%s)."), error->message);
  add_problem (rows, line, problem);
}

static guint
count_lines (const char *text,
             gsize       length)
{
  guint lines = 0;

  for (gsize i = 0; i < length; i++)
    lines += text[i] == '\n';

  return lines;
}

/**
 * lia_canned_import_json: on any thread. What cannot be read is a row with a problem; so is a file that is no library.
 *
 * Returns: (transfer full): of LiaCannedImportRow
 */
GPtrArray *
lia_canned_import_json (GBytes *file)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonArray  *responses;
  gsize       size;
  const char *text = g_bytes_get_data (file, &size);
  gboolean    marked = size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0;
  gboolean    by_line;

  root = lia_json_parse (text != NULL ? text + (marked ? 3 : 0) : "", size - (marked ? 3 : 0), LIA_CANNED_MAX_IMPORT_BYTES, &error);
  if (root == NULL)
    {
      add_broken (rows, error);
      return g_steal_pointer (&rows);
    }
  if (!lia_json_arr (root, "responses", LIA_JSON_REQUIRED, LIA_CANNED_MAX_IMPORT, &responses, NULL))
    {
      add_problem (rows, 0, _ ("There is no list of “responses” in the file, or a longer one than can be imported at once."));
      return g_steal_pointer (&rows);
    }

  /* As we write it ourselves; json-glib does not tell lines. */
  by_line = count_lines (text, size) == json_array_get_length (responses) + 2;
  for (guint i = 0; i < json_array_get_length (responses); i++)
    add_row (rows, responses, i, by_line ? i + 2 : 0);

  return g_steal_pointer (&rows);
}

/** lia_canned_export_json: on any thread. */
char *
lia_canned_export_json (GPtrArray *library)
{
  static const char *const of_the_store[] = { "ver", "owner", "own_use", "team_use" };
  g_autoptr (GString) text = g_string_new ("{\"format\":\"" FORMAT "\",\"version\":1,\"responses\":[\n");

  for (guint i = 0; i < library->len; i++)
    {
      g_autoptr (JsonObject) object = lia_wire_encode_canned (library->pdata[i]);
      g_autofree char *line = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (of_the_store); j++)
        if (json_object_has_member (object, of_the_store[j]))
          json_object_remove_member (object, of_the_store[j]);
      line = lia_json_to_text (object);
      g_string_append_printf (text, "%s%s\n", line, i + 1 < library->len ? "," : "");
    }
  g_string_append (text, "]}\n");

  return g_string_free_and_steal (g_steal_pointer (&text));
}
