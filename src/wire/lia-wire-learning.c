/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the use of canned responses says about them. */

#include "lia-replies.h"

#include "lia-wire-fields.h"

#define MAX_KEY_BYTES 500
#define MAX_DISMISSED 10000

#define AT(field) G_STRUCT_OFFSET (LiaSuggestion, field)

static const LiaField fields[] = {
  { "key", LIA_FIELD_TEXT, AT (key), LIA_JSON_REQUIRED },
  { "response", LIA_FIELD_TEXT, AT (response) },
  { "before", LIA_FIELD_TEXT, AT (before) },
  { "after", LIA_FIELD_TEXT_OR_NULL, AT (after) },
  { "edited", LIA_FIELD_INT, AT (edited) },
  { "of", LIA_FIELD_INT, AT (of) },
  { "same", LIA_FIELD_INT, AT (same) },
  { "reopened", LIA_FIELD_INT, AT (reopened) },
  { "count", LIA_FIELD_INT, AT (count) },
  { "text", LIA_FIELD_TEXT, AT (text) },
  { "subject", LIA_FIELD_TEXT, AT (subject) },
  { "since", LIA_FIELD_TIME, AT (since_ms) },
};

#undef AT
#define AT(field) G_STRUCT_OFFSET (LiaCannedFigures, field)

static const LiaField figure_fields[] = {
  { "sent", LIA_FIELD_INT, AT (sent), LIA_JSON_REQUIRED },
  { "edited", LIA_FIELD_INT, AT (edited), LIA_JSON_REQUIRED },
  { "reopened", LIA_FIELD_INT, AT (reopened), LIA_JSON_REQUIRED },
  { "words", LIA_FIELD_INT, AT (words) },
  { "of_words", LIA_FIELD_INT, AT (of_words) },
};

LiaCannedFigures *
lia_wire_decode_canned_figures (JsonObject *object,
                                GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_canned_figures_new (), figure_fields, object, error);
}

static gpointer
decode_suggestion (JsonObject *object,
                   GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_suggestion_new (LIA_SUGGESTION_EDITED), fields, object, error);
}

static gboolean
decode_kind (LiaLearning      *learning,
             LiaSuggestionKind kind,
             const char       *name,
             JsonObject       *object,
             GError          **error)
{
  learning->suggestions[kind] = lia_replies_decode_values (object, name, NULL, decode_suggestion, error);
  for (guint i = 0; learning->suggestions[kind] != NULL && i < learning->suggestions[kind]->len; i++)
    ((LiaSuggestion *)learning->suggestions[kind]->pdata[i])->kind = kind;

  return learning->suggestions[kind] != NULL;
}

static gboolean
decode_dismissed (LiaLearning *learning,
                  JsonObject  *object,
                  GError     **error)
{
  JsonArray *keys;

  if (!lia_json_arr (object, "dismissed", LIA_JSON_OPTIONAL, MAX_DISMISSED, &keys, error))
    return FALSE;
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    {
      const char *key;

      if (!lia_json_arr_str (keys, i, MAX_KEY_BYTES, &key, error))
        return FALSE;
      g_hash_table_add (learning->dismissed, g_strdup (key));
    }

  return TRUE;
}

LiaLearning *
lia_learning_decode (JsonObject *object,
                     GError    **error)
{
  g_autoptr (LiaLearning) learning = g_new0 (LiaLearning, 1);

  learning->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!decode_kind (learning, LIA_SUGGESTION_EDITED, "edited", object, error) || !decode_kind (learning, LIA_SUGGESTION_BY_HAND, "by_hand", object, error) ||
      !decode_kind (learning, LIA_SUGGESTION_UNUSED, "unused", object, error) || !decode_dismissed (learning, object, error))
    return NULL;

  return g_steal_pointer (&learning);
}

void
lia_learning_free (LiaLearning *learning)
{
  for (guint i = 0; i < LIA_SUGGESTION_N_KINDS; i++)
    g_clear_pointer (&learning->suggestions[i], g_ptr_array_unref);
  g_hash_table_unref (learning->dismissed);
  g_free (learning);
}
