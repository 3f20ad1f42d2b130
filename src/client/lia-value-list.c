/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views, channels, queues and agents: tens of values, so everything is linear. Equal is what reads equal on the wire. */

#include "lia-value-list.h"

struct _LiaValueList
{
  GObject parent_instance;

  GType          item_type;
  LiaValueId     dup_id;
  LiaValueEncode encode;
  GPtrArray     *values;
};

static GType
get_item_type (GListModel *model)
{
  return LIA_VALUE_LIST (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  return LIA_VALUE_LIST (model)->values->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LiaValueList *self = LIA_VALUE_LIST (model);

  return position < self->values->len ? g_object_ref (self->values->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaValueList, lia_value_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
lia_value_list_finalize (GObject *object)
{
  g_ptr_array_unref (LIA_VALUE_LIST (object)->values);

  G_OBJECT_CLASS (lia_value_list_parent_class)->finalize (object);
}

static void
lia_value_list_class_init (LiaValueListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_value_list_finalize;
}

static void
lia_value_list_init (LiaValueList *self)
{
  self->values = g_ptr_array_new_with_free_func (g_object_unref);
}

LiaValueList *
lia_value_list_new (GType          item_type,
                    LiaValueId     dup_id,
                    LiaValueEncode encode)
{
  LiaValueList *self = g_object_new (LIA_TYPE_VALUE_LIST, NULL);

  self->item_type = item_type;
  self->dup_id = dup_id;
  self->encode = encode;

  return self;
}

static gboolean
find (LiaValueList *self,
      const char   *id,
      guint        *position)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *its_id = self->dup_id (self->values->pdata[i]);

      if (g_strcmp0 (its_id, id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
says_the_same (LiaValueList *self,
               gpointer      a,
               gpointer      b)
{
  g_autoptr (JsonObject) object_a = self->encode (a);
  g_autoptr (JsonObject) object_b = self->encode (b);

  return json_object_equal (object_a, object_b);
}

/** lia_value_list_find: (transfer none) (nullable): the value of that id. */
gpointer
lia_value_list_find (LiaValueList *self,
                     const char   *id)
{
  guint position;

  return find (self, id, &position) ? self->values->pdata[position] : NULL;
}

/** lia_value_list_put: replaces the value of the same id, or adds it at the end. */
void
lia_value_list_put (LiaValueList *self,
                    gpointer      value)
{
  g_autofree char *id = self->dup_id (value);
  guint            position;

  if (!find (self, id, &position))
    {
      g_ptr_array_add (self->values, g_object_ref (value));
      g_list_model_items_changed (G_LIST_MODEL (self), self->values->len - 1, 0, 1);
    }
  else if (!says_the_same (self, self->values->pdata[position], value))
    {
      g_object_unref (self->values->pdata[position]);
      self->values->pdata[position] = g_object_ref (value);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
    }
}

void
lia_value_list_remove (LiaValueList *self,
                       const char   *id)
{
  guint position;

  if (find (self, id, &position))
    {
      g_ptr_array_remove_index (self->values, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
}

/** lia_value_list_set_all: makes the list equal to @values; what is the same at both ends is not touched. */
void
lia_value_list_set_all (LiaValueList *self,
                        GPtrArray    *values)
{
  guint n_old = self->values->len;
  guint n_new = values->len;
  guint head = 0;
  guint tail = 0;

  while (head < MIN (n_old, n_new) && says_the_same (self, self->values->pdata[head], values->pdata[head]))
    head++;
  while (tail < MIN (n_old, n_new) - head &&
         says_the_same (self, self->values->pdata[n_old - 1 - tail], values->pdata[n_new - 1 - tail]))
    tail++;

  if (head + tail == n_old && n_old == n_new)
    return;

  g_ptr_array_remove_range (self->values, head, n_old - head - tail);
  for (guint i = head; i < n_new - tail; i++)
    g_ptr_array_insert (self->values, (int)i, g_object_ref (values->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
}
