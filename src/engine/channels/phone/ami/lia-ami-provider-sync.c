/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

/*
 * Asking the PBX for everything. Lists and events are two stories of the same time: events that come while lists are made are held and applied
 * after them, which is right in the end, as a state that is told twice is the same state. One thing must not be concluded from lists then: that a
 * channel has ended of which events still speak.
 *
 * What an event changes may be in a list before the event is on its way, so the last ones are waited for.
 */

#define SETTLE_MS 50
#define RATE_US (5 * G_USEC_PER_SEC)
#define SECOND_LOOK_US (3 * G_USEC_PER_SEC)

/** lia_ami_provider_want_resync: something was not to be believed, or happens without an event. Soon, but not more often than every 5 s. */
void
lia_ami_provider_want_resync (LiaAmiProvider *self)
{
  self->resync_wanted = TRUE;
  lia_ami_provider_wake (self);
}

/* Lists ----------------------------------------------------------------------------------------------------------------------------------- */

/** lia_ami_provider_is_no_matter: a PBX without queues, or without parking, does not know the action. */
gboolean
lia_ami_provider_is_no_matter (const GError *error)
{
  return g_error_matches (error, LIA_AMI_ERROR, LIA_AMI_ERROR_REFUSED) || g_error_matches (error, LIA_AMI_ERROR, LIA_AMI_ERROR_PERMISSION);
}

static LiaAmiSnapshot *
ask_lists (LiaAmiProvider *self,
           GError        **error)
{
  static const char *const names[] = { "QueueStatus", "CoreShowChannels", "BridgeList", "ParkedCalls" };
  g_autoptr (LiaAmiSnapshot) snapshot = lia_ami_snapshot_new ();
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (lists, lia_ami_client_list (self->client, lia_ami_action_new (names[i])));
  for (guint i = 0; i < lists->len; i++)
    {
      g_autoptr (GError) cause = NULL;
      g_autoptr (GPtrArray) items = dex_await_boxed (dex_ref (lists->pdata[i]), &cause);

      if (items == NULL && !lia_ami_provider_is_no_matter (cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      for (guint j = 0; items != NULL && j < items->len; j++)
        lia_ami_snapshot_add (snapshot, items->pdata[j]);
    }

  return g_steal_pointer (&snapshot);
}

/* Resync ---------------------------------------------------------------------------------------------------------------------------------- */

static void
hold_events (LiaAmiProvider *self)
{
  if (self->held == NULL)
    self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_ami_message_unref);
}

/* Whatever the lists say of these channels, their end is told by events. */
static void
spare_channels (LiaAmiProvider *self,
                LiaAmiSnapshot *snapshot)
{
  static const char *const names[] = { "Channel", "DestChannel", "ParkeeChannel" };

  for (guint i = 0; i < self->held->len; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        {
          const char *channel = lia_ami_message_get (self->held->pdata[i], names[j]);

          if (channel != NULL)
            g_hash_table_add (snapshot->tainted, g_strdup (channel));
        }
    }
}

static void
release_events (LiaAmiProvider *self)
{
  g_autoptr (GPtrArray) events = g_steal_pointer (&self->held);

  for (guint i = 0; events != NULL && i < events->len; i++)
    lia_ami_provider_apply (self, events->pdata[i]);
}

/* (transfer full): of DexFuture: of each call whose number may not be told yet; nobody hears of it before it is resolved. */
static GPtrArray *
ask_unveil (LiaAmiProvider *self)
{
  g_autoptr (GPtrArray) calls = lia_ami_model_list_calls (self->model);
  GPtrArray *answers = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < calls->len; i++)
    {
      DexFuture *answer = lia_ami_provider_unveil (self, calls->pdata[i]);

      if (answer != NULL)
        g_ptr_array_add (answers, answer);
    }

  return answers;
}

/* What would be told to others is known, but of calls that began while we asked: they are told of as soon as it is. */
static void
unveil_all (LiaAmiProvider *self)
{
  g_autoptr (GPtrArray) answers = ask_unveil (self);
  g_autoptr (GPtrArray) late = NULL;

  for (guint i = 0; i < answers->len; i++)
    dex_await (dex_ref (answers->pdata[i]), NULL);
  late = ask_unveil (self);
  for (guint i = 0; i < late->len; i++)
    dex_future_disown (dex_ref (late->pdata[i]));
}

/**
 * lia_ami_provider_resync:
 * @is_check: all events were seen, as far as we know: calls are not "recovered" by being listed
 *
 * For a fiber.
 */
gboolean
lia_ami_provider_resync (LiaAmiProvider *self,
                         gboolean        is_check,
                         GError        **error)
{
  g_autoptr (LiaAmiSnapshot) snapshot = NULL;

  self->resync_wanted = FALSE;
  self->resync_us = g_get_monotonic_time () + RATE_US;
  self->audit_us = g_get_monotonic_time () + self->audit_ms * (gint64)1000;
  g_clear_pointer (&self->doubts, g_strfreev);
  hold_events (self);
  snapshot = ask_lists (self, error);
  if (snapshot != NULL)
    dex_await (dex_timeout_new_msec (SETTLE_MS), NULL);
  if (snapshot == NULL || self->held == NULL)
    return FALSE;

  snapshot->is_check = is_check;
  snapshot->offset_ms = lia_ami_client_get_offset (self->client);
  if (is_check)
    spare_channels (self, snapshot);
  lia_ami_model_resync (self->model, snapshot, lia_ami_provider_now (self));
  release_events (self);
  if (!is_check)
    unveil_all (self);
  lia_ami_provider_flush (self);

  return TRUE;
}

/* Audit ----------------------------------------------------------------------------------------------------------------------------------- */

/* Of two looks at a PBX that goes on meanwhile, only what both found is a difference. */
static GStrv
find_lasting (GStrv first,
              GStrv second)
{
  g_autoptr (GStrvBuilder) lasting = g_strv_builder_new ();

  for (guint i = 0; first != NULL && first[i] != NULL; i++)
    {
      if (g_strv_contains ((const char *const *)second, first[i]))
        g_strv_builder_add (lasting, first[i]);
    }

  return g_strv_builder_end (lasting);
}

/**
 * lia_ami_provider_audit:
 *
 * Compares what is known with what the PBX lists. A difference that is still there at a second look is a mistake of ours, or an event that was
 * lost: it is logged, and repaired by a resync. For a fiber.
 */
gboolean
lia_ami_provider_audit (LiaAmiProvider *self,
                        GError        **error)
{
  g_auto (GStrv) found = NULL;
  g_auto (GStrv) lasting = NULL;
  g_autoptr (LiaAmiSnapshot) snapshot = ask_lists (self, error);

  if (snapshot == NULL)
    return FALSE;

  found = lia_ami_model_audit (self->model, snapshot);
  lasting = find_lasting (self->doubts, found);
  for (guint i = 0; lasting[i] != NULL; i++)
    g_message ("%s: %s", self->pbx->name != NULL ? self->pbx->name : self->pbx->host, lasting[i]);
  if (lasting[0] != NULL)
    return lia_ami_provider_resync (self, TRUE, error);

  lia_ami_provider_tell_forged (self);
  self->audit_us = g_get_monotonic_time () + (found[0] != NULL ? MIN (SECOND_LOOK_US, self->audit_ms * (gint64)1000) : self->audit_ms * (gint64)1000);
  g_strfreev (self->doubts);
  self->doubts = g_steal_pointer (&found);

  return TRUE;
}
