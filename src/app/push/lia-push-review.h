/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-finding.h"
#include "lia-tracker-setup.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_REVIEW (lia_push_review_get_type ())

/**
 * LiaPushReview:
 *
 * An issue as it would leave: its title and text, as people read it or byte for byte, and all that was taken out of it.
 *
 * Signals: `leave` (string): these words are not personal, and leave; `stay` (string): they stay after all; `files-changed`: other files are to go along.
 */
G_DECLARE_FINAL_TYPE (LiaPushReview, lia_push_review, LIA, PUSH_REVIEW, AdwBin)

void lia_push_review_set_about (LiaPushReview   *self,
                                LiaFinding      *finding,
                                LiaTrackerSetup *tracker);
void lia_push_review_set_answer (LiaPushReview   *self,
                                 LiaTrackerSetup *tracker,
                                 const char      *key);
void lia_push_review_show (LiaPushReview  *self,
                           LiaClient      *client,
                           LiaPushPreview *preview);

GPtrArray *lia_push_review_dup_files (LiaPushReview *self);
gboolean   lia_push_review_is_choosing (LiaPushReview *self);

G_END_DECLS
