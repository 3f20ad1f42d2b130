/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-view.h"

G_DEFINE_FINAL_TYPE (LiaView, lia_view, G_TYPE_OBJECT)

static void
lia_view_finalize (GObject *object)
{
  LiaView *self = (LiaView *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (lia_view_parent_class)->finalize (object);
}

static void
lia_view_class_init (LiaViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_view_finalize;
}

static void
lia_view_init (LiaView *self)
{
}

/** lia_view_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaView *
lia_view_new (void)
{
  return g_object_new (LIA_TYPE_VIEW, NULL);
}
