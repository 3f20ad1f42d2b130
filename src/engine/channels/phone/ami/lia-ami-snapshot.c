/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-snapshot.h"

static GPtrArray *
messages_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref);
}

LiaAmiSnapshot *
lia_ami_snapshot_new (void)
{
  LiaAmiSnapshot *self = g_new0 (LiaAmiSnapshot, 1);

  self->channels = messages_new ();
  self->bridges = messages_new ();
  self->queues = messages_new ();
  self->members = messages_new ();
  self->entries = messages_new ();
  self->parked = messages_new ();
  self->tainted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
lia_ami_snapshot_free (LiaAmiSnapshot *self)
{
  g_ptr_array_unref (self->channels);
  g_ptr_array_unref (self->bridges);
  g_ptr_array_unref (self->queues);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->parked);
  g_hash_table_unref (self->tainted);
  g_free (self);
}

/**
 * lia_ami_snapshot_add:
 * @item: a message of one of the answers, in any order
 *
 * Returns: FALSE for what is no item that is kept: the answers' heads and ends
 */
gboolean
lia_ami_snapshot_add (LiaAmiSnapshot *self,
                      LiaAmiMessage  *item)
{
  const struct
  {
    const char *name;
    GPtrArray  *items;
  } lists[] = {
    { "CoreShowChannel", self->channels },
    { "BridgeListItem", self->bridges },
    { "QueueParams", self->queues },
    { "QueueMember", self->members },
    { "QueueEntry", self->entries },
    { "ParkedCall", self->parked },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (lia_ami_message_get_kind (item) != LIA_AMI_ITEM || !g_str_equal (lia_ami_message_get_name (item), lists[i].name))
        continue;

      const char *channel = lia_ami_message_get (item, "Channel");

      if (lia_ami_message_get_taint (item) == 0)
        g_ptr_array_add (lists[i].items, lia_ami_message_ref (item));
      else if (channel != NULL)
        g_hash_table_add (self->tainted, g_strdup (channel)); /* the PBX writes it before anything of the caller's */

      return TRUE;
    }

  return FALSE;
}
