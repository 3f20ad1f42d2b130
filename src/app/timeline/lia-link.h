/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean lia_link_is_safe (const char *uri);
void     lia_link_open (GtkWidget  *parent,
                        const char *uri);
void     lia_link_ask (GtkWidget  *parent,
                       const char *uri);

G_END_DECLS
