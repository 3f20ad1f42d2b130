/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-value-page.h"

G_DEFINE_FINAL_TYPE (LiaValuePage, lia_value_page, G_TYPE_OBJECT)

static void
lia_value_page_finalize (GObject *object)
{
  LiaValuePage *self = (LiaValuePage *)object;

  g_clear_object (&self->values);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_value_page_parent_class)->finalize (object);
}

static void
lia_value_page_class_init (LiaValuePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_value_page_finalize;
}

static void
lia_value_page_init (LiaValuePage *self)
{
}

/** lia_value_page_new: an empty page of such values, to be filled by its maker before anybody else sees it. */
LiaValuePage *
lia_value_page_new (GType item_type)
{
  LiaValuePage *self = g_object_new (LIA_TYPE_VALUE_PAGE, NULL);

  self->values = g_list_store_new (item_type);

  return self;
}
