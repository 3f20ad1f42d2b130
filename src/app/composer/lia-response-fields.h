/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-template-result.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_FIELDS (lia_response_fields_get_type ())

/**
 * LiaResponseFields:
 *
 * The canned responses in a text that somebody edits, and their fields. What is typed into a field stands wherever it is asked for; undo and redo
 * take it along. Used on the main loop only.
 *
 * Signals: `changed`; `added` and `removed` (LiaResponseInsertion *: a response was put in, or an undo took it out).
 */
G_DECLARE_FINAL_TYPE (LiaResponseFields, lia_response_fields, LIA, RESPONSE_FIELDS, GObject)

LiaResponseFields *lia_response_fields_new (GtkTextBuffer *buffer);
void               lia_response_fields_insert (LiaResponseFields *self,
                                               LiaCanned         *canned,
                                               LiaCannedFormality formality,
                                               LiaTemplate *template,
                                               LiaTemplateContext *context,
                                               guint               n_typed,
                                               const char         *subject,
                                               const char         *old_subject);
void               lia_response_fields_leave_out (LiaResponseFields *self,
                                                  LiaTemplateParts   parts);
void               lia_response_fields_clear (LiaResponseFields *self);
guint              lia_response_fields_count_unfilled (LiaResponseFields *self);
gboolean           lia_response_fields_select_next (LiaResponseFields *self,
                                                    gboolean           back);
LiaTemplateField  *lia_response_fields_select_first (LiaResponseFields *self);
GPtrArray         *lia_response_fields_list (LiaResponseFields *self);
LiaTemplateField  *lia_response_fields_get_current (LiaResponseFields *self);
gboolean           lia_response_fields_is_filled (LiaResponseFields *self,
                                                  const char        *key);
void               lia_response_fields_fill (LiaResponseFields *self,
                                             const char        *key,
                                             LiaTemplateValue  *value);
GPtrArray         *lia_response_fields_dup_used (LiaResponseFields *self);
GStrv              lia_response_fields_dup_bodies (LiaResponseFields *self);
GPtrArray         *lia_response_fields_dup_actions (LiaResponseFields *self);
GPtrArray         *lia_response_fields_list_actions (LiaResponseFields *self);
gboolean           lia_response_fields_is_struck (LiaResponseFields     *self,
                                                  const LiaCannedAction *action);
void               lia_response_fields_strike (LiaResponseFields     *self,
                                               const LiaCannedAction *action,
                                               gboolean               struck);
char              *lia_response_fields_save (LiaResponseFields *self);
void               lia_response_fields_restore (LiaResponseFields *self,
                                                const char        *saved);

G_END_DECLS
