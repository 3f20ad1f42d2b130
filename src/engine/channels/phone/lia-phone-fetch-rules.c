/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-fetch-rules.h"

#include <string.h>

#define FIRST_MS 1000 /* a PBX closes the file a moment after it has told of the end */
#define MAX_MS (10 * 60 * 1000)
#define MISSING_MS (2 * 60 * 1000) /* what is not there by then was never written, or has been taken away */

/** lia_phone_fetch_delay: ms until the next try: 1 s before the first one, then twice as long each time, up to ten minutes. */
gint64
lia_phone_fetch_delay (guint n_tries)
{
  return n_tries < 20 ? MIN (MAX_MS, (gint64)FIRST_MS << n_tries) : MAX_MS;
}

/**
 * lia_phone_fetch_is_hopeless:
 * @error: of %LIA_PHONE_ERROR: why it was not fetched
 * @age_ms: since the recording ended
 */
gboolean
lia_phone_fetch_is_hopeless (const GError *error,
                             gint64        age_ms)
{
  if (g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_UNSUPPORTED))
    return TRUE;
  if (g_error_matches (error, LIA_PHONE_ERROR, LIA_PHONE_ERROR_GONE))
    return age_ms >= MISSING_MS;

  return age_ms >= LIA_PHONE_FETCH_FOR_MS;
}

static guint32
read_size (const guint8 *bytes)
{
  guint32 size;

  memcpy (&size, bytes, sizeof size);

  return GUINT32_FROM_LE (size);
}

/** lia_phone_fetch_is_whole: FALSE for a WAV file that says that it is longer or shorter than it is: it is still being written. Other kinds do not tell. */
gboolean
lia_phone_fetch_is_whole (const guint8 *bytes,
                          gsize         length)
{
  if (length < 12 || memcmp (bytes, "RIFF", 4) != 0)
    return TRUE;

  return read_size (bytes + 4) == length - 8;
}
