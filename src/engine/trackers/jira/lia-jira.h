/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-setup.h"
#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_JIRA (lia_jira_get_type ())

/**
 * LiaJira:
 *
 * A project in Jira Cloud, or in a Jira Data Center from version 8.14 on. They differ in how somebody logs in, in how texts are written, and in how
 * lists have pages.
 */
G_DECLARE_FINAL_TYPE (LiaJira, lia_jira, LIA, JIRA, GObject)

LiaTracker *lia_jira_new_cloud (LiaTrackerWeb   *web,
                                LiaTrackerSetup *setup,
                                const char      *key);
LiaTracker *lia_jira_new_data_center (LiaTrackerWeb   *web,
                                      LiaTrackerSetup *setup,
                                      const char      *key);

G_END_DECLS
