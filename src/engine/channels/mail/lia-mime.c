/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime.h"

#include "lia-gmime.h"
#include "lia-html.h"
#include "lia-mime-class.h"
#include "lia-mime-sniff.h"
#include "lia-mime-text.h"

#include <string.h>

/*
 * A message's bytes -> what it says. Pure: no files, no network; runs in the parse worker, with the limits of lia-mime.h. GMime finds the
 * structure; charsets, names and types are decided here, because what it hands out is not always valid UTF-8.
 */

#define MAX_ADDRESSES 500
#define MAX_REFERENCES 100
#define HTML_MIN_SHARE 10 /* a plain part with less than a tenth of the HTML's text is "see the HTML version" */

typedef struct
{
  LiaMime    *mime;
  GString    *plain;
  GString    *html_text; /* of all HTML bodies */
  GHashTable *cids;      /* that the HTML shows */
  guint       n_parts;
  guint       depth;
} Walk;

/** lia_mime_init: once a process, before lia_mime_parse(). */
void
lia_mime_init (void)
{
  g_mime_init ();
}

static GBytes *
content_of (GMimePart *part)
{
  GMimeDataWrapper *wrapper = g_mime_part_get_content (part);
  g_autoptr (GMimeStream) stream = NULL;
  GByteArray *array;

  if (wrapper == NULL)
    return g_bytes_new (NULL, 0);

  array = g_byte_array_new ();
  stream = g_mime_stream_mem_new_with_byte_array (array);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_data_wrapper_write_to_stream (wrapper, stream);

  return g_byte_array_free_to_bytes (array);
}

static GBytes *
bytes_of_message (GMimeMessage *message)
{
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_byte_array (array);

  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);

  return g_byte_array_free_to_bytes (array);
}

static void
add_part (Walk       *walk,
          GBytes     *bytes,
          const char *raw_name,
          const char *declared,
          const char *cid)
{
  LiaMimePart  *part = g_new0 (LiaMimePart, 1);
  gsize         size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  part->bytes = g_bytes_ref (bytes);
  part->size = size;
  part->name = lia_mime_text_file_name (raw_name);
  part->type = lia_mime_sniff_type (data, size, part->name, declared);
  part->dangerous = lia_mime_sniff_is_dangerous (data, size, part->name, part->type);
  part->cid = cid != NULL && *cid != '\0' ? lia_mime_text_line (cid) : NULL;
  g_ptr_array_add (walk->mime->parts, part);
}

/* Which `cid:` addresses the HTML uses: RFC 2392, with %-escapes. */
static void
collect_cids (GHashTable *cids,
              const char *html)
{
  for (const char *p = strstr (html, "cid:"); p != NULL; p = strstr (p + 4, "cid:"))
    {
      gsize            length = strcspn (p + 4, "\"' \t\r\n<>)&");
      g_autofree char *escaped = g_strndup (p + 4, MIN (length, 500));
      char            *cid = g_uri_unescape_string (escaped, NULL);

      g_hash_table_add (cids, cid != NULL ? cid : g_strdup (escaped));
    }
}

static void
add_html (Walk       *walk,
          GBytes     *bytes,
          const char *charset)
{
  gsize            size;
  const guint8    *data = g_bytes_get_data (bytes, &size);
  g_autofree char *html = lia_mime_text_decode (data, size, charset, TRUE, &walk->mime->charset_errors);
  gsize            length = strlen (html);
  g_autofree char *text = lia_html_to_text (html, length, LIA_MIME_MAX_TEXT_BYTES);

  if (walk->html_text->len > 0)
    g_string_append (walk->html_text, "\n\n");

  g_string_append (walk->html_text, text);
  collect_cids (walk->cids, html);

  /* Each part is a document of its own: a second one is never joined to the first, it is a file (EFAIL). */
  if (walk->mime->html == NULL)
    walk->mime->html = g_bytes_new_take (g_steal_pointer (&html), length);
  else
    add_part (walk, bytes, "message.html", "text/html", NULL);
}

