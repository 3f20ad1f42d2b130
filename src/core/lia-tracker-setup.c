/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-setup.h"

G_DEFINE_FINAL_TYPE (LiaTrackerSetup, lia_tracker_setup, G_TYPE_OBJECT)

static void
product_free (gpointer data)
{
  LiaTrackerProduct *product = data;

  g_free (product->product);
  g_free (product->component);
  g_free (product);
}

static void
lia_tracker_setup_finalize (GObject *object)
{
  LiaTrackerSetup *self = (LiaTrackerSetup *)object;

  g_free (self->id);
  g_free (self->kind);
  g_free (self->name);
  g_free (self->url);
  g_free (self->project);
  g_free (self->type);
  g_free (self->login);
  g_free (self->ca);
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    g_free (self->forms[i]);
  g_strfreev (self->done);
  g_ptr_array_unref (self->products);
  g_free (self->state);
  g_free (self->detail);

  G_OBJECT_CLASS (lia_tracker_setup_parent_class)->finalize (object);
}

static void
lia_tracker_setup_class_init (LiaTrackerSetupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_tracker_setup_finalize;
}

static void
lia_tracker_setup_init (LiaTrackerSetup *self)
{
  self->id = g_strdup ("");
  self->kind = g_strdup ("");
  self->name = g_strdup ("");
  self->url = g_strdup ("");
  self->project = g_strdup ("");
  self->type = g_strdup ("");
  self->login = g_strdup ("");
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    self->forms[i] = g_strdup ("");
  self->done = g_new0 (char *, 1);
  self->products = g_ptr_array_new_with_free_func (product_free);
  self->state = g_strdup ("");
  self->detail = g_strdup ("");
}

/** lia_tracker_setup_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaTrackerSetup *
lia_tracker_setup_new (void)
{
  return g_object_new (LIA_TYPE_TRACKER_SETUP, NULL);
}

/** lia_tracker_setup_add_product: while it is being made. */
void
lia_tracker_setup_add_product (LiaTrackerSetup *self,
                               const char      *product,
                               const char      *component)
{
  LiaTrackerProduct *one = g_new0 (LiaTrackerProduct, 1);

  one->product = g_strdup (product);
  one->component = g_strdup (component);
  g_ptr_array_add (self->products, one);
}

/** lia_tracker_setup_get_component: (nullable): "" = the product is one of its own, without a component; NULL = it is none */
const char *
lia_tracker_setup_get_component (LiaTrackerSetup *self,
                                 const char      *product)
{
  for (guint i = 0; i < self->products->len; i++)
    {
      const LiaTrackerProduct *one = self->products->pdata[i];

      if (g_strcmp0 (one->product, product) == 0)
        return one->component;
    }

  return NULL;
}
