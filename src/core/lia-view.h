/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_VIEW (lia_view_get_type ())

G_DECLARE_FINAL_TYPE (LiaView, lia_view, LIA, VIEW, GObject)

/**
 * LiaView:
 *
 * A named list of conversations with its counts. Immutable once published.
 */
struct _LiaView
{
  GObject parent_instance;

  char  *id; /* "mine", "queue:q_1", … */
  char  *kind;
  char  *name;
  gint64 total;
  gint64 unread;
};

LiaView *lia_view_new (void);

G_END_DECLS
