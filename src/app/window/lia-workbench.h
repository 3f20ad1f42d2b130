/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_WORKBENCH (lia_workbench_get_type ())

/**
 * LiaWorkbench:
 *
 * What the window shows of a workspace: views, the list of the chosen view, the open conversation, its customer, the calls.
 */
G_DECLARE_FINAL_TYPE (LiaWorkbench, lia_workbench, LIA, WORKBENCH, AdwBreakpointBin)

LiaWorkbench *lia_workbench_new (LiaPhoneStation *station,
                                 GSettings       *settings,
                                 gboolean         sample);
void          lia_workbench_set_directory (LiaWorkbench *self,
                                           const char   *directory);
void          lia_workbench_open (LiaWorkbench *self,
                                  const char   *conversation,
                                  const char   *entry);
void          lia_workbench_show_view (LiaWorkbench *self,
                                       const char   *view);
void          lia_workbench_show_finding (LiaWorkbench *self,
                                          const char   *finding);
void          lia_workbench_dial (LiaWorkbench *self,
                                  const char   *number);
DexFuture    *lia_workbench_flush (LiaWorkbench *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
