/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Placeholders from customers, agents and conversations; names as senders write them. */

#include "lia-template-known.h"

static const struct
{
  const char *name;
  const char *first; /* or NULL: not sure */
  const char *last;
} names[] = {
  { "Ann Lee", "Ann", "Lee" },
  { "  Ann  Lee ", "Ann", "Lee" },
  { "Lee, Ann", "Ann", "Lee" },
  { "Ann Lee, PhD", "Ann", "Lee" },
  { "Ann Lee Jr.", "Ann", "Lee" },
  { "Dr. Ann Lee", "Ann", "Lee" },
  { "Frau Dr. Anna Müller-Lüdenscheidt", "Anna", "Müller-Lüdenscheidt" },
  { "Ludwig van Beethoven", "Ludwig", "van Beethoven" },
  { "Anna von der Leyen", "Anna", "von der Leyen" },
  { "Gabriel García Márquez", "Gabriel", "Márquez" },
  { "Łukasz Żak", "Łukasz", "Żak" },
  { "A. Lee", NULL, "Lee" },
  { "Ann", NULL, NULL },
  { "Dr. Lee", NULL, NULL },
  { "Example Support", NULL, NULL },
  { "Lee Gardens Ltd.", NULL, NULL },
  { "Müller & Sohn", NULL, NULL },
  { "ann@example.com", NULL, NULL },
  { "+49 30 1234567", NULL, NULL },
  { "Agent 007", NULL, NULL },
  { "Lee (Sales)", NULL, NULL },
  { "山田 太郎", NULL, NULL },
  { "Van Morrison", "Van", "Morrison" },
  { ", ", NULL, NULL },
  { ",", NULL, NULL },
  { "\xff\xfe Lee", NULL, NULL },
  { "", NULL, NULL },
  { NULL, NULL, NULL },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *first = lia_template_first_name (names[i].name);
      g_autofree char *last = lia_template_last_name (names[i].name);

      g_test_message ("%s", names[i].name);
      g_assert_cmpstr (first, ==, names[i].first);
      g_assert_cmpstr (last, ==, names[i].last);
    }
}

static void
assert_text (LiaTemplateMap *map,
             const char     *name,
             const char     *text)
{
  g_autoptr (LiaTemplateValue) value = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), name);

  g_assert_cmpstr (value != NULL ? value->text : NULL, ==, text);
}

static void
test_values (void)
{
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (LiaCustomer) customer = lia_customer_new ();
  g_autoptr (LiaAgent) agent = lia_agent_new ();
  g_autoptr (LiaConversation) conversation = lia_conversation_new ();
  g_autoptr (LiaQueue) queue = lia_queue_new ();
  g_autoptr (LiaTemplateValue) created = NULL;

  customer->name = g_strdup ("Ann Lee");
  customer->lang = g_strdup ("de");
  customer->org = g_strdup ("");
  g_clear_pointer (&customer->addresses, g_ptr_array_unref);
  customer->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_address_unref);
  g_ptr_array_add (customer->addresses, lia_address_new ("phone", "+4930123"));
  g_ptr_array_add (customer->addresses, lia_address_new ("email", "ann@example.com"));
  agent->name = g_strdup ("Bob Stone");
  conversation->id = g_strdup ("c_7");
  conversation->created_ms = 5000;
  queue->name = g_strdup ("Support");

  lia_template_map_add_customer (map, customer);
  lia_template_map_add_agent (map, agent);
  lia_template_map_add_conversation (map, conversation);
  lia_template_map_add_queue (map, queue, 5000);

  assert_text (map, "customer.name", "Ann Lee");
  assert_text (map, "customer.first_name", "Ann");
  assert_text (map, "customer.company", NULL);
  assert_text (map, "customer.email", "ann@example.com");
  assert_text (map, "customer.phone", "+4930123");
  assert_text (map, "conversation.language", "de");
  assert_text (map, "agent.first_name", "Bob");
  assert_text (map, "agent.email", NULL);
  assert_text (map, "conversation.number", "c_7");
  assert_text (map, "queue.name", "Support");
  created = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "conversation.created");
  g_assert_cmpint (created->time_ms, ==, 5000);
  g_assert_null (lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "conversation.due"));
}

static void
assert_number (LiaTemplateMap *map,
               const char     *name,
               double          expected)
{
  g_autoptr (LiaTemplateValue) value = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), name);

  g_assert_nonnull (value);
  g_assert_cmpfloat (value->number, ==, expected);
}

/* A minute that has begun counts: nobody is told of none while somebody waits. */
static void
test_callers (void)
{
  g_autoptr (LiaTemplateMap) nobody = lia_template_map_new ();
  g_autoptr (LiaTemplateMap) some = lia_template_map_new ();

  lia_template_map_add_callers (nobody, 0, 0);
  lia_template_map_add_callers (some, 3, 61 * 1000);
  assert_number (nobody, "queue.waiting", 0);
  assert_number (nobody, "queue.wait_minutes", 0);
  assert_number (some, "queue.waiting", 3);
  assert_number (some, "queue.wait_minutes", 2);
}

/* The hours of a queue, and what they say: Monday noon, when it is open until five */
static void
test_hours (void)
{
  static const gint64 now_ms = G_GINT64_CONSTANT (1795435200000);
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (LiaTemplateMap) none = lia_template_map_new ();
  g_autoptr (LiaQueue) queue = lia_queue_new ();
  g_autoptr (LiaTemplateValue) hours = NULL, open = NULL, always = NULL, opens = NULL, closes = NULL;

  lia_template_map_add_queue (none, queue, now_ms);
  queue->hours = lia_hours_new ();
  g_set_str (&queue->hours->zone, "Europe/London");
  g_assert_true (lia_hours_read_day (queue->hours, 0, "9-17"));
  g_assert_true (lia_hours_read_day (queue->hours, 2, "9-17"));
  lia_template_map_add_queue (map, queue, now_ms);

  hours = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "hours");
  open = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "hours.open");
  opens = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "hours.next_open");
  closes = lia_template_values_lookup (LIA_TEMPLATE_VALUES (map), "hours.closes");
  always = lia_template_values_lookup (LIA_TEMPLATE_VALUES (none), "hours.open");
  g_assert_true (hours->hours == queue->hours);
  g_assert_true (lia_template_value_holds (open));
  g_assert_cmpint (closes->time_ms, ==, now_ms + 5 * 3600 * 1000);
  g_assert_cmpint (opens->time_ms, ==, now_ms + (48 - 3) * 3600 * 1000);
  g_assert_true (lia_template_value_holds (always));
  g_assert_null (lia_template_values_lookup (LIA_TEMPLATE_VALUES (none), "hours"));
  g_assert_null (lia_template_values_lookup (LIA_TEMPLATE_VALUES (none), "hours.next_open"));
}

static void
test_call (void)
{
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (LiaTemplateMap) none = lia_template_map_new ();

  lia_template_map_add_call (map, "+4930123456");
  lia_template_map_add_call (none, "anonymous");
  assert_text (map, "call.number", "+49 30 123456");
  assert_text (none, "call.number", NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template-known/names", test_names);
  g_test_add_func ("/template-known/values", test_values);

  g_test_add_func ("/template-known/hours", test_hours);
  g_test_add_func ("/template-known/callers", test_callers);
  g_test_add_func ("/template-known/call", test_call);

  return g_test_run ();
}
