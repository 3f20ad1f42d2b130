/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-result.h"

#include "lia-template-evaluate-private.h"

G_DEFINE_FINAL_TYPE (LiaTemplateResult, lia_template_result, G_TYPE_OBJECT)

static void
lia_template_result_finalize (GObject *object)
{
  LiaTemplateResult *self = (LiaTemplateResult *)object;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->spans, g_ptr_array_unref);
  g_clear_object (&self->template);
  g_clear_object (&self->context);
  g_clear_pointer (&self->answers, g_hash_table_unref);

  G_OBJECT_CLASS (lia_template_result_parent_class)->finalize (object);
}

static void
lia_template_result_class_init (LiaTemplateResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_template_result_finalize;
}

static void
lia_template_result_init (LiaTemplateResult *self)
{
}

/* @answers: (transfer full) */
static LiaTemplateResult *
result_new (LiaTemplate *template,
            LiaTemplateContext *context,
            GHashTable         *answers)
{
  LiaTemplateResult *self = g_object_new (LIA_TYPE_TEMPLATE_RESULT, NULL);

  self->template = g_object_ref (template);
  self->context = g_object_ref (context);
  self->answers = answers;
  self->text = lia_template_run (template, context, answers, &self->spans);
  for (guint i = 0; i < self->spans->len; i++)
    self->n_unfilled += ((LiaTemplateSpan *)g_ptr_array_index (self->spans, i))->kind == LIA_TEMPLATE_SPAN_UNFILLED;

  return self;
}

static GHashTable *
copy_answers (GHashTable *answers)
{
  GHashTable    *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lia_template_value_unref);
  GHashTableIter iter;
  gpointer       key, value;

  if (answers == NULL)
    return copy;

  g_hash_table_iter_init (&iter, answers);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), lia_template_value_ref (value));

  return copy;
}

/** lia_template_evaluate: what @template says with the values of @context. Nothing is filled in yet. */
LiaTemplateResult *
lia_template_evaluate (LiaTemplate *template,
                       LiaTemplateContext *context)
{
  return result_new (template, context, copy_answers (NULL));
}

/**
 * lia_template_result_fill: the same with one field filled in everywhere that it is asked for.
 * @value: NULL takes the answer back. One that the field does not accept leaves it unfilled
 */
LiaTemplateResult *
lia_template_result_fill (LiaTemplateResult *self,
                          const char        *key,
                          LiaTemplateValue  *value)
{
  GHashTable *answers = copy_answers (self->answers);

  if (value != NULL)
    g_hash_table_insert (answers, g_strdup (key), lia_template_value_ref (value));
  else
    g_hash_table_remove (answers, key);

  return result_new (self->template, self->context, answers);
}

/** lia_template_result_update: the same answers with what is known now. */
LiaTemplateResult *
lia_template_result_update (LiaTemplateResult  *self,
                            LiaTemplateContext *context)
{
  return result_new (self->template, context, copy_answers (self->answers));
}

static const LiaTemplateSpan *
find_unfilled (LiaTemplateResult *self,
               guint              position,
               gboolean           back)
{
  const LiaTemplateSpan *first = NULL;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const LiaTemplateSpan *span = g_ptr_array_index (self->spans, back ? self->spans->len - 1 - i : i);

      if (span->kind != LIA_TEMPLATE_SPAN_UNFILLED)
        continue;
      if (back ? span->start < position : span->start > position)
        return span;
      if (first == NULL)
        first = span;
    }

  return first;
}

/** lia_template_result_next_unfilled: for Tab: the first that begins after @position, then from the top; NULL if there is none at all. */
const LiaTemplateSpan *
lia_template_result_next_unfilled (LiaTemplateResult *self,
                                   guint              position)
{
  return find_unfilled (self, position, FALSE);
}

/** lia_template_result_previous_unfilled: for Shift+Tab: the last that begins before @position, then from the bottom; or NULL. */
const LiaTemplateSpan *
lia_template_result_previous_unfilled (LiaTemplateResult *self,
                                       guint              position)
{
  return find_unfilled (self, position, TRUE);
}
