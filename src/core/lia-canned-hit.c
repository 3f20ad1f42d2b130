/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-hit.h"

G_DEFINE_FINAL_TYPE (LiaCannedHit, lia_canned_hit, G_TYPE_OBJECT)

static void
lia_canned_hit_finalize (GObject *object)
{
  LiaCannedHit *self = (LiaCannedHit *)object;

  g_clear_object (&self->canned);
  g_clear_pointer (&self->title_marks, g_array_unref);
  g_clear_pointer (&self->shortcut_marks, g_array_unref);

  G_OBJECT_CLASS (lia_canned_hit_parent_class)->finalize (object);
}

static void
lia_canned_hit_class_init (LiaCannedHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_hit_finalize;
}

static void
lia_canned_hit_init (LiaCannedHit *self)
{
  self->title_marks = g_array_new (FALSE, FALSE, sizeof (LiaTokenRange));
  self->shortcut_marks = g_array_new (FALSE, FALSE, sizeof (LiaTokenRange));
}

/** lia_canned_hit_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaCannedHit *
lia_canned_hit_new (void)
{
  return g_object_new (LIA_TYPE_CANNED_HIT, NULL);
}
