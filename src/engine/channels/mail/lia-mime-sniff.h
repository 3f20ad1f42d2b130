/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *lia_mime_sniff_type (const guint8 *bytes,
                              gsize         length,
                              const char   *name,
                              const char   *declared);
gboolean lia_mime_sniff_is_dangerous (const guint8 *bytes,
                                      gsize         length,
                                      const char   *name,
                                      const char   *type);

G_END_DECLS
