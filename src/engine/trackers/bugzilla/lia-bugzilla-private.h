/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-bugzilla.h"
#include "lia-tracker-site.h"

G_BEGIN_DECLS

/* What LiaBugzilla's files share: lia-bugzilla.c is the object and what it is asked first, -look what it is asked, -write what it is told. */

struct _LiaBugzilla
{
  GObject parent_instance;

  LiaTrackerSite *site;
  char           *key;
  char           *product;
  char           *component; /* of the bugs that are made; "" = its first */
  char           *given;     /* whom the key belongs to, as somebody has entered it; "" = nobody has */
  char           *login;     /* likewise, as Bugzilla says; NULL = not asked yet */
  JsonObject     *place;     /* what a new bug has to say of itself besides; NULL = not asked yet */
};

#define LIA_BUGZILLA_FIELDS "include_fields=id,alias,summary,status,resolution,is_open,assigned_to,assigned_to_detail,target_milestone,last_change_time,keywords,flags"

char       *lia_bugzilla_bug_path (const char *key,
                                   const char *rest);
JsonObject *lia_bugzilla_new_body (LiaBugzilla *self);
const char *lia_bugzilla_get_login (LiaBugzilla *self,
                                    gboolean    *is_old,
                                    GError     **error);
JsonObject *lia_bugzilla_get_place (LiaBugzilla *self,
                                    GError     **error);
JsonArray  *lia_bugzilla_get_comments (LiaBugzilla *self,
                                       const char  *key,
                                       gint64       since_ms,
                                       GError     **error);

LiaIssue           *lia_bugzilla_find_by_marker (LiaTracker *tracker,
                                                 const char *marker,
                                                 gint64      since_ms,
                                                 GError    **error);
LiaIssue           *lia_bugzilla_read (LiaTracker *tracker,
                                       const char *key,
                                       const char *validator,
                                       GError    **error);
LiaTrackerChanges  *lia_bugzilla_changed_since (LiaTracker *tracker,
                                                const char *cursor,
                                                GError    **error);
LiaTrackerComments *lia_bugzilla_comments (LiaTracker *tracker,
                                           const char *key,
                                           gint64      since_ms,
                                           GError    **error);
GHashTable         *lia_bugzilla_releases (LiaTracker *tracker,
                                           char      **validator,
                                           GError    **error);
GPtrArray          *lia_bugzilla_search (LiaTracker *tracker,
                                         const char *text,
                                         GError    **error);
LiaIssue           *lia_bugzilla_create (LiaTracker            *tracker,
                                         const LiaTrackerDraft *draft,
                                         GError               **error);
gboolean            lia_bugzilla_upsert_summary (LiaTracker *tracker,
                                                 const char *key,
                                                 const char *mark,
                                                 const char *text,
                                                 GError    **error);
gboolean            lia_bugzilla_attach (LiaTracker           *tracker,
                                         const char           *key,
                                         const LiaTrackerFile *file,
                                         GError              **error);
gboolean            lia_bugzilla_retract (LiaTracker *tracker,
                                          const char *key,
                                          const char *title,
                                          const char *text,
                                          GError    **error);

G_END_DECLS
