/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-application.h"

G_BEGIN_DECLS

#define LIA_TYPE_WINDOW (lia_window_get_type ())

G_DECLARE_FINAL_TYPE (LiaWindow, lia_window, LIA, WINDOW, AdwApplicationWindow)

LiaWindow *lia_window_new (LiaApplication *application);
void       lia_window_show_workspace (LiaWindow    *self,
                                      LiaWorkspace *workspace);
void       lia_window_set_up_mailbox (LiaWindow    *self,
                                      LiaWorkspace *workspace);
void       lia_window_set_up_phone (LiaWindow    *self,
                                    LiaWorkspace *workspace);
void       lia_window_open_conversation (LiaWindow  *self,
                                         const char *conversation,
                                         const char *entry);
void       lia_window_show_view (LiaWindow  *self,
                                 const char *view);
void       lia_window_show_finding (LiaWindow  *self,
                                    const char *finding);
void       lia_window_dial (LiaWindow  *self,
                            const char *number);

G_END_DECLS
