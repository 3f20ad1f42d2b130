/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-library-drafts.h"
#include "lia-library-published.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_EDITOR (lia_library_editor_get_type ())

/**
 * LiaLibraryEditor:
 *
 * One response, to be read and written. What is typed goes into the drafts at once.
 *
 * Signals: `edited` (it differs from what is saved, or does no more), `saved` (string: its id; string: the one that it had before, "new-…" or the
 * same), `removed` (LiaCanned: gone from the library; saved again it is back).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryEditor, lia_library_editor, LIA, LIBRARY_EDITOR, AdwBin)

void        lia_library_editor_set_client (LiaLibraryEditor    *self,
                                           LiaClient           *client,
                                           LiaLibraryDrafts    *drafts,
                                           LiaLibraryPublished *published);
void        lia_library_editor_set_customer (LiaLibraryEditor *self,
                                             LiaConversation  *conversation,
                                             LiaCustomer      *customer);
void        lia_library_editor_show (LiaLibraryEditor *self,
                                     const char       *id);
const char *lia_library_editor_get_id (LiaLibraryEditor *self);
void        lia_library_editor_refresh (LiaLibraryEditor *self);
void        lia_library_editor_focus (LiaLibraryEditor *self);

G_END_DECLS
