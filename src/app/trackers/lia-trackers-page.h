/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-trackers.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_TRACKERS_PAGE (lia_trackers_page_get_type ())

/**
 * LiaTrackersPage:
 *
 * The issue trackers that are set up, how it stands with each, and for administrators: adding, changing, testing, removing.
 */
G_DECLARE_FINAL_TYPE (LiaTrackersPage, lia_trackers_page, LIA, TRACKERS_PAGE, AdwPreferencesPage)

void lia_trackers_page_set_client (LiaTrackersPage *self,
                                   LiaClient       *client);

G_END_DECLS