static void
add_plain (Walk             *walk,
           GBytes           *bytes,
           GMimeContentType *type)
{
  gsize            size;
  const guint8    *data = g_bytes_get_data (bytes, &size);
  const char      *format = g_mime_content_type_get_parameter (type, "format");
  const char      *delsp = g_mime_content_type_get_parameter (type, "delsp");
  g_autofree char *text = lia_mime_text_decode (data, size, g_mime_content_type_get_parameter (type, "charset"), FALSE, &walk->mime->charset_errors);

  if (format != NULL && g_ascii_strcasecmp (format, "flowed") == 0)
    {
      g_autofree char *wrapped = g_steal_pointer (&text);

      text = lia_mime_text_unflow (wrapped, delsp != NULL && g_ascii_strcasecmp (delsp, "yes") == 0);
    }

  if (walk->plain->len > 0)
    g_string_append (walk->plain, "\n\n");

  g_string_append (walk->plain, text);
}

static void
walk_leaf (Walk      *walk,
           GMimePart *part)
{
  GMimeObject      *object = GMIME_OBJECT (part);
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autoptr (GBytes) bytes = content_of (part);
  const char      *name = g_mime_part_get_filename (part);
  g_autofree char *declared = g_mime_content_type_get_mime_type (type);
  gboolean         file = g_mime_part_is_attachment (part) || name != NULL;

  if (!file && g_mime_content_type_is_type (type, "text", "html"))
    add_html (walk, bytes, g_mime_content_type_get_parameter (type, "charset"));
  else if (!file && (g_mime_content_type_is_type (type, "text", "plain") || g_mime_content_type_is_type (type, "text", "enriched")))
    add_plain (walk, bytes, type);
  else if (!g_mime_content_type_is_type (type, "text", "x-amp-html"))
    add_part (walk, bytes, name != NULL ? name : g_mime_content_type_is_type (type, "text", "calendar") ? "invitation.ics"
                                                                                                        : NULL,
              declared,
              g_mime_object_get_content_id (object));
}

static void
walk_object (Walk        *walk,
             GMimeObject *object)
{
  if (object == NULL || walk->depth >= LIA_MIME_MAX_DEPTH || walk->n_parts++ >= LIA_MIME_MAX_PARTS)
    return;

  walk->depth++;

  if (GMIME_IS_MULTIPART (object))
    {
      int count = g_mime_multipart_get_count (GMIME_MULTIPART (object));

      for (int i = 0; i < count && walk->n_parts < LIA_MIME_MAX_PARTS; i++)
        walk_object (walk, g_mime_multipart_get_part (GMIME_MULTIPART (object), i));
    }
  else if (GMIME_IS_MESSAGE_PART (object))
    {
      GMimeMessage *message = g_mime_message_part_get_message (GMIME_MESSAGE_PART (object));

      if (message != NULL)
        {
          g_autoptr (GBytes) bytes = bytes_of_message (message);
          const char      *subject = g_mime_message_get_subject (message);
          g_autofree char *name = g_strconcat (subject != NULL && *subject != '\0' ? subject : "message", ".eml", NULL);

          add_part (walk, bytes, name, "message/rfc822", g_mime_object_get_content_id (object));
        }
    }
  else if (GMIME_IS_PART (object))
    {
      walk_leaf (walk, GMIME_PART (object));
    }

  walk->depth--;
}

static void
add_addresses (GPtrArray           *list,
               InternetAddressList *addresses,
               guint                depth)
{
  int count = addresses != NULL ? internet_address_list_length (addresses) : 0;

  for (int i = 0; i < count && list->len < MAX_ADDRESSES; i++)
    {
      InternetAddress *address = internet_address_list_get_address (addresses, i);

      if (INTERNET_ADDRESS_IS_MAILBOX (address))
        {
          g_autofree char *name = lia_mime_text_line (internet_address_get_name (address));
          g_autofree char *mailbox = lia_mime_text_line (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)));

          lia_mime_text_truncate (name, 200);

          if (*mailbox != '\0' && strlen (mailbox) <= 320)
            g_ptr_array_add (list, lia_address_new (strcmp (name, mailbox) != 0 ? name : NULL, mailbox));
        }
      else if (INTERNET_ADDRESS_IS_GROUP (address) && depth < 3)
        {
          add_addresses (list, internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address)), depth + 1);
        }
    }
}

static LiaAddress *
first_address (InternetAddressList *addresses)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);

  add_addresses (list, addresses, 0);

  return list->len > 0 ? lia_address_ref (g_ptr_array_index (list, 0)) : NULL;
}

