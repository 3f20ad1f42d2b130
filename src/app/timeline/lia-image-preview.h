/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>
#include <libdex.h>

G_BEGIN_DECLS

DexFuture *lia_image_preview_decode (GBytes *bytes,
                                     int     max_width,
                                     int     max_height) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
