/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-quote.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDING_QUOTES (lia_finding_quotes_get_type ())

/**
 * LiaFindingQuotes:
 *
 * What customers said of a finding; some of it can be chosen, and how much it matters is changed by the action `findings.weigh` (entry, importance before and after) of a widget around it. Signals: `quote-activated` (LiaQuote); `more`: the next page is asked for.
 */
G_DECLARE_FINAL_TYPE (LiaFindingQuotes, lia_finding_quotes, LIA, FINDING_QUOTES, GtkBox)

void       lia_finding_quotes_begin (LiaFindingQuotes *self,
                                     gboolean          other);
void       lia_finding_quotes_add (LiaFindingQuotes *self,
                                   GListModel       *quotes,
                                   gboolean          first,
                                   gboolean          more);
void       lia_finding_quotes_fail (LiaFindingQuotes *self,
                                    const char       *words);
GPtrArray *lia_finding_quotes_dup_chosen (LiaFindingQuotes *self);

G_END_DECLS
