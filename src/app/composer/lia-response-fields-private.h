/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-fields.h"
#include "lia-response-section.h"

G_BEGIN_DECLS

/*
 * lia-response-fields.c follows what is typed, -fill.c puts answers where they are asked for, -insert.c puts a response into the text, -history.c
 * goes along with undo, -actions.c knows what is done when the text goes out, -save.c makes a text of all that for a draft.
 */
struct _LiaResponseFields
{
  GObject parent_instance;

  GtkTextBuffer   *buffer;
  GPtrArray       *sections; /* of LiaResponseSection, in no order */
  GHashTable      *answers;  /* char * key -> LiaTemplateValue, of all sections; a change is a new table */
  GHashTable      *struck;   /* char *: actions that are not to be done */
  LiaResponseSlot *open;     /* what is typed at its edges belongs to it; NULL: none */
  GQueue           states;   /* of LiaResponseState, the newest first */
  GtkTextTag      *unfilled_tag;
  GtkTextTag      *filled_tag;
  gboolean         acting; /* somebody's action is not over */
  LiaTemplateParts left_out;
  guint            busy; /* changes are our own, or undone ones */
};

void  lia_response_fields_tell (LiaResponseFields *self);
char *lia_response_fields_dup_text (LiaResponseFields *self,
                                    guint              start,
                                    guint              end);
guint lia_response_fields_get_caret (LiaResponseFields *self);
void  lia_response_fields_replace (LiaResponseFields *self,
                                   guint              start,
                                   guint              end,
                                   const char        *text);
void  lia_response_fields_select (LiaResponseFields *self,
                                  LiaResponseSlot   *slot);

void lia_response_fields_drop_gone (LiaResponseFields *self);
void lia_response_fields_read (LiaResponseFields *self);
void lia_response_fields_answer (LiaResponseFields *self,
                                 const char        *key,
                                 LiaTemplateValue  *value,
                                 LiaResponseSlot   *origin);

void lia_response_fields_mark_struck (LiaResponseFields     *self,
                                      const LiaCannedAction *action,
                                      gboolean               struck);

void lia_response_fields_push_state (LiaResponseFields *self);
void lia_response_fields_forget_states (LiaResponseFields *self);
void lia_response_fields_go_back (LiaResponseFields *self);

G_END_DECLS
