/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation.h"

G_BEGIN_DECLS

/**
 * LiaRowWindow:
 *
 * The rows of a view from its first one up to a boundary: the last row that was read, as long as there are more behind it. Kept in order
 * of (sort, id); a row of an older version than the one that is there is ignored. No signals, no I/O. Inside the client library only.
 */
typedef struct
{
  GPtrArray  *rows;  /* of LiaConversation */
  GHashTable *by_id; /* char * (the value's) -> LiaConversation * */
  gboolean    has_more;
  gint64      last_sort; /* the boundary, while has_more */
  char       *last_id;
} LiaRowWindow;

LiaRowWindow *lia_row_window_new (void);
void          lia_row_window_free (LiaRowWindow *self);
void          lia_row_window_put (LiaRowWindow    *self,
                                  LiaConversation *row);
void          lia_row_window_remove (LiaRowWindow *self,
                                     const char   *id);
void          lia_row_window_add_page (LiaRowWindow *self,
                                       GPtrArray    *rows,
                                       gboolean      has_more);
void          lia_row_window_replace (LiaRowWindow *self,
                                      GPtrArray    *rows,
                                      gboolean      has_more);
int           lia_row_compare (gint64      sort_a,
                               const char *id_a,
                               gint64      sort_b,
                               const char *id_b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaRowWindow, lia_row_window_free)

G_END_DECLS
