/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-push.h"
#include "lia-store.h"

G_BEGIN_DECLS

/* Files that go to trackers with a finding. */

GPtrArray *lia_push_files_clean (LiaStore  *store,
                                 GPtrArray *chosen,
                                 GError   **error);
GBytes    *lia_push_files_load (LiaStore    *store,
                                LiaPushFile *file,
                                GError     **error);
GPtrArray *lia_push_files_offer (LiaDb   *db,
                                 gint64   finding_id,
                                 GError **error);
void       lia_push_files_limit (GPtrArray *files,
                                 gint64     max_bytes);

GPtrArray *lia_push_files_copy (GPtrArray *files);
gboolean   lia_push_files_are_there (GPtrArray *files);
gint       lia_push_files_next (GPtrArray *files);
char      *lia_push_files_missing (GPtrArray *files);

G_END_DECLS
