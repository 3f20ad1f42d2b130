/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SITE_LINE_GROUP (lia_site_line_group_get_type ())

/**
 * LiaSiteLineGroup:
 *
 * Where the chat is reached, and the one line that belongs into the pages of a web site.
 */
G_DECLARE_FINAL_TYPE (LiaSiteLineGroup, lia_site_line_group, LIA, SITE_LINE_GROUP, AdwPreferencesGroup)

void     lia_site_line_group_set_key (LiaSiteLineGroup *self,
                                      const char       *key);
void     lia_site_line_group_set_address (LiaSiteLineGroup *self,
                                          const char       *address);
char    *lia_site_line_group_dup_address (LiaSiteLineGroup *self);
gboolean lia_site_line_group_check (LiaSiteLineGroup *self);

G_END_DECLS
