/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-model-private.h"

/* Bridges: who hears whom. Local channels join two of them, so that a conversation is a connected component of bridges. */

void
lia_ami_bridge_free (LiaAmiBridge *self)
{
  g_free (self->id);
  g_ptr_array_unref (self->legs);
  g_free (self);
}

static LiaAmiBridge *
get_bridge (LiaAmiModel *self,
            const char  *id)
{
  LiaAmiBridge *bridge = g_hash_table_lookup (self->bridges, id);

  if (bridge == NULL)
    {
      bridge = g_new0 (LiaAmiBridge, 1);
      bridge->id = g_strdup (id);
      bridge->legs = g_ptr_array_new ();
      g_hash_table_insert (self->bridges, bridge->id, bridge);
    }

  return bridge;
}

/* Visits the bridge, and all that Local channels join to it. */
static void
walk_bridge (LiaAmiModel  *self,
             LiaAmiBridge *bridge,
             GPtrArray    *legs)
{
  g_autoptr (GPtrArray) bridges = g_ptr_array_new ();

  bridge->mark = self->mark;
  g_ptr_array_add (bridges, bridge);
  for (guint i = 0; i < bridges->len; i++)
    {
      const LiaAmiBridge *next = bridges->pdata[i];

      for (guint j = 0; j < next->legs->len; j++)
        {
          LiaAmiLeg    *leg = next->legs->pdata[j];
          LiaAmiBridge *beyond = leg->wire != NULL ? leg->wire->bridge : NULL;

          g_ptr_array_add (legs, leg);
          if (beyond == NULL || beyond->mark == self->mark)
            continue;
          beyond->mark = self->mark;
          g_ptr_array_add (bridges, beyond);
        }
    }
}

/** lia_ami_model_walk: appends all channels that are connected with @from, which is one of them; none when it is in no bridge. */
void
lia_ami_model_walk (LiaAmiModel *self,
                    LiaAmiLeg   *from,
                    GPtrArray   *legs)
{
  if (from->bridge == NULL)
    return;

  self->mark++;
  walk_bridge (self, from->bridge, legs);
}

static void
touch_connected (LiaAmiModel *self,
                 LiaAmiLeg   *leg)
{
  g_autoptr (GPtrArray) legs = g_ptr_array_new ();

  lia_ami_model_walk (self, leg, legs);
  for (guint i = 0; i < legs->len; i++)
    lia_ami_model_touch (self, ((LiaAmiLeg *)legs->pdata[i])->call);
  lia_ami_model_touch (self, leg->call);
}

void
lia_ami_model_leave_bridge (LiaAmiModel *self,
                            LiaAmiLeg   *leg)
{
  LiaAmiBridge *bridge = leg->bridge;

  if (bridge == NULL)
    return;

  touch_connected (self, leg);
  g_ptr_array_remove_fast (bridge->legs, leg);
  leg->bridge = NULL;
  if (bridge->is_parking)
    g_set_str (&leg->call->slot, "");
  if (bridge->legs->len == 0)
    g_hash_table_remove (self->bridges, bridge->id);
}

/**
 * lia_ami_model_enter_bridge:
 * @type: (nullable): "basic", "parking", "holding", …
 */
void
lia_ami_model_enter_bridge (LiaAmiModel *self,
                            LiaAmiLeg   *leg,
                            const char  *bridge,
                            const char  *type)
{
  if (leg->bridge != NULL && g_str_equal (leg->bridge->id, bridge))
    return;

  lia_ami_model_leave_bridge (self, leg);
  leg->bridge = get_bridge (self, bridge);
  leg->bridge->is_parking |= g_strcmp0 (type, "parking") == 0;
  leg->n_dialling = 0; /* whom it has dialled is in there */
  g_ptr_array_add (leg->bridge->legs, leg);
  touch_connected (self, leg);
}

/* BridgeEnter, BridgeLeave. That a bridge is destroyed follows from the last one's leaving; one that was left meanwhile is left only once. */
void
lia_ami_model_handle_bridge (LiaAmiModel   *self,
                             LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "");
  const char *bridge = lia_ami_message_get (message, "BridgeUniqueid");

  if (leg == NULL || bridge == NULL)
    return;

  if (g_str_equal (lia_ami_message_get_name (message), "BridgeEnter"))
    lia_ami_model_enter_bridge (self, leg, bridge, lia_ami_message_get (message, "BridgeType"));
  else if (leg->bridge != NULL && g_str_equal (leg->bridge->id, bridge))
    lia_ami_model_leave_bridge (self, leg);
}

/*
 * LocalOptimizationBegin, LocalOptimizationEnd: a Local channel is taken out and those who talked over it go on talking, although for an instant
 * they are in no bridge.
 */
void
lia_ami_model_handle_optimization (LiaAmiModel   *self,
                                   LiaAmiMessage *message)
{
  LiaAmiLeg *leg = lia_ami_model_get_leg (self, message, "LocalOne");

  if (leg == NULL)
    return;

  if (g_str_equal (lia_ami_message_get_name (message), "LocalOptimizationBegin"))
    {
      leg->call->moving_ms = self->now_ms;
      lia_ami_model_want_tick (self, self->now_ms + LIA_AMI_UNDECIDED_MS);
    }
  else
    {
      leg->call->moving_ms = 0;
    }
  lia_ami_model_touch (self, leg->call);
}

/* ParkedCall, ParkedCallSwap. That somebody is taken out of the slot is told by the bridge. */
void
lia_ami_model_handle_parked (LiaAmiModel   *self,
                             LiaAmiMessage *message)
{
  LiaAmiLeg  *leg = lia_ami_model_get_leg (self, message, "Parkee");
  const char *slot = lia_ami_message_get (message, "ParkingSpace");

  if (leg == NULL || slot == NULL)
    return;

  g_set_str (&leg->call->slot, slot);
  lia_ami_model_touch (self, leg->call);
}
