/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-context.h"
#include "lia-canned-hit.h"

G_BEGIN_DECLS

#define LIA_TYPE_CANNED_INDEX (lia_canned_index_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedIndex, lia_canned_index, LIA, CANNED_INDEX, GObject)

LiaCannedIndex *lia_canned_index_new (void);
void            lia_canned_index_put (LiaCannedIndex *self,
                                      LiaCanned      *canned);
gboolean        lia_canned_index_remove (LiaCannedIndex *self,
                                         const char     *id);
void            lia_canned_index_settle (LiaCannedIndex *self);
LiaCanned      *lia_canned_index_get (LiaCannedIndex *self,
                                      const char     *id);
guint           lia_canned_index_size (LiaCannedIndex *self);
GPtrArray      *lia_canned_index_list (LiaCannedIndex *self);
GPtrArray      *lia_canned_index_query (LiaCannedIndex   *self,
                                        const char       *typed,
                                        LiaCannedContext *context,
                                        guint             max);
GPtrArray      *lia_canned_index_suggest (LiaCannedIndex   *self,
                                          LiaCannedContext *context,
                                          guint             max);
GPtrArray      *lia_canned_index_most_used (LiaCannedIndex   *self,
                                            LiaCannedContext *context,
                                            guint             max);

G_END_DECLS
