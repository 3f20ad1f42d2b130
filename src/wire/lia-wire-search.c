/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was found. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#include <string.h>

#define AT(field) G_STRUCT_OFFSET (LiaSearchHit, field)
#define MAX_MARKS 100

static const LiaField fields[] = {
  { "entry", LIA_FIELD_TEXT, AT (entry) },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "snippet", LIA_FIELD_TEXT, AT (snippet) },
};

/** lia_wire_encode_search_hit: without `seq`, which the value does not have. */
JsonObject *
lia_wire_encode_search_hit (LiaSearchHit *hit)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), hit);
  JsonArray  *marks = json_array_new ();

  for (guint i = 0; hit->marks != NULL && i + 1 < hit->marks->len; i += 2)
    {
      JsonArray *mark = json_array_new ();

      json_array_add_int_element (mark, (gint64)g_array_index (hit->marks, gsize, i));
      json_array_add_int_element (mark, (gint64)g_array_index (hit->marks, gsize, i + 1));
      json_array_add_array_element (marks, mark);
    }
  json_object_set_array_member (object, "marks", marks);
  json_object_set_object_member (object, "conversation", lia_wire_encode_conversation (hit->conversation));

  return object;
}

/* Marks are for show: one that does not fit the snippet is dropped, or the text view would be told to cut a character in two */
static void
add_mark (GArray     *marks,
          const char *snippet,
          gint64      start,
          gint64      end)
{
  gint64 least = marks->len > 0 ? (gint64)g_array_index (marks, gsize, marks->len - 1) : 0;
  gsize  pair[2] = { start, end };

  if (start >= least && start < end && end <= (gint64)strlen (snippet) &&
      (snippet[start] & 0xc0) != 0x80 && (snippet[end] & 0xc0) != 0x80)
    g_array_append_vals (marks, pair, 2);
}

static gboolean
decode_marks (LiaSearchHit *hit,
              JsonObject   *object,
              GError      **error)
{
  JsonArray *array;

  hit->marks = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (!lia_json_arr (object, "marks", LIA_JSON_OPTIONAL, MAX_MARKS, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonArray *mark;
      gint64     start;
      gint64     end;

      if (!lia_json_arr_arr (array, i, 2, &mark, error))
        {
          lia_problem_prefix (error, "marks", i);
          return FALSE;
        }
      if (json_array_get_length (mark) == 2 && lia_json_arr_int (mark, 0, 0, G_MAXINT32, &start, NULL) &&
          lia_json_arr_int (mark, 1, 0, G_MAXINT32, &end, NULL))
        add_mark (hit->marks, hit->snippet, start, end);
    }

  return TRUE;
}

LiaSearchHit *
lia_wire_decode_search_hit (JsonObject *object,
                            GError    **error)
{
  g_autoptr (LiaSearchHit) hit = lia_search_hit_new ();
  JsonObject *conversation;

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), hit, object, error) || !decode_marks (hit, object, error) ||
      !lia_json_obj (object, "conversation", LIA_JSON_REQUIRED, &conversation, error))
    return NULL;

  hit->conversation = lia_wire_decode_conversation (conversation, error);
  if (hit->conversation == NULL)
    {
      lia_problem_prefix (error, "conversation", -1);
      return NULL;
    }

  return g_steal_pointer (&hit);
}
