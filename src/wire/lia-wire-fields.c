/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes and reads values by a table of their fields. See the header. */

#include "lia-wire-fields.h"

#include "lia-wire.h"

static void
encode_words (JsonObject        *object,
              const char        *name,
              const char *const *words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  json_object_set_array_member (object, name, array);
}

/* How one value of a list is written */
typedef JsonObject *(*EncodeFunc) (gpointer value);

static void
encode_values (JsonObject *object,
               const char *name,
               GPtrArray  *values,
               EncodeFunc  encode)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values != NULL && i < values->len; i++)
    json_array_add_object_element (array, encode (values->pdata[i]));
  json_object_set_array_member (object, name, array);
}

/* What follows from nothing has no figure */
static void
encode_figure (JsonObject *object,
               const char *name,
               double      value,
               double      unit)
{
  if (value == LIA_METRIC_NONE)
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name, value / unit);
}

static void
encode_field (const LiaField *field,
              gconstpointer   place,
              JsonObject     *object)
{
  const char *name = field->name;

  switch (field->type)
    {
    case LIA_FIELD_TEXT:
      json_object_set_string_member (object, name, *(char *const *)place != NULL ? *(char *const *)place : "");
      break;
    case LIA_FIELD_TEXT_OR_NULL:
      lia_json_set_str (object, name, *(char *const *)place);
      break;
    case LIA_FIELD_INT:
      json_object_set_int_member (object, name, *(const gint64 *)place);
      break;
    case LIA_FIELD_SECONDS:
      json_object_set_int_member (object, name, *(const gint64 *)place / 1000);
      break;
    case LIA_FIELD_RATIO:
      encode_figure (object, name, *(const double *)place, 1);
      break;
    case LIA_FIELD_MEAN_SECONDS:
      encode_figure (object, name, *(const double *)place, 1000);
      break;
    case LIA_FIELD_BOOL:
      json_object_set_boolean_member (object, name, *(const gboolean *)place);
      break;
    case LIA_FIELD_TIME:
      lia_json_set_time (object, name, *(const gint64 *)place);
      break;
    case LIA_FIELD_WORDS:
      encode_words (object, name, *(const char *const *const *)place);
      break;
    case LIA_FIELD_ADDRESS:
      if (*(LiaAddress *const *)place != NULL)
        json_object_set_object_member (object, name, lia_wire_encode_address (*(LiaAddress *const *)place));
      else
        json_object_set_null_member (object, name);
      break;
    case LIA_FIELD_ADDRESSES:
      encode_values (object, name, *(GPtrArray *const *)place, (EncodeFunc)lia_wire_encode_address);
      break;
    case LIA_FIELD_ATTACHMENTS:
      encode_values (object, name, *(GPtrArray *const *)place, (EncodeFunc)lia_wire_encode_attachment);
      break;
    case LIA_FIELD_PUSH_FILES:
      encode_values (object, name, *(GPtrArray *const *)place, (EncodeFunc)lia_wire_encode_push_file);
      break;
    case LIA_FIELD_ENUM:
      json_object_set_string_member (object, name, field->enum_to_string (*(const guint *)place));
      break;
    case LIA_FIELD_ENUM_OR_NULL:
      lia_json_set_str (object, name, *(const guint *)place != 0 ? field->enum_to_string (*(const guint *)place) : NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* lia_fields_encode: adds all of @value's fields to @object. */
void
lia_fields_encode (const LiaField *fields,
                   guint           n_fields,
                   gconstpointer   value,
                   JsonObject     *object)
{
  for (guint i = 0; i < n_fields; i++)
    encode_field (&fields[i], G_STRUCT_MEMBER_P (value, fields[i].offset), object);
}

static gboolean
decode_text (const LiaField *field,
             char          **place,
             JsonObject     *object,
             GError        **error)
{
  const char *text;

  if (!lia_json_str (object, field->name, field->need, LIA_JSON_MAX_BYTES, &text, error))
    return FALSE;

  g_set_str (place, text == NULL && field->type == LIA_FIELD_TEXT ? "" : text);

  return TRUE;
}

static gboolean
decode_number (const LiaField *field,
               gint64         *place,
               JsonObject     *object,
               GError        **error)
{
  const gint64 factor = field->type == LIA_FIELD_SECONDS ? 1000 : 1;
  const gint64 least = field->type == LIA_FIELD_SECONDS ? 0 : G_MININT64;

  if (!lia_json_int (object, field->name, field->need, least, G_MAXINT64 / factor, place, error))
    return FALSE;
  *place *= factor;

  return TRUE;
}

static gboolean
decode_figure (const LiaField *field,
               double         *place,
               JsonObject     *object,
               GError        **error)
{
  gboolean given;

  if (!lia_json_number (object, field->name, field->need, 0, G_MAXDOUBLE / 1000, &given, place, error))
    return FALSE;
  if (!given)
    *place = LIA_METRIC_NONE;
  else if (field->type == LIA_FIELD_MEAN_SECONDS)
    *place *= 1000;

  return TRUE;
}

static gboolean
decode_words (const LiaField *field,
              GStrv          *place,
              JsonObject     *object,
              GError        **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (!lia_json_arr (object, field->name, field->need, LIA_WIRE_MAX_ITEMS, &array, error))
    return FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word;

      if (!lia_json_arr_str (array, i, 1024, &word, error))
        {
          lia_problem_prefix (error, field->name, i);
          return FALSE;
        }
      g_strv_builder_add (builder, word);
    }

  g_strfreev (*place);
  *place = g_strv_builder_end (builder);

  return TRUE;
}

static gboolean
decode_address (const LiaField *field,
                LiaAddress    **place,
                JsonObject     *object,
                GError        **error)
{
  JsonObject *inner;

  if (!lia_json_obj (object, field->name, field->need, &inner, error))
    return FALSE;
  if (inner == NULL)
    return TRUE;

  g_clear_pointer (place, lia_address_unref);
  *place = lia_wire_decode_address (inner, error);
  if (*place == NULL)
    lia_problem_prefix (error, field->name, -1);

  return *place != NULL;
}

static gboolean
decode_values (const LiaField *field,
               GPtrArray     **place,
               JsonObject     *object,
               LiaDecodeFunc   decode,
               GDestroyNotify  free_item,
               GError        **error)
{
  GPtrArray *list = lia_wire_decode_list (object, field->name, decode, free_item, error);

  if (list == NULL)
    return FALSE;

  g_clear_pointer (place, g_ptr_array_unref);
  *place = list;

  return TRUE;
}

/* A newer engine may know more words than we do: that must not make the whole value unreadable */
static gboolean
decode_enum (const LiaField *field,
             guint          *place,
             JsonObject     *object,
             GError        **error)
{
  const char *word;

  *place = 0;
  if (!lia_json_str (object, field->name, field->need, 256, &word, error))
    return FALSE;
  if (word != NULL)
    field->enum_from_string (word, place);

  return TRUE;
}

static gboolean
decode_field (const LiaField *field,
              gpointer        place,
              JsonObject     *object,
              GError        **error)
{
  switch (field->type)
    {
    case LIA_FIELD_TEXT:
    case LIA_FIELD_TEXT_OR_NULL:
      return decode_text (field, place, object, error);
    case LIA_FIELD_INT:
    case LIA_FIELD_SECONDS:
      return decode_number (field, place, object, error);
    case LIA_FIELD_RATIO:
    case LIA_FIELD_MEAN_SECONDS:
      return decode_figure (field, place, object, error);
    case LIA_FIELD_BOOL:
      return lia_json_bool (object, field->name, field->need, place, error);
    case LIA_FIELD_TIME:
      return lia_json_time (object, field->name, field->need, place, error);
    case LIA_FIELD_WORDS:
      return decode_words (field, place, object, error);
    case LIA_FIELD_ADDRESS:
      return decode_address (field, place, object, error);
    case LIA_FIELD_ADDRESSES:
      return decode_values (field, place, object, (LiaDecodeFunc)lia_wire_decode_address, (GDestroyNotify)lia_address_unref, error);
    case LIA_FIELD_ATTACHMENTS:
      return decode_values (field, place, object, (LiaDecodeFunc)lia_wire_decode_attachment, g_object_unref, error);
    case LIA_FIELD_PUSH_FILES:
      return decode_values (field, place, object, (LiaDecodeFunc)lia_wire_decode_push_file, g_object_unref, error);
    case LIA_FIELD_ENUM:
    case LIA_FIELD_ENUM_OR_NULL:
      return decode_enum (field, place, object, error);
    default:
      g_assert_not_reached ();
    }
}

/* lia_fields_decode: fills @value, whose fields may be set already, from @object. FALSE with %LIA_PROBLEM_VALIDATION. */
gboolean
lia_fields_decode (const LiaField *fields,
                   guint           n_fields,
                   gpointer        value,
                   JsonObject     *object,
                   GError        **error)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (!decode_field (&fields[i], G_STRUCT_MEMBER_P (value, fields[i].offset), object, error))
        return FALSE;
    }

  return TRUE;
}

