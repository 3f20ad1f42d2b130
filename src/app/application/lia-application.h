/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_APPLICATION (lia_application_get_type ())

G_DECLARE_FINAL_TYPE (LiaApplication, lia_application, LIA, APPLICATION, AdwApplication)

LiaApplication *lia_application_new (void);
GSettings      *lia_application_get_settings (LiaApplication *self);
LiaWorkspace   *lia_application_get_default_workspace (LiaApplication *self);
LiaWorkspace   *lia_application_get_sample_workspace (LiaApplication *self);

G_END_DECLS
