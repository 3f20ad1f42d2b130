/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes to a tracker: as it is looked at before, and as it stands in the ledger. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

#define AT(field) G_STRUCT_OFFSET (LiaPushFile, field)

static const LiaField file_fields[] = {
  { "blob", LIA_FIELD_TEXT, AT (blob), LIA_JSON_REQUIRED },
  { "name", LIA_FIELD_TEXT, AT (name) },
  { "type", LIA_FIELD_TEXT, AT (type) },
  { "size", LIA_FIELD_INT, AT (size_bytes) },
  { "metadata", LIA_FIELD_ENUM, AT (metadata), LIA_JSON_OPTIONAL, lia_metadata_to_string, lia_metadata_from_string },
  { "there", LIA_FIELD_BOOL, AT (is_there) },
  { "problem", LIA_FIELD_TEXT, AT (problem) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaPushPreview, field)

static const LiaField preview_fields[] = {
  { "finding", LIA_FIELD_TEXT, AT (finding) },
  { "tracker", LIA_FIELD_TEXT, AT (tracker), LIA_JSON_REQUIRED },
  { "question", LIA_FIELD_TEXT, AT (question) },
  { "title", LIA_FIELD_TEXT, AT (title) },
  { "source", LIA_FIELD_TEXT, AT (source) },
  { "marker", LIA_FIELD_TEXT, AT (marker) },
  { "keep", LIA_FIELD_WORDS, AT (keep) },
  { "hide", LIA_FIELD_WORDS, AT (hide) },
  { "sent_title", LIA_FIELD_TEXT, AT (sent_title) },
  { "sent_text", LIA_FIELD_TEXT, AT (sent_text) },
  { "hash", LIA_FIELD_TEXT, AT (hash) },
  { "public", LIA_FIELD_BOOL, AT (is_public) },
  { "files", LIA_FIELD_ATTACHMENTS, AT (files) },
  { "offered", LIA_FIELD_ATTACHMENTS, AT (offered) },
  { "sent_files", LIA_FIELD_PUSH_FILES, AT (sent_files) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaPush, field)

static const LiaField fields[] = {
  { "id", LIA_FIELD_TEXT, AT (id), LIA_JSON_REQUIRED },
  { "finding", LIA_FIELD_TEXT, AT (finding) },
  { "tracker", LIA_FIELD_TEXT, AT (tracker) },
  { "agent", LIA_FIELD_TEXT, AT (agent) },
  { "at", LIA_FIELD_TIME, AT (at_ms) },
  { "marker", LIA_FIELD_TEXT, AT (marker) },
  { "title", LIA_FIELD_TEXT, AT (title) },
  { "text", LIA_FIELD_TEXT, AT (text) },
  { "hash", LIA_FIELD_TEXT, AT (hash) },
  { "files", LIA_FIELD_PUSH_FILES, AT (files) },
  { "state", LIA_FIELD_ENUM, AT (state), LIA_JSON_OPTIONAL, lia_push_state_to_string, lia_push_state_from_string },
  { "problem", LIA_FIELD_TEXT, AT (problem) },
  { "tries", LIA_FIELD_INT, AT (tries) },
  { "first_at", LIA_FIELD_TIME, AT (first_ms) },
  { "tried_at", LIA_FIELD_TIME, AT (tried_ms) },
  { "retry_at", LIA_FIELD_TIME, AT (retry_ms) },
  { "issue", LIA_FIELD_TEXT, AT (issue) },
  { "question", LIA_FIELD_TEXT, AT (question) },
};

#undef AT

/** lia_wire_encode_push_file: as a preview, and the ledger, have it. */
JsonObject *
lia_wire_encode_push_file (LiaPushFile *file)
{
  return lia_fields_encode_new (file_fields, G_N_ELEMENTS (file_fields), file);
}

LiaPushFile *
lia_wire_decode_push_file (JsonObject *object,
                           GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_push_file_new (), file_fields, object, error);
}

/** lia_wire_encode_push: as the ledger has it. */
JsonObject *
lia_wire_encode_push (LiaPush *push)
{
  return lia_fields_encode_new (fields, G_N_ELEMENTS (fields), push);
}

LiaPush *
lia_wire_decode_push (JsonObject *object,
                      GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_push_new (), fields, object, error);
}

