/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"

G_BEGIN_DECLS

/* What somebody has made of an issue and not sent yet: a file a finding, so that it is there again when the window has closed. */

LiaPushPreview *lia_push_draft_copy (LiaPushPreview *preview);
LiaPushPreview *lia_push_draft_read (const char *folder,
                                     const char *finding);
void            lia_push_draft_write (const char     *folder,
                                      LiaPushPreview *draft);
void            lia_push_draft_forget (const char *folder,
                                       const char *finding);
void            lia_push_draft_keep (LiaPushPreview *draft,
                                     LiaPushPreview *shown,
                                     const char     *words);
void            lia_push_draft_unkeep (LiaPushPreview *draft,
                                       const char     *words);
void            lia_push_draft_hide (LiaPushPreview *draft,
                                     const char     *words);

G_END_DECLS
