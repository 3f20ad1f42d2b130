/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an agent changed of a response before it went out: compared with the version that was put in, when the message has left. */

#include "lia-response-edits.h"

#include "lia-canned-edit.h"
#include "lia-json.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_COMPARED_BYTES 20000 /* of one text: a response is no longer, and the writer does not wait for what is */
#define MAX_EDITS 50
#define MAX_EDIT_BYTES 2000 /* who writes more than that anew has not edited a sentence */

/* The version that was the newest when the entry was written; NULL without @error: it is not known */
static LiaCanned *
read_version (LiaDb   *db,
              gint64   response_id,
              gint64   entry_seq,
              gint64  *ver,
              GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (!lia_db_get_int (db, ver, error, "SELECT coalesce (max (ver), 0) FROM response_version WHERE response_id = $1 AND seq <= $2", "ii", response_id,
                       entry_seq) ||
      *ver == 0)
    return NULL;

  text = lia_db_get_text (db, error,
                          "SELECT json_extract (j.data, '$.data') FROM response_version AS v JOIN journal AS j ON j.seq = v.seq "
                          "WHERE v.response_id = $1 AND v.ver = $2",
                          "ii", response_id, *ver);
  object = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;

  return object != NULL ? lia_wire_decode_canned (object, error) : NULL;
}

static void
set_distance (JsonObject *data,
              const char *said,
              const char *sent)
{
  LiaCannedDistance distance = lia_canned_measure (said, sent);
  JsonObject       *object = json_object_new ();

  json_object_set_int_member (object, "words", distance.words);
  json_object_set_int_member (object, "of_words", distance.of_words);
  json_object_set_int_member (object, "characters", distance.characters);
  json_object_set_int_member (object, "of_characters", distance.of_characters);
  json_object_set_object_member (data, "distance", object);
}

static void
set_edits (JsonObject *data,
           const char *source,
           const char *said,
           const char *sent)
{
  g_autoptr (GPtrArray) edits = lia_canned_find_edits (source, said, sent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < MIN (edits->len, MAX_EDITS); i++)
    {
      const LiaCannedEdit *edit = edits->pdata[i];
      JsonObject          *object;

      if (strlen (edit->before) > MAX_EDIT_BYTES || strlen (edit->after) > MAX_EDIT_BYTES)
        continue;
      object = json_object_new ();
      json_object_set_string_member (object, "before", edit->before);
      json_object_set_string_member (object, "after", edit->after);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (data, "edits", array);
}

/* (transfer full) (nullable): what it said to this customer; where nothing was edited, it is a part of what was sent */
static char *
read_said (LiaDb      *db,
           JsonObject *use,
           gint64      entry_seq,
           GError    **error)
{
  const char *said = NULL;

  if (!lia_json_str (use, "text", LIA_JSON_OPTIONAL, G_MAXSIZE, &said, error))
    return NULL;

  return said != NULL ? g_strdup (said)
                      : lia_db_get_text (db, error, "SELECT coalesce (json_extract (json, '$.text'), '') FROM entry_text WHERE seq = $1", "i", entry_seq);
}

/**
 * lia_response_learn_edits:
 * @use: as lia_response_uses_read() gave it to the entry
 * @data: (inout): of `response.used`: gets `ver`, `variant`, `distance` and `edits`, as far as they are known
 */
gboolean
lia_response_learn_edits (LiaDb      *db,
                          JsonObject *use,
                          gint64      response_id,
                          gint64      entry_seq,
                          JsonObject *data,
                          GError    **error)
{
  g_autoptr (GError) failure = NULL;
  gint64      ver = 0;
  const char *sent = NULL;
  g_autoptr (LiaCanned) canned = read_version (db, response_id, entry_seq, &ver, &failure);
  g_autofree char  *said = failure == NULL ? read_said (db, use, entry_seq, &failure) : NULL;
  g_autofree char  *words = NULL;
  LiaCannedVariant *variant;

  if (failure != NULL || !lia_json_str (use, "sent", LIA_JSON_OPTIONAL, G_MAXSIZE, &sent, &failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (canned == NULL || strlen (said) > MAX_COMPARED_BYTES)
    return TRUE;

  variant = lia_canned_find_said (canned, said);
  words = g_strdup_printf ("%s/%s/%s", variant->language, lia_canned_formality_to_string (variant->formality), variant->channel);
  json_object_set_int_member (data, "ver", ver);
  json_object_set_string_member (data, "variant", words);
  if (sent != NULL && strlen (sent) <= MAX_COMPARED_BYTES)
    {
      set_distance (data, said, sent);
      set_edits (data, variant->body, said, sent);
    }

  return TRUE;
}
