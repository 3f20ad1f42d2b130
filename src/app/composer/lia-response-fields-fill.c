/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

#include <string.h>

/*
 * What is typed into a field is read, and stands wherever the same is asked for. Where other words follow from an answer, they come into the text
 * as long as nobody has rewritten that very place: what an agent wrote is never lost to a wording.
 */

static GHashTable *
copy_answers (GHashTable *answers)
{
  GHashTable    *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lia_template_value_unref);
  GHashTableIter iter;
  gpointer       key, value;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), lia_template_value_ref (value));

  return copy;
}

static void
set_answer (LiaResponseFields *self,
            const char        *key,
            LiaTemplateValue  *value)
{
  GHashTable *answers = copy_answers (self->answers);

  if (value != NULL)
    g_hash_table_insert (answers, g_strdup (key), lia_template_value_ref (value));
  else
    g_hash_table_remove (answers, key);
  g_hash_table_unref (self->answers);
  self->answers = answers;
}

static void
replace_slot (LiaResponseFields *self,
              LiaResponseSlot   *slot,
              const char        *text)
{
  LiaResponseSlot *open = self->open;
  g_autofree char *old = lia_response_fields_dup_text (self, slot->start, slot->end);

  if (!g_str_equal (old, text))
    {
      self->open = slot; /* it grows, not its neighbour */
      lia_response_fields_replace (self, slot->start, slot->end, text);
      self->open = open;
    }
  slot->cleared = slot->gone = FALSE;
  g_set_str (&slot->text, text);
}

/* The characters in which @new differs from @old: those from @start to @end of @old, and @end + @more of @new */
typedef struct
{
  guint start;
  guint end;
  int   more;
} Change;

static Change
compare (const char *old,
         const char *new)
{
  glong       n_old = g_utf8_strlen (old, -1);
  glong       n_new = g_utf8_strlen (new, -1);
  const char *old_end = old + strlen (old);
  const char *new_end = new + strlen (new);
  Change      change = { 0, (guint)n_old, (int)(n_new - n_old) };

  while (change.start < MIN (n_old, n_new) && g_utf8_get_char (old) == g_utf8_get_char (new))
    {
      old = g_utf8_next_char (old);
      new = g_utf8_next_char (new);
      change.start++;
    }
  while (old_end > old && new_end > new && g_utf8_get_char (g_utf8_prev_char (old_end)) == g_utf8_get_char (g_utf8_prev_char (new_end)))
    {
      old_end = g_utf8_prev_char (old_end);
      new_end = g_utf8_prev_char (new_end);
      change.end--;
    }

  return change;
}

/* @edit is what the agent did to the text before it became @section's new one. */
static void
move_slots (LiaResponseSection *section,
            Change              edit,
            int                 moved)
{
  guint start = section->start + edit.start + (guint)moved;
  guint end = section->start + edit.end + (guint)moved;

  for (guint i = 0; i < section->slots->len; i++)
    {
      LiaResponseSlot *slot = section->slots->pdata[i];

      slot->gone = slot->start < end && slot->end > start;
      if (slot->start >= end)
        slot->start += (guint)edit.more;
      if (slot->end >= end)
        slot->end += (guint)edit.more;
    }
  section->end += (guint)edit.more;
}

/* FALSE when the agent has rewritten the place where other words belong */
static gboolean
reword (LiaResponseFields  *self,
        LiaResponseSection *section,
        const char         *expected,
        LiaTemplateResult  *filled)
{
  g_autofree char *text = lia_response_fields_dup_text (self, section->start, section->end);
  Change           edit = compare (expected, text);
  Change           change = compare (expected, filled->text);
  gboolean         untouched = g_str_equal (expected, text);
  gboolean         after = !untouched && change.start >= edit.end;
  guint            start = section->start;
  guint            at = start + change.start + (after ? (guint)edit.more : 0);
  g_autofree char *words = NULL;

  if (!untouched && !after && change.end > edit.start)
    return FALSE;

  words = g_utf8_substring (filled->text, change.start, (glong)change.end + change.more);
  self->open = NULL;
  lia_response_fields_replace (self, at, at + change.end - change.start, words);
  section->start = start;
  lia_response_section_rebuild (section, filled);
  if (!untouched)
    move_slots (section, edit, after ? 0 : change.more);

  return TRUE;
}

static void
refresh_kinds (LiaResponseSection *section,
               const char         *key,
               LiaResponseSlot    *origin)
{
  gboolean filled = g_hash_table_contains (section->result->answers, key);

  for (guint i = 0; i < section->slots->len; i++)
    {
      LiaResponseSlot *slot = section->slots->pdata[i];

      if (!g_str_equal (slot->field->key, key) || slot->text == NULL)
        continue;
      if (filled)
        slot->kind = LIA_TEMPLATE_SPAN_FILLED;
      else if (slot == origin || slot->field->proposed == NULL)
        slot->kind = LIA_TEMPLATE_SPAN_UNFILLED;
      else
        slot->kind = LIA_TEMPLATE_SPAN_PROPOSED;
    }
}

static void
fill_slots (LiaResponseFields  *self,
            LiaResponseSection *section,
            const char         *key,
            LiaTemplateResult  *filled,
            LiaResponseSlot    *origin)
{
  for (guint i = 0; i < section->slots->len; i++)
    {
      LiaResponseSlot *slot = section->slots->pdata[i];
      g_autofree char *text = NULL;

      if (slot == origin || slot->text == NULL || !g_str_equal (slot->field->key, key))
        continue;
      text = lia_response_find_text (filled, i, key);
      if (text != NULL)
        replace_slot (self, slot, text);
    }
}

