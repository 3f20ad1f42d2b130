/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_WINDOW (lia_library_window_get_type ())

/**
 * LiaLibraryWindow:
 *
 * The library of canned responses: to find, write, review, retire, bring in and take out. What is typed is kept as it is typed.
 */
G_DECLARE_FINAL_TYPE (LiaLibraryWindow, lia_library_window, LIA, LIBRARY_WINDOW, AdwWindow)

GtkWindow *lia_library_window_new (LiaClient *client,
                                   GFile     *drafts);
void       lia_library_window_show (LiaLibraryWindow *self,
                                    const char       *response);
void       lia_library_window_edit (LiaLibraryWindow *self,
                                    const char       *response);
void       lia_library_window_set_conversation (LiaLibraryWindow *self,
                                                LiaConversation  *conversation);

G_END_DECLS
