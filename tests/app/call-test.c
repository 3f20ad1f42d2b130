/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-test.h"

#include "sample-phone.h"

#include "lia-time.h"

void
call_set_up (WorkbenchFixture *fixture,
             gconstpointer     data)
{
  static const char *const abilities[] = { "answer", "mute", NULL };

  workbench_set_up (fixture, "PJSIP/ann", FALSE);
  sample_phone_set_abilities (fixture->client, abilities);
}

LiaCall *
make_call (const char  *uniqueid,
           LiaCallState state)
{
  LiaCall    *call = lia_call_new ();
  LiaCallLeg *customer = lia_call_leg_new ();

  g_set_str (&call->pbx, "h_2");
  g_set_str (&call->uniqueid, uniqueid);
  g_set_str (&call->number, "03012345678");
  g_set_str (&call->e164, "+493012345678");
  g_set_str (&call->conv, "c_3");
  g_set_str (&call->customer, "k_3");
  g_set_str (&call->match_reason, "same-number");
  call->match = LIA_MATCH_EXACT;
  call->state = state;
  call->created_ms = 1000;
  g_set_str (&customer->uniqueid, uniqueid);
  customer->kind = LIA_LEG_CUSTOMER;
  customer->state = LIA_LEG_UP;
  customer->started_ms = 1000;
  g_ptr_array_add (call->legs, customer);
  return call;
}

void
add_leg (LiaCall    *call,
         const char *agent,
         LiaLegState state,
         gint64      started_ms)
{
  LiaCallLeg *leg = lia_call_leg_new ();

  leg->uniqueid = (g_free (leg->uniqueid), g_strdup_printf ("%s-%s", call->uniqueid, agent));
  g_set_str (&leg->agent, agent);
  g_set_str (&leg->channel, "PJSIP/somebody-1");
  leg->kind = LIA_LEG_AGENT;
  leg->state = state;
  leg->started_ms = started_ms;
  g_ptr_array_add (call->legs, leg);
}

void
add_offer (LiaCall       *call,
           const char    *agent,
           LiaOfferResult result)
{
  LiaCallOffer *offer = lia_call_offer_new ();

  g_set_str (&offer->agent, agent);
  offer->from_ms = 2000;
  offer->to_ms = result == LIA_OFFER_OPEN ? 0 : 3000;
  offer->result = result;
  g_ptr_array_add (call->offers, offer);
}

void
add_segment (LiaCall       *call,
             const char    *agent,
             LiaSegmentKind kind)
{
  LiaCallSegment *segment = lia_call_segment_new ();

  g_set_str (&segment->agent, agent);
  segment->kind = kind;
  segment->from_ms = 2000;
  g_ptr_array_add (call->segments, segment);
}

LiaCall *
make_talking (LiaCallState state)
{
  LiaCall *call = make_call ("1.1", state);

  add_leg (call, "a_1", LIA_LEG_UP, 2000);
  add_offer (call, "a_1", LIA_OFFER_ANSWERED);
  add_segment (call, "a_1", LIA_SEGMENT_TALK);
  return call;
}

void
tell (WorkbenchFixture *fixture,
      LiaCall          *call)
{
  g_autoptr (LiaCall) told = call;

  sample_phone_put_call (fixture->client, told);
  settle ();
}

void
tell_ringing (WorkbenchFixture *fixture)
{
  LiaCall *call = make_call ("1.1", LIA_CALL_RINGING);

  add_leg (call, "a_1", LIA_LEG_RINGING, 2000);
  add_offer (call, "a_1", LIA_OFFER_OPEN);
  tell (fixture, call);
}

void
end_call (WorkbenchFixture *fixture)
{
  LiaCall *call = make_talking (LIA_CALL_ENDED);

  call->ended_ms = 9000;
  tell (fixture, call);
}

void
set_me (WorkbenchFixture *fixture,
        const char       *availability,
        gint64            until_ms)
{
  g_autoptr (LiaAgent) me = lia_agent_new ();
  LiaAgent *now = lia_client_get_me (fixture->client);

  g_set_str (&me->id, now->id);
  g_set_str (&me->name, now->name);
  g_set_str (&me->phone, now->phone);
  g_set_str (&me->extension, now->extension);
  g_set_str (&me->availability, availability);
  g_set_str (&me->reason, g_str_equal (availability, "paused") ? "Lunch" : "");
  me->since_ms = lia_time_now () - 12 * 60 * 1000;
  me->until_ms = until_ms;
  sample_client_set_me (fixture->client, me);
  settle ();
}

void
set_availability (WorkbenchFixture *fixture,
                  const char       *availability)
{
  set_me (fixture, availability, 0);
}

LiaPhoneLine *
nth_line (WorkbenchFixture *fixture,
          guint             n)
{
  g_autoptr (LiaPhoneLine) line = g_list_model_get_item (lia_phone_station_get_lines (fixture->station), n);

  return line;
}

guint
count_lines (WorkbenchFixture *fixture)
{
  return g_list_model_get_n_items (lia_phone_station_get_lines (fixture->station));
}

LiaLineState
state_of (WorkbenchFixture *fixture)
{
  return count_lines (fixture) > 0 ? lia_phone_line_get_state (nth_line (fixture, 0)) : LIA_LINE_ENDED;
}

void
act (WorkbenchFixture *fixture,
     const char       *action)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->workbench->page), action, NULL));
  settle ();
}

/* Apart from what shows itself to have been read, when its time has come */
void
assert_not_asked (WorkbenchFixture *fixture)
{
  g_autofree char *log = sample_client_take_log (fixture->client);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "read "))
      g_error ("asked of the client: “%s”", lines[i]);
}

/* The first mapped widget below @widget that is called so: what an agent could press */
GtkWidget *
find_button (GtkWidget  *widget,
             const char *tip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const char *its = gtk_widget_get_tooltip_text (child);
      GtkWidget  *found;

      if (its != NULL && g_str_has_prefix (its, tip) && gtk_widget_get_mapped (child))
        return child;
      found = find_button (child, tip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
find_of_type (GtkWidget *widget,
              GType      type)
{
  GtkWidget *found = gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type);

  return found;
}

const char *
open_conversation (WorkbenchFixture *fixture)
{
  LiaConversation *conversation = lia_conversation_page_get_conversation (fixture->workbench->page);

  return conversation != NULL ? conversation->id : NULL;
}
