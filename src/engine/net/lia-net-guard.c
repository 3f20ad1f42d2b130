/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-net-guard.h"

#include "lia-guarded-address.h"

#include <string.h>

struct _LiaNetGuard
{
  GObject parent_instance;

  GHashTable *allowed; /* set of host names, lower case */
};

G_DEFINE_FINAL_TYPE (LiaNetGuard, lia_net_guard, G_TYPE_OBJECT)

/* Of IANA's registries of special purpose addresses (RFC 6890 and its updates): what is not reached from everywhere, or means an address in another one. */
static const char *const special[] = {
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10", /* shared by customers of a provider, RFC 6598 */
  "127.0.0.0/8",
  "169.254.0.0/16", /* link-local, and where clouds answer for their machines */
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/96",          /* unspecified, loopback, and IPv4 as it was written once */
  "64:ff9b:1::/48", /* translated to IPv4 within a network, RFC 8215 */
  "100::/64",
  "2001::/23", /* protocols of the IETF, Teredo among them, which wraps IPv4 */
  "2001:db8::/32",
  "2002::/16", /* 6to4, which wraps IPv4 */
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
};

static GPtrArray *
get_special (void)
{
  static GPtrArray *masks;

  if (masks == NULL)
    {
      masks = g_ptr_array_new_with_free_func (g_object_unref);
      for (guint i = 0; i < G_N_ELEMENTS (special); i++)
        g_ptr_array_add (masks, g_inet_address_mask_new_from_string (special[i], NULL));
    }

  return masks;
}

/* The IPv4 address that stands at the end of a mapped one (::ffff:0:0/96) or a translated one (64:ff9b::/96, RFC 6052), else NULL */
static GInetAddress *
unwrap (GInetAddress *address)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 translated[12] = { 0, 0x64, 0xff, 0x9b };
  const guint8       *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return NULL;
  if (memcmp (bytes, mapped, sizeof mapped) != 0 && memcmp (bytes, translated, sizeof translated) != 0)
    return NULL;

  return g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);
}

/** lia_net_is_public: whether @address is one that everybody can reach: not of this machine, of a private network, or of none. */
gboolean
lia_net_is_public (GInetAddress *address)
{
  g_autoptr (GInetAddress) inner = unwrap (address);
  GPtrArray *masks = get_special ();

  if (inner != NULL)
    return lia_net_is_public (inner);

  for (guint i = 0; i < masks->len; i++)
    {
      if (g_inet_address_mask_matches (masks->pdata[i], address))
        return FALSE;
    }

  return TRUE;
}

/* "Example.org." and "example.org" are one */
static char *
normalise (const char *host)
{
  char *name = g_ascii_strdown (host, -1);

  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';

  return name;
}

/** lia_net_guard_allow: an administrator says that @host may be in a private network. */
void
lia_net_guard_allow (LiaNetGuard *self,
                     const char  *host)
{
  g_hash_table_add (self->allowed, normalise (host));
}

/** lia_net_guard_is_allowed: whether an administrator has said so. */
gboolean
lia_net_guard_is_allowed (LiaNetGuard *self,
                          const char  *host)
{
  g_autofree char *name = normalise (host);

  return g_hash_table_contains (self->allowed, name);
}

/** lia_net_guard_accepts: whether @address, to which @host resolved, may be connected to. */
gboolean
lia_net_guard_accepts (LiaNetGuard  *self,
                       const char   *host,
                       GInetAddress *address)
{
  return lia_net_guard_is_allowed (self, host) || lia_net_is_public (address);
}

/**
 * lia_net_guard_new_connectable: (transfer full): for SoupSession or GSocketClient: leads to the addresses of @host that are accepted. With none
 * the connection fails with %G_IO_ERROR_PERMISSION_DENIED. No proxy is asked: it would resolve the name once more.
 */
GSocketConnectable *
lia_net_guard_new_connectable (LiaNetGuard *self,
                               const char  *host,
                               guint        port)
{
  return lia_guarded_address_new (self, host, port);
}

static void
lia_net_guard_finalize (GObject *object)
{
  g_hash_table_unref (LIA_NET_GUARD (object)->allowed);

  G_OBJECT_CLASS (lia_net_guard_parent_class)->finalize (object);
}

static void
lia_net_guard_class_init (LiaNetGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_net_guard_finalize;
}

static void
lia_net_guard_init (LiaNetGuard *self)
{
  self->allowed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/** lia_net_guard_new: one that allows nobody yet. */
LiaNetGuard *
lia_net_guard_new (void)
{
  return g_object_new (LIA_TYPE_NET_GUARD, NULL);
}
