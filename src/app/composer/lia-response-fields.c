/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-fields-private.h"

G_DEFINE_FINAL_TYPE (LiaResponseFields, lia_response_fields, G_TYPE_OBJECT)

enum {
  CHANGED,
  ADDED,
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

char *
lia_response_fields_dup_text (LiaResponseFields *self,
                              guint              start,
                              guint              end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int)start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int)end);

  return gtk_text_buffer_get_text (self->buffer, &from, &to, TRUE);
}

guint
lia_response_fields_get_caret (LiaResponseFields *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));

  return (guint)gtk_text_iter_get_offset (&iter);
}

/* lia_response_fields_replace: a change of our own, as a part of the action that is under way. */
void
lia_response_fields_replace (LiaResponseFields *self,
                             guint              start,
                             guint              end,
                             const char        *text)
{
  GtkTextIter from, to;

  self->busy++;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int)start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int)end);
  gtk_text_buffer_delete (self->buffer, &from, &to);
  gtk_text_buffer_insert (self->buffer, &from, text, -1);
  self->busy--;
}

static LiaResponseSlot *
find_slot (LiaResponseFields *self,
           gboolean (*is_it) (const LiaResponseSlot *slot, gconstpointer data),
           gconstpointer data)
{
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          if (is_it (section->slots->pdata[j], data))
            return section->slots->pdata[j];
        }
    }

  return NULL;
}

static gboolean
is_around (const LiaResponseSlot *slot,
           gconstpointer          data)
{
  guint caret = GPOINTER_TO_UINT (data);

  return slot->text != NULL && slot->start < caret && caret < slot->end;
}

static void
add_tag (LiaResponseFields     *self,
         const LiaResponseSlot *slot)
{
  GtkTextTag *tag = slot->kind == LIA_TEMPLATE_SPAN_UNFILLED ? self->unfilled_tag : self->filled_tag;
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int)slot->start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int)slot->end);
  gtk_text_buffer_apply_tag (self->buffer, tag, &from, &to);
}

static void
show_tags (LiaResponseFields *self)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  gtk_text_buffer_remove_tag (self->buffer, self->unfilled_tag, &from, &to);
  gtk_text_buffer_remove_tag (self->buffer, self->filled_tag, &from, &to);
  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          if (((LiaResponseSlot *)section->slots->pdata[j])->text != NULL)
            add_tag (self, section->slots->pdata[j]);
        }
    }
}

/* lia_response_fields_tell: places or answers have changed. */
void
lia_response_fields_tell (LiaResponseFields *self)
{
  show_tags (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* lia_response_fields_drop_gone: responses and fields that were deleted. */
void
lia_response_fields_drop_gone (LiaResponseFields *self)
{
  for (guint i = self->sections->len; i > 0; i--)
    {
      LiaResponseSection *section = self->sections->pdata[i - 1];

      for (guint j = section->slots->len; j > 0; j--)
        {
          LiaResponseSlot *slot = section->slots->pdata[j - 1];

          if (!slot->gone)
            continue;
          if (slot == self->open)
            self->open = NULL;
          g_ptr_array_remove_index (section->slots, j - 1);
          section->frozen = TRUE;
        }
      if (section->start == section->end && section->result->text[0] != '\0')
        g_ptr_array_remove_index (self->sections, i - 1);
    }
}

static void
follow (LiaResponseFields *self)
{
  if (self->sections->len == 0 || self->busy > 0)
    return;

  self->busy++;
  lia_response_fields_drop_gone (self);
  lia_response_fields_read (self);
  self->busy--;
  lia_response_fields_push_state (self);
  lia_response_fields_tell (self);
}

static void
on_insert_cb (LiaResponseFields *self,
              GtkTextIter       *location,
              const char        *text,
              int                length)
{
  guint                 at = (guint)gtk_text_iter_get_offset (location);
  guint                 n = (guint)g_utf8_strlen (text, length);
  const LiaResponseSlot open = self->open != NULL ? *self->open : (LiaResponseSlot){ 0 };

  for (guint i = 0; i < self->sections->len; i++)
    lia_response_section_shift_insert (self->sections->pdata[i], at, n, self->open != NULL ? &open : NULL, self->open);
}

static void
on_delete_cb (LiaResponseFields *self,
              GtkTextIter       *start,
              GtkTextIter       *end)
{
  guint from = (guint)gtk_text_iter_get_offset (start);
  guint to = (guint)gtk_text_iter_get_offset (end);

  for (guint i = 0; i < self->sections->len; i++)
    lia_response_section_shift_delete (self->sections->pdata[i], MIN (from, to), MAX (from, to));
}

static void
on_changed_cb (LiaResponseFields *self)
{
  if (!self->acting)
    follow (self);
}

static void
on_begin_cb (LiaResponseFields *self)
{
  self->acting = TRUE;
}

/* Before the buffer ends the action, so that what follows from it is undone with it. */
static void
on_end_cb (LiaResponseFields *self)
{
  self->acting = FALSE;
  follow (self);
}

static void
on_history_cb (LiaResponseFields *self)
{
  self->busy++;
  self->open = NULL;
}

static void
after_history_cb (LiaResponseFields *self)
{
  lia_response_fields_go_back (self);
  self->busy--;
  lia_response_fields_tell (self);
}

/* lia_response_fields_select: so that what is typed takes the place of the question. */
void
lia_response_fields_select (LiaResponseFields *self,
                            LiaResponseSlot   *slot)
{
  GtkTextIter from, to;

  self->busy++;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int)slot->start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int)slot->end);
  gtk_text_buffer_select_range (self->buffer, &to, &from);
  self->open = slot;
  self->busy--;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A question is filled in as a whole, wherever in it the caret lands. */
