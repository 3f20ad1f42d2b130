/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-customer.h"

G_DEFINE_FINAL_TYPE (LiaCustomer, lia_customer, G_TYPE_OBJECT)

static void
lia_customer_finalize (GObject *object)
{
  LiaCustomer *self = (LiaCustomer *)object;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->org, g_free);
  g_clear_pointer (&self->lang, g_free);
  g_clear_pointer (&self->notes, g_free);
  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->addresses, g_ptr_array_unref);
  g_clear_pointer (&self->effort, g_free);

  G_OBJECT_CLASS (lia_customer_parent_class)->finalize (object);
}

static void
lia_customer_class_init (LiaCustomerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_customer_finalize;
}

static void
lia_customer_init (LiaCustomer *self)
{
}

/** lia_customer_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaCustomer *
lia_customer_new (void)
{
  return g_object_new (LIA_TYPE_CUSTOMER, NULL);
}
