/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-application.h"

G_BEGIN_DECLS

#define LIA_TYPE_WINDOW (lia_window_get_type ())

G_DECLARE_FINAL_TYPE (LiaWindow, lia_window, LIA, WINDOW, AdwApplicationWindow)

GtkWindow *lia_window_new (LiaApplication *application);

G_END_DECLS
