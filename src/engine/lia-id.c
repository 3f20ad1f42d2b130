/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-id.h"

/**
 * lia_id_parse:
 * @text: (nullable): "c_12"
 * @prefix: "c"
 * @number: (out): 12
 *
 * Returns: FALSE when it is not such an id: there is only one spelling of each (no sign, no leading zero)
 */
gboolean
lia_id_parse (const char *text,
              const char *prefix,
              gint64     *number)
{
  gsize   length = strlen (prefix);
  guint64 value;

  if (text == NULL || strncmp (text, prefix, length) != 0 || text[length] != '_')
    return FALSE;

  text += length + 1;
  if (text[0] < '1' || text[0] > '9' || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &value, NULL))
    return FALSE;

  *number = (gint64)value;
  return TRUE;
}

/** lia_id_format: (transfer full): "c_12" from "c" and 12. */
char *
lia_id_format (const char *prefix,
               gint64      number)
{
  return g_strdup_printf ("%s_%" G_GINT64_FORMAT, prefix, number);
}
