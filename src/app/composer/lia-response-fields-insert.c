/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

#include <string.h>

/*
 * Where a response goes. Its greeting stands at the beginning of the text and its farewell at the end, one of each, whoever brought or typed it;
 * its body stands at the caret, in a paragraph of its own unless it is a few words in the middle of a line.
 */

#define MAX_GREETING_CHARS 60

static LiaResponseSection *
find_part (LiaResponseFields *self,
           LiaTemplateParts   part)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      if (section->part == part)
        return section;
    }

  return NULL;
}

/* "Hi Ann," typed by hand is a greeting, too. */
static gboolean
begins_with_greeting (LiaResponseFields *self)
{
  g_autofree char *text = lia_response_fields_dup_text (self, 0, MAX_GREETING_CHARS);
  char            *end = strpbrk (g_strchug (text), "\n");

  if (end == NULL || end == text)
    return FALSE;
  *end = '\0';
  g_strchomp (text);

  return *text != '\0' && strchr (",!", text[strlen (text) - 1]) != NULL;
}

static guint
count_chars (LiaResponseFields *self)
{
  return (guint)gtk_text_buffer_get_char_count (self->buffer);
}

static gunichar
char_at (LiaResponseFields *self,
         guint              place)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int)place);

  return gtk_text_iter_get_char (&iter);
}

/* Line ends right before @place; G_MAXUINT at the beginning of the text */
static guint
count_lines_before (LiaResponseFields *self,
                    guint              place)
{
  guint n = 0;

  while (place > 0 && g_unichar_isspace (char_at (self, place - 1)))
    n += char_at (self, --place) == '\n';

  return place == 0 ? G_MAXUINT : n;
}

static guint
count_lines_after (LiaResponseFields *self,
                   guint              place)
{
  guint end = count_chars (self);
  guint n = 0;

  while (place < end && g_unichar_isspace (char_at (self, place)))
    n += char_at (self, place++) == '\n';

  return place == end ? G_MAXUINT : n;
}

static void
insert_lines (LiaResponseFields *self,
              guint             *place,
              guint              there)
{
  for (guint i = there; i < 2; i++)
    lia_response_fields_replace (self, *place, *place, "\n"), (*place)++;
}

static LiaResponseSection *
insert_part (LiaResponseFields    *self,
             LiaResponseInsertion *insertion,
             LiaTemplate *template,
             LiaTemplateContext *context,
             LiaTemplateParts    part,
             guint               place)
{
  g_autoptr (LiaTemplate) part_of_it = lia_template_stack (&template, 1, part);
  g_autoptr (LiaTemplateResult) empty = lia_template_evaluate (part_of_it, context);
  g_autoptr (LiaTemplateResult) result = g_object_ref (empty);
  LiaResponseSection *section;
  GHashTableIter      iter;
  gpointer            key, value;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LiaTemplateResult *filled = lia_template_result_fill (result, key, value);

      g_object_unref (result);
      result = filled;
    }
  lia_response_fields_replace (self, place, place, result->text);
  section = lia_response_section_new (insertion, part, result, place);
  g_ptr_array_add (self->sections, section);

  return section;
}

static void
insert_greeting (LiaResponseFields    *self,
                 LiaResponseInsertion *insertion,
                 LiaTemplate *template,
                 LiaTemplateContext *context)
{
  LiaResponseSection *section = insert_part (self, insertion, template, context, LIA_TEMPLATE_GREETING, 0);
  guint               place = section->end;
  guint               lines = count_lines_after (self, place);

  insert_lines (self, &place, lines == G_MAXUINT ? 0 : lines);
}

static void
insert_farewell (LiaResponseFields    *self,
                 LiaResponseInsertion *insertion,
                 LiaTemplate *template,
                 LiaTemplateContext *context)
{
  guint place = count_chars (self);

  insert_lines (self, &place, count_lines_before (self, place));
  insert_part (self, insertion, template, context, LIA_TEMPLATE_FAREWELL, place);
}

/* Neither into the greeting nor behind the farewell; whoever has just filled in a field is done with that response. */
static guint
find_place (LiaResponseFields *self)
{
  LiaResponseSection *greeting = find_part (self, LIA_TEMPLATE_GREETING);
  LiaResponseSection *farewell = find_part (self, LIA_TEMPLATE_FAREWELL);
  guint               place = lia_response_fields_get_caret (self);

  if (greeting != NULL && place < greeting->end)
    place = greeting->end;
  if (farewell != NULL && place >= farewell->start)
    {
      place = farewell->start;
      while (place > 0 && g_unichar_isspace (char_at (self, place - 1)))
        place--;
    }
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          LiaResponseSlot *slot = section->slots->pdata[j];

          if (slot->text != NULL && place >= slot->start && place <= slot->end)
            place = section->end;
        }
    }

  return place;
}

static gboolean
is_end_of_section (LiaResponseFields *self,
                   guint              place)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      const LiaResponseSection *section = self->sections->pdata[i];
      g_autofree char          *between = section->end <= place ? lia_response_fields_dup_text (self, section->end, place) : NULL;

      if (between != NULL && *g_strstrip (between) == '\0')
        return TRUE;
    }

  return FALSE;
}

