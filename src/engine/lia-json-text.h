/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"

G_BEGIN_DECLS

/*
 * Answers around JSON text that the store keeps ready (entries, drafts): spliced in as it is, instead of being parsed and written again.
 */

void lia_json_text_begin (GString    *text,
                          JsonObject *head);
void lia_json_text_add (GString    *text,
                        const char *name,
                        const char *raw);
void lia_json_text_add_str (GString    *text,
                            const char *name,
                            const char *value);
void lia_json_text_add_int (GString    *text,
                            const char *name,
                            gint64      value);
void lia_json_text_add_object (GString    *text,
                               const char *name,
                               JsonObject *object);
void lia_json_text_add_array (GString    *text,
                              const char *name,
                              JsonArray  *array);
void lia_json_text_add_list (GString         *text,
                             const char      *name,
                             const GPtrArray *raws);
void lia_json_text_end (GString *text);

G_END_DECLS
