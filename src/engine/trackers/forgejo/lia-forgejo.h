/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-forge.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

#define LIA_TYPE_FORGEJO (lia_forgejo_get_type ())

/**
 * LiaForgejo:
 *
 * A repository on a Forgejo or Gitea. Its key is a token that may write issues, and read its user and its repository.
 */
G_DECLARE_FINAL_TYPE (LiaForgejo, lia_forgejo, LIA, FORGEJO, LiaForge)

LiaTracker *lia_forgejo_new (LiaTrackerWeb   *web,
                             LiaTrackerSetup *setup,
                             const char      *key);

G_END_DECLS
