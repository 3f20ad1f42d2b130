/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"

#include <string.h>

/* A library with all that a format may lose, and files of responses. */

G_GNUC_UNUSED static GPtrArray *
no_library (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

G_GNUC_UNUSED static GPtrArray *
read_csv (const char *text,
          gssize      length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length >= 0 ? (gsize)length : strlen (text));

  return lia_canned_import_csv (bytes);
}

G_GNUC_UNUSED static LiaCannedImportRow *
nth (GPtrArray *rows,
     guint      index)
{
  g_assert_cmpuint (index, <, rows->len);

  return rows->pdata[index];
}

G_GNUC_UNUSED static LiaCanned *
add_response (GPtrArray  *library,
              const char *shortcut,
              const char *title,
              const char *folder,
              const char *body)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_free (canned->id);
  g_free (canned->shortcut);
  g_free (canned->title);
  g_free (canned->folder);
  g_free (canned->owner);
  g_free (variant->body);
  canned->id = g_strdup_printf ("r_%u", 100 + library->len);
  canned->ver = 3;
  canned->shortcut = g_strdup (shortcut);
  canned->title = g_strdup (title);
  canned->folder = g_strdup (folder);
  canned->owner = g_strdup ("a_1");
  variant->body = g_strdup (body);
  g_ptr_array_add (canned->variants, variant);
  g_ptr_array_add (library, canned);

  return canned;
}

G_GNUC_UNUSED static void
add_text (LiaCanned         *canned,
          const char        *language,
          LiaCannedFormality formality,
          const char        *channel,
          const char        *subject,
          const char        *body)
{
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_free (variant->language);
  g_free (variant->channel);
  g_free (variant->subject);
  g_free (variant->body);
  variant->language = g_strdup (language);
  variant->formality = formality;
  variant->channel = g_strdup (channel);
  variant->subject = g_strdup (subject);
  variant->body = g_strdup (body);
  g_ptr_array_add (canned->variants, variant);
}

/* With all that is hard to write */
G_GNUC_UNUSED static GPtrArray *
make_library (void)
{
  GPtrArray     *library = no_library ();
  LiaCanned     *refund = add_response (library, "refund", "Refund; \"on its way\"", "Billing/Refunds", "=1+2 is a sum,\nnot a formula.\n\n");
  LiaCanned     *tricky = add_response (library, "", "- A: title; with: all", "A:b/..", "=== not a head\n\\=== nor this\n---\n\"quoted\", 'too'\n  indented  ");
  LiaAttachment *file = lia_attachment_new ();

  add_text (refund, "de", LIA_CANNED_FORMALITY_FORMAL, "chat", "Betreff; mit: allem", "Ihr Geld, {{customer.name}}.");
  add_text (refund, "", LIA_CANNED_FORMALITY_INFORMAL, "", "", "\nstarts with an empty line");
  g_strfreev (refund->tags);
  refund->tags = g_strsplit ("a;b|c\\d|e, f", "|", -1);
  g_strfreev (refund->aliases);
  refund->aliases = g_strsplit ("where is my money?|'quoted'", "|", -1);
  refund->state = LIA_CANNED_DRAFT;
  refund->review_by_ms = G_GINT64_CONSTANT (1801353600000);
  refund->greeting = TRUE;
  g_ptr_array_add (refund->actions, lia_canned_action_new ("tag", "x: y; z"));
  g_ptr_array_add (refund->actions, lia_canned_action_new ("close", ""));
  g_free (file->blob);
  g_free (file->name);
  file->blob = g_strdup ("b_9f");
  file->name = g_strdup ("a; <b>.pdf");
  g_ptr_array_add (refund->attachments, file);
  tricky->scope = LIA_CANNED_PRIVATE;
  tricky->farewell = TRUE;
  add_response (library, "Con", "Same name", "", "x");
  add_response (library, "con.", "Other", "", "y");
  add_response (library, "", "CON", "", "z");

  return library;
}
