/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-index.h"

#include <string.h>

/* A dozen canned responses, and what is asked of an index of them. */

#define NOW_MS G_GINT64_CONSTANT (1764000000000)
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

G_GNUC_UNUSED static LiaCanned *
make (const char *id,
      const char *shortcut,
      const char *title,
      const char *aliases,
      const char *tags,
      const char *body)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->id, id);
  g_set_str (&canned->shortcut, shortcut);
  g_set_str (&canned->title, title);
  g_strfreev (canned->aliases);
  canned->aliases = g_strsplit (aliases, ";", -1);
  g_strfreev (canned->tags);
  canned->tags = g_strsplit (tags, ",", -1);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);

  return canned;
}

G_GNUC_UNUSED static void
put (LiaCannedIndex *index,
     LiaCanned      *canned)
{
  lia_canned_index_put (index, canned);
  g_object_unref (canned);
}

G_GNUC_UNUSED static LiaCannedIndex *
make_index (void)
{
  LiaCannedIndex *index = lia_canned_index_new ();

  put (index, make ("refund", "refpol", "Refund policy", "money back", "billing", "You can return any item within 30 days."));
  put (index, make ("status", "refstat", "Refund status", "", "billing", "Banks usually need three days."));
  put (index, make ("password", "pwreset", "Password reset instructions", "forgot password", "account", "Follow the link."));
  put (index, make ("order", "ordstat", "Order status", "where is my order", "shipping", "It left our warehouse."));
  put (index, make ("chargeback", "cb", "Chargeback received", "", "billing", "Your bank disputes it."));
  put (index, make ("gift", "gc", "Gift card balance", "", "sales", "There is something left."));
  put (index, make ("mail", "em", "Change e-mail address", "", "account", "Settings, then Profile."));
  put (index, make ("erstattung", "rueck", "Rückerstattung veranlasst", "Geld zurück", "Zahlung", "Wir haben überwiesen."));
  put (index, make ("gruss", "gr", "Große Begrüßung", "", "", "Guten Tag."));
  put (index, make ("vozvrat", "", "Возврат денег", "", "", ""));
  put (index, make ("tuikuan", "", "退款政策", "", "", ""));

  return index;
}

G_GNUC_UNUSED static char *
marked (const char   *text,
        const GArray *marks)
{
  GString *string = g_string_new (NULL);
  gsize    at = 0;

  for (guint i = 0; i < marks->len; i++)
    {
      LiaTokenRange range = g_array_index (marks, LiaTokenRange, i);

      g_assert_cmpuint (range.start, >=, at);
      g_assert_cmpuint (range.end, <=, strlen (text));
      g_string_append_len (string, text + at, range.start - at);
      g_string_append_printf (string, "[%.*s]", (int)(range.end - range.start), text + range.start);
      at = range.end;
    }
  g_string_append (string, text + at);

  return g_string_free_and_steal (string);
}

G_GNUC_UNUSED static LiaCannedContext *
context_with (const char *message)
{
  LiaCannedContext *context = lia_canned_context_new ();

  context->now_ms = NOW_MS;
  g_set_str (&context->message, message);

  return context;
}

G_GNUC_UNUSED static GPtrArray *
query (LiaCannedIndex *index,
       const char     *typed)
{
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();

  context->now_ms = NOW_MS;

  return lia_canned_index_query (index, typed, context, 10);
}

G_GNUC_UNUSED static LiaCannedHit *
hit_at (GPtrArray *hits,
        guint      i)
{
  return i < hits->len ? g_ptr_array_index (hits, i) : NULL;
}

G_GNUC_UNUSED static void
assert_first (LiaCannedIndex *index,
              const char     *typed,
              const char     *id)
{
  g_autoptr (GPtrArray) hits = query (index, typed);

  if (hits->len == 0 || !g_str_equal (hit_at (hits, 0)->canned->id, id))
    g_test_fail_printf ("\"%s\" finds %s instead of %s", typed, hits->len > 0 ? hit_at (hits, 0)->canned->id : "nothing", id);
}

G_GNUC_UNUSED static void
assert_nothing (LiaCannedIndex *index,
                const char     *typed)
{
  g_autoptr (GPtrArray) hits = query (index, typed);

  g_assert_cmpuint (hits->len, ==, 0);
}

G_GNUC_UNUSED static LiaCannedMatch
match_of (LiaCannedIndex *index,
          const char     *typed)
{
  g_autoptr (GPtrArray) hits = query (index, typed);

  g_assert_cmpuint (hits->len, >, 0);

  return hit_at (hits, 0)->match;
}
