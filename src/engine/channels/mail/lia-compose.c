/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-compose.h"

#include "lia-blobs.h"
#include "lia-gmime.h"
#include "lia-mime.h"

#include <string.h>

/*
 * An entry -> the bytes that are sent. The same entry gives the same bytes, so a message that is composed again after a crash is the same
 * message. Nothing that a person typed or a sender wrote can add a line to the header: addresses and Message-IDs that are none are errors,
 * line ends in texts become blanks. Any thread but the main one.
 */

#define MAX_REFERENCES 20
#define SOFT_LINE 78

static void
init_once (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      lia_mime_init ();
      g_once_init_leave (&done, 1);
    }
}

static char *
one_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    g_string_append_c (line, (guchar)*p < ' ' || *p == 0x7f ? ' ' : *p);

  return g_strstrip (g_string_free_and_steal (g_steal_pointer (&line)));
}

static gboolean
is_message_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length < 3 || length > 900 || strchr (id, '@') == NULL)
    return FALSE;

  for (const char *p = id; *p != '\0'; p++)
    {
      if ((guchar)*p <= ' ' || (guchar)*p >= 0x7f || *p == '<' || *p == '>')
        return FALSE;
    }

  return TRUE;
}

static char *
without_brackets (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  return length >= 2 && id[0] == '<' && id[length - 1] == '>' ? g_strndup (id + 1, length - 2) : g_strdup (id);
}

/* A domain in other letters has an ASCII form; a local part has none and needs SMTPUTF8. */
static InternetAddress *
mailbox_new (const LiaAddress *address,
             GError          **error)
{
  const char      *at = strrchr (address->address, '@');
  g_autofree char *domain = at != NULL ? g_hostname_to_ascii (at + 1) : NULL;
  g_autofree char *local = at != NULL ? g_strndup (address->address, at - address->address) : NULL;
  g_autofree char *ascii = NULL;

  if (!lia_address_is_valid_email (address->address) || domain == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not an e-mail address", address->address);
      return NULL;
    }

  ascii = g_strconcat (local, "@", g_str_is_ascii (local) ? domain : at + 1, NULL);

  return internet_address_mailbox_new (*address->name != '\0' ? address->name : NULL, ascii);
}

static gboolean
add_address (InternetAddressList *list,
             const LiaAddress    *address,
             GError             **error)
{
  g_autoptr (GObject) mailbox = (GObject *)mailbox_new (address, error);

  if (mailbox == NULL)
    return FALSE;

  internet_address_list_add (list, INTERNET_ADDRESS (mailbox));

  return TRUE;
}

