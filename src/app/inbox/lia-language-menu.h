/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *lia_language_menu_new (void);
char       *lia_language_menu_name (const char *tag);

G_END_DECLS
