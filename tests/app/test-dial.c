/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The telephone in the app while the engine is away: a real one, which calls nobody that the rules known last refuse.
 */
#include "app-test.h"
#include "sample-phone.h"

#include "lia-dial-alone.h"
#include "lia-icons.h"

#include <libdex.h>

typedef struct
{
  LiaClient       *client;
  LiaPhoneStation *station;
  LiaPhone        *phone;
  char            *notice;
} Fixture;

static void
on_notice_cb (LiaPhoneStation *station,
              const char      *words,
              Fixture         *fixture)
{
  g_set_str (&fixture->notice, words);
}

static void
add_pbx (LiaClient  *client,
         const char *id,
         const char *rules)
{
  g_autoptr (LiaChannel) channel = lia_channel_new ();

  channel->id = g_strdup (id);
  channel->kind = g_strdup ("phone");
  channel->name = g_strdup ("Head office");
  channel->config = g_strdup_printf ("{\"system\":\"asterisk\",\"country\":\"DE\"%s}", rules);
  g_list_store_append (G_LIST_STORE (lia_client_get_channels (client)), channel);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new ("org.liaisondesk.Liaison");

  fixture->client = lia_client_new (NULL, NULL);
  g_set_str (&lia_client_get_me (fixture->client)->role, "agent");
  fixture->station = lia_phone_station_new (fixture->client, settings);
  g_signal_connect (fixture->station, "notice", G_CALLBACK (on_notice_cb), fixture);
  fixture->phone = make_silent_phone ("ann");
  lia_phone_station_use_phone (fixture->station, fixture->phone);
  sample_client_set_state (fixture->client, LIA_CLIENT_OFFLINE);
  settle ();
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->station);
  g_object_unref (fixture->phone);
  settle ();
  g_assert_finalize_object (fixture->client);
  g_free (fixture->notice);
}

static void
assert_dials (Fixture    *fixture,
              const char *to,
              const char *number)
{
  GListModel *calls = lia_phone_get_calls (fixture->phone);
  g_autoptr (LiaPhoneCall) call = NULL;

  g_clear_pointer (&fixture->notice, g_free);
  lia_phone_station_dial (fixture->station, to, NULL);
  g_assert_cmpstr (fixture->notice, ==, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (calls), ==, 1);
  call = g_list_model_get_item (calls, 0);
  g_assert_cmpstr (lia_phone_call_get_number (call), ==, number);
  lia_phone_call_hang_up (call);
  wait_until (g_list_model_get_n_items (calls) == 0);
}

static void
assert_refused (Fixture    *fixture,
                const char *to,
                const char *words)
{
  g_clear_pointer (&fixture->notice, g_free);
  lia_phone_station_dial (fixture->station, to, NULL);
  g_assert_nonnull (fixture->notice);
  g_assert_nonnull (strstr (fixture->notice, words));
  g_assert_cmpuint (g_list_model_get_n_items (lia_phone_get_calls (fixture->phone)), ==, 0);
}

static void
test_rules (Fixture      *fixture,
            gconstpointer data)
{
  add_pbx (fixture->client, "h_2", "");

  assert_dials (fixture, "112", "112");
  assert_dials (fixture, "+44 20 7183 8750", "+442071838750");
  assert_refused (fixture, "0900 1 123456", "which costs extra. Whoever administers the telephone system can allow it");
  assert_refused (fixture, "*21*00442071838750#", "You may not dial this code");
  assert_refused (fixture, "sip:ann@elsewhere.example", "no number that can be called");
  assert_refused (fixture, "0800 FLOWERS", "no number that can be called");
}

/* Of several telephone systems the strictest counts; a role may what it may. */
static void
test_closed (Fixture      *fixture,
             gconstpointer data)
{
  add_pbx (fixture->client, "h_2", "");
  add_pbx (fixture->client, "h_3", ",\"dial_abroad\":\"supervisor\",\"dial_agent\":\"+331*\"");

  assert_refused (fixture, "+44 20 7183 8750", "You may not call this number abroad");
  assert_dials (fixture, "+33 1 23 45 67 89", "+33123456789");
  assert_dials (fixture, "112", "112");
  g_set_str (&lia_client_get_me (fixture->client)->role, "supervisor");
  assert_dials (fixture, "+44 20 7183 8750", "+442071838750");
}

/* By their extension, also where it reads as something else; that is what a call is handed on to, too. */
static void
test_colleague (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaAgent) colleague = lia_agent_new ();
  const char      *why_not;
  g_autofree char *number = NULL;

  add_pbx (fixture->client, "h_2", ",\"dial_abroad\":\"nobody\"");
  g_set_str (&colleague->id, "a_77");
  g_set_str (&colleague->name, "Bob");
  g_set_str (&colleague->extension, "00442071838750");
  assert_refused (fixture, "00442071838750", "abroad");
  g_list_store_append (G_LIST_STORE (lia_client_get_agents (fixture->client)), colleague);

  assert_dials (fixture, "00442071838750", "00442071838750");
  number = lia_dial_alone (fixture->client, "a_77", &why_not);
  g_assert_cmpstr (number, ==, "00442071838750");
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();

#define ADD(name, func) g_test_add ("/dial/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rules", test_rules);
  ADD ("closed", test_closed);
  ADD ("colleague", test_colleague);
#undef ADD

  return g_test_run ();
}
