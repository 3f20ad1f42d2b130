/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template.h"

#include "lia-template-private.h"

/*
 * A response in the language of lia-template-parser.c, read. Immutable; several of them share their parts. What becomes of it in a letter is in
 * lia-template-evaluate.c.
 */

G_DEFINE_FINAL_TYPE (LiaTemplate, lia_template, G_TYPE_OBJECT)

static void
lia_template_finalize (GObject *object)
{
  LiaTemplate *self = (LiaTemplate *)object;

  g_clear_pointer (&self->greeting, g_ptr_array_unref);
  g_clear_pointer (&self->bodies, g_ptr_array_unref);
  g_clear_pointer (&self->farewell, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_template_parent_class)->finalize (object);
}

static void
lia_template_class_init (LiaTemplateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_template_finalize;
}

static void
lia_template_init (LiaTemplate *self)
{
  self->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
}

void
lia_template_error_free (LiaTemplateError *self)
{
  g_free (self->message);
  g_free (self->suggestion);
  g_free (self);
}

/** lia_template_get_parts: which of greeting, body and farewell it has. */
LiaTemplateParts
lia_template_get_parts (LiaTemplate *self)
{
  LiaTemplateParts parts = 0;

  if (self->greeting != NULL)
    parts |= LIA_TEMPLATE_GREETING;
  for (guint i = 0; i < self->bodies->len; i++)
    parts |= ((GPtrArray *)g_ptr_array_index (self->bodies, i))->len > 0 ? LIA_TEMPLATE_BODY : 0;
  if (self->farewell != NULL)
    parts |= LIA_TEMPLATE_FAREWELL;

  return parts;
}

/**
 * lia_template_as_part: a response all of which is a greeting, or a farewell.
 * @part: LIA_TEMPLATE_GREETING or LIA_TEMPLATE_FAREWELL
 *
 * Its body becomes that part, unless it has marked one itself. A greeting has no farewell: nothing else is left of it.
 */
LiaTemplate *
lia_template_as_part (LiaTemplate     *self,
                      LiaTemplateParts part)
{
  LiaTemplate *template = g_object_new (LIA_TYPE_TEMPLATE, NULL);
  GPtrArray  *marked = part == LIA_TEMPLATE_GREETING ? self->greeting : self->farewell;
  GPtrArray **section = part == LIA_TEMPLATE_GREETING ? &template->greeting : &template->farewell;

  if (marked != NULL)
    *section = g_ptr_array_ref (marked);
  else if (self->bodies->len > 0)
    *section = g_ptr_array_ref (g_ptr_array_index (self->bodies, 0));

  return template;
}

/**
 * lia_template_stack: several responses as one letter: one greeting, all bodies in their order, one farewell.
 * @parts: what is wanted; without the greeting and the farewell for a draft that has them already
 *
 * Greeting and farewell are the first ones that there are, so that they fit each other. A field that two of them ask for is filled in once.
 */
LiaTemplate *
lia_template_stack (LiaTemplate *const *templates,
                    guint               n_templates,
                    LiaTemplateParts    parts)
{
  LiaTemplate *self = g_object_new (LIA_TYPE_TEMPLATE, NULL);

  for (guint i = 0; i < n_templates; i++)
    {
      LiaTemplate *template = templates[i];

      if (self->greeting == NULL && template->greeting != NULL && (parts & LIA_TEMPLATE_GREETING))
        self->greeting = g_ptr_array_ref (template->greeting);
      if (self->farewell == NULL && template->farewell != NULL && (parts & LIA_TEMPLATE_FAREWELL))
        self->farewell = g_ptr_array_ref (template->farewell);
      for (guint j = 0; j < template->bodies->len && (parts & LIA_TEMPLATE_BODY); j++)
        g_ptr_array_add (self->bodies, g_ptr_array_ref (g_ptr_array_index (template->bodies, j)));
    }

  return self;
}