static void
on_mark_set_cb (LiaResponseFields *self,
                GtkTextIter       *location,
                GtkTextMark       *mark)
{
  LiaResponseSlot *slot;
  guint            caret;

  /* The caret is moved first, then the other end of the selection. */
  if (self->busy > 0 || self->acting || self->sections->len == 0 ||
      (mark != gtk_text_buffer_get_insert (self->buffer) && mark != gtk_text_buffer_get_selection_bound (self->buffer)))
    return;

  caret = lia_response_fields_get_caret (self);
  slot = find_slot (self, is_around, GUINT_TO_POINTER (caret));
  if (slot != NULL && lia_response_slot_is_asking (slot) && !gtk_text_buffer_get_has_selection (self->buffer))
    {
      lia_response_fields_select (self, slot);
      return;
    }
  if (self->open != NULL && caret >= self->open->start && caret <= self->open->end)
    return;

  self->open = slot;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lia_response_fields_dispose (GObject *object)
{
  LiaResponseFields *self = LIA_RESPONSE_FIELDS (object);

  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);

  G_OBJECT_CLASS (lia_response_fields_parent_class)->dispose (object);
}

static void
lia_response_fields_finalize (GObject *object)
{
  LiaResponseFields *self = LIA_RESPONSE_FIELDS (object);

  lia_response_fields_forget_states (self);
  g_ptr_array_unref (self->sections);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->struck);

  G_OBJECT_CLASS (lia_response_fields_parent_class)->finalize (object);
}

static void
lia_response_fields_class_init (LiaResponseFieldsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_response_fields_dispose;
  object_class->finalize = lia_response_fields_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_RESPONSE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ADDED] = g_signal_new ("added", LIA_TYPE_RESPONSE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REMOVED] = g_signal_new ("removed", LIA_TYPE_RESPONSE_FIELDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lia_response_fields_init (LiaResponseFields *self)
{
  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_response_section_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lia_template_value_unref);
  self->struck = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->states);
}