static void
add_delivered (LiaMime     *self,
               GMimeObject *message)
{
  static const char *const names[] = { "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To" };
  GMimeHeaderList         *headers = g_mime_object_get_header_list (message);
  int                      count = g_mime_header_list_get_count (headers);

  for (int i = 0; i < count && self->delivered->len < 20; i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);

      for (guint name = 0; name < G_N_ELEMENTS (names); name++)
        {
          if (g_ascii_strcasecmp (g_mime_header_get_name (header), names[name]) == 0 && g_mime_header_get_value (header) != NULL)
            {
              g_autoptr (InternetAddressList) list = internet_address_list_parse (NULL, g_mime_header_get_value (header));

              add_addresses (self->delivered, list, 0);
            }
        }
    }
}

/* A Message-ID as we keep it: NULL where it is none that could be found again. */
static char *
clean_message_id (const char *message_id)
{
  g_autofree char *line = lia_mime_text_line (message_id);

  return *line != '\0' && strlen (line) <= 998 ? g_steal_pointer (&line) : NULL;
}

static void
add_references (LiaMime     *self,
                GMimeObject *message)
{
  const char *text = g_mime_object_get_header (message, "References");
  const char *reply = g_mime_object_get_header (message, "In-Reply-To");

  if (text != NULL)
    {
      g_autoptr (GMimeReferences) references = g_mime_references_parse (NULL, text);
      int count = references != NULL ? g_mime_references_length (references) : 0;

      /* The first says where it began, the last ones where it is now. */
      for (int i = 0; i < count; i++)
        {
          if (i > 0 && i < count - MAX_REFERENCES)
            continue;

          char *id = clean_message_id (g_mime_references_get_message_id (references, i));

          if (id != NULL)
            g_ptr_array_add (self->references, id);
        }
    }

  if (reply != NULL && strchr (reply, '<') != NULL)
    {
      g_autoptr (GMimeReferences) references = g_mime_references_parse (NULL, strchr (reply, '<'));

      if (references != NULL && g_mime_references_length (references) > 0)
        self->in_reply_to = clean_message_id (g_mime_references_get_message_id (references, 0));
    }
}

static void
read_thread_index (LiaMime     *self,
                   GMimeObject *message)
{
  const char *value = g_mime_object_get_header (message, "Thread-Index");
  gsize       length = 0;

  if (value != NULL && strlen (value) >= 30 && strlen (value) < 10000)
    {
      g_autofree guchar *bytes = g_base64_decode (value, &length);
      g_autoptr (GString) hex = g_string_new (NULL);

      for (gsize i = 0; i < 22 && length >= 22; i++)
        g_string_append_printf (hex, "%02x", bytes[i]);

      if (hex->len > 0)
        self->thread_index = g_strdup (hex->str);
    }
}

static void
read_headers (LiaMime      *self,
              GMimeMessage *message)
{
  GMimeObject *object = GMIME_OBJECT (message);
  const char  *auth = g_mime_object_get_header (object, "Authentication-Results");
  GDateTime   *date = g_mime_message_get_date (message);

  g_free (self->subject);
  self->subject = lia_mime_text_line (g_mime_message_get_subject (message));
  lia_mime_text_truncate (self->subject, 998);
  self->from = first_address (g_mime_message_get_from (message));
  self->reply_to = first_address (g_mime_message_get_reply_to (message));
  add_addresses (self->to, g_mime_message_get_to (message), 0);
  add_addresses (self->cc, g_mime_message_get_cc (message), 0);
  add_delivered (self, object);
  self->message_id = clean_message_id (g_mime_message_get_message_id (message));
  add_references (self, object);
  read_thread_index (self, object);

  if (self->from == NULL)
    self->from = first_address (g_mime_message_get_sender (message));

  if (date != NULL)
    {
      self->date_ms = g_date_time_to_unix (date) * 1000;
      self->offset_min = (gint32)(g_date_time_get_utc_offset (date) / G_TIME_SPAN_MINUTE);
    }

  if (auth != NULL)
    {
      self->auth = lia_mime_text_line (auth);
      lia_mime_text_truncate (self->auth, 2000);
    }
}

