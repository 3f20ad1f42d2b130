/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-published.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_SITES (lia_library_sites_get_type ())

/**
 * LiaLibrarySites:
 *
 * A row that opens to the web sites on which a response can be published. It says on which it is, or why it cannot be; what is switched takes effect
 * at once, unlike all else of the editor: it is of what was saved. Without web sites it is not there.
 */
G_DECLARE_FINAL_TYPE (LiaLibrarySites, lia_library_sites, LIA, LIBRARY_SITES, AdwExpanderRow)

void lia_library_sites_set_client (LiaLibrarySites     *self,
                                   LiaClient           *client,
                                   LiaLibraryPublished *published);
void lia_library_sites_show (LiaLibrarySites *self,
                             LiaCanned       *saved,
                             gboolean         edited);

G_END_DECLS
