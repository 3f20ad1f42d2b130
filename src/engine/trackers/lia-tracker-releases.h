/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-site.h"

G_BEGIN_DECLS

/*
 * The names of milestones or versions that are out, as lia_tracker_releases() gives them. An answer is asked for with the validator of the one before, so
 * that most of them say no more than that nothing has changed.
 */

/* Whether what a tracker says of a milestone or version means that it is out. Pure */
typedef gboolean (*LiaTrackerIsOut) (JsonObject *item);

GHashTable      *lia_tracker_releases_new (void);
LiaTrackerReply *lia_tracker_releases_ask (LiaTrackerSite *site,
                                           const char     *path,
                                           char          **validator,
                                           GError        **error);
GHashTable      *lia_tracker_releases_pages (LiaTrackerSite *site,
                                             const char     *path,
                                             char          **validator,
                                             GError        **error);
gboolean         lia_tracker_releases_add (GHashTable     *names,
                                           JsonArray      *items,
                                           const char     *member,
                                           LiaTrackerIsOut is_out,
                                           GError        **error);

G_END_DECLS
