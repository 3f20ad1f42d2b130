/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chats as the client shows them: the visitor, what they have seen, who types; and what the engine is told. */

#include "fake-engine.h"
#include "lia-test-wait.h"
#include "lia-client.h"

#define EPH(kind, d) "{\"t\":\"eph\",\"k\":\"" kind "\",\"d\":" d "}"

typedef struct
{
  FakeEngine      *engine;
  LiaClient       *client;
  LiaLiveChats    *chats;
  LiaConversation *row;
  guint            n_changes;
} Fixture;

static void
on_changed_cb (Fixture *self)
{
  self->n_changes++;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->engine = fake_engine_new ();
  self->row = fake_row ("c_1", 1, 1);
  g_set_str (&self->row->channel, "chat");
  fake_engine_put_row (self->engine, self->row);
  fake_engine_set_chats (self->engine, "{\"chats\":[{\"conv\":\"c_1\"},{\"conv\":7},{\"conv\":\"c_3\"}]}");
  self->client = lia_client_new (fake_engine_get_address (self->engine), NULL);
  self->chats = lia_client_get_chats (self->client);
  g_signal_connect_swapped (self->chats, "changed", G_CALLBACK (on_changed_cb), self);
  g_assert_cmpint (lia_live_chats_get_visitor (self->chats, self->row), ==, LIA_VISITOR_NONE);
  lia_client_start (self->client);
  wait_until (lia_client_get_state (self->client) == LIA_CLIENT_LIVE);
  wait_until (lia_live_chats_get_visitor (self->chats, self->row) == LIA_VISITOR_HERE);
  self->n_changes = 0;
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 50000;

  lia_client_stop (self->client);
  g_assert_finalize_object (self->client);
  while (g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, FALSE);
  g_object_unref (self->row);
  fake_engine_free (self->engine);
}

static LiaVisitor
visitor (Fixture *self)
{
  return lia_live_chats_get_visitor (self->chats, self->row);
}

static LiaVisitor
visitor_of (Fixture    *self,
            const char *conversation)
{
  g_autoptr (LiaConversation) row = fake_row (conversation, 1, 1);

  g_set_str (&row->channel, "chat");

  return lia_live_chats_get_visitor (self->chats, row);
}

/* Who is there is known at once, and what is told later changes it. */
static void
test_visitor (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (LiaConversation) mail = fake_row ("c_9", 1, 1);

  g_assert_cmpint (visitor_of (self, "c_3"), ==, LIA_VISITOR_HERE);
  g_assert_cmpint (visitor_of (self, "c_2"), ==, LIA_VISITOR_GONE);
  g_assert_cmpint (lia_live_chats_get_visitor (self->chats, mail), ==, LIA_VISITOR_NONE);

  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_1\",\"online\":false}"));
  wait_until (visitor (self) == LIA_VISITOR_GONE);
  g_assert_cmpint (visitor_of (self, "c_3"), ==, LIA_VISITOR_HERE);
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_2\",\"online\":true}"));
  wait_until (visitor_of (self, "c_2") == LIA_VISITOR_HERE);
}

/* Nobody unsees what they saw. */
static void
test_seen (Fixture      *self,
           gconstpointer data)
{
  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_1\",\"seq\":812}"));
  wait_until (lia_live_chats_get_seen (self->chats, "c_1") == 812);
  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_1\",\"seq\":5}"));
  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_2\",\"seq\":900}"));
  wait_until (lia_live_chats_get_seen (self->chats, "c_2") == 900);
  g_assert_cmpint (lia_live_chats_get_seen (self->chats, "c_1"), ==, 812);
}

static void
test_typing (Fixture      *self,
             gconstpointer data)
{
  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":\"c_1\"}"));
  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":\"c_1\"}"));
  wait_until (lia_live_chats_is_typing (self->chats, "c_1"));
  g_assert_false (lia_live_chats_is_typing (self->chats, "c_2"));

  wait_until (!lia_live_chats_is_typing (self->chats, "c_1"));
  g_assert_cmpuint (self->n_changes, ==, 2);
}

/* Who is gone does not type, and who has sent what they typed does not either. */
static void
test_typing_ends (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (LiaEntry) entry = fake_entry ("e_9", "c_1", 9000, 0);
  const gint64 began_us = g_get_monotonic_time ();

  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":\"c_1\"}"));
  wait_until (lia_live_chats_is_typing (self->chats, "c_1"));
  entry->direction = LIA_DIRECTION_IN;
  fake_engine_put_entry (self->engine, entry);
  wait_until (!lia_live_chats_is_typing (self->chats, "c_1"));

  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":\"c_1\"}"));
  wait_until (lia_live_chats_is_typing (self->chats, "c_1"));
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_1\",\"online\":false}"));
  wait_until (visitor (self) == LIA_VISITOR_GONE);
  g_assert_false (lia_live_chats_is_typing (self->chats, "c_1"));
  if (g_get_monotonic_time () - began_us > 4 * G_USEC_PER_SEC)
    g_test_message ("too slow to tell this from typing that ends by itself");
}

