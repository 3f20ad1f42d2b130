/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-findings.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_FINDINGS_FILTER (lia_findings_filter_get_type ())

/** LiaFindingsFilter: which findings are listed, and in which order. Signal: `changed`: somebody chose otherwise. */
G_DECLARE_FINAL_TYPE (LiaFindingsFilter, lia_findings_filter, LIA, FINDINGS_FILTER, GtkBox)

void             lia_findings_filter_set_client (LiaFindingsFilter *self,
                                                 LiaClient         *client);
void             lia_findings_filter_refresh (LiaFindingsFilter *self);
LiaFindingsQuery lia_findings_filter_get_query (LiaFindingsFilter *self);
void             lia_findings_filter_set_page (LiaFindingsFilter *self,
                                               const char        *url);
gboolean         lia_findings_filter_is_set (LiaFindingsFilter *self);
void             lia_findings_filter_clear (LiaFindingsFilter *self);

G_END_DECLS
