/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-finding-enums.h"

G_BEGIN_DECLS

#define LIA_TYPE_QUOTE (lia_quote_get_type ())

G_DECLARE_FINAL_TYPE (LiaQuote, lia_quote, LIA, QUOTE, GObject)

#define LIA_QUOTE_MAX_TEXT_BYTES (8 * 1024)
#define LIA_QUOTE_NO_SECOND (-1)

/**
 * LiaQuote:
 *
 * What a customer said, as evidence of a finding; it stays with us. Immutable once published; texts are never NULL.
 */
struct _LiaQuote
{
  GObject parent_instance;

  char         *entry; /* its own entry on the timeline, which is its id */
  char         *conv;
  char         *finding; /* as it was captured or moved; that may be merged into another one */
  gint64        at_ms;
  char         *agent;       /* who captured it */
  char         *customer_id; /* "" = not read */
  LiaAddress   *customer;    /* or NULL */
  char         *text;        /* the words; "" of a moment in a call */
  LiaImportance importance;
  char         *source; /* the entry in which it was said; "" = by word of mouth */
  gint64        start;  /* bytes of the source's text, when both are not 0 */
  gint64        end;
  gint64        second; /* of the call, or %LIA_QUOTE_NO_SECOND */
  char         *url;    /* the page that failed this customer, or "" */
};

LiaQuote *lia_quote_new (void);
void      lia_quote_set_text (LiaQuote   *self,
                              const char *words);

G_END_DECLS
