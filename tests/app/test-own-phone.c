/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The telephone in the app is a real one, and who calls it is another one in this process. What the engine says comes from the client in memory. */
#include "call-test.h"
#include "sample-client.h"
#include "sample-phone.h"

#include "lia-icons.h"
#include "lia-microphone-meter.h"

#include <libdex.h>

typedef WorkbenchFixture Fixture;

static void
test_softphone (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) theirs = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);
  LiaPhoneCall    *call;
  LiaPhoneLine    *line;

  lia_phone_station_use_phone (fixture->station, mine);
  call = lia_phone_dial (theirs, contact);
  wait_until (state_of (fixture) == LIA_LINE_RINGING);
  line = nth_line (fixture, 0);
  g_assert_cmpstr (lia_phone_line_get_number (line), ==, "03012345678");
  g_assert_null (lia_phone_line_get_call (line));

  /* The engine says who it is: it is the same line. */
  tell_ringing (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (lia_phone_line_get_call (line)->uniqueid, ==, "1.1");
  g_assert_cmpstr (open_conversation (fixture), ==, "c_3");

  act (fixture, "call.answer");
  wait_until (state_of (fixture) == LIA_LINE_TALKING);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  sample_client_take_log (fixture->client);
  act (fixture, "call.mute");
  g_assert_true (lia_phone_line_is_on (line, LIA_LINE_MUTE));
  act (fixture, "call.hold");
  wait_until (state_of (fixture) == LIA_LINE_HELD);
  g_assert_false (lia_phone_line_is_pending (line, LIA_LINE_HOLD));
  /* All of that the telephone does itself. */
  assert_not_asked (fixture);

  lia_phone_call_hang_up (call);
  wait_until (state_of (fixture) == LIA_LINE_WRAP_UP);
  end_call (fixture);
  g_assert_cmpint (state_of (fixture), ==, LIA_LINE_WRAP_UP);
  act (fixture, "call.finish");
  assert_asked (fixture->client, "wrap-up 1.1");
  g_assert_cmpuint (count_lines (fixture), ==, 0);
}

static GtkWidget *
find_sound (Fixture    *fixture,
            const char *tip)
{
  return find_button (GTK_WIDGET (fixture->workbench->calls), tip);
}

/* Whether I am heard is seen while I am, and struck out while I am not; on hold nothing is measured. */
static void
test_meter (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) theirs = make_silent_phone ("03012345678");
  g_autofree char    *contact = lia_phone_dup_contact (mine);
  LiaMicrophoneMeter *meter;

  lia_phone_station_use_phone (fixture->station, mine);
  lia_phone_dial (theirs, contact);
  wait_until (state_of (fixture) == LIA_LINE_RINGING);
  g_assert_null (find_sound (fixture, "Your microphone"));
  act (fixture, "call.answer");
  wait_until (state_of (fixture) == LIA_LINE_TALKING);
  settle ();
  meter = LIA_MICROPHONE_METER (find_sound (fixture, "Your microphone is heard"));
  wait_until (lia_microphone_meter_get_lit (meter) == 5);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_LABEL, "Your microphone is heard");

  act (fixture, "call.mute");
  g_assert_true (find_sound (fixture, "Your microphone is muted") == GTK_WIDGET (meter));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_LABEL, "Your microphone is muted");
  wait_until (lia_microphone_meter_get_lit (meter) == 0);
  act (fixture, "call.mute");
  wait_until (lia_microphone_meter_get_lit (meter) == 5);

  act (fixture, "call.hold");
  wait_until (state_of (fixture) == LIA_LINE_HELD);
  settle ();
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (meter)));
  g_assert_cmpuint (lia_microphone_meter_get_lit (meter), ==, 0);
  g_assert_nonnull (find_sound (fixture, "Not enciphered"));
  act (fixture, "call.hang-up");
  wait_until (state_of (fixture) >= LIA_LINE_WRAP_UP);
}

