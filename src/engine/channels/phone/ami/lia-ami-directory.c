/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-directory.h"

#include <string.h>

struct _LiaAmiDirectory
{
  GHashTable *endpoints;  /* "PJSIP/alice" -> agent */
  GHashTable *extensions; /* "201" -> agent */
  GHashTable *interfaces; /* "Local/201@agents/n" -> agent */
};

static GHashTable *
texts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LiaAmiDirectory *
lia_ami_directory_new (void)
{
  LiaAmiDirectory *self = g_rc_box_new (LiaAmiDirectory);

  self->endpoints = texts_new ();
  self->extensions = texts_new ();
  self->interfaces = texts_new ();

  return self;
}

LiaAmiDirectory *
lia_ami_directory_ref (LiaAmiDirectory *self)
{
  return g_rc_box_acquire (self);
}

static void
directory_finish (gpointer data)
{
  LiaAmiDirectory *self = data;

  g_hash_table_unref (self->endpoints);
  g_hash_table_unref (self->extensions);
  g_hash_table_unref (self->interfaces);
}

void
lia_ami_directory_unref (LiaAmiDirectory *self)
{
  g_rc_box_release_full (self, directory_finish);
}

/** lia_ami_directory_clear: nobody sits anywhere. */
void
lia_ami_directory_clear (LiaAmiDirectory *self)
{
  g_hash_table_remove_all (self->endpoints);
  g_hash_table_remove_all (self->extensions);
  g_hash_table_remove_all (self->interfaces);
}

static void
add_name (GHashTable *names,
          const char *name,
          const char *agent)
{
  if (name != NULL && *name != '\0')
    g_hash_table_insert (names, g_strdup (name), g_strdup (agent));
}

/**
 * lia_ami_directory_add:
 * @agent: what the model shall call whoever sits there; "" for a colleague who is no agent
 * @endpoint: (nullable): the telephone, as channels begin: "PJSIP/alice"
 * @extension: (nullable): the number that others dial: "201"
 * @interface: (nullable): what queues ring: "PJSIP/alice", "Local/201@from-queue/n"
 */
void
lia_ami_directory_add (LiaAmiDirectory *self,
                       const char      *agent,
                       const char      *endpoint,
                       const char      *extension,
                       const char      *interface)
{
  add_name (self->endpoints, endpoint, agent);
  add_name (self->extensions, extension, agent);
  add_name (self->interfaces, interface, agent);
}

/** lia_ami_directory_find_endpoint: (nullable): who sits at "PJSIP/alice"; NULL: nobody of ours. */
const char *
lia_ami_directory_find_endpoint (LiaAmiDirectory *self,
                                 const char      *endpoint)
{
  return g_hash_table_lookup (self->endpoints, endpoint);
}

/**
 * lia_ami_directory_find_interface:
 *
 * Returns: (nullable): who is rung by this member of a queue: by its own setting, as a telephone, or by the extension in "Local/201@from-queue/n"
 */
const char *
lia_ami_directory_find_interface (LiaAmiDirectory *self,
                                  const char      *interface)
{
  const char *agent = g_hash_table_lookup (self->interfaces, interface);

  if (agent == NULL)
    agent = g_hash_table_lookup (self->endpoints, interface);
  if (agent == NULL && g_str_has_prefix (interface, "Local/"))
    {
      const char      *start = interface + strlen ("Local/");
      g_autofree char *extension = g_strndup (start, strcspn (start, "@/"));

      agent = g_hash_table_lookup (self->extensions, extension);
    }

  return agent;
}

/**
 * lia_ami_endpoint_of_channel:
 * @channel: a channel's name: "PJSIP/alice-0000001c"
 *
 * Returns: (transfer full): the telephone or trunk that it belongs to: "PJSIP/alice"
 */
char *
lia_ami_endpoint_of_channel (const char *channel)
{
  const char *dash = strrchr (channel, '-');

  if (dash == NULL || dash[1] == '\0' || dash[1 + strspn (dash + 1, "0123456789abcdef")] != '\0')
    return g_strdup (channel);

  return g_strndup (channel, dash - channel);
}
