/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_EDITOR (lia_push_editor_get_type ())

/**
 * LiaPushEditor:
 *
 * The title and the text of an issue, to be changed before it leaves.
 *
 * Signals: `changed`; `hide-words` (string): these words are to stay here.
 */
G_DECLARE_FINAL_TYPE (LiaPushEditor, lia_push_editor, LIA, PUSH_EDITOR, AdwBin)

void        lia_push_editor_edit (LiaPushEditor  *self,
                                  LiaPushPreview *preview);
const char *lia_push_editor_get_title (LiaPushEditor *self);
char       *lia_push_editor_dup_text (LiaPushEditor *self);

G_END_DECLS
