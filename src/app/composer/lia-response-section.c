/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-section.h"

/*
 * The places of fields in a text that is edited. They are numbers, not marks of a buffer, so that a copy of them is what undo goes back to. Text
 * typed at the edge of a field belongs to it only while it is open, that is, being filled in.
 */

/** lia_response_insertion_new: takes references of the lists. */
LiaResponseInsertion *
lia_response_insertion_new (const char        *response,
                            LiaCannedFormality formality,
                            const char        *subject,
                            const char        *old_subject,
                            GPtrArray         *attachments,
                            GPtrArray         *actions)
{
  LiaResponseInsertion *self = g_rc_box_new0 (LiaResponseInsertion);

  self->response = g_strdup (response);
  self->formality = formality;
  self->subject = g_strdup (subject);
  self->old_subject = g_strdup (old_subject);
  self->attachments = g_ptr_array_ref (attachments);
  self->actions = g_ptr_array_ref (actions);

  return self;
}

LiaResponseInsertion *
lia_response_insertion_ref (LiaResponseInsertion *self)
{
  return g_rc_box_acquire (self);
}

static void
insertion_clear (gpointer data)
{
  LiaResponseInsertion *self = data;

  g_free (self->response);
  g_free (self->subject);
  g_free (self->old_subject);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->actions);
}

void
lia_response_insertion_unref (LiaResponseInsertion *self)
{
  g_rc_box_release_full (self, insertion_clear);
}

static void
slot_free (gpointer data)
{
  LiaResponseSlot *slot = data;

  lia_template_field_unref (slot->field);
  g_free (slot->text);
  g_free (slot);
}

/** lia_response_slots_new: an empty list. */
GPtrArray *
lia_response_slots_new (void)
{
  return g_ptr_array_new_with_free_func (slot_free);
}

/** lia_response_slot_dup_question: what stands there until it is filled in. */
char *
lia_response_slot_dup_question (const LiaResponseSlot *self)
{
  return g_strdup_printf ("[%s]", self->field->label);
}

/** lia_response_slot_is_asking: nothing has been typed there yet. */
gboolean
lia_response_slot_is_asking (const LiaResponseSlot *self)
{
  g_autofree char *question = lia_response_slot_dup_question (self);

  return g_strcmp0 (self->text, question) == 0;
}

static gpointer
slot_copy (gconstpointer data,
           gpointer      unused)
{
  const LiaResponseSlot *slot = data;
  LiaResponseSlot       *copy = g_memdup2 (slot, sizeof *slot);

  copy->field = lia_template_field_ref (slot->field);
  copy->text = g_strdup (slot->text);

  return copy;
}

/** lia_response_spans: (transfer container): those of @result that are fields, in their order. */
GPtrArray *
lia_response_spans (LiaTemplateResult *result)
{
  GPtrArray *spans = g_ptr_array_new ();

  for (guint i = 0; i < result->spans->len; i++)
    {
      const LiaTemplateSpan *span = result->spans->pdata[i];

      if (span->field != NULL)
        g_ptr_array_add (spans, (gpointer)span);
    }

  return spans;
}

char *
lia_response_span_dup_text (LiaTemplateResult     *result,
                            const LiaTemplateSpan *span)
{
  return g_utf8_substring (result->text, span->start, span->end);
}

static gboolean
is_optional (const LiaTemplateSpan *span)
{
  return span->kind == LIA_TEMPLATE_SPAN_OPTIONAL;
}

static LiaResponseSlot *
slot_new (LiaTemplateResult     *result,
          const LiaTemplateSpan *span,
          guint                  start)
{
  LiaResponseSlot *slot = g_new0 (LiaResponseSlot, 1);

  slot->field = lia_template_field_ref (span->field);
  slot->kind = span->kind;
  slot->start = start + span->start;
  slot->end = start + span->end;
  slot->text = is_optional (span) ? NULL : lia_response_span_dup_text (result, span);

  return slot;
}

/** lia_response_section_rebuild: all of @result stands now where it begins. */
void
lia_response_section_rebuild (LiaResponseSection *self,
                              LiaTemplateResult  *result)
{
  g_autoptr (GPtrArray) spans = lia_response_spans (result);

  g_set_object (&self->result, result);
  g_ptr_array_set_size (self->slots, 0);
  for (guint i = 0; i < spans->len; i++)
    g_ptr_array_add (self->slots, slot_new (result, spans->pdata[i], self->start));
  self->end = self->start + (guint)g_utf8_strlen (result->text, -1);
}

/** lia_response_section_new: @result stands in the text from @start on. */
LiaResponseSection *
lia_response_section_new (LiaResponseInsertion *insertion,
                          LiaTemplateParts      part,
                          LiaTemplateResult    *result,
                          guint                 start)
{
  LiaResponseSection *self = g_new0 (LiaResponseSection, 1);

  self->insertion = lia_response_insertion_ref (insertion);
  self->part = part;
  self->start = start;
  self->slots = lia_response_slots_new ();
  lia_response_section_rebuild (self, result);

  return self;
}

