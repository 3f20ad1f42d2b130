/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-request.h"
#include "lia-tracker-web.h"

G_BEGIN_DECLS

/**
 * LiaTrackerSite:
 *
 * An interface of the REST kind, and how we are known there: what the trackers that have one share. All its questions are for fibers and fail with
 * %LIA_TRACKER_ERROR. Paths begin with a slash and are escaped by the caller.
 */
typedef struct _LiaTrackerSite LiaTrackerSite;

/* What an issue of this make is read by: @base_url: of the pages for people. (transfer full) (nullable) */
typedef LiaIssue *(*LiaTrackerIssueReader) (JsonObject *object,
                                            const char *base_url,
                                            GError    **error);

LiaTrackerSite *lia_tracker_site_new (LiaTrackerWeb        *web,
                                      const char           *api_url,
                                      const char           *ca,
                                      LiaTrackerIssueReader reader,
                                      LiaTrackerExplain     explain);
void            lia_tracker_site_free (LiaTrackerSite *self);
void            lia_tracker_site_set_secret (LiaTrackerSite *self,
                                             const char     *header,
                                             const char     *prefix,
                                             const char     *secret);
void            lia_tracker_site_set_header (LiaTrackerSite *self,
                                             const char     *name,
                                             const char     *value);
void            lia_tracker_site_set_page_url (LiaTrackerSite *self,
                                               const char     *url);
void            lia_tracker_site_set_correct (LiaTrackerSite   *self,
                                              LiaTrackerCorrect correct);

LiaTrackerRequest *lia_tracker_site_new_request (LiaTrackerSite *self,
                                                 const char     *method,
                                                 const char     *path);
LiaTrackerReply   *lia_tracker_site_send (LiaTrackerSite          *self,
                                          const LiaTrackerRequest *request,
                                          GError                 **error);
JsonObject        *lia_tracker_site_get (LiaTrackerSite *self,
                                         const char     *path,
                                         GError        **error);
JsonArray         *lia_tracker_site_list (LiaTrackerSite *self,
                                          const char     *path,
                                          gboolean       *more,
                                          GError        **error);
gboolean           lia_tracker_site_tell (LiaTrackerSite *self,
                                          const char     *method,
                                          const char     *path,
                                          JsonObject     *body,
                                          GError        **error);
JsonObject        *lia_tracker_site_make (LiaTrackerSite *self,
                                          const char     *path,
                                          JsonObject     *body,
                                          GError        **error);
gboolean           lia_tracker_site_comment (LiaTrackerSite *self,
                                             const char     *path,
                                             const char     *text,
                                             GError        **error);
gboolean           lia_tracker_site_edit_comment (LiaTrackerSite *self,
                                                  const char     *method,
                                                  const char     *path,
                                                  JsonObject     *comment,
                                                  const char     *text,
                                                  GError        **error);
gboolean           lia_tracker_site_give_file (LiaTrackerSite       *self,
                                               const char           *path,
                                               const char           *field,
                                               const LiaTrackerFile *file,
                                               GError              **error);

LiaIssue  *lia_tracker_site_read_issue (LiaTrackerSite *self,
                                        JsonObject     *object,
                                        GError        **error);
LiaIssue  *lia_tracker_site_read_made (LiaTrackerSite *self,
                                       JsonObject     *object,
                                       GError        **error);
GPtrArray *lia_tracker_site_read_issues (LiaTrackerSite *self,
                                         JsonArray      *items,
                                         GError        **error);
LiaIssue  *lia_tracker_site_get_issue (LiaTrackerSite *self,
                                       const char     *path,
                                       const char     *validator,
                                       GError        **error);
GPtrArray *lia_tracker_site_list_issues (LiaTrackerSite *self,
                                         const char     *path,
                                         gboolean       *more,
                                         GError        **error);

gboolean    lia_tracker_has_file (JsonArray            *files,
                                  const char           *name_member,
                                  const char           *size_member,
                                  const LiaTrackerFile *file);
gboolean    lia_tracker_understand (GError **error,
                                    GError  *cause);
void        lia_tracker_refuse (GError        **error,
                                LiaTrackerError code,
                                const char     *words);
void        lia_tracker_take (char      **member,
                              const char *text);
const char *lia_tracker_page_url (const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerSite, lia_tracker_site_free)

G_END_DECLS
