/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-json.h"

G_BEGIN_DECLS

/*
 * Inside wire only. A value's fields as a table, from which it is both written and read, so that the two cannot drift apart.
 */

typedef enum {
  LIA_FIELD_TEXT,         /* char *, never NULL: absent is "" */
  LIA_FIELD_TEXT_OR_NULL, /* char * */
  LIA_FIELD_INT,          /* gint64 */
  LIA_FIELD_BOOL,         /* gboolean */
  LIA_FIELD_TIME,         /* gint64 ms; 0 is null */
  LIA_FIELD_SECONDS,      /* gint64 ms here, whole seconds on the wire */
  LIA_FIELD_RATIO,        /* double; LIA_METRIC_NONE is null */
  LIA_FIELD_MEAN_SECONDS, /* double ms here, seconds on the wire; LIA_METRIC_NONE is null */
  LIA_FIELD_WORDS,        /* GStrv, never NULL */
  LIA_FIELD_ADDRESS,      /* LiaAddress * or NULL */
  LIA_FIELD_ADDRESSES,    /* GPtrArray of LiaAddress */
  LIA_FIELD_ATTACHMENTS,  /* GPtrArray of LiaAttachment */
  LIA_FIELD_PUSH_FILES,   /* GPtrArray of LiaPushFile */
  LIA_FIELD_ENUM,         /* an enum of lia-enums.h; an unknown word is the first value */
  LIA_FIELD_ENUM_OR_NULL, /* its first value is null on the wire */
} LiaFieldType;

typedef struct
{
  const char  *name;
  LiaFieldType type;
  gsize        offset;
  LiaJsonNeed  need;
  const char *(*enum_to_string) (guint value);
  gboolean (*enum_from_string) (const char *name,
                                guint      *value);
} LiaField;

#define LIA_WIRE_MAX_ITEMS 1000

void lia_fields_encode (const LiaField *fields,
                        guint           n_fields,
                        gconstpointer   value,
                        JsonObject     *object);
/* For a value all of whose fields stand in a table */
#define LIA_FIELDS_DECODE_NEW(new_value, fields, object, error) \
  lia_fields_decode_new (new_value, fields, G_N_ELEMENTS (fields), object, error)
JsonObject *lia_fields_encode_new (const LiaField *fields,
                                   guint           n_fields,
                                   gconstpointer   value);
gpointer    lia_fields_decode_new (gpointer        value,
                                   const LiaField *fields,
                                   guint           n_fields,
                                   JsonObject     *object,
                                   GError        **error);

gboolean lia_fields_decode (const LiaField *fields,
                            guint           n_fields,
                            gpointer        value,
                            JsonObject     *object,
                            GError        **error);

/* Whose it is, as the member `customer` of other values has it: who they are, and nothing else of them */
JsonObject *lia_wire_encode_customer_of (const char       *id,
                                         const LiaAddress *customer);
gboolean    lia_wire_decode_customer_of (JsonObject  *object,
                                         LiaJsonNeed  need,
                                         char       **id,
                                         LiaAddress **customer,
                                         GError     **error);

/* A whole list of objects by one decoder */
typedef gpointer (*LiaDecodeFunc) (JsonObject *object,
                                   GError    **error);

GPtrArray *lia_wire_decode_list (JsonObject    *object,
                                 const char    *name,
                                 LiaDecodeFunc  decode,
                                 GDestroyNotify free_item,
                                 GError       **error);

G_END_DECLS
