/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime.h"

#include "lia-mime-text.h"

#include <string.h>

/*
 * Messages that the parser must not see, or could not read: a linear look at their bytes, here in the engine. They are kept whole and shown as
 * they are; the few fields that a list needs are read by hand.
 */

#define RAW_SHOWN (64 * 1024)

LiaMime *
lia_mime_new (void)
{
  LiaMime *self = g_new0 (LiaMime, 1);

  self->subject = g_strdup ("");
  self->text = g_strdup ("");
  self->auto_class = g_strdup ("human");
  self->to = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  self->cc = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  self->delivered = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  self->references = g_ptr_array_new_with_free_func (g_free);
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_mime_part_free);

  return self;
}

void
lia_mime_part_free (LiaMimePart *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self->type);
  g_free (self->cid);
  g_free (self);
}

void
lia_mime_free (LiaMime *self)
{
  g_free (self->subject);
  g_clear_pointer (&self->from, lia_address_unref);
  g_clear_pointer (&self->reply_to, lia_address_unref);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->delivered);
  g_free (self->message_id);
  g_free (self->in_reply_to);
  g_ptr_array_unref (self->references);
  g_free (self->thread_index);
  g_free (self->text);
  g_clear_pointer (&self->html, g_bytes_unref);
  g_ptr_array_unref (self->parts);
  g_free (self->auto_class);
  g_free (self->auth);
  g_free (self);
}

/**
 * lia_mime_is_too_complex:
 *
 * Whether parsing could cost more than a message is worth: memory grows with the number of fields and parts, not with the size alone.
 */
gboolean
lia_mime_is_too_complex (GBytes *raw)
{
  gsize       size;
  const char *p = g_bytes_get_data (raw, &size);
  const char *end = p + size;
  const char *start = p;
  gboolean    in_header = TRUE;
  guint       header_lines = 0;
  guint       boundaries = 0;

  if (size > LIA_MIME_MAX_BYTES)
    return TRUE;

  while (p < end)
    {
      const char *newline = memchr (p, '\n', end - p);
      gsize       length = newline != NULL ? (gsize)(newline - p) : (gsize)(end - p);

      if (in_header)
        {
          header_lines++;

          if (header_lines > LIA_MIME_MAX_HEADER_LINES || p - start + length > LIA_MIME_MAX_HEADER_BYTES)
            return TRUE;

          in_header = length > 1 || (length == 1 && *p != '\r');
        }
      else if (length > 2 && p[0] == '-' && p[1] == '-' && ++boundaries > LIA_MIME_MAX_BOUNDARIES)
        {
          return TRUE;
        }

      if (newline == NULL)
        break;

      p = newline + 1;
    }

  return FALSE;
}

/* The value of a field in the first KBs, unfolded. */
static char *
field (const char *header,
       const char *name)
{
  gsize length = strlen (name);

  for (const char *line = header; line != NULL && *line != '\0' && *line != '\n' && *line != '\r';)
    {
      const char *end = strchr (line, '\n');

      while (end != NULL && (end[1] == ' ' || end[1] == '\t'))
        end = strchr (end + 1, '\n');

      if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
        {
          g_autofree char *value = end != NULL ? g_strndup (line + length + 1, end - line - length - 1) : g_strdup (line + length + 1);

          return g_strstrip (lia_mime_text_line (value));
        }

      line = end != NULL ? end + 1 : NULL;
    }

  return NULL;
}

static char *
without_brackets (char *text)
{
  char *open = strchr (text, '<');
  char *close = open != NULL ? strchr (open, '>') : NULL;

  if (close == NULL)
    return text;

  memmove (text, open + 1, close - open - 1);
  text[close - open - 1] = '\0';

  return text;
}

/**
 * lia_mime_scan:
 * @state: why it is not parsed
 *
 * Returns: (transfer full): what the first KBs of the header say, and the source itself as the text
 */
LiaMime *
lia_mime_scan (GBytes      *raw,
               LiaMimeState state)
{
  LiaMime         *self = lia_mime_new ();
  gsize            size;
  const char      *bytes = g_bytes_get_data (raw, &size);
  guint            errors = 0;
  g_autofree char *header = lia_mime_text_decode ((const guint8 *)bytes, MIN (size, RAW_SHOWN), NULL, FALSE, &errors);
  g_autofree char *subject = field (header, "Subject");
  g_autofree char *from = field (header, "From");
  g_autofree char *to = field (header, "To");
  g_autofree char *message_id = field (header, "Message-ID");

  self->state = state;
  self->charset_errors = errors;
  g_free (self->text);
  self->text = g_steal_pointer (&header);

  if (subject != NULL)
    {
      g_free (self->subject);
      self->subject = g_steal_pointer (&subject);
      lia_mime_text_truncate (self->subject, 998);
    }

  if (from != NULL && strlen (from) <= 1000)
    {
      g_autoptr (GPtrArray) list = lia_address_parse_list (from);

      if (list->len > 0)
        self->from = lia_address_ref (g_ptr_array_index (list, 0));
    }

  if (to != NULL && strlen (to) <= 1000)
    {
      g_ptr_array_unref (self->to);
      self->to = lia_address_parse_list (to);
    }

  if (message_id != NULL && *message_id != '\0' && strlen (message_id) <= 998)
    self->message_id = without_brackets (g_steal_pointer (&message_id));

  return self;
}
