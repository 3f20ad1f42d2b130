/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

/* Setting issue trackers up; lia_client_get_trackers() is which there are. For administrators. */

#define LIA_TYPE_TRACKER_TRIAL (lia_tracker_trial_get_type ())

G_DECLARE_FINAL_TYPE (LiaTrackerTrial, lia_tracker_trial, LIA, TRACKER_TRIAL, GObject)

/** LiaTrackerTrial: what came of trying a tracker. Immutable once published; texts are never NULL. */
struct _LiaTrackerTrial
{
  GObject parent_instance;

  gboolean ok;
  char    *code;    /* why not: "auth", "permission", "not-found", …, as API.md has them */
  char    *detail;  /* the same in plain words */
  char    *login;   /* whom the key belongs to */
  char    *project; /* as people call it */
};

DexFuture *lia_client_set_tracker (LiaClient       *self,
                                   LiaTrackerSetup *tracker,
                                   const char      *token) G_GNUC_WARN_UNUSED_RESULT; /* string: the tracker's id */
DexFuture *lia_client_test_tracker (LiaClient       *self,
                                    LiaTrackerSetup *tracker,
                                    const char      *token) G_GNUC_WARN_UNUSED_RESULT; /* LiaTrackerTrial */
DexFuture *lia_client_remove_tracker (LiaClient  *self,
                                      const char *tracker) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture *lia_client_sync_tracker (LiaClient  *self,
                                    const char *tracker) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
