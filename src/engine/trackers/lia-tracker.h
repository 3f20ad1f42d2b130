/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-document.h"
#include "lia-issue.h"
#include "lia-tracker-comment.h"
#include "lia-tracker-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaTrackerAbilities:
 * @LIA_TRACKER_FINDS_AT_ONCE: what was just filed is found by its marker; else an index follows some time later
 * @LIA_TRACKER_REFUSES_TWINS: it refuses a second issue with the same marker by itself
 * @LIA_TRACKER_TAKES_FILES: files can be attached
 * @LIA_TRACKER_EDITS: a comment can be changed later
 */
typedef enum {
  LIA_TRACKER_FINDS_AT_ONCE = 1 << 0,
  LIA_TRACKER_REFUSES_TWINS = 1 << 1,
  LIA_TRACKER_TAKES_FILES = 1 << 2,
  LIA_TRACKER_EDITS = 1 << 3,
} LiaTrackerAbilities;

/**
 * LiaTrackerFile:
 * @type: as HTTP names it
 */
typedef struct
{
  char   *name;
  char   *type;
  GBytes *bytes;
} LiaTrackerFile;

/**
 * LiaTrackerDraft:
 * @marker: lia_tracker_marker_new(); stands on the last line of @text, too
 * @text: in the tracker's dialect, exactly what somebody has seen and agreed to
 *
 * An issue before it is one.
 */
typedef struct
{
  char *marker;
  char *title;
  char *text;
} LiaTrackerDraft;

/**
 * LiaTrackerProbe:
 * @login: whom the key belongs to
 * @project: as people call it
 */
typedef struct
{
  char *login;
  char *project;
} LiaTrackerProbe;

/**
 * LiaTrackerChanges:
 * @issues: of LiaIssue, the longest unchanged first
 * @cursor: for the next question
 * @more: ask at once
 */
typedef struct
{
  GPtrArray *issues;
  char      *cursor;
  gboolean   more;
} LiaTrackerChanges;

#define LIA_TYPE_TRACKER (lia_tracker_get_type ())

/**
 * LiaTracker:
 *
 * One project of an issue tracker, whatever its make. All calls are for fibers, come back within a deadline, and fail with %LIA_TRACKER_ERROR.
 */
G_DECLARE_INTERFACE (LiaTracker, lia_tracker, LIA, TRACKER, GObject)

/* How long after it was closed an issue is still what somebody may look for */
#define LIA_TRACKER_RECENT_MS (G_GINT64_CONSTANT (90) * 24 * 3600 * 1000)

/**
 * LiaTrackerInterface:
 * @probe: whether the address, the key, the project and the rights are good
 * @find_by_marker: NULL without an error when there is no such issue. @since_ms: when it may have been filed first
 * @create: files the issue. After %LIA_TRACKER_ERROR_UNKNOWN_OUTCOME it is looked for by its marker
 * @upsert_summary: the one comment with @mark in it becomes @text, in which @mark stands; may be repeated
 * @attach: adds the file unless it is there; may be repeated
 * @retract: @title and @text take the place of its own, and it is closed, for nothing can be unsaid; may be repeated
 * @read: NULL without an error when it is as it was at @validator ("" = always read)
 * @changed_since: what has changed since @cursor (NULL = from now on); some may be told twice
 * @comments: what was written below the issue since then, by the tracker's clock, of much only the newest; NULL = this make shows none
 * @releases: (element-type utf8): the names of the milestones or versions that are out; NULL without an error when they are as they were at @validator,
 *   which becomes this answer's ("" = always ask). A release may come out without a change of the issues in it. NULL = this make has none
 * @search: of LiaIssue, a few, open and closed ones, for a person who looks whether it is known
 */
struct _LiaTrackerInterface
{
  GTypeInterface parent_iface;

  LiaTrackerAbilities abilities;

