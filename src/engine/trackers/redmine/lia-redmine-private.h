/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"
#include "lia-redmine.h"

G_BEGIN_DECLS

/* What LiaRedmine's files share: lia-redmine.c is the object and what it is asked first, -look what it is asked, -write what it is told. */

struct _LiaRedmine
{
  GObject parent_instance;

  LiaTrackerWeb *web;
  char          *url; /* without a slash at its end */
  char          *project;
  gint64         kind;
  LiaDialect     dialect;
  char          *ca;
  char          *key;
  char          *me; /* the number of whom the key belongs to, and the login; NULL = not asked yet */
  char          *login;
};

LiaTrackerRequest *lia_redmine_new_request (LiaRedmine *self,
                                            const char *method,
                                            const char *path);
JsonObject        *lia_redmine_get (LiaRedmine *self,
                                    const char *path,
                                    GError    **error);
JsonObject        *lia_redmine_get_part (LiaRedmine *self,
                                         const char *path,
                                         const char *name,
                                         GError    **error);
gboolean           lia_redmine_understand (GError **error,
                                           GError  *cause);
char              *lia_redmine_issue_path (const char *key,
                                           const char *rest);

LiaIssue           *lia_redmine_find_by_marker (LiaTracker *tracker,
                                                const char *marker,
                                                gint64      since_ms,
                                                GError    **error);
LiaIssue           *lia_redmine_read (LiaTracker *tracker,
                                      const char *key,
                                      const char *validator,
                                      GError    **error);
LiaTrackerChanges  *lia_redmine_changed_since (LiaTracker *tracker,
                                               const char *cursor,
                                               GError    **error);
LiaTrackerComments *lia_redmine_comments (LiaTracker *tracker,
                                          const char *key,
                                          gint64      since_ms,
                                          GError    **error);
GHashTable         *lia_redmine_releases (LiaTracker *tracker,
                                          char      **validator,
                                          GError    **error);
GPtrArray          *lia_redmine_search (LiaTracker *tracker,
                                        const char *text,
                                        GError    **error);
LiaIssue           *lia_redmine_create (LiaTracker            *tracker,
                                        const LiaTrackerDraft *draft,
                                        GError               **error);
gboolean            lia_redmine_upsert_summary (LiaTracker *tracker,
                                                const char *key,
                                                const char *mark,
                                                const char *text,
                                                GError    **error);
gboolean            lia_redmine_attach (LiaTracker           *tracker,
                                        const char           *key,
                                        const LiaTrackerFile *file,
                                        GError              **error);
gboolean            lia_redmine_retract (LiaTracker *tracker,
                                         const char *key,
                                         const char *title,
                                         const char *text,
                                         GError    **error);

G_END_DECLS
