/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-jira.h"
#include "lia-tracker-site.h"

G_BEGIN_DECLS

/* What LiaJira's files share: lia-jira.c is the object and what it is asked first, -look what it is asked, -write what it is told. */

struct _LiaJira
{
  GObject parent_instance;

  gboolean        is_cloud;
  LiaTrackerSite *site;
  char           *project; /* "SHOP" */
  char           *type;    /* of the issues that are made */
  char           *me;      /* the id of whom the key belongs to, and how people name it; NULL = not asked yet */
  char           *login;   /* */
  GTimeZone      *zone;    /* of whom the key belongs to, by which Jira understands times; NULL = not asked yet */
};

#define LIA_JIRA_FIELDS "summary,status,assignee,fixVersions,labels,updated"

char       *lia_jira_issue_path (const char *key,
                                 const char *rest);
JsonObject *lia_jira_get_me (LiaJira *self,
                             GError **error);
JsonArray  *lia_jira_get_array (LiaJira    *self,
                                const char *path,
                                const char *name,
                                GError    **error);

LiaIssue           *lia_jira_find_by_marker (LiaTracker *tracker,
                                             const char *marker,
                                             gint64      since_ms,
                                             GError    **error);
LiaIssue           *lia_jira_read (LiaTracker *tracker,
                                   const char *key,
                                   const char *validator,
                                   GError    **error);
LiaTrackerChanges  *lia_jira_changed_since (LiaTracker *tracker,
                                            const char *cursor,
                                            GError    **error);
LiaTrackerComments *lia_jira_comments (LiaTracker *tracker,
                                       const char *key,
                                       gint64      since_ms,
                                       GError    **error);
GHashTable         *lia_jira_releases (LiaTracker *tracker,
                                       char      **validator,
                                       GError    **error);
GPtrArray          *lia_jira_search (LiaTracker *tracker,
                                     const char *text,
                                     GError    **error);
LiaIssue           *lia_jira_create (LiaTracker            *tracker,
                                     const LiaTrackerDraft *draft,
                                     GError               **error);
gboolean            lia_jira_upsert_summary (LiaTracker *tracker,
                                             const char *key,
                                             const char *mark,
                                             const char *text,
                                             GError    **error);
gboolean            lia_jira_attach (LiaTracker           *tracker,
                                     const char           *key,
                                     const LiaTrackerFile *file,
                                     GError              **error);
gboolean            lia_jira_retract (LiaTracker *tracker,
                                      const char *key,
                                      const char *title,
                                      const char *text,
                                      GError    **error);

G_END_DECLS