  LiaDialect (*get_dialect) (LiaTracker *self);
  LiaTrackerProbe *(*probe) (LiaTracker *self,
                             GError    **error);
  LiaIssue *(*find_by_marker) (LiaTracker *self,
                               const char *marker,
                               gint64      since_ms,
                               GError    **error);
  LiaIssue *(*create) (LiaTracker            *self,
                       const LiaTrackerDraft *draft,
                       GError               **error);
  gboolean (*upsert_summary) (LiaTracker *self,
                              const char *key,
                              const char *mark,
                              const char *text,
                              GError    **error);
  gboolean (*attach) (LiaTracker           *self,
                      const char           *key,
                      const LiaTrackerFile *file,
                      GError              **error);
  gboolean (*retract) (LiaTracker *self,
                       const char *key,
                       const char *title,
                       const char *text,
                       GError    **error);
  LiaIssue *(*read) (LiaTracker *self,
                     const char *key,
                     const char *validator,
                     GError    **error);
  LiaTrackerChanges *(*changed_since) (LiaTracker *self,
                                       const char *cursor,
                                       GError    **error);
  LiaTrackerComments *(*comments) (LiaTracker *self,
                                   const char *key,
                                   gint64      since_ms,
                                   GError    **error);
  GHashTable *(*releases) (LiaTracker *self,
                           char      **validator,
                           GError    **error);
  GPtrArray *(*search) (LiaTracker *self,
                        const char *text,
                        GError    **error);
};

LiaTrackerAbilities lia_tracker_get_abilities (LiaTracker *self);
LiaDialect          lia_tracker_get_dialect (LiaTracker *self);
LiaTrackerProbe    *lia_tracker_probe (LiaTracker *self,
                                       GError    **error);
LiaIssue           *lia_tracker_find_by_marker (LiaTracker *self,
                                                const char *marker,
                                                gint64      since_ms,
                                                GError    **error);
LiaIssue           *lia_tracker_create (LiaTracker            *self,
                                        const LiaTrackerDraft *draft,
                                        GError               **error);
gboolean            lia_tracker_upsert_summary (LiaTracker *self,
                                                const char *key,
                                                const char *mark,
                                                const char *text,
                                                GError    **error);
gboolean            lia_tracker_attach (LiaTracker           *self,
                                        const char           *key,
                                        const LiaTrackerFile *file,
                                        GError              **error);
gboolean            lia_tracker_retract (LiaTracker *self,
                                         const char *key,
                                         const char *title,
                                         const char *text,
                                         GError    **error);
LiaIssue           *lia_tracker_read (LiaTracker *self,
                                      const char *key,
                                      const char *validator,
                                      GError    **error);
LiaTrackerChanges  *lia_tracker_changed_since (LiaTracker *self,
                                               const char *cursor,
                                               GError    **error);
LiaTrackerComments *lia_tracker_comments (LiaTracker *self,
                                          const char *key,
                                          gint64      since_ms,
                                          GError    **error);
GHashTable         *lia_tracker_releases (LiaTracker *self,
                                          char      **validator,
                                          GError    **error);
GPtrArray          *lia_tracker_search (LiaTracker *self,
                                        const char *text,
                                        GError    **error);

LiaIssue *lia_tracker_file_once (LiaTracker            *self,
                                 const LiaTrackerDraft *draft,
                                 gint64                 first_sent_ms,
                                 GError               **error);

char    *lia_tracker_marker_new (void);
gboolean lia_tracker_is_marker (const char *text);
gboolean lia_tracker_has_marker (const char *text,
                                 const char *marker);
char    *lia_tracker_plain_words (const char *text,
                                  gsize       max_bytes);

LiaTrackerFile  *lia_tracker_file_new (const char *name,
                                       const char *type,
                                       GBytes     *bytes);
void             lia_tracker_file_free (LiaTrackerFile *file);
LiaTrackerDraft *lia_tracker_draft_new (const char *marker,
                                        const char *title,
                                        const char *text);
void             lia_tracker_draft_free (LiaTrackerDraft *draft);
void             lia_tracker_probe_free (LiaTrackerProbe *probe);
void             lia_tracker_changes_free (LiaTrackerChanges *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerFile, lia_tracker_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerDraft, lia_tracker_draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerProbe, lia_tracker_probe_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTrackerChanges, lia_tracker_changes_free)

G_END_DECLS
