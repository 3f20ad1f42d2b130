/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-forge.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

#define LIA_TYPE_GITHUB (lia_github_get_type ())

/**
 * LiaGithub:
 *
 * A repository on GitHub, or on a GitHub Enterprise Server. Its key is a fine-grained token with the right to read and write issues. It takes no files.
 */
G_DECLARE_FINAL_TYPE (LiaGithub, lia_github, LIA, GITHUB, LiaForge)

LiaTracker *lia_github_new (LiaTrackerWeb   *web,
                            LiaTrackerSetup *setup,
                            const char      *key);

G_END_DECLS
