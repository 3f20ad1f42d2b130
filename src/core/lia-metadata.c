/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-metadata.h"

#include "lia-metadata-private.h"
#include "lia-words-private.h"

#include <string.h>

LIA_DEFINE_WORDS (LiaMetadata, lia_metadata, "stays", "none", "stripped")

typedef gboolean (*Strip) (const guint8 *data,
                           gsize         size,
                           GByteArray   *out);

static const Strip images[] = { lia_metadata_strip_png, lia_metadata_strip_jpeg, lia_metadata_strip_webp, lia_metadata_strip_gif };

/**
 * lia_metadata_strip:
 * @type: as HTTP names it
 * @metadata: (out): what is known of the answer
 *
 * Takes what was noted by cameras and programs out of an image, and leaves every pixel as it was. How it is to be turned stays.
 *
 * Returns: (transfer full): the file that may leave; @file itself where nothing was taken out
 */
GBytes *
lia_metadata_strip (GBytes      *file,
                    const char  *type,
                    LiaMetadata *metadata)
{
  gsize         size;
  const guint8 *data = g_bytes_get_data (file, &size);

  for (guint i = 0; i < G_N_ELEMENTS (images); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint)size);

      if (!images[i](data, size, out))
        continue;
      *metadata = out->len == size && memcmp (out->data, data, size) == 0 ? LIA_METADATA_NONE : LIA_METADATA_STRIPPED;
      return *metadata == LIA_METADATA_STRIPPED ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : g_bytes_ref (file);
    }
  *metadata = g_str_has_prefix (type, "text/") && !g_str_equal (type, "text/html") ? LIA_METADATA_NONE : LIA_METADATA_STAYS;

  return g_bytes_ref (file);
}
