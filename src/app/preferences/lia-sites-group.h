/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SITES_GROUP (lia_sites_group_get_type ())

/**
 * LiaSitesGroup:
 *
 * The web sites with a chat. Others than administrators see them, and can copy the line for their pages.
 */
G_DECLARE_FINAL_TYPE (LiaSitesGroup, lia_sites_group, LIA, SITES_GROUP, AdwPreferencesGroup)

void     lia_sites_group_set_client (LiaSitesGroup *self,
                                     LiaClient     *client);
gboolean lia_sites_group_may_change (LiaSitesGroup *self);
void     lia_sites_group_add (LiaSitesGroup *self);

G_END_DECLS