/** lia_response_fields_new: follows @buffer for as long as it lives. */
LiaResponseFields *
lia_response_fields_new (GtkTextBuffer *buffer)
{
  LiaResponseFields *self = g_object_new (LIA_TYPE_RESPONSE_FIELDS, NULL);

  self->buffer = g_object_ref (buffer);
  self->unfilled_tag = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_SEMIBOLD, NULL);
  self->filled_tag = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  g_signal_connect_swapped (buffer, "insert-text", G_CALLBACK (on_insert_cb), self);
  g_signal_connect_swapped (buffer, "delete-range", G_CALLBACK (on_delete_cb), self);
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (on_changed_cb), self);
  g_signal_connect_swapped (buffer, "begin-user-action", G_CALLBACK (on_begin_cb), self);
  g_signal_connect_swapped (buffer, "end-user-action", G_CALLBACK (on_end_cb), self);
  g_signal_connect_swapped (buffer, "undo", G_CALLBACK (on_history_cb), self);
  g_signal_connect_swapped (buffer, "redo", G_CALLBACK (on_history_cb), self);
  g_signal_connect_data (buffer, "undo", G_CALLBACK (after_history_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_data (buffer, "redo", G_CALLBACK (after_history_cb), self, NULL, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
  g_signal_connect_swapped (buffer, "mark-set", G_CALLBACK (on_mark_set_cb), self);

  return self;
}

/** lia_response_fields_clear: what stands in the text is text only; nothing of it can be undone. */
void
lia_response_fields_clear (LiaResponseFields *self)
{
  self->open = NULL;
  g_ptr_array_set_size (self->sections, 0);
  g_hash_table_remove_all (self->answers);
  g_hash_table_remove_all (self->struck);
  lia_response_fields_forget_states (self);
  lia_response_fields_tell (self);
}

/** lia_response_fields_count_unfilled: the places that have to be filled in before the text may go out. */
guint
lia_response_fields_count_unfilled (LiaResponseFields *self)
{
  guint n = 0;

  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        n += ((LiaResponseSlot *)section->slots->pdata[j])->kind == LIA_TEMPLATE_SPAN_UNFILLED;
    }

  return n;
}

typedef struct
{
  guint            caret;
  gboolean         back;
  LiaResponseSlot *next;
  LiaResponseSlot *first; /* from the other end of the text */
} Search;

static gboolean
is_nearer (const Search          *search,
           const LiaResponseSlot *slot,
           const LiaResponseSlot *than)
{
  return than == NULL || (search->back ? slot->start > than->start : slot->start < than->start);
}

static void
look_at (Search          *search,
         LiaResponseSlot *slot)
{
  gboolean ahead = search->back ? slot->end < search->caret : slot->start >= search->caret;

  if (slot->kind != LIA_TEMPLATE_SPAN_UNFILLED)
    return;
  if (ahead && is_nearer (search, slot, search->next))
    search->next = slot;
  if (is_nearer (search, slot, search->first))
    search->first = slot;
}

static gboolean
select_from (LiaResponseFields *self,
             guint              caret,
             gboolean           back)
{
  Search search = { .caret = caret, .back = back };

  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        look_at (&search, section->slots->pdata[j]);
    }
  if (search.first == NULL)
    return FALSE;
  lia_response_fields_select (self, search.next != NULL ? search.next : search.first);

  return TRUE;
}

/**
 * lia_response_fields_select_next:
 * @back: the one before the caret
 *
 * Returns: FALSE when nothing is to be filled in
 */
gboolean
lia_response_fields_select_next (LiaResponseFields *self,
                                 gboolean           back)
{
  return select_from (self, lia_response_fields_get_caret (self), back);
}

/** lia_response_fields_select_first: Returns: (transfer none) (nullable): the first in the text that is to be filled in */
LiaTemplateField *
lia_response_fields_select_first (LiaResponseFields *self)
{
  return select_from (self, 0, FALSE) ? self->open->field : NULL;
}

/** lia_response_fields_list: (transfer full) (element-type LiaTemplateField): what is asked, each once, in no order. */
GPtrArray *
lia_response_fields_list (LiaResponseFields *self)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_template_field_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->sections->len; i++)
    {
      LiaResponseSection *section = self->sections->pdata[i];

      for (guint j = 0; j < section->slots->len; j++)
        {
          LiaTemplateField *field = ((LiaResponseSlot *)section->slots->pdata[j])->field;

          if (g_hash_table_add (seen, field->key))
            g_ptr_array_add (fields, lia_template_field_ref (field));
        }
    }

  return fields;
}

/** lia_response_fields_get_current: (transfer none) (nullable): what is filled in where the caret is. */
LiaTemplateField *
lia_response_fields_get_current (LiaResponseFields *self)
{
  return self->open != NULL ? self->open->field : NULL;
}

/** lia_response_fields_is_filled: by the agent; of an optional part: it is taken in. */
gboolean
lia_response_fields_is_filled (LiaResponseFields *self,
                               const char        *key)
{
  return g_hash_table_contains (self->answers, key);
}

/**
 * lia_response_fields_fill:
 * @value: (nullable): NULL takes the answer back
 *
 * One step of undo.
 */
void
lia_response_fields_fill (LiaResponseFields *self,
                          const char        *key,
                          LiaTemplateValue  *value)
{
  lia_response_fields_push_state (self);
  gtk_text_buffer_begin_user_action (self->buffer);
  self->busy++;
  lia_response_fields_answer (self, key, value, NULL);
  self->busy--;
  gtk_text_buffer_end_user_action (self->buffer);
}