/* lia_fields_encode_new: an object with nothing but these fields. */
JsonObject *
lia_fields_encode_new (const LiaField *fields,
                       guint           n_fields,
                       gconstpointer   value)
{
  JsonObject *object = json_object_new ();

  lia_fields_encode (fields, n_fields, value, object);

  return object;
}

/* lia_fields_decode_new: takes a new GObject @value and gives it back filled, or NULL. */
gpointer
lia_fields_decode_new (gpointer        value,
                       const LiaField *fields,
                       guint           n_fields,
                       JsonObject     *object,
                       GError        **error)
{
  if (!lia_fields_decode (fields, n_fields, value, object, error))
    g_clear_object (&value);

  return value;
}

/**
 * lia_wire_decode_list:
 *
 * Reads the member @name, a list of objects; an absent one is empty.
 *
 * Returns: (transfer container) (nullable): the values, or NULL with %LIA_PROBLEM_VALIDATION
 */
GPtrArray *
lia_wire_decode_list (JsonObject    *object,
                      const char    *name,
                      LiaDecodeFunc  decode,
                      GDestroyNotify free_item,
                      GError       **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_item);
  JsonArray *array;

  if (!lia_json_arr (object, name, LIA_JSON_OPTIONAL, LIA_WIRE_MAX_ITEMS, &array, error))
    return NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *item;
      gpointer    value = NULL;

      if (lia_json_arr_obj (array, i, &item, error))
        value = decode (item, error);
      if (value == NULL)
        {
          lia_problem_prefix (error, name, i);
          return NULL;
        }
      g_ptr_array_add (list, value);
    }

  return g_steal_pointer (&list);
}