static gboolean
add_addresses (InternetAddressList *list,
               GPtrArray           *addresses,
               GError             **error)
{
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      if (!add_address (list, g_ptr_array_index (addresses, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
add_references (GMimeObject             *message,
                const LiaComposeContext *context)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *reply = without_brackets (context->in_reply_to);

  for (guint i = 0; context->references != NULL && context->references[i] != NULL; i++)
    {
      g_autofree char *id = without_brackets (context->references[i]);

      if (is_message_id (id) && g_strcmp0 (id, reply) != 0)
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }

  if (is_message_id (reply))
    {
      g_autofree char *value = g_strdup_printf ("<%s>", reply);

      g_mime_object_set_header (message, "In-Reply-To", value, NULL);
      g_ptr_array_add (ids, g_steal_pointer (&reply));
    }

  /* The first and the last twenty: enough for every program, and bounded however long it goes on (RFC 5322 §3.6.4). */
  for (guint i = 0; i < ids->len; i++)
    {
      if (i == 0 || i + MAX_REFERENCES >= ids->len)
        g_string_append_printf (text, "%s<%s>", text->len > 0 ? " " : "", (char *)g_ptr_array_index (ids, i));
    }

  if (text->len > 0)
    g_mime_object_set_header (message, "References", text->str, NULL);
}

static gboolean
add_header (GMimeMessage            *message,
            LiaEntry                *entry,
            const LiaComposeContext *context,
            GError                 **error)
{
  g_autofree char *subject = one_line (entry->subject);
  g_autofree char *id = without_brackets (context->message_id);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (context->date_ms / 1000);

  if (!is_message_id (id) || date == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The message has no usable Message-ID or date");
      return FALSE;
    }

  if (!add_address (g_mime_message_get_from (message), context->from, error) ||
      (context->reply_to != NULL && !add_address (g_mime_message_get_reply_to (message), context->reply_to, error)) ||
      !add_addresses (g_mime_message_get_to (message), entry->to, error) || !add_addresses (g_mime_message_get_cc (message), entry->cc, error))
    return FALSE;

  g_mime_message_set_subject (message, subject, "utf-8");
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, id);
  add_references (GMIME_OBJECT (message), context);

  return TRUE;
}

static GMimeContentEncoding
encoding_of (const char *text)
{
  gsize line = 0;
  gsize longest = 0;
  gsize high = 0;
  gsize length = strlen (text);

  for (const char *p = text; *p != '\0'; p++)
    {
      line = *p == '\n' ? 0 : line + 1;
      longest = MAX (longest, line);
      high += (guchar)*p >= 0x80;
    }

  if (high == 0 && longest <= SOFT_LINE)
    return GMIME_CONTENT_ENCODING_7BIT;

  return high * 3 > length ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

static void
set_content (GMimePart           *part,
             const char          *bytes,
             gsize                size,
             GMimeContentEncoding encoding)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (bytes, size);
  g_autoptr (GObject) wrapper = (GObject *)g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, GMIME_DATA_WRAPPER (wrapper));
  g_mime_part_set_content_encoding (part, encoding);
}

/* Text lines end in CRLF before they are encoded (RFC 2045 §6.7), and the text ends with one. */
static GMimeObject *
text_part (const char *text)
{
  GMimePart *part = g_mime_part_new_with_type ("text", "plain");
  g_autoptr (GString) lines = g_string_new (NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (lines, "\r\n");
      else if (*p != '\r')
        g_string_append_c (lines, *p);
    }

  if (!g_str_has_suffix (lines->str, "\n"))
    g_string_append (lines, "\r\n");

  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  set_content (part, lines->str, lines->len, encoding_of (text != NULL ? text : ""));

  return GMIME_OBJECT (part);
}

/* RFC 2045 forbids base64 for composite types: such a file goes as bytes. */
static GMimePart *
part_for_type (const char *type)
{
  g_auto (GStrv) halves = g_strsplit (type != NULL ? type : "", "/", 2);

  if (g_strv_length (halves) != 2 || strcmp (halves[0], "message") == 0 || strcmp (halves[0], "multipart") == 0 ||
      strpbrk (type, " \t\r\n;\"<>()") != NULL || !g_str_is_ascii (type))
    return g_mime_part_new_with_type ("application", "octet-stream");

  return g_mime_part_new_with_type (halves[0], halves[1]);
}

static GMimeObject *
file_part (LiaAttachment *attachment,
           const char    *directory,
           GError       **error)
{
  g_autoptr (GBytes) bytes = lia_blobs_get (directory, attachment->blob, error);
  g_autofree char *name = one_line (attachment->name);
  GMimePart       *part;

  if (bytes == NULL)
    return NULL;

  part = part_for_type (attachment->type);
  g_mime_object_set_disposition (GMIME_OBJECT (part), "attachment");
  g_mime_part_set_filename (part, *name != '\0' ? name : "attachment");
  set_content (part, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), GMIME_CONTENT_ENCODING_BASE64);

  return GMIME_OBJECT (part);
}

/* "=_" occurs in neither base64 nor quoted-printable, and nobody knows the Message-ID before it is sent. */
static char *
boundary_of (const char *message_id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, message_id, -1);

  return g_strdup_printf ("=_lia_%.32s", hash);
}

static GMimeObject *
body_of (LiaEntry                *entry,
         const LiaComposeContext *context,
         GError                 **error)
{
  g_autofree char *boundary = boundary_of (context->message_id);
  g_autoptr (GObject) text = (GObject *)text_part (entry->text);
  g_autoptr (GObject) multipart = NULL;

  if (entry->attachments == NULL || entry->attachments->len == 0)
    return (GMimeObject *)g_steal_pointer (&text);

  multipart = (GObject *)g_mime_multipart_new_with_subtype ("mixed");
  g_mime_multipart_set_boundary (GMIME_MULTIPART (multipart), boundary);
  g_mime_multipart_add (GMIME_MULTIPART (multipart), GMIME_OBJECT (text));

  for (guint i = 0; i < entry->attachments->len; i++)
    {
      g_autoptr (GObject) part = (GObject *)file_part (g_ptr_array_index (entry->attachments, i), context->blob_directory, error);

      if (part == NULL)
        return NULL;

      g_mime_multipart_add (GMIME_MULTIPART (multipart), GMIME_OBJECT (part));
    }

  return (GMimeObject *)g_steal_pointer (&multipart);
}

static GBytes *
bytes_of (GMimeMessage *message)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_byte_array (array);
  GMimeFormatOptions *options = g_mime_format_options_new ();

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), options, stream);
  g_mime_format_options_free (options);

  return g_byte_array_free_to_bytes (array);
}

/**
 * lia_compose:
 * @entry: subject, to, cc, text and attachments are used; Bcc is the envelope's business and not written
 * @context: the rest of the header
 *
 * Returns: (transfer full): the message with CRLF line ends, none longer than 998 bytes; NULL with %G_IO_ERROR_INVALID_ARGUMENT for an address or
 *   Message-ID that is none, or %LIA_STORE_ERROR for an attachment that cannot be read
 */
GBytes *
lia_compose (LiaEntry                *entry,
             const LiaComposeContext *context,
             GError                 **error)
{
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GObject) body = NULL;

  init_once ();
  message = g_mime_message_new (TRUE);

  if (!add_header (message, entry, context, error) || (body = (GObject *)body_of (entry, context, error)) == NULL)
    return NULL;

  g_mime_message_set_mime_part (message, GMIME_OBJECT (body));

  return bytes_of (message);
}