LiaResponseSection *
lia_response_section_copy (const LiaResponseSection *self)
{
  LiaResponseSection *copy = g_memdup2 (self, sizeof *self);

  lia_response_insertion_ref (copy->insertion);
  g_object_ref (copy->result);
  copy->slots = g_ptr_array_copy (self->slots, slot_copy, NULL);
  g_ptr_array_set_free_func (copy->slots, slot_free);

  return copy;
}

void
lia_response_section_free (LiaResponseSection *self)
{
  lia_response_insertion_unref (self->insertion);
  g_object_unref (self->result);
  g_ptr_array_unref (self->slots);
  g_free (self);
}

static void
move_for_insert (guint   *start,
                 guint   *end,
                 guint    at,
                 guint    n,
                 gboolean open)
{
  gboolean before = open ? at < *start : at <= *start;
  gboolean inside = open ? at <= *end : at < *end;

  if (before)
    *start += n;
  if (before || inside)
    *end += n;
}

/**
 * lia_response_section_shift_insert: @n characters come in at @at.
 * @open: (nullable): the field that is being filled in, as it was before any section was moved
 * @open_slot: the same, where it is
 */
void
lia_response_section_shift_insert (LiaResponseSection    *self,
                                   guint                  at,
                                   guint                  n,
                                   const LiaResponseSlot *open,
                                   gconstpointer          open_slot)
{
  guint    from = open != NULL ? open->start : 0;
  guint    to = open != NULL ? open->end : 0;
  gboolean into = open != NULL && at >= from && at <= to;

  for (guint i = 0; i < self->slots->len; i++)
    {
      LiaResponseSlot *slot = self->slots->pdata[i];

      /* What is around the open field grows with it. */
      move_for_insert (&slot->start, &slot->end, at, n, into && slot->start <= from && slot->end >= to && (slot == open_slot || slot->text == NULL));
    }
  move_for_insert (&self->start, &self->end, at, n, into && self->start <= from && self->end >= to);
}

static guint
move_for_delete (guint place,
                 guint start,
                 guint end)
{
  return place <= start ? place : place < end ? start
                                              : place - (end - start);
}

/** lia_response_section_shift_delete: the characters from @start to @end are deleted. */
void
lia_response_section_shift_delete (LiaResponseSection *self,
                                   guint               start,
                                   guint               end)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      LiaResponseSlot *slot = self->slots->pdata[i];

      if (slot->start < slot->end && start <= slot->start && end >= slot->end)
        {
          slot->cleared = TRUE;
          slot->gone = start < slot->start || end > slot->end;
        }
      slot->start = move_for_delete (slot->start, start, end);
      slot->end = move_for_delete (slot->end, start, end);
    }
  self->start = move_for_delete (self->start, start, end);
  self->end = move_for_delete (self->end, start, end);
}

/**
 * lia_response_find_text:
 * @index: of the field among those of the text
 *
 * Returns: (transfer full) (nullable): what stands there for the field @key: at that place, else where it comes first
 */
char *
lia_response_find_text (LiaTemplateResult *result,
                        guint              index,
                        const char        *key)
{
  g_autoptr (GPtrArray) spans = lia_response_spans (result);
  const LiaTemplateSpan *found = NULL;

  for (guint i = 0; i < spans->len; i++)
    {
      const LiaTemplateSpan *span = spans->pdata[i];

      if (!is_optional (span) && g_str_equal (span->field->key, key) && (found == NULL || i == index))
        found = span;
    }

  return found != NULL ? lia_response_span_dup_text (result, found) : NULL;
}

/** lia_response_text_filled: (transfer full): the words of @result as they stand, with the field @key as @filled has it. */
char *
lia_response_text_filled (LiaTemplateResult *result,
                          LiaTemplateResult *filled,
                          const char        *key)
{
  g_autoptr (GPtrArray) spans = lia_response_spans (result);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *at = result->text;
  guint       chars = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const LiaTemplateSpan *span = spans->pdata[i];
      g_autofree char       *words = is_optional (span) || !g_str_equal (span->field->key, key) ? NULL : lia_response_find_text (filled, i, key);
      const char            *start;

      if (words == NULL)
        continue;
      start = g_utf8_offset_to_pointer (at, (glong)(span->start - chars));
      g_string_append_len (text, at, start - at);
      g_string_append (text, words);
      at = g_utf8_offset_to_pointer (start, (glong)(span->end - span->start));
      chars = span->end;
    }
  g_string_append (text, at);

  return g_string_free_and_steal (g_steal_pointer (&text));
}
