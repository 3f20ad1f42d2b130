/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-shown.h"

static gpointer
copy_ref (gconstpointer item,
          gpointer      data)
{
  return g_object_ref ((gpointer)item);
}

/* lia_shown_update: one minimal `items-changed`, none when nothing changed. Both arrays own references. */
void
lia_shown_update (GListModel *model,
                  GPtrArray **shown,
                  GPtrArray  *work)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (shown);
  guint least = MIN (old->len, work->len);
  guint head = 0;
  guint tail = 0;

  while (head < least && old->pdata[head] == work->pdata[head])
    head++;
  while (tail < least - head && old->pdata[old->len - 1 - tail] == work->pdata[work->len - 1 - tail])
    tail++;

  *shown = g_ptr_array_copy (work, copy_ref, NULL);
  g_ptr_array_set_free_func (*shown, g_object_unref);

  if (head + tail < MAX (old->len, work->len))
    g_list_model_items_changed (model, head, old->len - head - tail, work->len - head - tail);
}
