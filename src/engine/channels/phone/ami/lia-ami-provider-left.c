/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-provider-private.h"

#include "lia-ami-left.h"
#include "lia-async.h"

/*
 * The manager interface does not tell again what it told when nobody listened. The dialplan notes what became of each caller in Asterisk's own
 * database, and these notes are read here: a day at a time, with the right `reporting`. To take one away it is written as nothing over the dialplan's
 * function, for which `call` is enough; the action made for it needs `system`.
 */

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

typedef struct
{
  LiaAmiProvider *provider;
  LiaAmiClient   *client; /* NULL: not connected */
  gint64          at_ms;  /* within the day, by the PBX's clock */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_object_unref (listing->provider);
  g_clear_object (&listing->client);
  g_free (listing);
}

static DexFuture *
erase (LiaAmiClient *client,
       const char   *key)
{
  LiaAmiAction    *action = lia_ami_action_new ("Setvar");
  g_autofree char *variable = g_strdup_printf ("DB_DELETE(%s)", key);

  lia_ami_action_add (action, "Variable", variable);
  lia_ami_action_add (action, "Value", "");

  return lia_ami_client_send (client, action);
}

/* What is of no use here goes at once. */
static void
take_note (Listing       *listing,
           LiaAmiMessage *item,
           GPtrArray     *calls)
{
  const char *key = lia_ami_message_get (item, "Key");
  const char *value = lia_ami_message_get (item, "Val");
  LiaCall    *call;

  if (key == NULL || value == NULL || lia_ami_message_get_taint (item) != 0)
    return;

  call = lia_ami_left_parse (listing->provider->pbx_id, listing->provider->directory, key, value, lia_ami_client_get_offset (listing->client));
  if (call != NULL)
    g_ptr_array_add (calls, call);
  else if (g_str_has_prefix (key, "/liaison-left/"))
    dex_future_disown (erase (listing->client, key + 1));
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const LiaCall *one = *(LiaCall *const *)a;
  const LiaCall *other = *(LiaCall *const *)b;

  return (one->created_ms > other->created_ms) - (one->created_ms < other->created_ms);
}

static DexFuture *
list_fiber (gpointer data)
{
  Listing         *listing = data;
  LiaAmiAction    *action = lia_ami_action_new ("DBGetTree");
  g_autofree char *family = lia_ami_left_family (listing->at_ms);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  lia_ami_action_add (action, "Family", family);
  items = dex_await_boxed (lia_ami_client_list (listing->client, action), &error);
  /* An Asterisk without this action, and a login that may not use it, have no notes. */
  if (items == NULL && !lia_ami_provider_is_no_matter (error))
    return dex_future_new_for_error (error);
  g_clear_error (&error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    take_note (listing, items->pdata[i], calls);
  g_ptr_array_sort (calls, compare_calls);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&calls));
}

/** lia_ami_provider_list_left: see LiaPhoneProviderInterface. */
DexFuture *
lia_ami_provider_list_left (LiaAmiProvider *self,
                            guint           day)
{
  Listing *listing;

  if (self->client == NULL)
    return dex_future_new_reject (LIA_PHONE_ERROR, LIA_PHONE_ERROR_DOWN, "There is no connection to the telephone system.");

  listing = g_new0 (Listing, 1);
  listing->provider = g_object_ref (self);
  listing->client = g_object_ref (self->client);
  listing->at_ms = lia_ami_provider_now (self) - lia_ami_client_get_offset (self->client) - day * DAY_MS;

  return lia_spawn (list_fiber, listing, listing_free);
}

/** lia_ami_provider_forget_left: see LiaPhoneProviderInterface. */
DexFuture *
lia_ami_provider_forget_left (LiaAmiProvider *self,
                              GPtrArray      *calls)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; self->client != NULL && i < calls->len; i++)
    {
      LiaCall         *call = calls->pdata[i];
      g_autofree char *key = lia_ami_left_key (call->uniqueid, call->ended_ms - lia_ami_client_get_offset (self->client));

      g_ptr_array_add (answers, erase (self->client, key));
    }
  if (answers->len == 0)
    return dex_future_new_for_boolean (TRUE);

  return dex_future_allv ((DexFuture *const *)answers->pdata, answers->len);
}
