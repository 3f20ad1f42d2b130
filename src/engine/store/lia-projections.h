/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LiaProjection:
 *
 * One journal event while the rows that follow from it are made. A projection reads this and the rows of earlier events, nothing else: no
 * clock, no random numbers, no tables that are not projections. So a rebuild arrives at equal rows.
 */
typedef struct
{
  LiaDb      *db;
  gint64      seq;
  gint64      at_ms;
  const char *kind;
  gint64      conversation_id; /* a projection that makes one sets it */
  gint64      customer_id;
  gint64      actor_id;
  gint64      ver; /* (out): of the conversation afterwards */
  JsonObject *data;
} LiaProjection;

gboolean lia_projections_apply (LiaProjection *self,
                                GError       **error);
gboolean lia_projections_rebuild (LiaDb   *db,
                                  GError **error);

/* By kind of event, in files of their own. */
gboolean lia_project_customer_created (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_customer_changed (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_conversation_created (LiaProjection *self,
                                           GError       **error);
gboolean lia_project_conversation_read (LiaProjection *self,
                                        GError       **error);
gboolean lia_project_draft_saved (LiaProjection *self,
                                  GError       **error);
gboolean lia_project_entry_added (LiaProjection *self,
                                  GError       **error);
gboolean lia_project_entry_changed (LiaProjection *self,
                                    GError       **error);
gboolean lia_project_agent_changed (LiaProjection *self,
                                    GError       **error);
gboolean lia_project_queue_changed (LiaProjection *self,
                                    GError       **error);
gboolean lia_project_channel_changed (LiaProjection *self,
                                      GError       **error);
gboolean lia_project_channel_removed (LiaProjection *self,
                                      GError       **error);
gboolean lia_project_response_changed (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_response_removed (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_response_published (LiaProjection *self,
                                         GError       **error);
gboolean lia_project_response_used (LiaProjection *self,
                                    GError       **error);
gboolean lia_project_suggestion_dismissed (LiaProjection *self,
                                           GError       **error);
gboolean lia_project_finding_captured (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_finding_changed (LiaProjection *self,
                                      GError       **error);
gboolean lia_project_finding_merged (LiaProjection *self,
                                     GError       **error);
gboolean lia_project_finding_unmerged (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_finding_pushed (LiaProjection *self,
                                     GError       **error);
gboolean lia_project_push_changed (LiaProjection *self,
                                   GError       **error);
gboolean lia_project_issue_heard (LiaProjection *self,
                                  GError       **error);
gboolean lia_project_issue_told (LiaProjection *self,
                                 GError       **error);
gboolean lia_project_issue_linked (LiaProjection *self,
                                   GError       **error);
gboolean lia_project_issue_unlinked (LiaProjection *self,
                                     GError       **error);
gboolean lia_project_issue_changed (LiaProjection *self,
                                    GError       **error);
gboolean lia_project_notice_added (LiaProjection *self,
                                   GError       **error);
gboolean lia_project_notice_changed (LiaProjection *self,
                                     GError       **error);
gboolean lia_project_tracker_changed (LiaProjection *self,
                                      GError       **error);
gboolean lia_project_tracker_removed (LiaProjection *self,
                                      GError       **error);
gboolean lia_project_settings_changed (LiaProjection *self,
                                       GError       **error);
gboolean lia_project_audit_noted (LiaProjection *self,
                                  GError       **error);

G_END_DECLS
