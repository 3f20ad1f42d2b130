/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-recordings.h"

#include "lia-journal.h"
#include "lia-queries.h"
#include "lia-wire.h"

/* Recordings in the store: which are to be fetched, and what became of them. */

#define MAX_RECORDINGS 1000

static void
wanted_free (gpointer data)
{
  LiaPhoneWanted *wanted = data;

  g_free (wanted->file);
  g_free (wanted);
}

gboolean
lia_phone_recordings_read (LiaDb    *db,
                           gpointer  channel_id,
                           gpointer *result,
                           GError  **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (wanted_free);
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT seq, file, ended_at FROM recording WHERE channel_id = $1 ORDER BY ended_at LIMIT 1000", "i",
                                           *(gint64 *)channel_id);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return FALSE;

  while (lia_rows_next (rows, &failure))
    {
      LiaPhoneWanted *wanted = g_new0 (LiaPhoneWanted, 1);

      wanted->seq = lia_rows_int (rows, 0);
      wanted->file = g_strdup (lia_rows_text (rows, 1));
      wanted->ended_ms = lia_rows_int (rows, 2);
      g_ptr_array_add (list, wanted);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *result = g_steal_pointer (&list);

  return TRUE;
}

void
lia_phone_fetched_free (gpointer data)
{
  LiaPhoneFetched *self = data;

  g_free (self->file);
  g_free (self->problem);
  g_clear_object (&self->attachment);
  g_free (self);
}

/* @recording: (out) (nullable): the one in the call's details that is meant; NULL when there is none, or it says so already. */
static gboolean
find_recording (LiaPhoneFetched *self,
                JsonObject      *details,
                JsonObject     **recording,
                GError         **error)
{
  JsonArray *list;

  *recording = NULL;
  if (!lia_json_arr (details, "recordings", LIA_JSON_REQUIRED, MAX_RECORDINGS, &list, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *one;
      const char *file;
      const char *state;
      const char *problem;

      if (!lia_json_arr_obj (list, i, &one, error) || !lia_json_str (one, "file", LIA_JSON_REQUIRED, G_MAXSIZE, &file, error) ||
          !lia_json_str (one, "state", LIA_JSON_REQUIRED, G_MAXSIZE, &state, error) ||
          !lia_json_str (one, "problem", LIA_JSON_OPTIONAL, G_MAXSIZE, &problem, error))
        return FALSE;
      if (g_str_equal (file, self->file) && g_str_equal (state, lia_recording_state_to_string (LIA_RECORDING_FETCHING)) &&
          (self->state != LIA_RECORDING_FETCHING || g_strcmp0 (problem, self->problem) != 0))
        *recording = one;
    }

  return TRUE;
}

/* (transfer full): what the entry has, and the new one. */
static JsonArray *
with_attachment (LiaPhoneFetched *self,
                 JsonObject      *entry,
                 GError         **error)
{
  JsonArray *all = json_array_new ();
  JsonArray *before;

  if (!lia_json_arr (entry, "attachments", LIA_JSON_OPTIONAL, MAX_RECORDINGS, &before, error))
    {
      json_array_unref (all);
      return NULL;
    }
  for (guint i = 0; before != NULL && i < json_array_get_length (before); i++)
    json_array_add_element (all, json_array_dup_element (before, i));
  json_array_add_object_element (all, lia_wire_encode_attachment (self->attachment));

  return all;
}

static gboolean
append_change (LiaPhoneFetched *self,
               LiaDb           *db,
               JsonObject      *set,
               GError         **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  LiaJournalEvent  event = { .kind = "entry.changed", .object = data };

  json_object_set_int_member (data, "entry", self->seq);
  json_object_set_object_member (data, "set", json_object_ref (set));
  text = lia_json_to_text (data);
  event.data = text;

  return lia_journal_append (db, &event, error) != 0;
}

gboolean
lia_phone_recordings_settle (LiaDb    *db,
                             gpointer  fetched,
                             gpointer *result,
                             GError  **error)
{
  LiaPhoneFetched *self = fetched;
  g_autofree char *text = lia_query_entry (db, self->seq, error);
  g_autoptr (JsonObject) entry = text != NULL ? lia_json_parse (text, -1, G_MAXSIZE, error) : NULL;
  g_autoptr (JsonObject) set = json_object_new ();
  JsonObject *details;
  JsonObject *recording;
  JsonArray  *attachments;

  if (entry == NULL || !lia_json_obj (entry, "d", LIA_JSON_REQUIRED, &details, error) || !find_recording (self, details, &recording, error))
    return FALSE;
  if (recording == NULL)
    return TRUE;

  json_object_set_string_member (recording, "state", lia_recording_state_to_string (self->state));
  json_object_set_string_member (recording, "problem", self->problem);
  json_object_set_object_member (set, "d", json_object_ref (details));
  if (self->attachment != NULL)
    {
      attachments = with_attachment (self, entry, error);
      if (attachments == NULL)
        return FALSE;
      json_object_set_array_member (set, "attachments", attachments);
    }

  return append_change (self, db, set, error);
}
