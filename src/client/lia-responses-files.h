/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Files of responses, read and written on a thread. A folder is one for Git; of files, the end of the name says which format. */

typedef enum {
  LIA_RESPONSES_CSV,
  LIA_RESPONSES_JSON,
  LIA_RESPONSES_FOLDER,
} LiaResponsesFormat;

DexFuture *lia_responses_read_files (GFile      *file,
                                     GPtrArray  *library,
                                     const char *agent,
                                     gboolean    supervisor) G_GNUC_WARN_UNUSED_RESULT; /* GPtrArray of LiaCannedImportRow */
DexFuture *lia_responses_write_files (GFile             *file,
                                      LiaResponsesFormat format,
                                      GPtrArray         *library) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
