/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

G_BEGIN_DECLS

#define LIA_TYPE_WORKSPACE (lia_workspace_get_type ())

/**
 * LiaWorkspace:
 *
 * A folder with a store, the engine that serves it, the session with that engine, and the telephone at it. There are two: the user's own, and one with sample data.
 *
 * Properties: `client` (LiaClient, NULL while stopped), `problem` (string or NULL: why the engine cannot serve it, in plain words).
 */
G_DECLARE_FINAL_TYPE (LiaWorkspace, lia_workspace, LIA, WORKSPACE, GObject)

LiaWorkspace    *lia_workspace_new_default (void);
LiaWorkspace    *lia_workspace_new_sample (void);
gboolean         lia_workspace_exists (LiaWorkspace *self);
gboolean         lia_workspace_is_sample (LiaWorkspace *self);
const char      *lia_workspace_get_directory (LiaWorkspace *self);
const char      *lia_workspace_get_problem (LiaWorkspace *self);
LiaClient       *lia_workspace_get_client (LiaWorkspace *self);
LiaPhoneStation *lia_workspace_get_station (LiaWorkspace *self);
void             lia_workspace_start (LiaWorkspace *self);
void             lia_workspace_stop (LiaWorkspace *self);
void             lia_workspace_retry (LiaWorkspace *self);
DexFuture       *lia_workspace_make_sample (LiaWorkspace *self) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
DexFuture       *lia_workspace_delete (LiaWorkspace *self) G_GNUC_WARN_UNUSED_RESULT;      /* boolean */

G_END_DECLS