static void
fill_section (LiaResponseFields  *self,
              LiaResponseSection *section,
              const char         *key,
              LiaTemplateValue   *value,
              LiaResponseSlot    *origin)
{
  g_autoptr (LiaTemplateResult) filled = lia_template_result_fill (section->result, key, value);
  g_autofree char *expected = lia_response_text_filled (section->result, filled, key);
  gboolean         other_words = !section->frozen && !g_str_equal (expected, filled->text);

  fill_slots (self, section, key, filled, other_words && value != NULL ? NULL : origin);
  if (other_words && reword (self, section, expected, filled))
    return;

  section->frozen |= other_words;
  g_set_object (&section->result, filled);
  refresh_kinds (section, key, origin);
}

/* A wording may have made its fields anew: the one that is being filled in stays open. */
static void
open_again (LiaResponseFields *self,
            const char        *key)
{
  guint caret = lia_response_fields_get_caret (self);

  for (guint i = 0; self->open == NULL && i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          LiaResponseSlot *slot = section->slots->pdata[j];

          if (slot->text != NULL && slot->start <= caret && caret <= slot->end && g_str_equal (slot->field->key, key))
            self->open = slot;
        }
    }
}

/*
 * lia_response_fields_answer:
 * @value: (nullable): NULL takes the answer back
 * @origin: (nullable): where it was typed: there it stands already
 */
void
lia_response_fields_answer (LiaResponseFields *self,
                            const char        *key,
                            LiaTemplateValue  *value,
                            LiaResponseSlot   *origin)
{
  g_autofree char *kept = g_strdup (key);
  gboolean         was_open = self->open != NULL;

  set_answer (self, kept, value);
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];
      guint               place;

      fill_section (self, section, kept, value, g_ptr_array_find (section->slots, origin, &place) ? origin : NULL);
    }
  if (was_open)
    open_again (self, kept);
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return FALSE;
    }

  return TRUE;
}

/* What was typed into a field that showed its question. Half a question is no answer. */
static char *
find_typed (const LiaResponseSlot *slot,
            const char            *text)
{
  Change change;

  if (slot->cleared || !lia_response_slot_is_asking (slot))
    return g_strdup (text);

  change = compare (slot->text, text);

  return g_utf8_substring (text, change.start, (glong)change.end + change.more);
}

static void
ask_again (LiaResponseFields *self,
           LiaResponseSlot   *slot)
{
  g_autofree char *question = lia_response_slot_dup_question (slot);
  gboolean         there = lia_response_fields_get_caret (self) >= slot->start && lia_response_fields_get_caret (self) <= slot->end;

  slot->kind = LIA_TEMPLATE_SPAN_UNFILLED;
  replace_slot (self, slot, question);
  if (there)
    lia_response_fields_select (self, slot);
}

/* Whoever goes on typing behind a chosen word, behind a number and a blank, or in a new line, has left the field. */
static gboolean
has_left (const LiaResponseSlot *slot,
          const char            *text)
{
  const char *more;

  if (slot->kind == LIA_TEMPLATE_SPAN_UNFILLED || slot->cleared || !g_str_has_prefix (text, slot->text))
    return FALSE;

  more = text + strlen (slot->text);
  switch (slot->field->kind)
    {
    case LIA_TEMPLATE_FIELD_NUMBER:
      return g_unichar_isspace (g_utf8_get_char (more));
    case LIA_TEMPLATE_FIELD_CHOICE:
    case LIA_TEMPLATE_FIELD_DATE:
      return TRUE;
    default:
      return *more == '\n';
    }
}

static void
read_slot (LiaResponseFields *self,
           LiaResponseSlot   *slot,
           const char        *text)
{
  g_autofree char *typed = find_typed (slot, text);
  g_autofree char *key = g_strdup (slot->field->key);
  g_autoptr (LiaTemplateValue) value = NULL;
  const char *problem;

  if (has_left (slot, text))
    {
      slot->end = slot->start + (guint)g_utf8_strlen (slot->text, -1);
      self->open = NULL;
      return;
    }
  if (is_blank (typed))
    {
      ask_again (self, slot);
      if (g_hash_table_contains (self->answers, key))
        lia_response_fields_answer (self, key, NULL, slot);
      return;
    }

  replace_slot (self, slot, typed);
  value = lia_template_field_read (slot->field, typed, NULL, &problem);
  slot->kind = value != NULL ? LIA_TEMPLATE_SPAN_FILLED : LIA_TEMPLATE_SPAN_UNFILLED;
  lia_response_fields_answer (self, key, value, slot);
}

static LiaResponseSlot *
find_changed (LiaResponseFields *self,
              char             **text)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          LiaResponseSlot *slot = section->slots->pdata[j];

          if (slot->text == NULL)
            continue;
          g_free (*text);
          *text = lia_response_fields_dup_text (self, slot->start, slot->end);
          if (!g_str_equal (*text, slot->text))
            return slot;
        }
    }

  return NULL;
}

/* lia_response_fields_read: takes what was typed into fields since it was called last. */
void
lia_response_fields_read (LiaResponseFields *self)
{
  g_autofree char *text = NULL;
  LiaResponseSlot *slot;

  while ((slot = find_changed (self, &text)) != NULL)
    read_slot (self, slot, text);
}
