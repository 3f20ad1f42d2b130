/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mime.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaParsePool:
 *
 * Up to so many parse workers (lia-parse-worker.c), started when first needed. Blocking, for any number of threads: each batch has a worker to
 * itself. A message that kills its worker, or keeps it for ten seconds, comes back as %LIA_MIME_FAILED; the next one gets a new worker.
 */
typedef struct _LiaParsePool LiaParsePool;

LiaParsePool *lia_parse_pool_new (const char *worker_path,
                                  guint       max_workers);
void          lia_parse_pool_free (LiaParsePool *self);
GPtrArray    *lia_parse_pool_parse (LiaParsePool *self,
                                    GPtrArray    *raw,
                                    GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaParsePool, lia_parse_pool_free)

G_END_DECLS
