/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which canned responses went out in an entry. They are kept with it (`x.canned`) and counted when it has left: what is taken back, or never sent,
 * was not used. What leaves a second time, because a server refused a part of it, counts once.
 */

#include "lia-response-uses.h"

#include "lia-canned.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-response-edits.h"

#define MAX_USES 20
#define MAX_TEXT_BYTES (900 * 1024)

static JsonObject *
read_use (JsonObject *given,
          GError    **error)
{
  g_autoptr (JsonObject) use = json_object_new ();
  const char        *id;
  const char        *text = NULL, *sent = NULL;
  const char        *formality = NULL;
  LiaCannedFormality form;
  gint64             response;
  gboolean           edited;

  if (!lia_json_str (given, "response", LIA_JSON_REQUIRED, 32, &id, error) ||
      !lia_json_str (given, "formality", LIA_JSON_OPTIONAL, 32, &formality, error) || !lia_json_bool (given, "edited", LIA_JSON_OPTIONAL, &edited, error) ||
      !lia_json_str (given, "text", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &text, error) ||
      !lia_json_str (given, "sent", LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &sent, error))
    return NULL;
  if (!lia_id_parse (id, "r", &response))
    {
      lia_problem_set_invalid (error, "/response", "unknown", "“%s” is no response", id);
      return NULL;
    }
  json_object_set_int_member (use, "response", response);
  json_object_set_boolean_member (use, "edited", edited);
  if (formality != NULL && lia_canned_formality_from_string (formality, &form))
    json_object_set_string_member (use, "formality", lia_canned_formality_to_string (form));
  if (edited)
    {
      lia_json_set_str (use, "text", text);
      lia_json_set_str (use, "sent", sent);
    }

  return g_steal_pointer (&use);
}

/**
 * lia_response_uses_read:
 * @d: of a command: {canned?:[{response, formality?, edited?, text?, sent?}]}
 * @uses: (out) (transfer full) (nullable): what the entry keeps; NULL when there is none
 */
gboolean
lia_response_uses_read (JsonObject *d,
                        JsonArray **uses,
                        GError    **error)
{
  g_autoptr (JsonArray) list = NULL;
  JsonArray *given;

  *uses = NULL;
  if (!lia_json_arr (d, "canned", LIA_JSON_OPTIONAL, MAX_USES, &given, error))
    return FALSE;
  if (given == NULL || json_array_get_length (given) == 0)
    return TRUE;

  list = json_array_new ();
  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *one;
      JsonObject *use = lia_json_arr_obj (given, i, &one, error) ? read_use (one, error) : NULL;

      if (use == NULL)
        {
          lia_problem_prefix (error, "canned", i);
          return FALSE;
        }
      json_array_add_object_element (list, use);
    }
  *uses = g_steal_pointer (&list);

  return TRUE;
}

/** lia_response_uses_tell: (transfer full): @uses: (nullable): as the entry tells everybody of them: its `d`, as JSON. */
char *
lia_response_uses_tell (JsonArray *uses)
{
  g_autoptr (JsonObject) d = json_object_new ();
  JsonArray *told = uses != NULL ? json_array_new () : NULL;

  for (guint i = 0; uses != NULL && i < json_array_get_length (uses); i++)
    {
      JsonObject      *use = NULL;
      JsonObject      *one = json_object_new ();
      const char      *formality = NULL;
      gint64           response = 0;
      g_autofree char *id = NULL;

      /* As they were read above */
      if (lia_json_arr_obj (uses, i, &use, NULL) && lia_json_int (use, "response", LIA_JSON_REQUIRED, 1, G_MAXINT64, &response, NULL))
        lia_json_str (use, "formality", LIA_JSON_OPTIONAL, 32, &formality, NULL);
      id = lia_id_format ("r", response);
      json_object_set_string_member (one, "response", id);
      json_object_set_string_member (one, "formality", formality != NULL ? formality : "any");
      json_array_add_object_element (told, one);
    }
  if (told != NULL)
    json_object_set_array_member (d, "canned", told);

  return lia_json_to_text (d);
}

/** lia_response_uses_keep: (transfer full) (nullable): @uses: (nullable): as an entry keeps them, where nothing else of it stays inside. */
JsonObject *
lia_response_uses_keep (JsonArray *uses)
{
  JsonObject *x;

  if (uses == NULL)
    return NULL;
  x = json_object_new ();
  json_object_set_array_member (x, "canned", json_array_ref (uses));

  return x;
}

static gboolean
append_used (LiaDb      *db,
             JsonObject *use,
             gint64      entry_seq,
             gint64      agent_id,
             GError    **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  gboolean         edited;
  gint64           response, counted;

  if (!lia_json_int (use, "response", LIA_JSON_REQUIRED, 1, G_MAXINT64, &response, error) ||
      !lia_json_bool (use, "edited", LIA_JSON_OPTIONAL, &edited, error) ||
      !lia_db_get_int (db, &counted, error, "SELECT count (*) FROM response_sent WHERE response_id = $1 AND entry_seq = $2", "ii", response, entry_seq))
    return FALSE;
  if (counted != 0)
    return TRUE;

  json_object_set_int_member (data, "response", response);
  json_object_set_int_member (data, "agent", agent_id);
  json_object_set_int_member (data, "entry", entry_seq);
  json_object_set_boolean_member (data, "edited", edited);
  if (!lia_response_learn_edits (db, use, response, entry_seq, data, error))
    return FALSE;
  text = lia_json_to_text (data);

  return lia_journal_append (db, &(LiaJournalEvent){ .kind = "response.used", .actor_id = agent_id, .data = text }, error) != 0;
}

/** lia_response_uses_count: the entry has left the house: its responses were used by who wrote it. */
gboolean
lia_response_uses_count (LiaDb   *db,
                         gint64   entry_seq,
                         GError **error)
{
  g_autofree char *text = lia_db_get_text (db, error, "SELECT coalesce (json_extract (x, '$.canned'), '') FROM entry_text WHERE seq = $1", "i", entry_seq);
  g_autofree char *wrapped = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonArray *uses;
  gint64     agent_id;

  if (text == NULL)
    return FALSE;
  if (*text == '\0')
    return TRUE;

  wrapped = g_strdup_printf ("{\"uses\":%s}", text);
  object = lia_json_parse (wrapped, -1, G_MAXSIZE, error);
  if (object == NULL || !lia_json_arr (object, "uses", LIA_JSON_REQUIRED, MAX_USES, &uses, error) ||
      !lia_db_get_int (db, &agent_id, error, "SELECT coalesce (actor_id, 0) FROM journal WHERE seq = $1", "i", entry_seq))
    return FALSE;

  for (guint i = 0; agent_id != 0 && i < json_array_get_length (uses); i++)
    {
      JsonObject *use;

      if (!lia_json_arr_obj (uses, i, &use, error) || !append_used (db, use, entry_seq, agent_id, error))
        return FALSE;
    }

  return TRUE;
}
