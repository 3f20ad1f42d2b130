/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A list of what is taken, not of what is not: pictures, documents that run nothing, text, sound and films. What a browser or a name says of a file
 * counts for nothing: a name is only made to fit what was found.
 */

#include "lia-chat-file-kind.h"

#include "lia-mime-sniff.h"
#include "lia-mime-text.h"

#include <string.h>

#define DOCUMENT "application/vnd.openxmlformats-officedocument."
#define OPEN_DOCUMENT "application/vnd.oasis.opendocument."

static const struct
{
  const char *type;
  const char *extensions; /* the first one is given to what has another */
} kinds[] = {
  { "image/png", " png " },
  { "image/jpeg", " jpg jpeg jpe jfif " },
  { "image/gif", " gif " },
  { "image/webp", " webp " },
  { "image/heic", " heic heif " },
  { "image/avif", " avif " },
  { "application/pdf", " pdf " },
  { "text/plain", " txt log text md json " },
  { "text/csv", " csv " },
  { DOCUMENT "wordprocessingml.document", " docx " },
  { DOCUMENT "spreadsheetml.sheet", " xlsx " },
  { DOCUMENT "presentationml.presentation", " pptx " },
  { OPEN_DOCUMENT "text", " odt " },
  { OPEN_DOCUMENT "spreadsheet", " ods " },
  { OPEN_DOCUMENT "presentation", " odp " },
  { "video/mp4", " mp4 m4v m4a " },
  { "video/quicktime", " mov qt " },
  { "video/webm", " webm mkv " },
  { "audio/mpeg", " mp3 " },
  { "audio/x-wav", " wav " },
  { "application/ogg", " ogg oga ogv opus " },
};

static gboolean
has (const guint8 *bytes,
     gsize         length,
     const char   *words)
{
  return memmem (bytes, length, words, strlen (words)) != NULL;
}

/* The names of what is in an archive stand in it as they are: it has to be the document that it is called, and without programs. */
static gboolean
is_document (const guint8 *bytes,
             gsize         length,
             const char   *type)
{
  if (has (bytes, length, "vbaProject") || has (bytes, length, "Basic/Standard"))
    return FALSE;
  if (g_str_has_prefix (type, OPEN_DOCUMENT))
    return length > 38 && memcmp (bytes + 30, "mimetype", 8) == 0 && has (bytes, MIN (length, 256), type);

  return has (bytes, length, "[Content_Types].xml");
}

/* What begins with a tag is a page, or a drawing, behind any amount of white space. */
static gboolean
is_plain (const guint8 *bytes,
          gsize         length)
{
  gsize at = length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (at < length && g_ascii_isspace (bytes[at]))
    at++;

  return (at == length || bytes[at] != '<') && memchr (bytes, '\0', length) == NULL;
}

static gboolean
holds (const guint8 *bytes,
       gsize         length,
       const char   *type)
{
  if (g_str_has_prefix (type, DOCUMENT) || g_str_has_prefix (type, OPEN_DOCUMENT))
    return is_document (bytes, length, type);
  if (g_str_equal (type, "image/webp") || g_str_equal (type, "audio/x-wav"))
    return memcmp (bytes, "RIFF", 4) == 0;

  return !g_str_has_prefix (type, "text/") || is_plain (bytes, length);
}

static int
find (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].type, type))
      return (int)i;

  return -1;
}

/**
 * lia_chat_file_kind_find:
 * @name: tells documents in archives from each other, and tables from text
 *
 * Returns: (nullable): its type; NULL: it is not taken
 */
const char *
lia_chat_file_kind_find (const guint8 *bytes,
                         gsize         length,
                         const char   *name)
{
  g_autofree char *type = lia_mime_sniff_type (bytes, length, name, NULL);
  int              at = find (type);

  /* Text is text, whatever its name makes of it. */
  if (at < 0 && (g_str_has_prefix (type, "text/") || g_str_equal (type, "application/json") || g_str_equal (type, "application/xml")))
    at = find ("text/plain");

  return at >= 0 && holds (bytes, length, kinds[at].type) ? kinds[at].type : NULL;
}

/** lia_chat_file_kind_is_known: whether a browser may be told that type. */
gboolean
lia_chat_file_kind_is_known (const char *type)
{
  return type != NULL && find (type) >= 0;
}

/** lia_chat_file_kind_name: (transfer full): a name without a path, whose end says what it is: “a.exe” that is a picture is “a.exe.png”. */
char *
lia_chat_file_kind_name (const char *type,
                         const char *name)
{
  g_autofree char *clean = lia_mime_text_file_name (name);
  const char      *extensions = kinds[find (type)].extensions;
  const char      *dot = strrchr (clean, '.');
  g_autofree char *low = g_ascii_strdown (dot != NULL ? dot + 1 : "", -1);
  g_autofree char *word = g_strdup_printf (" %s ", low);

  if (*low != '\0' && strstr (extensions, word) != NULL)
    return g_steal_pointer (&clean);

  return g_strdup_printf ("%s.%.*s", clean, (int)strcspn (extensions + 1, " "), extensions + 1);
}
