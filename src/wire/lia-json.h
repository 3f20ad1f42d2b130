/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The only way in for JSON. json-glib's defaults are dangerous with foreign text: its immutable parser aborts the process on `{}{}`, its getters
 * return NULL for a value of another type, it clamps and truncates silently. So: nobody else calls json_parser_* or
 * json_object_get_*_member() (a test greps for it). All getters set %LIA_PROBLEM_VALIDATION with the member's JSON pointer.
 */

#define LIA_JSON_MAX_DEPTH 32
#define LIA_JSON_MAX_BYTES (1024 * 1024)

JsonObject *lia_json_parse (const char *text,
                            gssize      length,
                            gsize       max_bytes,
                            GError    **error);
JsonArray  *lia_json_parse_array (const char *text,
                                  gssize      length,
                                  gsize       max_bytes,
                                  GError    **error);
char       *lia_json_to_text (JsonObject *object);

/* Typed getters. A missing or null member is an error where required, else gives NULL, 0, FALSE. Strings are borrowed. */
typedef enum {
  LIA_JSON_OPTIONAL,
  LIA_JSON_REQUIRED,
} LiaJsonNeed;

gboolean lia_json_str (JsonObject  *object,
                       const char  *name,
                       LiaJsonNeed  need,
                       gsize        max_bytes,
                       const char **value,
                       GError     **error);
gboolean lia_json_int (JsonObject *object,
                       const char *name,
                       LiaJsonNeed need,
                       gint64      min,
                       gint64      max,
                       gint64     *value,
                       GError    **error);
gboolean lia_json_number (JsonObject *object,
                          const char *name,
                          LiaJsonNeed need,
                          double      min,
                          double      max,
                          gboolean   *given,
                          double     *value,
                          GError    **error);
gboolean lia_json_bool (JsonObject *object,
                        const char *name,
                        LiaJsonNeed need,
                        gboolean   *value,
                        GError    **error);
gboolean lia_json_time (JsonObject *object,
                        const char *name,
                        LiaJsonNeed need,
                        gint64     *time_ms,
                        GError    **error);
gboolean lia_json_obj (JsonObject  *object,
                       const char  *name,
                       LiaJsonNeed  need,
                       JsonObject **value,
                       GError     **error);
gboolean lia_json_arr (JsonObject *object,
                       const char *name,
                       LiaJsonNeed need,
                       guint       max_items,
                       JsonArray **value,
                       GError    **error);
gboolean lia_json_arr_obj (JsonArray   *array,
                           guint        index,
                           JsonObject **value,
                           GError     **error);
gboolean lia_json_arr_str (JsonArray   *array,
                           guint        index,
                           gsize        max_bytes,
                           const char **value,
                           GError     **error);
gboolean lia_json_arr_arr (JsonArray  *array,
                           guint       index,
                           guint       max_items,
                           JsonArray **value,
                           GError    **error);
gboolean lia_json_arr_int (JsonArray *array,
                           guint      index,
                           gint64     min,
                           gint64     max,
                           gint64    *value,
                           GError   **error);

/* Setters that omit nothing: NULL becomes null, time 0 becomes null. */
void lia_json_set_str (JsonObject *object,
                       const char *name,
                       const char *value);
void lia_json_set_time (JsonObject *object,
                        const char *name,
                        gint64      time_ms);

G_END_DECLS
