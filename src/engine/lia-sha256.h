/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SHA-256 (FIPS 180-4) of whole messages and files, where GLib's takes longer than all else that is done with their bytes. Any thread. */

char *lia_sha256_text (gconstpointer data,
                       gsize         length);

G_END_DECLS
