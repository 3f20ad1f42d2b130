/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime-sniff.h"

#include <string.h>

/*
 * What a file is, by its first bytes, and whether opening it could run something. A table of our own and not the desktop's: the answer must not
 * depend on what is installed, and the worker reads no files.
 */

typedef struct
{
  guint       offset;
  guint       length;
  const char *magic;
  const char *type;
} Magic;

static const Magic magics[] = {
  { 0, 5, "%PDF-", "application/pdf" },
  { 0, 8, "\x89PNG\r\n\x1a\n", "image/png" },
  { 0, 3, "\xff\xd8\xff", "image/jpeg" },
  { 0, 4, "GIF8", "image/gif" },
  { 8, 4, "WEBP", "image/webp" },
  { 4, 8, "ftypheic", "image/heic" },
  { 4, 8, "ftypavif", "image/avif" },
  { 4, 7, "ftypqt ", "video/quicktime" },
  { 4, 4, "ftyp", "video/mp4" },
  { 0, 2, "BM", "image/bmp" },
  { 0, 4, "II*\0", "image/tiff" },
  { 0, 4, "MM\0*", "image/tiff" },
  { 8, 4, "WAVE", "audio/x-wav" },
  { 8, 4, "AVI ", "video/x-msvideo" },
  { 0, 3, "ID3", "audio/mpeg" },
  { 0, 4, "OggS", "application/ogg" },
  { 0, 4, "fLaC", "audio/flac" },
  { 0, 4, "\x1a\x45\xdf\xa3", "video/webm" },
  { 0, 2, "MZ", "application/x-msdownload" },
  { 0, 4, "\x7f"
          "ELF",
    "application/x-executable" },
  { 0, 2, "#!", "application/x-shellscript" },
  { 0, 2, "\x1f\x8b", "application/gzip" },
  { 0, 6, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed" },
  { 0, 4, "Rar!", "application/vnd.rar" },
  { 0, 6, "\xfd"
          "7zXZ\0",
    "application/x-xz" },
  { 0, 3, "BZh", "application/x-bzip2" },
  { 0, 4, "\x28\xb5\x2f\xfd", "application/zstd" },
  { 0, 5, "{\\rtf", "application/rtf" },
  { 0, 8, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage" },
  { 0, 15, "BEGIN:VCALENDAR", "text/calendar" },
  { 0, 11, "BEGIN:VCARD", "text/vcard" },
};

/* extension, type, and by which of the types above it must begin, NULL = anything that is no other magic */
static const struct
{
  const char *extension;
  const char *type;
  const char *within;
} extensions[] = {
  { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip" },
  { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip" },
  { "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip" },
  { "docm", "application/vnd.ms-word.document.macroEnabled.12", "application/zip" },
  { "xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12", "application/zip" },
  { "pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12", "application/zip" },
  { "odt", "application/vnd.oasis.opendocument.text", "application/zip" },
  { "ods", "application/vnd.oasis.opendocument.spreadsheet", "application/zip" },
  { "odp", "application/vnd.oasis.opendocument.presentation", "application/zip" },
  { "epub", "application/epub+zip", "application/zip" },
  { "jar", "application/java-archive", "application/zip" },
  { "doc", "application/msword", "application/x-ole-storage" },
  { "xls", "application/vnd.ms-excel", "application/x-ole-storage" },
  { "ppt", "application/vnd.ms-powerpoint", "application/x-ole-storage" },
  { "msg", "application/vnd.ms-outlook", "application/x-ole-storage" },
  { "txt", "text/plain", NULL },
  { "log", "text/plain", NULL },
  { "csv", "text/csv", NULL },
  { "json", "application/json", NULL },
  { "xml", "application/xml", NULL },
  { "ics", "text/calendar", NULL },
  { "vcf", "text/vcard", NULL },
  { "md", "text/markdown", NULL },
  { "mp3", "audio/mpeg", NULL },
  { "p7s", "application/pkcs7-signature", NULL },
};

static const char dangerous_extensions[] =
    " exe msi msp scr com bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta lnk iso img vhd vhdx jar reg cpl dll sys pif application gadget msc scf url "
    "inf appx msix chm docm dotm xlsm xltm xlam xll pptm potm ppam ppsm sldm htm html xhtml shtml mht mhtml svg svgz desktop sh run appimage deb rpm "
    "flatpakref snap dmg pkg app command ace cab one apk py pl rb ";

static char *
extension_of (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  return dot != NULL && dot[1] != '\0' && strlen (dot) <= 16 ? g_utf8_strdown (dot + 1, -1) : NULL;
}

static gboolean
looks_like_text (const guint8 *bytes,
                 gsize         length)
{
  const char *end;
  gsize       looked_at = MIN (length, 4096);

  if (memchr (bytes, '\0', looked_at) != NULL)
    return FALSE;

  return g_utf8_validate_len ((const char *)bytes, looked_at, &end) || (gsize)(end - (const char *)bytes) + 4 > looked_at;
}

static gboolean
has_tag (const guint8 *bytes,
         gsize         length,
         const char   *tag)
{
  g_autofree char *head = g_ascii_strdown ((const char *)bytes, MIN (length, 1024));

  return strstr (head, tag) != NULL;
}

static const char *
magic_type (const guint8 *bytes,
            gsize         length)
{
  if (length >= 4 && memcmp (bytes, "PK", 2) == 0 && (memcmp (bytes + 2, "\3\4", 2) == 0 || memcmp (bytes + 2, "\5\6", 2) == 0))
    return "application/zip";

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      const Magic *magic = &magics[i];

      if (length >= magic->offset + magic->length && memcmp (bytes + magic->offset, magic->magic, magic->length) == 0)
        return magic->type;
    }

  if (looks_like_text (bytes, length))
    {
      if (has_tag (bytes, length, "<svg"))
        return "image/svg+xml";

      if (has_tag (bytes, length, "<html") || has_tag (bytes, length, "<!doctype html") || has_tag (bytes, length, "<script"))
        return "text/html";
    }

  return NULL;
}

static gboolean
is_type_name (const char *type)
{
  const char *slash = type != NULL ? strchr (type, '/') : NULL;

  return slash != NULL && slash != type && slash[1] != '\0' && strlen (type) <= 100 &&
         strspn (type, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&-^_.+/") == strlen (type);
}

/**
 * lia_mime_sniff_type:
 * @name: (nullable): the file's name
 * @declared: (nullable): the type that the message gives it; believed only where the bytes say nothing else, and never for what is shown or run
 *
 * Returns: (transfer full): a content type
 */
char *
lia_mime_sniff_type (const guint8 *bytes,
                     gsize         length,
                     const char   *name,
                     const char   *declared)
{
  const char      *magic = magic_type (bytes, length);
  g_autofree char *extension = extension_of (name);

  for (guint i = 0; extension != NULL && i < G_N_ELEMENTS (extensions); i++)
    {
      if (strcmp (extension, extensions[i].extension) == 0 && g_strcmp0 (magic, extensions[i].within) == 0)
        return g_strdup (extensions[i].type);
    }

  if (magic != NULL)
    return g_strdup (magic);

  if (is_type_name (declared) && g_ascii_strncasecmp (declared, "image/", 6) != 0 && g_ascii_strncasecmp (declared, "multipart/", 10) != 0 &&
      g_ascii_strcasecmp (declared, "application/octet-stream") != 0)
    return g_ascii_strdown (declared, -1);

  return g_strdup (length > 0 && looks_like_text (bytes, length) ? "text/plain" : "application/octet-stream");
}

/**
 * lia_mime_sniff_is_dangerous:
 * @name: the file's name
 * @type: as sniffed
 *
 * Whether it may only be saved after the agent confirms: programs, scripts, documents with macros, disk images, pages, encrypted archives,
 * and names with two extensions of which the last one is hidden by other desktops.
 */
gboolean
lia_mime_sniff_is_dangerous (const guint8 *bytes,
                             gsize         length,
                             const char   *name,
                             const char   *type)
{
  g_autofree char *extension = extension_of (name);

  if (extension != NULL)
    {
      g_autofree char *word = g_strdup_printf (" %s ", extension);

      if (strstr (dangerous_extensions, word) != NULL)
        return TRUE;
    }

  if (g_str_equal (type, "application/zip") && length >= 8 && memcmp (bytes, "PK\3\4", 4) == 0)
    return (bytes[6] & 1) != 0;

  return g_str_equal (type, "application/x-msdownload") || g_str_equal (type, "application/x-executable") || g_str_equal (type, "application/x-shellscript") ||
         g_str_equal (type, "text/html") || g_str_equal (type, "image/svg+xml") || g_str_has_suffix (type, "macroEnabled.12") ||
         g_str_equal (type, "application/java-archive");
}
