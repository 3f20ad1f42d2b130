/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-finding.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

/* What a test wants to be known of trackers and findings in memory. */

void sample_push_add_tracker (LiaTrackerSetup *tracker);
void sample_push_offer (GPtrArray *files);
void sample_push_refuse_file (const char *name,
                              const char *words);
void sample_push_set_ledger (GPtrArray *pushes);
void sample_push_set_finding (LiaFinding *finding);

/*
 * sample_push_offer(): @files: (nullable) (element-type LiaAttachment): of each finding.
 * sample_push_refuse_file(): @name: (nullable): the file that no tracker takes, and why.
 * sample_push_set_ledger(): @pushes: (nullable) (element-type LiaPush): of each finding, the newest first.
 * sample_push_set_finding(): @finding: (nullable): what lia_client_get_finding() gives; whoever watches is told.
 */

G_END_DECLS
