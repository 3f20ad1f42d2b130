/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

/*
 * A text buffer takes back text, and knows nothing of what the text was. So where fields are changed it is kept what they were, with the text at
 * that moment; when an undo or redo arrives at a text that is known, its fields come back with it.
 */

#define MAX_STATES 500 /* more than a buffer takes back */

typedef struct
{
  char       *text;
  GPtrArray  *sections;
  GHashTable *answers;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  g_free (state->text);
  g_ptr_array_unref (state->sections);
  g_hash_table_unref (state->answers);
  g_free (state);
}

static gpointer
copy_section (gconstpointer section,
              gpointer      unused)
{
  return lia_response_section_copy (section);
}

static GPtrArray *
copy_sections (GPtrArray *sections)
{
  GPtrArray *copy = g_ptr_array_copy (sections, copy_section, NULL);

  g_ptr_array_set_free_func (copy, (GDestroyNotify)lia_response_section_free);

  return copy;
}

static State *
find_state (LiaResponseFields *self,
            const char        *text)
{
  for (GList *link = self->states.head; link != NULL; link = link->next)
    {
      if (g_str_equal (((State *)link->data)->text, text))
        return link->data;
    }

  return NULL;
}

static char *
dup_all (LiaResponseFields *self)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);

  return gtk_text_buffer_get_text (self->buffer, &from, &to, TRUE);
}

/* lia_response_fields_push_state: what is there now can be had back. */
void
lia_response_fields_push_state (LiaResponseFields *self)
{
  g_autofree char *text = dup_all (self);
  State           *known = find_state (self, text);
  State           *state = g_new0 (State, 1);

  if (known != NULL)
    {
      g_queue_remove (&self->states, known);
      state_free (known);
    }
  state->text = g_steal_pointer (&text);
  state->sections = copy_sections (self->sections);
  state->answers = g_hash_table_ref (self->answers);
  g_queue_push_head (&self->states, state);
  if (g_queue_get_length (&self->states) > MAX_STATES)
    state_free (g_queue_pop_tail (&self->states));
}

void
lia_response_fields_forget_states (LiaResponseFields *self)
{
  g_queue_clear_full (&self->states, state_free);
}

static gboolean
has_insertion (GPtrArray                  *sections,
               const LiaResponseInsertion *insertion)
{
  for (guint i = 0; i < sections->len; i++)
    {
      if (((LiaResponseSection *)sections->pdata[i])->insertion == insertion)
        return TRUE;
    }

  return FALSE;
}

static void
tell_difference (LiaResponseFields *self,
                 GPtrArray         *before,
                 GPtrArray         *after,
                 const char        *signal)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < after->len; i++)
    {
      LiaResponseInsertion *insertion = ((LiaResponseSection *)after->pdata[i])->insertion;

      if (!has_insertion (before, insertion) && g_hash_table_add (told, insertion))
        g_signal_emit_by_name (self, signal, insertion);
    }
}

/* lia_response_fields_go_back: an undo or redo has made another text. */
void
lia_response_fields_go_back (LiaResponseFields *self)
{
  g_autofree char *text = dup_all (self);
  State           *state = find_state (self, text);
  g_autoptr (GPtrArray) before = NULL;

  before = copy_sections (self->sections);
  if (state != NULL)
    {
      g_ptr_array_unref (self->sections);
      self->sections = copy_sections (state->sections);
      g_hash_table_unref (self->answers);
      self->answers = g_hash_table_ref (state->answers);
    }
  else
    {
      lia_response_fields_drop_gone (self); /* a text from before the first response */
    }
  tell_difference (self, self->sections, before, "removed");
  tell_difference (self, before, self->sections, "added");
}
