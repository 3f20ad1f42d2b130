/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the test of a telephone system went, and what was found there. */

#include "lia-wire.h"

#include "lia-wire-fields.h"

static const LiaField phone_fields[] = {
  { "phone", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxPhone, phone), LIA_JSON_REQUIRED },
  { "extension", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxPhone, extension) },
  { "context", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxPhone, context) },
  { "member", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxPhone, member) },
  { "reachable", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaPbxPhone, reachable) },
};

static const LiaField queue_fields[] = {
  { "name", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxQueue, name), LIA_JSON_REQUIRED },
  { "strategy", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxQueue, strategy) },
  { "members", LIA_FIELD_WORDS, G_STRUCT_OFFSET (LiaPbxQueue, members) },
};

static const LiaField fields[] = {
  { "version", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxReport, version) },
  { "profile", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxReport, profile) },
  { "context", LIA_FIELD_TEXT, G_STRUCT_OFFSET (LiaPbxReport, context) },
};

static gpointer
decode_phone (JsonObject *object,
              GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_pbx_phone_new (), phone_fields, object, error);
}

static gpointer
decode_queue (JsonObject *object,
              GError    **error)
{
  return LIA_FIELDS_DECODE_NEW (lia_pbx_queue_new (), queue_fields, object, error);
}

static JsonArray *
encode_values (GPtrArray      *values,
               const LiaField *value_fields,
               guint           n_fields)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < values->len; i++)
    json_array_add_object_element (array, lia_fields_encode_new (value_fields, n_fields, values->pdata[i]));

  return array;
}

/** lia_wire_encode_steps: @steps: of LiaDiagnosis. The answer to a test: how each step went, and whether that is enough. */
JsonObject *
lia_wire_encode_steps (GPtrArray *steps)
{
  JsonObject *object = json_object_new ();
  JsonArray  *array = json_array_new ();
  gboolean    ok = TRUE;

  for (guint i = 0; i < steps->len; i++)
    {
      ok &= lia_diagnosis_works (steps->pdata[i]);
      json_array_add_object_element (array, lia_wire_encode_diagnosis (steps->pdata[i]));
    }
  json_object_set_boolean_member (object, "ok", ok);
  json_object_set_array_member (object, "steps", array);

  return object;
}

JsonObject *
lia_wire_encode_pbx_report (LiaPbxReport *report)
{
  JsonObject *object = lia_wire_encode_steps (report->steps);

  lia_fields_encode (fields, G_N_ELEMENTS (fields), report, object);
  json_object_set_array_member (object, "queues", encode_values (report->queues, queue_fields, G_N_ELEMENTS (queue_fields)));
  json_object_set_array_member (object, "phones", encode_values (report->phones, phone_fields, G_N_ELEMENTS (phone_fields)));

  return object;
}

static gboolean
decode_list (GPtrArray   **place,
             JsonObject   *object,
             const char   *name,
             LiaDecodeFunc decode,
             GError      **error)
{
  GPtrArray *list = lia_wire_decode_list (object, name, decode, g_object_unref, error);

  if (list == NULL)
    return FALSE;
  g_clear_pointer (place, g_ptr_array_unref);
  *place = list;

  return TRUE;
}

LiaPbxReport *
lia_wire_decode_pbx_report (JsonObject *object,
                            GError    **error)
{
  g_autoptr (LiaPbxReport) report = LIA_FIELDS_DECODE_NEW (lia_pbx_report_new (), fields, object, error);

  if (report == NULL || !decode_list (&report->steps, object, "steps", (LiaDecodeFunc)lia_wire_decode_diagnosis, error) ||
      !decode_list (&report->queues, object, "queues", decode_queue, error) ||
      !decode_list (&report->phones, object, "phones", decode_phone, error))
    return NULL;

  return g_steal_pointer (&report);
}
