/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation.h"

G_BEGIN_DECLS

#define LIA_TYPE_SEARCH_HIT (lia_search_hit_get_type ())

G_DECLARE_FINAL_TYPE (LiaSearchHit, lia_search_hit, LIA, SEARCH_HIT, GObject)

/**
 * LiaSearchHit:
 *
 * A found entry. Immutable once published.
 */
struct _LiaSearchHit
{
  GObject parent_instance;

  LiaConversation *conversation;
  char            *entry;
  gint64           at_ms;
  char            *snippet;
  GArray          *marks; /* of gsize pairs: byte ranges in the snippet */
};

LiaSearchHit *lia_search_hit_new (void);

G_END_DECLS
