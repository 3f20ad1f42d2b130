/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_DRAFTS (lia_library_drafts_get_type ())

/**
 * LiaLibraryDrafts:
 *
 * What was typed in the library and is not saved yet: edited responses by their id, new ones by an id that begins with "new-". Each is a file of its
 * own, so that nothing is lost when the window closes or the program dies; `ver` is the version that was changed.
 */
G_DECLARE_FINAL_TYPE (LiaLibraryDrafts, lia_library_drafts, LIA, LIBRARY_DRAFTS, GObject)

LiaLibraryDrafts *lia_library_drafts_new (GFile *folder);
LiaCanned        *lia_library_drafts_get (LiaLibraryDrafts *self,
                                          const char       *id);
GPtrArray        *lia_library_drafts_list (LiaLibraryDrafts *self);
void              lia_library_drafts_put (LiaLibraryDrafts *self,
                                          LiaCanned        *canned);
void              lia_library_drafts_drop (LiaLibraryDrafts *self,
                                           const char       *id);
gboolean          lia_library_is_new (LiaCanned *canned);

G_END_DECLS