/* The engine may be first. */
static void
test_engine_first (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (LiaPhone) mine = make_silent_phone ("ann");
  g_autoptr (LiaPhone) theirs = make_silent_phone ("03012345678");
  g_autofree char *contact = lia_phone_dup_contact (mine);

  lia_phone_station_use_phone (fixture->station, mine);
  tell_ringing (fixture);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  lia_phone_dial (theirs, contact);
  wait_until (lia_phone_line_get_phone_call (nth_line (fixture, 0)) != NULL);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  act (fixture, "call.hang-up");
  wait_until (count_lines (fixture) == 0);
}

static void
tell_second (Fixture    *fixture,
             const char *uniqueid,
             const char *sip)
{
  LiaCall *call = make_call (uniqueid, LIA_CALL_RINGING);

  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  add_offer (call, "a_1", LIA_OFFER_OPEN);
  g_set_str (&lia_line_my_leg (call, "a_1")->sip, sip);
  tell (fixture, call);
}

static const char *
sip_of (Fixture    *fixture,
        const char *uniqueid)
{
  for (guint i = 0; i < count_lines (fixture); i++)
    {
      LiaPhoneLine *line = nth_line (fixture, i);
      LiaPhoneCall *phone_call = lia_phone_line_get_phone_call (line);

      if (lia_phone_line_get_call (line) != NULL && g_str_equal (lia_phone_line_get_call (line)->uniqueid, uniqueid))
        return phone_call != NULL ? lia_phone_call_get_sip_id (phone_call) : NULL;
    }

  return NULL;
}

/* Two callers with the same number */
typedef struct
{
  LiaPhone *mine;
  LiaPhone *one;
  LiaPhone *other;
  char     *contact;
} Callers;

static void
callers_init (Callers *self,
              Fixture *fixture)
{
  self->mine = make_silent_phone ("ann");
  self->one = make_silent_phone ("03012345678");
  self->other = make_silent_phone ("03012345678");
  self->contact = lia_phone_dup_contact (self->mine);
  lia_phone_station_use_phone (fixture->station, self->mine);
}

static void
callers_clear (Callers *self)
{
  g_object_unref (self->mine);
  g_object_unref (self->one);
  g_object_unref (self->other);
  g_free (self->contact);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Callers, callers_clear)

/* First joined as it comes, then by what the telephone system says. */
static void
test_same_number (Fixture      *fixture,
                  gconstpointer data)
{
  g_auto (Callers) callers = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  callers_init (&callers, fixture);
  lia_phone_dial (callers.one, callers.contact);
  wait_until (count_lines (fixture) == 1);
  lia_phone_dial (callers.other, callers.contact);
  wait_until (count_lines (fixture) == 2);
  first = g_strdup (lia_phone_call_get_sip_id (lia_phone_line_get_phone_call (nth_line (fixture, 0))));
  second = g_strdup (lia_phone_call_get_sip_id (lia_phone_line_get_phone_call (nth_line (fixture, 1))));

  /* The engine tells of the second one first, and does not know it yet. */
  tell_second (fixture, "2.1", "");
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, first);
  tell_second (fixture, "2.1", second);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
  tell_second (fixture, "1.1", first);
  g_assert_cmpstr (sip_of (fixture, "1.1"), ==, first);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
}

/* Both were joined wrongly. */
static void
test_crossed (Fixture      *fixture,
              gconstpointer data)
{
  g_auto (Callers) callers = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  callers_init (&callers, fixture);
  tell_second (fixture, "2.1", "");
  tell_second (fixture, "1.1", "");
  lia_phone_dial (callers.one, callers.contact);
  wait_until (sip_of (fixture, "2.1") != NULL);
  lia_phone_dial (callers.other, callers.contact);
  wait_until (sip_of (fixture, "1.1") != NULL);
  first = g_strdup (sip_of (fixture, "2.1"));
  second = g_strdup (sip_of (fixture, "1.1"));

  tell_second (fixture, "1.1", first);
  tell_second (fixture, "2.1", second);
  g_assert_cmpstr (sip_of (fixture, "1.1"), ==, first);
  g_assert_cmpstr (sip_of (fixture, "2.1"), ==, second);
  g_assert_cmpuint (count_lines (fixture), ==, 2);
}

