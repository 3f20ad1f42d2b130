/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Files by content address: `blobs/ab/cdef…` under the store's directory, named by SHA-256. Written to a temporary name, synced, renamed, the
 * folder synced, and only then may a row name them. Ids are `b_` and 64 hex digits. All calls block: worker or store threads only.
 */

char    *lia_blobs_put (const char *directory,
                        GBytes     *bytes,
                        GError    **error);
gboolean lia_blobs_put_many (const char    *directory,
                             GBytes *const *bytes,
                             guint          n_bytes,
                             char         **ids,
                             GError       **error);
GBytes  *lia_blobs_get (const char *directory,
                        const char *id,
                        GError    **error);
char    *lia_blobs_path (const char *directory,
                         const char *id);
gboolean lia_blobs_is_id (const char *id);

G_END_DECLS
