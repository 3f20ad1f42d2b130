/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_SEARCH_PAGE (lia_search_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaSearchPage, lia_search_page, LIA, SEARCH_PAGE, GObject)

/**
 * LiaSearchPage:
 *
 * Some of what was found, newest first. Immutable once published.
 */
struct _LiaSearchPage
{
  GObject parent_instance;

  GListStore *hits; /* of LiaSearchHit */
  char       *next; /* for lia_client_search(), or NULL: that was all */
};

LiaSearchPage *lia_search_page_new (void);

G_END_DECLS