/* Nothing is known without a connection; the next one asks again. */
static void
test_lost (Fixture      *self,
           gconstpointer data)
{
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_1\",\"online\":false}"));
  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":\"c_3\"}"));
  wait_until (visitor (self) == LIA_VISITOR_GONE && lia_live_chats_is_typing (self->chats, "c_3"));

  fake_engine_drop_streams (self->engine);
  wait_until (!lia_live_chats_is_typing (self->chats, "c_3"));
  wait_until (visitor (self) == LIA_VISITOR_HERE);
}

/* An answer that cannot be read is not the last word while the connection stands. */
static void
test_reading_again (Fixture      *self,
                    gconstpointer data)
{
  guint before = fake_engine_count_chat_readings (self->engine);

  fake_engine_set_chats (self->engine, "{}");
  fake_engine_drop_streams (self->engine);
  wait_until (fake_engine_count_chat_readings (self->engine) > before);
  fake_engine_set_chats (self->engine, "{\"chats\":[{\"conv\":\"c_1\"}]}");
  wait_until (visitor (self) == LIA_VISITOR_HERE);
}

/* What cannot be read is left out, and the connection stays. */
static void
test_strange (Fixture      *self,
              gconstpointer data)
{
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_1\",\"online\":\"no\"}"));
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"conv\":\"c_1\"}"));
  fake_engine_send_frame (self->engine, EPH ("chat.presence", "{\"online\":false}"));
  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_1\",\"seq\":-4}"));
  fake_engine_send_frame (self->engine, EPH ("chat.typing", "{\"conv\":5}"));
  fake_engine_send_frame (self->engine, EPH ("weather", "{\"conv\":\"c_1\"}"));
  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_1\",\"seq\":4}"));
  wait_until (lia_live_chats_get_seen (self->chats, "c_1") == 4);
  g_assert_cmpint (visitor (self), ==, LIA_VISITOR_HERE);
  g_assert_cmpuint (self->n_changes, ==, 1);
  g_assert_cmpuint (fake_engine_count_hellos (self->engine), ==, 1);
}

/* A key each, and the engine hears of it once in three seconds. */
static void
test_tell (Fixture      *self,
           gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    lia_client_send_typing (self->client, "c_1");
  lia_client_send_typing (self->client, "c_2");
  wait_until (fake_engine_count_typings (self->engine) == 2);

  fake_engine_send_frame (self->engine, EPH ("chat.read", "{\"conv\":\"c_1\",\"seq\":4}"));
  wait_until (lia_live_chats_get_seen (self->chats, "c_1") == 4);
  g_assert_cmpuint (fake_engine_count_typings (self->engine), ==, 2);
}

#define LIVE(d) "{\"t\":\"live\",\"k\":\"chat.offer\",\"d\":" d "}"
#define OFFER "{\"conv\":\"c_1\",\"queue\":\"q_1\",\"name\":\"Eve\",\"text\":\"Is it in stock?\",\"waiting_since\":\"2026-11-22T08:00:00.000Z\"," \
              "\"from\":\"2026-11-22T08:00:10.000Z\",\"until\":\"2026-11-22T08:00:35.000Z\"}"

/* What is offered to me is what the engine said last; when it is gone nothing is. */
static void
test_offers (Fixture      *self,
             gconstpointer data)
{
  LiaChatOffers      *offers = lia_live_chats_get_offers (self->chats);
  const LiaChatOffer *offer;

  g_assert_cmpint (lia_chat_offers_get_capacity (offers), ==, -1);
  fake_engine_send_frame (self->engine, LIVE ("{\"offer\":" OFFER ",\"chats\":2,\"capacity\":3}"));
  wait_until (lia_chat_offers_get_offer (offers) != NULL);
  offer = lia_chat_offers_get_offer (offers);
  g_assert_cmpstr (offer->conversation, ==, "c_1");
  g_assert_cmpstr (offer->text, ==, "Is it in stock?");
  g_assert_cmpint (offer->until_ms - offer->from_ms, ==, 25000);
  g_assert_false (lia_chat_offers_is_full (offers));

  /* What cannot be read changes nothing, or offers nothing. */
  fake_engine_send_frame (self->engine, LIVE ("{\"offer\":" OFFER "}"));
  fake_engine_send_frame (self->engine, LIVE ("{\"offer\":{\"conv\":7},\"chats\":3,\"capacity\":3}"));
  wait_until (lia_chat_offers_is_full (offers));
  g_assert_null (lia_chat_offers_get_offer (offers));

  fake_engine_send_frame (self->engine, LIVE ("{\"offer\":" OFFER ",\"chats\":0,\"capacity\":3}"));
  wait_until (lia_chat_offers_get_offer (offers) != NULL);
  lia_client_stop (self->client);
  lia_live_chats_lose (self->chats);
  g_assert_null (lia_chat_offers_get_offer (offers));
  g_assert_cmpint (lia_chat_offers_get_capacity (offers), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, function) g_test_add ("/client-chat/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("visitor", test_visitor);
  ADD ("seen", test_seen);
  ADD ("typing", test_typing);
  ADD ("typing-ends", test_typing_ends);
  ADD ("lost", test_lost);
  ADD ("reading-again", test_reading_again);
  ADD ("strange", test_strange);
  ADD ("tell", test_tell);
  ADD ("offers", test_offers);
#undef ADD

  return g_test_run ();
}
