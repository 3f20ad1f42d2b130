/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-quote.h"

G_DEFINE_FINAL_TYPE (LiaQuote, lia_quote, G_TYPE_OBJECT)

static void
lia_quote_finalize (GObject *object)
{
  LiaQuote *self = (LiaQuote *)object;

  g_free (self->entry);
  g_free (self->conv);
  g_free (self->finding);
  g_free (self->agent);
  g_free (self->customer_id);
  g_clear_pointer (&self->customer, lia_address_unref);
  g_free (self->text);
  g_free (self->source);
  g_free (self->url);

  G_OBJECT_CLASS (lia_quote_parent_class)->finalize (object);
}

static void
lia_quote_class_init (LiaQuoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_quote_finalize;
}

static void
lia_quote_init (LiaQuote *self)
{
  self->entry = g_strdup ("");
  self->conv = g_strdup ("");
  self->finding = g_strdup ("");
  self->agent = g_strdup ("");
  self->customer_id = g_strdup ("");
  self->text = g_strdup ("");
  self->source = g_strdup ("");
  self->url = g_strdup ("");
  self->second = LIA_QUOTE_NO_SECOND;
}

/** lia_quote_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaQuote *
lia_quote_new (void)
{
  return g_object_new (LIA_TYPE_QUOTE, NULL);
}

/** lia_quote_set_text: of what is longer than %LIA_QUOTE_MAX_TEXT_BYTES the beginning is kept, up to a character's end. */
void
lia_quote_set_text (LiaQuote   *self,
                    const char *words)
{
  gsize length = MIN (strlen (words), LIA_QUOTE_MAX_TEXT_BYTES);

  while (length > 0 && (words[length] & 0xc0) == 0x80)
    length--;
  g_free (self->text);
  self->text = g_strndup (words, length);
}
