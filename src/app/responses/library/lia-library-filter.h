/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-library-place.h"

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_FILTER (lia_library_filter_get_type ())

G_DECLARE_FINAL_TYPE (LiaLibraryFilter, lia_library_filter, LIA, LIBRARY_FILTER, GObject)

/**
 * LiaLibraryFilter:
 *
 * Which parts of the library are looked at, all at once: a response has to lie in each of them. Of states, folders and languages there is one at a time;
 * tags add up. Without any it is all but what is retired.
 */
struct _LiaLibraryFilter
{
  GObject parent_instance;

  GPtrArray *places; /* of LiaLibraryPlace, in the order in which they were chosen; only to be read */
};

LiaLibraryFilter *lia_library_filter_new (void);
void              lia_library_filter_toggle (LiaLibraryFilter *self,
                                             LiaLibraryPlace  *place);
void              lia_library_filter_remove (LiaLibraryFilter *self,
                                             LiaLibraryPlace  *place);
void              lia_library_filter_clear (LiaLibraryFilter *self);
gboolean          lia_library_filter_contains (LiaLibraryFilter *self,
                                               LiaLibraryPlace  *place);
gboolean          lia_library_filter_has (LiaLibraryFilter *self,
                                          LiaCanned        *canned,
                                          gint64            now_ms);
LiaLibraryPlace  *lia_library_filter_find_narrowest (LiaLibraryFilter *self,
                                                     GPtrArray        *library,
                                                     gint64            now_ms,
                                                     guint            *n_without);

G_END_DECLS
