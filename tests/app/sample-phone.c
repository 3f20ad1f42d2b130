/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-phone.h"

#include "lia-channel.h"

#include "lia-problem.h"
#include "lia-time.h"

static GListStore *
need_store (LiaClient  *client,
            const char *name,
            GType       type)
{
  GListStore *store = g_object_get_data (G_OBJECT (client), name);

  if (store == NULL)
    {
      store = g_list_store_new (type);
      g_object_set_data_full (G_OBJECT (client), name, store, g_object_unref);
    }
  return store;
}

GListStore *
sample_phone_calls (LiaClient *client)
{
  return need_store (client, "calls", LIA_TYPE_CALL);
}

GListStore *
sample_phone_members (LiaClient *client)
{
  return need_store (client, "members", LIA_TYPE_QUEUE_MEMBER);
}

/* sample_phone_add_caller: (transfer none): somebody who waits in q_1 with the number of a customer in Lisbon. */
LiaCall *
sample_phone_add_caller (LiaClient  *client,
                         const char *uniqueid,
                         const char *conversation,
                         int         waited_s)
{
  g_autoptr (LiaCall) call = lia_call_new ();
  LiaCallWait *wait = lia_call_wait_new ();

  g_set_str (&call->pbx, "h_2");
  g_set_str (&call->uniqueid, uniqueid);
  g_set_str (&call->conv, conversation);
  g_set_str (&call->queue, "q_1");
  g_set_str (&call->number, "+351211234567");
  g_set_str (&call->match_reason, "same-number");
  call->match = LIA_MATCH_LIKELY;
  call->state = LIA_CALL_WAITING;
  call->created_ms = lia_time_now () - waited_s * 1000;
  g_set_str (&wait->queue, "q_1");
  wait->from_ms = call->created_ms;
  wait->position = 1 + g_list_model_get_n_items (G_LIST_MODEL (sample_phone_calls (client)));
  g_ptr_array_add (call->waits, wait);
  g_list_store_append (sample_phone_calls (client), call);
  return call;
}

/* sample_phone_put_call: as the engine tells it: one of the same uniqueid is replaced, one that has ended is taken off. */
void
sample_phone_put_call (LiaClient *client,
                       LiaCall   *call)
{
  GListStore *calls = sample_phone_calls (client);
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (calls));
  guint       at = n;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LiaCall) known = g_list_model_get_item (G_LIST_MODEL (calls), i);

      if (g_str_equal (known->uniqueid, call->uniqueid))
        at = i;
    }
  g_list_store_splice (calls, at, at < n ? 1 : 0, (gpointer *)&call, call->state != LIA_CALL_ENDED ? 1 : 0);
}

GListModel *
lia_client_get_calls (LiaClient *self)
{
  return G_LIST_MODEL (sample_phone_calls (self));
}

GListModel *
lia_client_get_members (LiaClient *self)
{
  return G_LIST_MODEL (sample_phone_members (self));
}

DexFuture *
lia_client_dial (LiaClient  *self,
                 const char *number,
                 const char *conversation)
{
  sample_client_log (self, "dial %s %s\n", number, conversation != NULL ? conversation : "-");
  return dex_future_new_for_string ("lia-1");
}

DexFuture *
lia_client_get_softphone (LiaClient *self)
{
  LiaSoftphone *softphone = g_object_get_data (G_OBJECT (self), "softphone");

  return softphone != NULL ? dex_future_new_take_object (g_object_ref (softphone)) : dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "no telephone");
}

DexFuture *
lia_client_get_softphone_of (LiaClient  *self,
                             const char *agent)
{
  return lia_client_get_softphone (self);
}

DexFuture *
lia_client_set_softphone (LiaClient    *self,
                          const char   *agent,
                          LiaSoftphone *softphone)
{
  g_autofree char *line = NULL;
  DexFuture       *answer;

  if (softphone == NULL)
    line = g_strdup_printf ("softphone %s none", agent);
  else
    line = g_strdup_printf ("softphone %s %s@%s:%d %s %s %s", agent, softphone->user, softphone->server, (int)softphone->port, softphone->transport,
                            softphone->secret, softphone->ca != NULL ? softphone->ca : "-");
  answer = sample_client_answer (self, line);
  if (dex_future_is_resolved (answer))
    g_object_set_data_full (G_OBJECT (self), "softphone", softphone != NULL ? g_object_ref (softphone) : NULL, g_object_unref);
  return answer;
}

