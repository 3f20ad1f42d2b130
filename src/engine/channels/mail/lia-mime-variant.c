/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime.h"

#include "lia-mime-text.h"

/*
 * LiaMime <-> GVariant, the form in which it crosses from the worker. A serialised GVariant may come from anybody: reading it checks all
 * bounds and text, gives defaults for what is not as it should be, and the parts' bytes are slices of the frame, not copies.
 */

#define ADDRESS "(ss)"
#define PART "(sssbbay)"

static GVariant *
address_variant (const LiaAddress *address)
{
  return g_variant_new (ADDRESS, address != NULL ? address->name : "", address != NULL ? address->address : "");
}

static GVariant *
addresses_variant (GPtrArray *addresses)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" ADDRESS));

  for (guint i = 0; i < addresses->len; i++)
    g_variant_builder_add_value (&builder, address_variant (g_ptr_array_index (addresses, i)));

  return g_variant_builder_end (&builder);
}

static GVariant *
bytes_variant (GBytes *bytes)
{
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);

  return g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? bytes : none, TRUE);
}

static GVariant *
parts_variant (GPtrArray *parts)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" PART));

  for (guint i = 0; i < parts->len; i++)
    {
      LiaMimePart *part = g_ptr_array_index (parts, i);

      g_variant_builder_add (&builder, "(sssbb@ay)", part->name, part->type, part->cid != NULL ? part->cid : "", part->is_inline, part->dangerous,
                             bytes_variant (part->bytes));
    }

  return g_variant_builder_end (&builder);
}

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/** lia_mime_to_variant: (transfer floating): */
GVariant *
lia_mime_to_variant (const LiaMime *self)
{
  GVariant *children[] = {
    g_variant_new_uint32 (self->state),
    g_variant_new_string (self->subject),
    address_variant (self->from),
    address_variant (self->reply_to),
    addresses_variant (self->to),
    addresses_variant (self->cc),
    addresses_variant (self->delivered),
    g_variant_new_int64 (self->date_ms),
    g_variant_new_string (text_or_empty (self->message_id)),
    g_variant_new_string (text_or_empty (self->in_reply_to)),
    g_variant_new_strv ((const char *const *)self->references->pdata, self->references->len),
    g_variant_new_string (text_or_empty (self->thread_index)),
    g_variant_new_string (self->text),
    g_variant_new_string (self->auto_class),
    bytes_variant (self->html),
    g_variant_new_uint32 (self->charset_errors),
    g_variant_new_string (text_or_empty (self->auth)),
    parts_variant (self->parts),
    g_variant_new_int32 (self->offset_min),
  };

  return g_variant_new_tuple (children, G_N_ELEMENTS (children));
}

static char *
dup_text (GVariant *tuple,
          gsize     index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);
  gsize       length;
  const char *text = g_variant_get_string (child, &length);

  return lia_mime_text_clean (text, length);
}

static char *
dup_or_null (GVariant *tuple,
             gsize     index)
{
  g_autofree char *text = dup_text (tuple, index);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static LiaAddress *
read_address (GVariant *tuple,
              gsize     index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);
  g_autofree char *name = dup_text (child, 0);
  g_autofree char *address = dup_text (child, 1);

  return *address != '\0' ? lia_address_new (name, address) : NULL;
}

static void
read_addresses (GPtrArray *list,
                GVariant  *tuple,
                gsize      index)
{
  g_autoptr (GVariant) children = g_variant_get_child_value (tuple, index);
  gsize count = g_variant_n_children (children);

  for (gsize i = 0; i < count; i++)
    {
      LiaAddress *address = read_address (children, i);

      if (address != NULL)
        g_ptr_array_add (list, address);
    }
}

static GBytes *
read_bytes (GVariant *tuple,
            gsize     index)
{
  g_autoptr (GVariant) child = g_variant_get_child_value (tuple, index);

  return g_variant_get_data_as_bytes (child);
}

static void
read_parts (GPtrArray *parts,
            GVariant  *tuple,
            gsize      index)
{
  g_autoptr (GVariant) children = g_variant_get_child_value (tuple, index);
  gsize count = MIN (g_variant_n_children (children), LIA_MIME_MAX_PARTS);

  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (children, i);
      LiaMimePart *part = g_new0 (LiaMimePart, 1);

      part->name = dup_text (child, 0);
      part->type = dup_text (child, 1);
      part->cid = dup_or_null (child, 2);
      g_variant_get_child (child, 3, "b", &part->is_inline);
      g_variant_get_child (child, 4, "b", &part->dangerous);
      part->bytes = read_bytes (child, 5);
      part->size = g_bytes_get_size (part->bytes);
      g_ptr_array_add (parts, part);
    }
}

static void
read_references (GPtrArray *references,
                 GVariant  *tuple,
                 gsize      index)
{
  g_autoptr (GVariant) children = g_variant_get_child_value (tuple, index);
  gsize count = MIN (g_variant_n_children (children), 200);

  for (gsize i = 0; i < count; i++)
    g_ptr_array_add (references, dup_text (children, i));
}

/**
 * lia_mime_from_variant:
 * @variant: of whatever type and content
 *
 * Returns: (transfer full) (nullable): NULL when it is not a message
 */
LiaMime *
lia_mime_from_variant (GVariant *variant)
{
  LiaMime *self;
  guint32  state;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (LIA_MIME_VARIANT_TYPE)))
    return NULL;

  self = lia_mime_new ();
  g_variant_get_child (variant, 0, "u", &state);
  self->state = MIN (state, LIA_MIME_FAILED);
  g_free (self->subject);
  self->subject = dup_text (variant, 1);
  self->from = read_address (variant, 2);
  self->reply_to = read_address (variant, 3);
  read_addresses (self->to, variant, 4);
  read_addresses (self->cc, variant, 5);
  read_addresses (self->delivered, variant, 6);
  g_variant_get_child (variant, 7, "x", &self->date_ms);
  self->message_id = dup_or_null (variant, 8);
  self->in_reply_to = dup_or_null (variant, 9);
  read_references (self->references, variant, 10);
  self->thread_index = dup_or_null (variant, 11);
  g_free (self->text);
  self->text = dup_text (variant, 12);
  g_free (self->auto_class);
  self->auto_class = dup_text (variant, 13);
  self->html = read_bytes (variant, 14);
  g_variant_get_child (variant, 15, "u", &self->charset_errors);
  self->auth = dup_or_null (variant, 16);
  read_parts (self->parts, variant, 17);
  g_variant_get_child (variant, 18, "i", &self->offset_min);

  if (g_bytes_get_size (self->html) == 0)
    g_clear_pointer (&self->html, g_bytes_unref);

  return self;
}