static void
insert_body (LiaResponseFields    *self,
             LiaResponseInsertion *insertion,
             LiaTemplate *template,
             LiaTemplateContext *context)
{
  guint               place = find_place (self);
  guint               before = count_lines_before (self, place);
  gboolean            apart = is_end_of_section (self, place);
  LiaResponseSection *section;
  guint               after;

  if (apart)
    insert_lines (self, &place, before);
  section = insert_part (self, insertion, template, context, LIA_TEMPLATE_BODY, place);

  /* Several lines in the middle of one */
  if (!apart && before == 0 && strchr (section->result->text, '\n') != NULL)
    {
      guint start = section->start;

      insert_lines (self, &start, 0);
      apart = TRUE;
    }
  place = section->end;
  after = count_lines_after (self, place);
  if (after != G_MAXUINT && (apart || strchr (section->result->text, '\n') != NULL))
    insert_lines (self, &place, after);
}

static LiaTemplate *
as_it_is_meant (LiaCanned *canned,
                LiaTemplate *template)
{
  if (canned->greeting)
    return lia_template_as_part (template, LIA_TEMPLATE_GREETING);
  if (canned->farewell)
    return lia_template_as_part (template, LIA_TEMPLATE_FAREWELL);

  return g_object_ref (template);
}

static void
remove_typed (LiaResponseFields *self,
              guint              n_typed)
{
  guint       caret;
  GtkTextIter from, to;

  if (gtk_text_buffer_get_selection_bounds (self->buffer, &from, &to))
    gtk_text_buffer_delete (self->buffer, &from, &to);
  caret = lia_response_fields_get_caret (self);
  lia_response_fields_replace (self, caret - MIN (caret, n_typed), caret, "");
}

static void
put_caret (LiaResponseFields          *self,
           const LiaResponseInsertion *insertion)
{
  guint            end = 0;
  LiaResponseSlot *first = NULL;
  GtkTextIter      iter;

  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      if (section->insertion != insertion)
        continue;
      if (section->part == LIA_TEMPLATE_BODY || end == 0)
        end = section->end;
      for (guint j = 0; j < section->slots->len; j++)
        {
          LiaResponseSlot *slot = section->slots->pdata[j];

          if (slot->kind == LIA_TEMPLATE_SPAN_UNFILLED && (first == NULL || slot->start < first->start))
            first = slot;
        }
    }

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int)end);
  if (first != NULL)
    lia_response_fields_select (self, first);
  else if (end > 0)
    gtk_text_buffer_place_cursor (self->buffer, &iter);
}

/** lia_response_fields_leave_out: @parts that responses do not bring along with what they say; 0 = none. A greeting alone is meant, and comes. */
void
lia_response_fields_leave_out (LiaResponseFields *self,
                               LiaTemplateParts   parts)
{
  self->left_out = parts;
}

/**
 * lia_response_fields_insert:
 * @formality: of the text of it that was chosen
 * @n_typed: characters before the caret that were typed to find the response: they go
 * @subject: what it gives the message, or ""
 * @old_subject: what stands there
 *
 * Puts a response where it belongs, as one step of undo, and selects its first field that is to be filled in. `added` says what comes with it.
 */
void
lia_response_fields_insert (LiaResponseFields *self,
                            LiaCanned         *canned,
                            LiaCannedFormality formality,
                            LiaTemplate *template,
                            LiaTemplateContext *context,
                            guint               n_typed,
                            const char         *subject,
                            const char         *old_subject)
{
  g_autoptr (LiaTemplate) meant = as_it_is_meant (canned, template);
  g_autoptr (LiaResponseInsertion) insertion =
      lia_response_insertion_new (canned->id, formality, subject, old_subject, canned->attachments, canned->actions);
  LiaTemplateParts parts = lia_template_get_parts (meant);

  if (parts & LIA_TEMPLATE_BODY)
    parts &= ~self->left_out;

  for (guint i = 0; i < canned->actions->len; i++)
    lia_response_fields_mark_struck (self, canned->actions->pdata[i], FALSE);
  lia_response_fields_push_state (self);
  gtk_text_buffer_begin_user_action (self->buffer);
  self->busy++;
  self->open = NULL;
  remove_typed (self, n_typed);
  if ((parts & LIA_TEMPLATE_GREETING) && find_part (self, LIA_TEMPLATE_GREETING) == NULL && !begins_with_greeting (self))
    insert_greeting (self, insertion, meant, context);
  if (parts & LIA_TEMPLATE_BODY)
    insert_body (self, insertion, meant, context);
  if ((parts & LIA_TEMPLATE_FAREWELL) && find_part (self, LIA_TEMPLATE_FAREWELL) == NULL)
    insert_farewell (self, insertion, meant, context);
  self->busy--;
  gtk_text_buffer_end_user_action (self->buffer);

  put_caret (self, insertion);
  g_signal_emit_by_name (self, "added", insertion);
}
