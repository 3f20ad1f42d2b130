/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *lia_sample_draw_png (guint variant);
GBytes *lia_sample_draw_pdf (const char *const *lines);
GBytes *lia_sample_draw_wav (guint seconds);

G_END_DECLS
