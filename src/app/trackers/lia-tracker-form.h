/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-makes.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_TRACKER_FORM (lia_tracker_form_get_type ())

/**
 * LiaTrackerForm:
 *
 * How one project of an issue tracker is reached, who reads it, and whose findings go there. Property: `valid` (boolean, read-only): it can be tried.
 */
G_DECLARE_FINAL_TYPE (LiaTrackerForm, lia_tracker_form, LIA, TRACKER_FORM, AdwBin)

void                  lia_tracker_form_set_tracker (LiaTrackerForm  *self,
                                                    LiaTrackerSetup *tracker);
void                  lia_tracker_form_set_products (LiaTrackerForm    *self,
                                                     const char *const *products);
LiaTrackerSetup      *lia_tracker_form_dup_tracker (LiaTrackerForm *self);
const LiaTrackerMake *lia_tracker_form_get_make (LiaTrackerForm *self);
const char           *lia_tracker_form_get_token (LiaTrackerForm *self);
gboolean              lia_tracker_form_get_valid (LiaTrackerForm *self);

G_END_DECLS
