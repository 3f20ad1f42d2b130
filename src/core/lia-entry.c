/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-entry.h"

G_DEFINE_FINAL_TYPE (LiaEntry, lia_entry, G_TYPE_OBJECT)

static void
lia_entry_finalize (GObject *object)
{
  LiaEntry *self = (LiaEntry *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->conv, g_free);
  g_clear_pointer (&self->author_id, g_free);
  g_clear_pointer (&self->author, lia_address_unref);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->from, lia_address_unref);
  g_clear_pointer (&self->reply_to, lia_address_unref);
  g_clear_pointer (&self->to, g_ptr_array_unref);
  g_clear_pointer (&self->cc, g_ptr_array_unref);
  g_clear_pointer (&self->bcc, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->folds, g_array_unref);
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->outbox, g_free);
  g_clear_pointer (&self->flags, g_strfreev);
  g_clear_pointer (&self->details, g_free);

  G_OBJECT_CLASS (lia_entry_parent_class)->finalize (object);
}

static void
lia_entry_class_init (LiaEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_entry_finalize;
}

static void
lia_entry_init (LiaEntry *self)
{
}

/** lia_entry_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaEntry *
lia_entry_new (void)
{
  return g_object_new (LIA_TYPE_ENTRY, NULL);
}

/** lia_entry_has_flag: whether the engine marked it so (see "flags" in API.md). */
gboolean
lia_entry_has_flag (LiaEntry   *self,
                    const char *flag)
{
  return self->flags != NULL && g_strv_contains ((const char *const *)self->flags, flag);
}

/** lia_entry_dup_own_words: what its author says in it themselves: no quotes, no signature; "" of an entry without text. */
char *
lia_entry_dup_own_words (LiaEntry *self)
{
  GString *words = g_string_new (NULL);
  gsize    at = 0;

  if (self->text == NULL)
    return g_string_free_and_steal (words);

  for (guint i = 0; self->folds != NULL && i < self->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (self->folds, LiaFold, i);

      g_string_append_len (words, self->text + at, fold->start - at);
      at = fold->end;
    }
  g_string_append (words, self->text + at);

  return g_string_free_and_steal (words);
}
