/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-template-result.h"

G_BEGIN_DECLS

/**
 * LiaResponseInsertion:
 *
 * A canned response that was put into a text, with what came with it. Counted; immutable.
 */
typedef struct
{
  char              *response;    /* its id */
  LiaCannedFormality formality;   /* how the text that was chosen addresses the customer */
  char              *subject;     /* that it gives the message, or "" */
  char              *old_subject; /* what stood there before */
  GPtrArray         *attachments; /* of LiaAttachment */
  GPtrArray         *actions;     /* of LiaCannedAction */
} LiaResponseInsertion;

LiaResponseInsertion *lia_response_insertion_new (const char        *response,
                                                  LiaCannedFormality formality,
                                                  const char        *subject,
                                                  const char        *old_subject,
                                                  GPtrArray         *attachments,
                                                  GPtrArray         *actions);
LiaResponseInsertion *lia_response_insertion_ref (LiaResponseInsertion *self);
void                  lia_response_insertion_unref (LiaResponseInsertion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaResponseInsertion, lia_response_insertion_unref)

/**
 * LiaResponseSlot:
 *
 * Where a field stands in the text; all places in characters.
 */
typedef struct
{
  LiaTemplateField   *field;
  LiaTemplateSpanKind kind;
  guint               start;
  guint               end;
  char               *text;    /* as it was put there, or last read; NULL for an optional part */
  gboolean            cleared; /* all of it was deleted since, and nothing else */
  gboolean            gone;    /* more than all of it was deleted: it is no field any more */
} LiaResponseSlot;

/**
 * LiaResponseSection:
 *
 * One part (greeting, body or farewell) of a response, where it stands in a text that is edited.
 */
typedef struct
{
  LiaResponseInsertion *insertion;
  LiaTemplateParts      part;
  LiaTemplateResult    *result;
  guint                 start;
  guint                 end;
  GPtrArray            *slots;  /* of LiaResponseSlot, in their order; an optional part stands before what is in it */
  gboolean              frozen; /* edited so that no other wording fits in: only its fields are filled */
} LiaResponseSection;

LiaResponseSection *lia_response_section_new (LiaResponseInsertion *insertion,
                                              LiaTemplateParts      part,
                                              LiaTemplateResult    *result,
                                              guint                 start);
LiaResponseSection *lia_response_section_copy (const LiaResponseSection *self);
void                lia_response_section_free (LiaResponseSection *self);
void                lia_response_section_shift_insert (LiaResponseSection    *self,
                                                       guint                  at,
                                                       guint                  n,
                                                       const LiaResponseSlot *open,
                                                       gconstpointer          open_slot);
void                lia_response_section_shift_delete (LiaResponseSection *self,
                                                       guint               start,
                                                       guint               end);
void                lia_response_section_rebuild (LiaResponseSection *self,
                                                  LiaTemplateResult  *result);
GPtrArray          *lia_response_slots_new (void);
char               *lia_response_slot_dup_question (const LiaResponseSlot *self);
gboolean            lia_response_slot_is_asking (const LiaResponseSlot *self);
GPtrArray          *lia_response_spans (LiaTemplateResult *result);
char               *lia_response_span_dup_text (LiaTemplateResult     *result,
                                                const LiaTemplateSpan *span);
char               *lia_response_find_text (LiaTemplateResult *result,
                                            guint              index,
                                            const char        *key);
char               *lia_response_text_filled (LiaTemplateResult *result,
                                              LiaTemplateResult *filled,
                                              const char        *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaResponseSection, lia_response_section_free)

G_END_DECLS
