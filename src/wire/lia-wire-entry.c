/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries of the timeline. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#include <string.h>

#define AT(field) G_STRUCT_OFFSET (LiaEntry, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id), LIA_JSON_REQUIRED },
  { "seq", LIA_FIELD_INT, AT (seq) },
  { "conv", LIA_FIELD_TEXT, AT (conv) },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "dir", LIA_FIELD_ENUM_OR_NULL, AT (direction), LIA_JSON_OPTIONAL, lia_direction_to_string, lia_direction_from_string },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "from", LIA_FIELD_ADDRESS, AT (from) },
  { "reply_to", LIA_FIELD_ADDRESS, AT (reply_to) },
  { "to", LIA_FIELD_ADDRESSES, AT (to) },
  { "cc", LIA_FIELD_ADDRESSES, AT (cc) },
  { "bcc", LIA_FIELD_ADDRESSES, AT (bcc) },
  { "text", LIA_FIELD_TEXT, AT (text) },
  { "html", LIA_FIELD_BOOL, AT (has_html) },
  { "message_id", LIA_FIELD_TEXT_OR_NULL, AT (message_id) },
  { "attachments", LIA_FIELD_ATTACHMENTS, AT (attachments) },
  { "state", LIA_FIELD_ENUM, AT (send_state), LIA_JSON_OPTIONAL, lia_send_state_to_string, lia_send_state_from_string },
  { "problem", LIA_FIELD_TEXT_OR_NULL, AT (problem) },
  { "undo_until", LIA_FIELD_TIME, AT (undo_until_ms) },
  { "outbox", LIA_FIELD_TEXT_OR_NULL, AT (outbox) },
  { "flags", LIA_FIELD_WORDS, AT (flags) },
};

static const char *const fold_kinds[] = { "quote", "signature" };

static JsonObject *
encode_author (LiaEntry *entry)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", lia_author_kind_to_string (entry->author_kind));
  lia_json_set_str (object, "id", entry->author_id);
  json_object_set_string_member (object, "name", entry->author != NULL ? entry->author->name : "");
  json_object_set_string_member (object, "address", entry->author != NULL ? entry->author->address : "");

  return object;
}

static JsonArray *
encode_folds (LiaEntry *entry)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; entry->folds != NULL && i < entry->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (entry->folds, LiaFold, i);
      JsonObject    *object = json_object_new ();

      json_object_set_int_member (object, "start", (gint64)fold->start);
      json_object_set_int_member (object, "end", (gint64)fold->end);
      json_object_set_string_member (object, "kind", fold_kinds[fold->kind]);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
lia_wire_encode_entry (LiaEntry *entry)
{
  JsonObject *object = lia_fields_encode_new (fields, G_N_ELEMENTS (fields), entry);
  JsonObject *details = entry->details != NULL ? lia_json_parse (entry->details, -1, LIA_JSON_MAX_BYTES, NULL) : NULL;

  json_object_set_string_member (object, "kind", lia_entry_kind_to_string (entry->kind));
  json_object_set_object_member (object, "author", encode_author (entry));
  json_object_set_array_member (object, "folds", encode_folds (entry));
  json_object_set_object_member (object, "d", details != NULL ? details : json_object_new ());

  return object;
}

/* A kind that we do not know yet is shown by its text, as something that happened */
static gboolean
decode_kind (LiaEntry   *entry,
             JsonObject *object,
             GError    **error)
{
  const char *word;

  if (!lia_json_str (object, "kind", LIA_JSON_REQUIRED, 64, &word, error))
    return FALSE;

  entry->kind = LIA_ENTRY_STATE;
  lia_entry_kind_from_string (word, &entry->kind);

  return TRUE;
}

static gboolean
decode_author (LiaEntry   *entry,
               JsonObject *object,
               GError    **error)
{
  JsonObject *author;
  const char *kind = NULL;
  const char *id = NULL;
  const char *name = NULL;
  const char *address = NULL;

  if (!lia_json_obj (object, "author", LIA_JSON_OPTIONAL, &author, error))
    return FALSE;

  if (author != NULL && (!lia_json_str (author, "kind", LIA_JSON_OPTIONAL, 64, &kind, error) ||
                         !lia_json_str (author, "id", LIA_JSON_OPTIONAL, 256, &id, error) ||
                         !lia_json_str (author, "name", LIA_JSON_OPTIONAL, 1024, &name, error) ||
                         !lia_json_str (author, "address", LIA_JSON_OPTIONAL, 1024, &address, error)))
    {
      lia_problem_prefix (error, "author", -1);
      return FALSE;
    }

  if (kind != NULL)
    lia_author_kind_from_string (kind, &entry->author_kind);
  entry->author_id = g_strdup (id);
  entry->author = lia_address_new (name != NULL ? name : "", address != NULL ? address : "");

  return TRUE;
}

/* Folds only decide what is shown at first, so one that does not fit the text is dropped instead of losing the entry */
static gboolean
fold_fits (const char   *text,
           gsize         length,
           const GArray *folds,
           gint64        start,
           gint64        end)
{
  gint64 least = folds->len > 0 ? (gint64)g_array_index (folds, LiaFold, folds->len - 1).end : 0;

  return start >= least && start < end && end <= (gint64)length &&
         (text[start] & 0xc0) != 0x80 && (text[end] & 0xc0) != 0x80;
}

static gboolean
decode_folds (LiaEntry   *entry,
              JsonObject *object,
              GError    **error)
{
  JsonArray *array;
  gsize      length = strlen (entry->text);

  entry->folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  if (!lia_json_arr (object, "folds", LIA_JSON_OPTIONAL, G_MAXUINT, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *item;
      gint64      start;
      gint64      end;
      const char *kind;

      if (!lia_json_arr_obj (array, i, &item, error) ||
          !lia_json_int (item, "start", LIA_JSON_REQUIRED, 0, G_MAXINT32, &start, error) ||
          !lia_json_int (item, "end", LIA_JSON_REQUIRED, 0, G_MAXINT32, &end, error) ||
          !lia_json_str (item, "kind", LIA_JSON_OPTIONAL, 64, &kind, error))
        {
          lia_problem_prefix (error, "folds", i);
          return FALSE;
        }
      if (fold_fits (entry->text, length, entry->folds, start, end))
        {
          LiaFold fold = { start, end, g_strcmp0 (kind, "signature") == 0 ? LIA_FOLD_SIGNATURE : LIA_FOLD_QUOTE };

          g_array_append_val (entry->folds, fold);
        }
    }

  return TRUE;
}

LiaEntry *
lia_wire_decode_entry (JsonObject *object,
                       GError    **error)
{
  g_autoptr (LiaEntry) entry = lia_entry_new ();
  JsonObject *details;

  if (!lia_fields_decode (fields, G_N_ELEMENTS (fields), entry, object, error) || !decode_kind (entry, object, error) ||
      !decode_author (entry, object, error) || !decode_folds (entry, object, error) ||
      !lia_json_obj (object, "d", LIA_JSON_OPTIONAL, &details, error))
    return NULL;

  entry->details = details != NULL ? lia_json_to_text (details) : g_strdup ("{}");

  return g_steal_pointer (&entry);
}