/* What is asked of a call: its word, the call, and what was said with it */
static DexFuture *
ask (LiaClient  *self,
     const char *word,
     LiaCall    *call,
     const char *text)
{
  g_autofree char *line = g_strjoin (" ", word, call->uniqueid, text, NULL);

  return sample_client_answer (self, line);
}

#define OF_CALL(function, word)          \
  DexFuture *function (LiaClient *self,  \
                       LiaCall   *call)  \
  {                                      \
    return ask (self, word, call, NULL); \
  }

#define SWITCHING(function, word)                  \
  DexFuture *function (LiaClient *self,            \
                       LiaCall   *call,            \
                       gboolean   on)              \
  {                                                \
    return ask (self, word, call, on ? "1" : "0"); \
  }

#define SAYING(function, word)           \
  DexFuture *function (LiaClient  *self, \
                       LiaCall    *call, \
                       const char *text) \
  {                                      \
    return ask (self, word, call, text); \
  }

OF_CALL (lia_client_answer_call, "answer")
OF_CALL (lia_client_hang_up, "hang-up")
OF_CALL (lia_client_complete_transfer, "complete")
OF_CALL (lia_client_cancel_transfer, "cancel")
OF_CALL (lia_client_take_call, "take-call")
SWITCHING (lia_client_hold_call, "hold")
SWITCHING (lia_client_mute_call, "mute")
SWITCHING (lia_client_park_call, "park")
DexFuture *
lia_client_record_call (LiaClient *self,
                        LiaCall   *call,
                        gboolean   on,
                        gboolean   consent)
{
  return ask (self, "record", call, !on ? "0" : consent ? "1"
                                                        : "1 without consent");
}

SAYING (lia_client_send_keys, "keys")
SAYING (lia_client_transfer_call, "transfer")
SAYING (lia_client_consult, "consult")
SAYING (lia_client_note_call, "note")

/* 123456 is shown by a page; its visitor is the caller where somebody says so. */
DexFuture *
lia_client_join_page (LiaClient  *self,
                      LiaCall    *call,
                      const char *code,
                      gboolean    same)
{
  LiaJoinedPage *page;

  sample_client_log (self, "join %s %s%s\n", call->uniqueid, code, same ? " same" : "");
  if (!g_str_equal (code, "123 456"))
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "No page shows this code now.");
  page = lia_joined_page_new ();
  page->entry = g_strdup ("e_900");
  page->conversation = g_strdup ("c_2");
  page->customer = g_strdup (call->customer);
  page->name = g_strdup ("Ann");
  page->email = g_strdup ("");
  page->url = g_strdup ("https://shop.example/kettles");
  page->title = g_strdup ("Kettles");
  page->same = same;

  return dex_future_new_take_object (page);
}

DexFuture *
lia_client_extend_wrap_up (LiaClient *self,
                           guint      by_s)
{
  sample_client_log (self, "extend-wrap-up %u\n", by_s);

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_client_wrap_up_call (LiaClient  *self,
                         LiaCall    *call,
                         const char *disposition,
                         const char *text)
{
  g_autofree char *said = g_strjoin (" ", disposition, text, NULL);

  return ask (self, "wrap-up", call, said);
}

DexFuture *
lia_client_finish_callback (LiaClient  *self,
                            const char *entry)
{
  sample_client_log (self, "callback-done %s\n", entry);
  return dex_future_new_true ();
}

/* sample_phone_set_abilities: what its telephone system h_2 can make a telephone on a desk do. */
void
sample_phone_set_abilities (LiaClient         *client,
                            const char *const *abilities)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();
  GListStore *channels = G_LIST_STORE (lia_client_get_channels (client));

  channel->id = g_strdup ("h_2");
  channel->kind = g_strdup ("phone");
  channel->state = g_strdup ("ready");
  g_strfreev (channel->abilities);
  channel->abilities = g_strdupv ((GStrv)abilities);
  g_list_store_remove_all (channels);
  g_list_store_append (channels, channel);
}
