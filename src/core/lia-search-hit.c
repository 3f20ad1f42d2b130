/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-search-hit.h"

G_DEFINE_FINAL_TYPE (LiaSearchHit, lia_search_hit, G_TYPE_OBJECT)

static void
lia_search_hit_finalize (GObject *object)
{
  LiaSearchHit *self = (LiaSearchHit *)object;

  g_clear_pointer (&self->conversation, g_object_unref);
  g_clear_pointer (&self->entry, g_free);
  g_clear_pointer (&self->snippet, g_free);
  g_clear_pointer (&self->marks, g_array_unref);

  G_OBJECT_CLASS (lia_search_hit_parent_class)->finalize (object);
}

static void
lia_search_hit_class_init (LiaSearchHitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_search_hit_finalize;
}

static void
lia_search_hit_init (LiaSearchHit *self)
{
}

/** lia_search_hit_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaSearchHit *
lia_search_hit_new (void)
{
  return g_object_new (LIA_TYPE_SEARCH_HIT, NULL);
}