/* The customer's call: parked, or with the new part of mine in it. */
static void
tell_parked (Fixture    *fixture,
             const char *sip)
{
  LiaCall *call = make_talking (sip != NULL ? LIA_CALL_TALKING : LIA_CALL_PARKED);

  lia_line_my_leg (call, "a_1")->ended_ms = 3000;
  add_segment (call, "a_1", LIA_SEGMENT_PARK);
  if (sip != NULL)
    {
      add_leg (call, "a_1", LIA_LEG_UP, 4000);
      g_set_str (&lia_line_my_leg (call, "a_1")->sip, sip);
    }
  tell (fixture, call);
}

/* My telephone is rung to take the customer back: a call of its own until it is there. */
static void
tell_way_back (Fixture    *fixture,
               const char *sip)
{
  LiaCall *call = make_call ("2.1", LIA_CALL_DIALLING);

  g_set_str (&call->number, "");
  g_set_str (&call->conv, "");
  add_leg (call, "a_1", LIA_LEG_RINGING, 4000);
  g_set_str (&lia_line_my_leg (call, "a_1")->sip, sip);
  tell (fixture, call);
}

static void
end_way_back (Fixture *fixture)
{
  GListStore *calls = sample_phone_calls (fixture->client);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (calls)); i-- > 0;)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (G_LIST_MODEL (calls), i);

      if (g_str_equal (call->uniqueid, "2.1"))
        g_list_store_remove (calls, i);
    }
  settle ();
}

/* What the telephone system tells of the way back may be all of it or little, and leads to one customer in any case. */
static void
test_taken_back (Fixture      *fixture,
                 gconstpointer data)
{
  g_auto (Callers) callers = { 0 };
  g_autofree char *back = NULL;

  callers_init (&callers, fixture);
  lia_phone_dial (callers.one, callers.contact);
  wait_until (state_of (fixture) == LIA_LINE_RINGING);
  act (fixture, "call.answer");
  wait_until (state_of (fixture) == LIA_LINE_TALKING);
  tell (fixture, make_talking (LIA_CALL_TALKING));
  tell_parked (fixture, NULL);
  g_assert_cmpint (state_of (fixture), ==, LIA_LINE_PARKED);

  lia_phone_dial (callers.other, callers.contact);
  wait_until (sip_of (fixture, "1.1") != NULL);
  back = g_strdup (sip_of (fixture, "1.1"));
  tell_way_back (fixture, "");
  tell_way_back (fixture, back);
  lia_phone_call_answer (lia_phone_line_get_phone_call (nth_line (fixture, count_lines (fixture) - 1)));
  end_way_back (fixture);
  tell_parked (fixture, back);
  g_assert_cmpuint (count_lines (fixture), ==, 1);
  g_assert_cmpstr (sip_of (fixture, "1.1"), ==, back);
  wait_until (state_of (fixture) == LIA_LINE_TALKING);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();
  adw_init ();
  g_resources_get_info ("/org/liaisondesk/Liaison/style.css", 0, NULL, NULL, NULL);

#define ADD(name, func) g_test_add ("/own-phone/" name, Fixture, NULL, call_set_up, func, workbench_tear_down)
  ADD ("call", test_softphone);
  ADD ("meter", test_meter);
  ADD ("engine-first", test_engine_first);
  ADD ("same-number", test_same_number);
  ADD ("crossed", test_crossed);
  ADD ("taken-back", test_taken_back);
#undef ADD

  return g_test_run ();
}
