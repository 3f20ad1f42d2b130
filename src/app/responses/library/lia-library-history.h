/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_HISTORY (lia_library_history_get_type ())

/**
 * LiaLibraryHistory:
 *
 * What a response was, version by version, and what each changed. Signal: `brought-back` (LiaCanned).
 */
G_DECLARE_FINAL_TYPE (LiaLibraryHistory, lia_library_history, LIA, LIBRARY_HISTORY, AdwDialog)

AdwDialog *lia_library_history_new (LiaClient  *client,
                                    const char *response);

G_END_DECLS
