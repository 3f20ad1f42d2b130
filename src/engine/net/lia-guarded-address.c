/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A GNetworkAddress (so that TLS knows whose certificate to ask for) that leads only to addresses which its guard accepts. It resolves anew for
 * each connection, and the address that was judged is the one that is handed on.
 */

#include "lia-guarded-address.h"

#define LIA_TYPE_GUARDED_ADDRESS (lia_guarded_address_get_type ())
G_DECLARE_FINAL_TYPE (LiaGuardedAddress, lia_guarded_address, LIA, GUARDED_ADDRESS, GNetworkAddress)

struct _LiaGuardedAddress
{
  GNetworkAddress parent_instance;

  LiaNetGuard *guard;
};

#define LIA_TYPE_GUARDED_ENUMERATOR (lia_guarded_enumerator_get_type ())
G_DECLARE_FINAL_TYPE (LiaGuardedEnumerator, lia_guarded_enumerator, LIA, GUARDED_ENUMERATOR, GSocketAddressEnumerator)

struct _LiaGuardedEnumerator
{
  GSocketAddressEnumerator parent_instance;

  LiaGuardedAddress *address;
  GPtrArray         *accepted; /* of GSocketAddress; NULL = not resolved yet */
  guint              at;
};

static void lia_guarded_address_connectable_init (GSocketConnectableIface *iface);

G_DEFINE_FINAL_TYPE (LiaGuardedEnumerator, lia_guarded_enumerator, G_TYPE_SOCKET_ADDRESS_ENUMERATOR)
G_DEFINE_FINAL_TYPE_WITH_CODE (LiaGuardedAddress,
                               lia_guarded_address,
                               G_TYPE_NETWORK_ADDRESS,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE, lia_guarded_address_connectable_init))

static void
keep_accepted (LiaGuardedEnumerator *self,
               GList                *addresses)
{
  GNetworkAddress *address = G_NETWORK_ADDRESS (self->address);

  self->accepted = g_ptr_array_new_with_free_func (g_object_unref);
  for (GList *at = addresses; at != NULL; at = at->next)
    {
      if (lia_net_guard_accepts (self->address->guard, g_network_address_get_hostname (address), at->data))
        g_ptr_array_add (self->accepted, g_inet_socket_address_new (at->data, g_network_address_get_port (address)));
    }
}

/* The next one, or NULL at the end. That there is none at all is an error. */
static void
return_next (LiaGuardedEnumerator *self,
             GTask                *task)
{
  if (self->accepted->len == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "“%s” is in a private network.",
                             g_network_address_get_hostname (G_NETWORK_ADDRESS (self->address)));
  else if (self->at < self->accepted->len)
    g_task_return_pointer (task, g_object_ref (self->accepted->pdata[self->at++]), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
resolved_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  LiaGuardedEnumerator *self = g_task_get_source_object (task);
  GError               *error = NULL;
  GList                *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (object), result, &error);

  if (addresses == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep_accepted (self, addresses);
  g_resolver_free_addresses (addresses);
  return_next (self, task);
}

static void
lia_guarded_enumerator_next_async (GSocketAddressEnumerator *enumerator,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  data)
{
  LiaGuardedEnumerator *self = LIA_GUARDED_ENUMERATOR (enumerator);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GResolver) resolver = NULL;

  if (self->accepted != NULL)
    {
      return_next (self, task);
      return;
    }
  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, g_network_address_get_hostname (G_NETWORK_ADDRESS (self->address)), cancellable, resolved_cb,
                                   g_steal_pointer (&task));
}

static GSocketAddress *
lia_guarded_enumerator_next_finish (GSocketAddressEnumerator *enumerator,
                                    GAsyncResult             *result,
                                    GError                  **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lia_guarded_enumerator_finalize (GObject *object)
{
  LiaGuardedEnumerator *self = LIA_GUARDED_ENUMERATOR (object);

  g_clear_object (&self->address);
  g_clear_pointer (&self->accepted, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_guarded_enumerator_parent_class)->finalize (object);
}

static void
lia_guarded_enumerator_class_init (LiaGuardedEnumeratorClass *klass)
{
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lia_guarded_enumerator_finalize;
  enumerator_class->next_async = lia_guarded_enumerator_next_async;
  enumerator_class->next_finish = lia_guarded_enumerator_next_finish;
}

static void
lia_guarded_enumerator_init (LiaGuardedEnumerator *self)
{
}

static GSocketAddressEnumerator *
lia_guarded_address_enumerate (GSocketConnectable *connectable)
{
  LiaGuardedEnumerator *enumerator = g_object_new (LIA_TYPE_GUARDED_ENUMERATOR, NULL);

  enumerator->address = g_object_ref (LIA_GUARDED_ADDRESS (connectable));

  return G_SOCKET_ADDRESS_ENUMERATOR (enumerator);
}

static void
lia_guarded_address_connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = lia_guarded_address_enumerate;
  iface->proxy_enumerate = lia_guarded_address_enumerate;
}

static void
lia_guarded_address_finalize (GObject *object)
{
  g_clear_object (&LIA_GUARDED_ADDRESS (object)->guard);

  G_OBJECT_CLASS (lia_guarded_address_parent_class)->finalize (object);
}

static void
lia_guarded_address_class_init (LiaGuardedAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_guarded_address_finalize;
}

static void
lia_guarded_address_init (LiaGuardedAddress *self)
{
}

/** lia_guarded_address_new: (transfer full): see lia_net_guard_new_connectable(). */
GSocketConnectable *
lia_guarded_address_new (LiaNetGuard *guard,
                         const char  *host,
                         guint        port)
{
  LiaGuardedAddress *self = g_object_new (LIA_TYPE_GUARDED_ADDRESS, "hostname", host, "port", port, NULL);

  self->guard = g_object_ref (guard);

  return G_SOCKET_CONNECTABLE (self);
}