static const char *
first_header (GMimeObject       *message,
              const char *const *names)
{
  const char *value = NULL;

  for (; value == NULL && *names != NULL; names++)
    value = g_mime_object_get_header (message, *names);

  return value;
}

static const char *
classify (LiaMime      *self,
          GMimeMessage *message)
{
  static const char *const robots[] = { "X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Mail-Autoreply", "X-AutoReply-To", "X-Autogenerated", NULL };
  GMimeObject             *object = GMIME_OBJECT (message);
  GMimeObject             *body = g_mime_message_get_mime_part (message);
  GMimeContentType        *type = body != NULL ? g_mime_object_get_content_type (body) : NULL;
  LiaMimeFields            fields = {
               .return_path = g_mime_object_get_header (object, "Return-Path"),
               .auto_submitted = g_mime_object_get_header (object, "Auto-Submitted"),
               .precedence = g_mime_object_get_header (object, "Precedence"),
               .suppress = g_mime_object_get_header (object, "X-Auto-Response-Suppress"),
               .list_id = g_mime_object_get_header (object, "List-Id"),
               .list_post = g_mime_object_get_header (object, "List-Post"),
               .list_unsubscribe = g_mime_object_get_header (object, "List-Unsubscribe"),
               .auto_reply = first_header (object, robots),
               .from = self->from != NULL ? self->from->address : NULL,
               .reply_to = self->reply_to != NULL ? self->reply_to->address : NULL,
               .subject = self->subject,
               .text_bytes = strlen (self->text),
  };

  if (type != NULL && g_mime_content_type_is_type (type, "multipart", "report"))
    {
      fields.report_type = g_mime_content_type_get_parameter (type, "report-type");
      fields.report_type = fields.report_type != NULL ? fields.report_type : "";
    }

  return lia_mime_class (&fields);
}

static gsize
letters (const char *text)
{
  gsize count = 0;

  for (; *text != '\0'; text++)
    count += !g_ascii_isspace (*text);

  return count;
}

/* Plain text where it is the message; many senders' plain part is empty or says "view this in a browser". */
static void
choose_text (Walk *walk)
{
  gsize plain = letters (walk->plain->str);
  gsize html = letters (walk->html_text->str);
  char *text = html > 0 && plain * HTML_MIN_SHARE < html ? walk->html_text->str : walk->plain->str;
  gsize start = 0;

  /* Blank lines around it go, the first line's indent stays. */
  for (gsize i = 0; text[i] != '\0' && g_ascii_isspace (text[i]); i++)
    {
      if (text[i] == '\n')
        start = i + 1;
    }

  g_free (walk->mime->text);
  walk->mime->text = g_strchomp (g_strdup (text + start));
  lia_mime_text_truncate (walk->mime->text, LIA_MIME_MAX_TEXT_BYTES);
}

static void
settle_inline (Walk *walk)
{
  for (guint i = 0; i < walk->mime->parts->len; i++)
    {
      LiaMimePart *part = g_ptr_array_index (walk->mime->parts, i);

      part->is_inline = part->cid != NULL && g_hash_table_contains (walk->cids, part->cid);
    }
}

/**
 * lia_mime_parse:
 * @raw: a message, byte for byte
 *
 * Never fails: what cannot be parsed comes as lia_mime_scan() reads it, with its state.
 */
LiaMime *
lia_mime_parse (GBytes *raw)
{
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GHashTable) cids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) html_text = g_string_new (NULL);
  Walk        walk = { .plain = plain, .html_text = html_text, .cids = cids };
  gsize       size;
  const char *bytes = g_bytes_get_data (raw, &size);

  if (lia_mime_is_too_complex (raw))
    return lia_mime_scan (raw, LIA_MIME_TOO_COMPLEX);

  stream = g_mime_stream_mem_new_with_buffer (bytes != NULL ? bytes : "", size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);

  if (message == NULL)
    return lia_mime_scan (raw, LIA_MIME_FAILED);

  walk.mime = lia_mime_new ();
  read_headers (walk.mime, message);
  walk_object (&walk, g_mime_message_get_mime_part (message));
  settle_inline (&walk);
  choose_text (&walk);
  g_free (walk.mime->auto_class);
  walk.mime->auto_class = g_strdup (classify (walk.mime, message));

  return walk.mime;
}
