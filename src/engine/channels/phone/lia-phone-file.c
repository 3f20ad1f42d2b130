/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-file.h"

#include <string.h>

#define MAX_NAME_BYTES 255
#define MAX_EXTENSION_BYTES 8

static gboolean
is_extension (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]))
    length++;

  return length > 0 && length <= MAX_EXTENSION_BYTES && text[length] == '\0';
}

static gboolean
is_component (const char *text)
{
  return *text != '\0' && !g_str_equal (text, ".") && !g_str_equal (text, "..");
}

static gboolean
is_printable (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!g_unichar_isprint (g_utf8_get_char (at)))
        return FALSE;
    }

  return TRUE;
}

/** lia_phone_file_is_name: whether @name is a path that stays within its folder, and ends like a sound: "2026/11/a.wav". */
gboolean
lia_phone_file_is_name (const char *name)
{
  g_auto (GStrv) components = NULL;
  const char *dot = strrchr (name, '.');

  if (strlen (name) > MAX_NAME_BYTES || !g_utf8_validate (name, -1, NULL) || !is_printable (name) || strchr (name, '\\') != NULL || dot == NULL ||
      !is_extension (dot + 1))
    return FALSE;

  components = g_strsplit (name, "/", -1);
  for (guint i = 0; components[i] != NULL; i++)
    {
      if (!is_component (components[i]))
        return FALSE;
    }

  return dot > name && dot[-1] != '/';
}

/**
 * lia_phone_file_from_path:
 * @path: "/var/spool/asterisk/monitor/2026/a.wav", or what stands behind the folder of recordings
 *
 * Returns: (transfer full) (nullable): the name within the folder of recordings, which is called "monitor" or "recording"; NULL for what is none
 */
char *
lia_phone_file_from_path (const char *path)
{
  static const char *const folders[] = { "/monitor/", "/recording/" };
  const char              *name = *path != '/' ? path : NULL;

  for (guint i = 0; name == NULL && i < G_N_ELEMENTS (folders); i++)
    {
      name = strstr (path, folders[i]);
      if (name != NULL)
        name += strlen (folders[i]);
    }

  return name != NULL && *name != '\0' && lia_phone_file_is_name (name) ? g_strdup (name) : NULL;
}

/** lia_phone_file_show_name: (transfer full): what the file is called when it is saved: without its folders. */
char *
lia_phone_file_show_name (const char *name)
{
  return g_path_get_basename (name);
}
