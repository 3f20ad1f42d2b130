/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-provider.h"

enum {
  LINK_CHANGED,
  FORGED,
  CALL_CHANGED,
  CALL_GONE,
  MEMBER_CHANGED,
  MEMBER_GONE,
  QUEUE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (LiaPhoneProvider, lia_phone_provider, G_TYPE_OBJECT)

static guint
new_signal (const char *name,
            guint       n_params,
            GType       first,
            GType       second)
{
  return g_signal_new (name, LIA_TYPE_PHONE_PROVIDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, first, second);
}

static void
lia_phone_provider_default_init (LiaPhoneProviderInterface *iface)
{
  signals[LINK_CHANGED] = new_signal ("link-changed", 0, 0, 0);
  signals[FORGED] = new_signal ("forged", 0, 0, 0);
  signals[CALL_CHANGED] = new_signal ("call-changed", 1, LIA_TYPE_CALL, 0);
  signals[CALL_GONE] = new_signal ("call-gone", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[MEMBER_CHANGED] = new_signal ("member-changed", 1, LIA_TYPE_QUEUE_MEMBER, 0);
  signals[MEMBER_GONE] = new_signal ("member-gone", 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[QUEUE_CHANGED] = new_signal ("queue-changed", 1, G_TYPE_STRING, 0);
}

/** lia_phone_provider_set_agents: @agents: of LiaAgent. Whose telephone is whose. */
void
lia_phone_provider_set_agents (LiaPhoneProvider *self,
                               GPtrArray        *agents)
{
  LIA_PHONE_PROVIDER_GET_IFACE (self)->set_agents (self, agents);
}

/** lia_phone_provider_restore: @calls: of LiaCall. What went on when the engine ended. */
void
lia_phone_provider_restore (LiaPhoneProvider *self,
                            GPtrArray        *calls)
{
  LIA_PHONE_PROVIDER_GET_IFACE (self)->restore (self, calls);
}

/** lia_phone_provider_connect: begins; what comes of it is told by "link-changed". */
void
lia_phone_provider_connect (LiaPhoneProvider *self)
{
  LIA_PHONE_PROVIDER_GET_IFACE (self)->connect (self);
}

/** lia_phone_provider_disconnect: resolves when nothing runs any more. */
DexFuture *
lia_phone_provider_disconnect (LiaPhoneProvider *self)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->disconnect (self);
}

/** lia_phone_provider_get_link: (transfer none): how the connection is now. */
const LiaPhoneLink *
lia_phone_provider_get_link (LiaPhoneProvider *self)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->get_link (self);
}

/** lia_phone_provider_dup_calls: (transfer full): of LiaCall, all that go on. */
GPtrArray *
lia_phone_provider_dup_calls (LiaPhoneProvider *self)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->dup_calls (self);
}

/** lia_phone_provider_dup_members: (transfer full): of LiaQueueMember. */
GPtrArray *
lia_phone_provider_dup_members (LiaPhoneProvider *self)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->dup_members (self);
}

/** lia_phone_provider_dup_queues: (transfer full): the PBX's names. */
GStrv
lia_phone_provider_dup_queues (LiaPhoneProvider *self)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->dup_queues (self);
}

/** lia_phone_provider_run: resolves when the PBX has accepted it; rejects with %LIA_PHONE_ERROR. */
DexFuture *
lia_phone_provider_run (LiaPhoneProvider *self,
                        LiaPhoneCommand  *command)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->run (self, command);
}

/** lia_phone_provider_list_left: resolves to a GPtrArray of LiaCall: what the PBX noted on that day. */
DexFuture *
lia_phone_provider_list_left (LiaPhoneProvider *self,
                              guint             day)
{
  LiaPhoneProviderInterface *iface = LIA_PHONE_PROVIDER_GET_IFACE (self);

  if (iface->list_left == NULL)
    return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_new_with_free_func (g_object_unref));

  return iface->list_left (self, day);
}

/** lia_phone_provider_forget_left: @calls: of lia_phone_provider_list_left(); they are kept. */
DexFuture *
lia_phone_provider_forget_left (LiaPhoneProvider *self,
                                GPtrArray        *calls)
{
  LiaPhoneProviderInterface *iface = LIA_PHONE_PROVIDER_GET_IFACE (self);

  return iface->forget_left != NULL ? iface->forget_left (self, calls) : dex_future_new_for_boolean (TRUE);
}

/** lia_phone_provider_can_fetch: whether recordings can be fetched, as things are set up. */
gboolean
lia_phone_provider_can_fetch (LiaPhoneProvider *self)
{
  LiaPhoneProviderInterface *iface = LIA_PHONE_PROVIDER_GET_IFACE (self);

  return iface->can_fetch != NULL && iface->can_fetch (self);
}

/** lia_phone_provider_get_abilities: what it can do to a telephone on a desk: words as "answer" and "mute", NULL-terminated. */
const char *const *
lia_phone_provider_get_abilities (LiaPhoneProvider *self)
{
  static const char *const   nothing[] = { NULL };
  LiaPhoneProviderInterface *iface = LIA_PHONE_PROVIDER_GET_IFACE (self);

  return iface->get_abilities != NULL ? iface->get_abilities (self) : nothing;
}

/** lia_phone_provider_fetch: resolves when the recording stands in @fd; rejects with %LIA_PHONE_ERROR. Only where lia_phone_provider_can_fetch(). */
DexFuture *
lia_phone_provider_fetch (LiaPhoneProvider *self,
                          const char       *file,
                          int               fd)
{
  return LIA_PHONE_PROVIDER_GET_IFACE (self)->fetch (self, file, fd);
}

void
lia_phone_provider_link_changed (LiaPhoneProvider *self)
{
  g_signal_emit (self, signals[LINK_CHANGED], 0);
}

void
lia_phone_provider_forged (LiaPhoneProvider *self)
{
  g_signal_emit (self, signals[FORGED], 0);
}

void
lia_phone_provider_call_changed (LiaPhoneProvider *self,
                                 LiaCall          *call)
{
  g_signal_emit (self, signals[CALL_CHANGED], 0, call);
}

void
lia_phone_provider_call_gone (LiaPhoneProvider *self,
                              const char       *uniqueid,
                              const char       *into)
{
  g_signal_emit (self, signals[CALL_GONE], 0, uniqueid, into);
}

void
lia_phone_provider_member_changed (LiaPhoneProvider *self,
                                   LiaQueueMember   *member)
{
  g_signal_emit (self, signals[MEMBER_CHANGED], 0, member);
}

void
lia_phone_provider_member_gone (LiaPhoneProvider *self,
                                const char       *queue,
                                const char       *interface)
{
  g_signal_emit (self, signals[MEMBER_GONE], 0, queue, interface);
}

void
lia_phone_provider_queue_changed (LiaPhoneProvider *self,
                                  const char       *queue)
{
  g_signal_emit (self, signals[QUEUE_CHANGED], 0, queue);
}
