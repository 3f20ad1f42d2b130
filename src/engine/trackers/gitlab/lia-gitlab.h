/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-setup.h"
#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_GITLAB (lia_gitlab_get_type ())

/**
 * LiaGitlab:
 *
 * A project on a GitLab. Its key is a token of the project, a group or a user with the scope "api".
 */
G_DECLARE_FINAL_TYPE (LiaGitlab, lia_gitlab, LIA, GITLAB, GObject)

LiaTracker *lia_gitlab_new (LiaTrackerWeb   *web,
                            LiaTrackerSetup *setup,
                            const char      *key);

G_END_DECLS
