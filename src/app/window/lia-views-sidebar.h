/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_VIEWS_SIDEBAR (lia_views_sidebar_get_type ())

/**
 * LiaViewsSidebar:
 *
 * The views with their live counts, and below them how far the first fetching of mail is. Emits `view-selected` (LiaView).
 */
G_DECLARE_FINAL_TYPE (LiaViewsSidebar, lia_views_sidebar, LIA, VIEWS_SIDEBAR, AdwBin)

void     lia_views_sidebar_set_client (LiaViewsSidebar *self,
                                       LiaClient       *client);
gboolean lia_views_sidebar_select (LiaViewsSidebar *self,
                                   const char      *view);
void     lia_views_sidebar_select_nth (LiaViewsSidebar *self,
                                       guint            nth);

G_END_DECLS
