/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIA_TYPE_VALUE_LIST (lia_value_list_get_type ())

/**
 * LiaValueList:
 *
 * A short #GListModel of immutable values with ids: a value is replaced in place, and only when it says something else.
 */
G_DECLARE_FINAL_TYPE (LiaValueList, lia_value_list, LIA, VALUE_LIST, GObject)

typedef char *(*LiaValueId) (gpointer value);
typedef JsonObject *(*LiaValueEncode) (gpointer value);

LiaValueList *lia_value_list_new (GType          item_type,
                                  LiaValueId     dup_id,
                                  LiaValueEncode encode);
gpointer      lia_value_list_find (LiaValueList *self,
                                   const char   *id);
void          lia_value_list_put (LiaValueList *self,
                                  gpointer      value);
void          lia_value_list_remove (LiaValueList *self,
                                     const char   *id);
void          lia_value_list_set_all (LiaValueList *self,
                                      GPtrArray    *values);

G_END_DECLS
