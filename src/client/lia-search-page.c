/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-search-page.h"

#include "lia-search-hit.h"

G_DEFINE_FINAL_TYPE (LiaSearchPage, lia_search_page, G_TYPE_OBJECT)

static void
lia_search_page_finalize (GObject *object)
{
  LiaSearchPage *self = (LiaSearchPage *)object;

  g_clear_object (&self->hits);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_search_page_parent_class)->finalize (object);
}

static void
lia_search_page_class_init (LiaSearchPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_search_page_finalize;
}

static void
lia_search_page_init (LiaSearchPage *self)
{
  self->hits = g_list_store_new (LIA_TYPE_SEARCH_HIT);
}

/** lia_search_page_new: an empty page, to be filled by its maker before anybody else sees it. */
LiaSearchPage *
lia_search_page_new (void)
{
  return g_object_new (LIA_TYPE_SEARCH_PAGE, NULL);
}
