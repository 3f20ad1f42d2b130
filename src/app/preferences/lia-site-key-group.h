/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SITE_KEY_GROUP (lia_site_key_group_get_type ())

/**
 * LiaSiteKeyGroup:
 *
 * The key that a web site's server signs identities with: which there is, and a new one, which is made here and shown until the dialog closes.
 */
G_DECLARE_FINAL_TYPE (LiaSiteKeyGroup, lia_site_key_group, LIA, SITE_KEY_GROUP, AdwPreferencesGroup)

void        lia_site_key_group_set_kids (LiaSiteKeyGroup   *self,
                                         const char *const *kids);
const char *lia_site_key_group_get_kid (LiaSiteKeyGroup *self);
const char *lia_site_key_group_get_secret (LiaSiteKeyGroup *self);

G_END_DECLS
