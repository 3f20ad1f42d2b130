/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_PUBLISHED (lia_library_published_get_type ())

/**
 * LiaLibraryPublished:
 *
 * On which web sites which responses are published, for as long as somebody looks.
 *
 * Signal: `changed`: it was read anew.
 */
G_DECLARE_FINAL_TYPE (LiaLibraryPublished, lia_library_published, LIA, LIBRARY_PUBLISHED, GObject)

LiaLibraryPublished *lia_library_published_new (LiaClient *client);
void                 lia_library_published_read (LiaLibraryPublished *self);
GPtrArray           *lia_library_published_get_sites (LiaLibraryPublished *self);
gboolean             lia_library_published_has (LiaLibraryPublished *self,
                                                const char          *response,
                                                const char          *site);
gboolean             lia_library_published_is_public (LiaLibraryPublished *self,
                                                      LiaCanned           *canned);

G_END_DECLS
