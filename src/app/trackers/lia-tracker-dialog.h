/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-trackers.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_DIALOG (lia_tracker_dialog_get_type ())

/**
 * LiaTrackerDialog:
 *
 * Leads through an issue tracker: where it is and with which key, then a live test. For a new one or for one that is to be changed. Nothing is kept
 * before the last button.
 */
G_DECLARE_FINAL_TYPE (LiaTrackerDialog, lia_tracker_dialog, LIA, TRACKER_DIALOG, AdwDialog)

AdwDialog *lia_tracker_dialog_new (LiaClient *client);
AdwDialog *lia_tracker_dialog_new_for_tracker (LiaClient       *client,
                                               LiaTrackerSetup *tracker);
AdwDialog *lia_tracker_dialog_new_test (LiaClient       *client,
                                        LiaTrackerSetup *tracker);

G_END_DECLS
