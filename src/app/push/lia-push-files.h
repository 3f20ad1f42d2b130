/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-push.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_FILES (lia_push_files_get_type ())

/**
 * LiaPushFiles:
 *
 * The files of what customers said, of which none leaves that was not chosen. Hidden where there are none.
 *
 * Signals: `changed`: others were chosen.
 */
G_DECLARE_FINAL_TYPE (LiaPushFiles, lia_push_files, LIA, PUSH_FILES, AdwBin)

void       lia_push_files_show (LiaPushFiles   *self,
                                LiaClient      *client,
                                LiaPushPreview *preview);
GPtrArray *lia_push_files_dup_chosen (LiaPushFiles *self);

G_END_DECLS
