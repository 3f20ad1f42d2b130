/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_VALUE_PAGE (lia_value_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaValuePage, lia_value_page, LIA, VALUE_PAGE, GObject)

/**
 * LiaValuePage:
 *
 * Some values of a longer list, newest first. Immutable once published.
 */
struct _LiaValuePage
{
  GObject parent_instance;

  GListStore *values;
  char       *next; /* with which the next page is asked for, or NULL: that was all */
};

LiaValuePage *lia_value_page_new (GType item_type);

G_END_DECLS
