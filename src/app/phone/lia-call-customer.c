/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-call-customer.h"

#include "lia-then.h"

struct _LiaCallCustomer
{
  GObject parent_instance;

  LiaClient   *client;
  char        *id; /* that is loaded, or being loaded */
  LiaCustomer *customer;
};

G_DEFINE_FINAL_TYPE (LiaCallCustomer, lia_call_customer, G_TYPE_OBJECT)

enum {
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
loaded_cb (gpointer      owner,
           const GValue *value,
           GError       *error,
           gpointer      id)
{
  LiaCallCustomer *self = owner;

  /* Without an answer the number stands there. */
  if (error != NULL || g_strcmp0 (self->id, id) != 0)
    return;
  g_set_object (&self->customer, g_value_get_object (value));
  g_signal_emit (self, signals[LOADED], 0);
}

static void
lia_call_customer_dispose (GObject *object)
{
  LiaCallCustomer *self = LIA_CALL_CUSTOMER (object);

  g_clear_object (&self->client);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (lia_call_customer_parent_class)->dispose (object);
}

static void
lia_call_customer_class_init (LiaCallCustomerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_call_customer_dispose;
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_call_customer_init (LiaCallCustomer *self)
{
}

LiaCallCustomer *
lia_call_customer_new (LiaClient *client)
{
  LiaCallCustomer *self = g_object_new (LIA_TYPE_CALL_CUSTOMER, NULL);

  self->client = g_object_ref (client);

  return self;
}

/** lia_call_customer_set_call: the call, or the same call as it is now. */
void
lia_call_customer_set_call (LiaCallCustomer *self,
                            LiaCall         *call)
{
  if (!g_set_str (&self->id, call->customer))
    return;
  g_clear_object (&self->customer);
  if (*self->id != '\0')
    lia_then (lia_client_get_customer (self->client, self->id), self, loaded_cb, g_strdup (self->id), g_free);
}

/**
 * lia_call_customer_get:
 *
 * Returns: (transfer none) (nullable): who it is, when that is known and loaded
 */
LiaCustomer *
lia_call_customer_get (LiaCallCustomer *self)
{
  return self->customer;
}
