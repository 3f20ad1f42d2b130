/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-entry.h"

#include "lia-mime-class.h"
#include "lia-wire.h"

#include <string.h>

static GPtrArray *
attachments_of (const LiaMailItem *item)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < item->mime->parts->len; i++)
    {
      const LiaMimePart *part = g_ptr_array_index (item->mime->parts, i);
      LiaAttachment     *attachment = lia_attachment_new ();

      attachment->blob = g_strdup (item->parts[i]);
      attachment->name = g_strdup (part->name);
      attachment->type = g_strdup (part->type);
      attachment->cid = g_strdup (part->cid);
      attachment->size_bytes = (gint64)part->size;
      attachment->is_inline = part->is_inline;
      attachment->dangerous = part->dangerous;
      g_ptr_array_add (list, attachment);
    }

  return list;
}

static gboolean
is_automatic (const LiaMime *mime)
{
  return strcmp (mime->auto_class, "auto-reply") == 0 || strcmp (mime->auto_class, "mdn") == 0 || strcmp (mime->auto_class, "feedback") == 0;
}

/* Only a failure is believed: who forges the field would not write one. */
static gboolean
failed_authentication (const LiaMime *mime)
{
  g_autofree char *low = mime->auth != NULL ? g_ascii_strdown (mime->auth, -1) : NULL;

  return low != NULL && strstr (low, "dmarc=fail") != NULL;
}

static GStrv
flags_of (const LiaMailEntrySource *source)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const LiaMime *mime = source->item->mime;

  if (source->new_participant)
    g_strv_builder_add (builder, "new-participant");

  if (mime->state != LIA_MIME_PARSED)
    g_strv_builder_add (builder, "unparsed");

  if (is_automatic (mime))
    g_strv_builder_add (builder, "auto-reply");

  if (!source->outgoing && failed_authentication (mime))
    g_strv_builder_add (builder, "suspect-sender");

  if (source->outgoing)
    g_strv_builder_add (builder, "sent-elsewhere");

  return g_strv_builder_end (builder);
}

/* The customer's clock: which times they read. UTC is what programs write that do not tell. */
static char *
details_of (const LiaMailEntrySource *source)
{
  const gint32 offset_min = source->item->mime->offset_min;
  const gint32 day_min = 24 * 60;

  if (source->outgoing || offset_min == 0 || ABS (offset_min) >= day_min)
    return g_strdup ("{}");

  return g_strdup_printf ("{\"utc_offset_min\":%d}", offset_min);
}

static LiaEntry *
entry_of (const LiaMailEntrySource *source)
{
  const LiaMime *mime = source->item->mime;
  LiaEntry      *entry = lia_entry_new ();

  entry->at_ms = source->item->fetched->internal_date_ms;
  entry->kind = LIA_ENTRY_EMAIL;
  entry->direction = source->outgoing ? LIA_DIRECTION_OUT : LIA_DIRECTION_IN;
  entry->author_kind = source->outgoing ? LIA_AUTHOR_AGENT : LIA_AUTHOR_CUSTOMER;
  entry->author_id = source->author_id != 0 ? g_strdup_printf ("k_%" G_GINT64_FORMAT, source->author_id) : NULL;
  entry->author = source->author != NULL ? lia_address_ref (source->author) : lia_address_new (NULL, NULL);
  entry->subject = g_strdup (mime->subject);
  entry->from = mime->from != NULL ? lia_address_ref (mime->from) : NULL;
  entry->reply_to = mime->reply_to != NULL ? lia_address_ref (mime->reply_to) : NULL;
  entry->to = g_ptr_array_ref (mime->to);
  entry->cc = g_ptr_array_ref (mime->cc);
  entry->bcc = g_ptr_array_new ();
  entry->text = g_strdup (mime->text);
  entry->folds = mime->state == LIA_MIME_PARSED ? lia_fold_find (mime->text, source->earlier) : g_array_new (FALSE, FALSE, sizeof (LiaFold));
  entry->has_html = source->item->html != NULL;
  entry->message_id = mime->message_id != NULL ? g_strdup_printf ("<%s>", mime->message_id) : NULL;
  entry->attachments = attachments_of (source->item);
  entry->send_state = source->outgoing ? LIA_SEND_SENT : LIA_SEND_NONE;
  entry->flags = flags_of (source);
  entry->details = details_of (source);

  return entry;
}

static JsonArray *
references_of (const LiaMime *mime)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < mime->references->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (mime->references, i));

  if (mime->in_reply_to != NULL && !g_ptr_array_find_with_equal_func (mime->references, mime->in_reply_to, g_str_equal, NULL))
    json_array_add_string_element (array, mime->in_reply_to);

  return array;
}

/** lia_mail_entry_build: (transfer full): the data of `entry.added` */
JsonObject *
lia_mail_entry_build (const LiaMailEntrySource *source)
{
  g_autoptr (LiaEntry) entry = entry_of (source);
  JsonObject *data = lia_wire_encode_entry (entry);
  JsonObject *x = json_object_new ();

  json_object_remove_member (data, "id");
  json_object_remove_member (data, "seq");
  json_object_remove_member (data, "conv");
  json_object_set_string_member (x, "raw", source->item->raw);
  json_object_set_int_member (x, "channel", source->channel_id);
  json_object_set_array_member (x, "refs", references_of (source->item->mime));

  if (source->item->html != NULL)
    json_object_set_string_member (x, "html", source->item->html);

  if (source->quiet)
    json_object_set_boolean_member (x, "quiet", TRUE);

  json_object_set_object_member (data, "x", x);

  return data;
}

/** lia_mail_entry_customer: (transfer full): the data of `customer.created` */
JsonObject *
lia_mail_entry_customer (const LiaAddress *address)
{
  JsonObject *data = json_object_new ();
  JsonArray  *addresses = json_array_new ();

  json_object_set_string_member (data, "name", address->name);
  json_object_set_string_member (data, "org", "");
  json_object_set_string_member (data, "lang", "");

  if (*address->address != '\0')
    {
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "kind", "email");
      json_object_set_string_member (one, "value", address->address);
      json_array_add_object_element (addresses, one);
    }

  json_object_set_array_member (data, "addresses", addresses);

  return data;
}

/** lia_mail_entry_conversation: (transfer full): the data of `conversation.created` */
JsonObject *
lia_mail_entry_conversation (const char *subject,
                             gint64      queue_id,
                             gboolean    closed)
{
  JsonObject *data = json_object_new ();

  json_object_set_string_member (data, "subject", subject);
  json_object_set_string_member (data, "channel", "email");
  json_object_set_int_member (data, "queue", queue_id);

  if (closed)
    json_object_set_string_member (data, "state", "closed");

  return data;
}

/** lia_mail_entry_class: one of the words that mail_message.auto_class takes, whatever the worker said. */
const char *
lia_mail_entry_class (const LiaMime *mime)
{
  static const char *const classes[] = { "auto-reply", "bounce", "list", "bulk", "feedback", "mdn", NULL };

  return g_strv_contains (classes, mime->auto_class) ? mime->auto_class : "human";
}

gboolean
lia_mail_entry_is_nobody (const LiaAddress *address)
{
  return lia_mime_class_is_nobody (address->address);
}