static gboolean
kind_from_string (const char      *word,
                  LiaPersonalKind *kind)
{
  for (guint i = 0; i < LIA_N_PERSONAL_KINDS; i++)
    {
      if (g_strcmp0 (lia_personal_kind_to_string (i), word) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/** lia_wire_encode_push_preview: as POST /v1/findings/{id}/preview answers. */
JsonObject *
lia_wire_encode_push_preview (LiaPushPreview *preview)
{
  JsonObject *object = lia_fields_encode_new (preview_fields, G_N_ELEMENTS (preview_fields), preview);
  JsonArray  *redactions = json_array_new ();

  for (guint i = 0; i < preview->redactions->len; i++)
    {
      const LiaPushRedaction *redaction = preview->redactions->pdata[i];
      JsonObject             *item = json_object_new ();

      json_object_set_string_member (item, "in", redaction->in_title ? "title" : "source");
      json_object_set_int_member (item, "start", redaction->start);
      json_object_set_int_member (item, "end", redaction->end);
      json_object_set_string_member (item, "kind", lia_personal_kind_to_string (redaction->kind));
      json_object_set_string_member (item, "placeholder", redaction->placeholder);
      json_object_set_string_member (item, "words", redaction->words);
      json_array_add_object_element (redactions, item);
    }
  json_object_set_array_member (object, "redactions", redactions);

  return object;
}

static gboolean
decode_redaction (LiaPushPreview *preview,
                  JsonObject     *item,
                  GError        **error)
{
  LiaPushRedaction redaction = { 0 };
  const char      *in;
  const char      *kind;
  const char      *placeholder;
  const char      *words;

  if (!lia_json_str (item, "in", LIA_JSON_REQUIRED, 32, &in, error) || !lia_json_int (item, "start", LIA_JSON_REQUIRED, 0, G_MAXINT32, &redaction.start, error) ||
      !lia_json_int (item, "end", LIA_JSON_REQUIRED, 0, G_MAXINT32, &redaction.end, error) || !lia_json_str (item, "kind", LIA_JSON_REQUIRED, 32, &kind, error) ||
      !lia_json_str (item, "placeholder", LIA_JSON_REQUIRED, 256, &placeholder, error) ||
      !lia_json_str (item, "words", LIA_JSON_REQUIRED, LIA_JSON_MAX_BYTES, &words, error))
    return FALSE;

  redaction.in_title = g_str_equal (in, "title");
  kind_from_string (kind, &redaction.kind);
  redaction.placeholder = (char *)placeholder;
  redaction.words = (char *)words;
  lia_push_preview_add_redaction (preview, &redaction);

  return TRUE;
}

LiaPushPreview *
lia_wire_decode_push_preview (JsonObject *object,
                              GError    **error)
{
  g_autoptr (LiaPushPreview) preview = LIA_FIELDS_DECODE_NEW (lia_push_preview_new (), preview_fields, object, error);
  JsonArray *redactions;

  if (preview == NULL || !lia_json_arr (object, "redactions", LIA_JSON_OPTIONAL, LIA_WIRE_MAX_ITEMS, &redactions, error))
    return NULL;
  for (guint i = 0; redactions != NULL && i < json_array_get_length (redactions); i++)
    {
      JsonObject *item;

      if (!lia_json_arr_obj (redactions, i, &item, error) || !decode_redaction (preview, item, error))
        {
          lia_problem_prefix (error, "redactions", (int)i);
          return NULL;
        }
    }

  return g_steal_pointer (&preview);
}
