/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * One kind of image each: copies to @out what shows the image, bit for bit, and leaves out what says something else. FALSE: that is no such image, or
 * a broken one.
 */

gboolean lia_metadata_strip_gif (const guint8 *data,
                                 gsize         size,
                                 GByteArray   *out);
gboolean lia_metadata_strip_jpeg (const guint8 *data,
                                  gsize         size,
                                  GByteArray   *out);
gboolean lia_metadata_strip_png (const guint8 *data,
                                 gsize         size,
                                 GByteArray   *out);
gboolean lia_metadata_strip_webp (const guint8 *data,
                                  gsize         size,
                                  GByteArray   *out);

G_END_DECLS
