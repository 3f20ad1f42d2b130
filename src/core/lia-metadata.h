/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaMetadata:
 *
 * What is known of what a file says beside what it shows: who made it, when, where, and with which device.
 */
typedef enum {
  LIA_METADATA_STAYS,    /* nobody has looked for any: it leaves with what is in it */
  LIA_METADATA_NONE,     /* there is none */
  LIA_METADATA_STRIPPED, /* it was taken out */
} LiaMetadata;

const char *lia_metadata_to_string (LiaMetadata value);
gboolean    lia_metadata_from_string (const char  *word,
                                      LiaMetadata *value);
GBytes     *lia_metadata_strip (GBytes      *file,
                                const char  *type,
                                LiaMetadata *metadata);

G_END_DECLS
