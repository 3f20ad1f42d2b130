/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-hub-private.h"

#include "lia-channel.h"
#include "lia-wire.h"

/* What there is: telephone systems and how they are, calls, members of queues. */

static const char *
state_of (const LiaPhoneLink *link)
{
  static const char *const login[] = { "wrong-password", "few-rights", NULL };
  static const char *const trust[] = { "unknown-ca", "wrong-host", "expired", NULL };

  switch (link->state)
    {
    case LIA_PHONE_LINK_UP:
      return "ready";
    case LIA_PHONE_LINK_SYNCING:
      return "syncing";
    case LIA_PHONE_LINK_CONNECTING:
      return "starting";
    case LIA_PHONE_LINK_DOWN:
    default:
      if (g_strv_contains (login, link->reason))
        return "needs-login";
      return g_strv_contains (trust, link->reason) ? "needs-trust" : "reconnecting";
    }
}

static LiaChannel *
new_channel (const char *id,
             const char *state,
             const char *detail)
{
  LiaChannel *channel = lia_channel_new ();

  channel->id = g_strdup (id);
  channel->kind = g_strdup ("phone");
  channel->state = g_strdup (state);
  channel->detail = g_strdup (detail);

  return channel;
}

void
lia_phone_hub_add_channels (LiaPhoneHub *self,
                            GHashTable  *channels)
{
  GHashTableIter iter;
  const char    *id;
  const char    *problem;

  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaPhoneLine       *line = self->lines->pdata[i];
      const LiaPhoneLink *link = lia_phone_provider_get_link (lia_phone_line_get_provider (line));
      LiaChannel         *channel = new_channel (lia_phone_line_get_id (line), state_of (link), link->detail);

      channel->since_ms = link->since_ms;
      channel->last_ok_ms = link->last_ok_ms;
      channel->forged = (gint64)link->forged;
      channel->forged_ms = link->forged_ms;
      g_strfreev (channel->abilities);
      channel->abilities = g_strdupv ((GStrv)lia_phone_provider_get_abilities (lia_phone_line_get_provider (line)));
      g_hash_table_insert (channels, g_strdup (channel->id), channel);
    }

  g_hash_table_iter_init (&iter, self->problems);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&problem))
    g_hash_table_insert (channels, g_strdup (id), new_channel (id, "needs-login", problem));
}

/** lia_phone_hub_dup_calls: (transfer full): of LiaCall: all that go on. */
GPtrArray *
lia_phone_hub_dup_calls (LiaPhoneHub *self)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->lines->len; i++)
    lia_phone_line_add_calls (self->lines->pdata[i], calls);

  return calls;
}

/** lia_phone_hub_dup_members: (transfer full): of LiaQueueMember. */
GPtrArray *
lia_phone_hub_dup_members (LiaPhoneHub *self)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->lines->len; i++)
    {
      GHashTableIter iter;
      gpointer       member;

      g_hash_table_iter_init (&iter, lia_phone_line_get_members (self->lines->pdata[i]));
      while (g_hash_table_iter_next (&iter, NULL, &member))
        g_ptr_array_add (members, g_object_ref (member));
    }

  return members;
}

/** lia_phone_hub_list_calls: (transfer full): as API.md has them; those that @agent may see. */
JsonArray *
lia_phone_hub_list_calls (LiaPhoneHub *self,
                          const char  *agent)
{
  g_autoptr (GPtrArray) calls = lia_phone_hub_dup_calls (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < calls->len; i++)
    if (lia_phone_hub_sees_call (self, agent, calls->pdata[i]))
      json_array_add_object_element (array, lia_wire_encode_call (calls->pdata[i]));

  return array;
}

/** lia_phone_hub_list_members: (transfer full): as API.md has them; those that @agent may see. */
JsonArray *
lia_phone_hub_list_members (LiaPhoneHub *self,
                            const char  *agent)
{
  g_autoptr (GPtrArray) members = lia_phone_hub_dup_members (self);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < members->len; i++)
    if (lia_phone_hub_sees_member (self, agent, members->pdata[i]))
      json_array_add_object_element (array, lia_wire_encode_queue_member (members->pdata[i]));

  return array;
}

char *
lia_phone_hub_dup_live (LiaPhoneHub *self,
                        const char  *agent)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_array_member (object, "calls", lia_phone_hub_list_calls (self, agent));
  json_object_set_array_member (object, "members", lia_phone_hub_list_members (self, agent));

  return lia_json_to_text (object);
}

LiaPhoneSetup *
lia_phone_hub_get_setup (LiaPhoneHub *self)
{
  return self->setup;
}

LiaCall *
lia_phone_hub_find_call (LiaPhoneHub *self,
                         const char  *pbx,
                         const char  *uniqueid)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      LiaPhoneLine *line = self->lines->pdata[i];
      LiaCall      *call = pbx == NULL || g_str_equal (lia_phone_line_get_id (line), pbx) ? lia_phone_line_find_call (line, uniqueid) : NULL;

      if (call != NULL)
        return call;
    }

  return NULL;
}
