/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-test-canned.h"

static void
test_found (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  static const char *const cases[][2] = {
    { "ord", "order" },
    { "refund po", "refund" },
    { "policy refund", "refund" },
    { "refnd polcy", "refund" },
    { "passwrod rest", "password" },
    { "pasword", "password" },
    { "pwd", "password" },
    { "os", "order" },
    { "pri", "password" },
    { "resetting", "password" },
    { "refundings policies", "refund" },
    { "charge back", "chargeback" },
    { "chargeback", "chargeback" },
    { "giftcard", "gift" },
    { "refpol", "refund" },
    { "email", "mail" },
    { "e mail", "mail" },
    { "money back", "refund" },
    { "wher ordr", "order" },
    { "warehouse", "order" },
    { "wareh", "order" },
    { "rückerst", "erstattung" },
    { "ruckerstattung", "erstattung" },
    { "rueckerstattung", "erstattung" },
    { "rückerstatung", "erstattung" },
    { "grosse", "gruss" },
    { "begrüssung", "gruss" },
    { "uberwiesen", "erstattung" },
    { "ueberwiesen", "erstattung" },
    { "ВОЗВ", "vozvrat" },
    { "возрат", "vozvrat" },
    { "退款", "tuikuan" },
    { "退", "tuikuan" },
    { "政策", "tuikuan" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_first (index, cases[i][0], cases[i][1]);
}

static void
test_not_found (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();

  assert_nothing (index, "zzxqj");
  assert_nothing (index, "warehuose"); /* bodies are not searched with typos */
  assert_nothing (index, "qqqqqqqq wwwww");
  assert_first (index, "refund zzxqj policy", "refund");
}

/* No text that somebody can paste is an error. */
static void
test_any_text (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree char *longest = g_strnfill (100000, 'a');

  g_ptr_array_unref (query (index, longest));
  for (guint i = 0; i < 2000; i++)
    {
      char  text[24];
      guint n = g_rand_int_range (random, 0, sizeof text - 1);

      for (guint j = 0; j < n; j++)
        text[j] = g_rand_int_range (random, 1, 256);
      text[n] = '\0';
      g_ptr_array_unref (query (index, text));
    }
}

static void
assert_marked (LiaCannedIndex *index,
               const char     *typed,
               const char     *title,
               const char     *shortcut)
{
  g_autoptr (GPtrArray) hits = query (index, typed);
  g_autofree char *got_title = NULL;
  g_autofree char *got_shortcut = NULL;

  g_assert_cmpuint (hits->len, >, 0);
  got_title = marked (hit_at (hits, 0)->canned->title, hit_at (hits, 0)->title_marks);
  got_shortcut = marked (hit_at (hits, 0)->canned->shortcut, hit_at (hits, 0)->shortcut_marks);
  g_assert_cmpstr (got_title, ==, title);
  g_assert_cmpstr (got_shortcut, ==, shortcut);
}

static void
test_marks (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();

  assert_marked (index, "ord", "[Ord]er status", "[ord]stat");
  assert_marked (index, "policy ref", "[Ref]und [policy]", "[ref]pol");
  assert_marked (index, "pwd", "[P]ass[w]or[d] reset instructions", "pwreset");
  assert_marked (index, "pasword", "[Pa]s[sword] reset instructions", "pwreset");
  assert_marked (index, "passwrod", "[Password] reset instructions", "pwreset");
  assert_marked (index, "os", "[O]rder [s]tatus", "ordstat");
  assert_marked (index, "giftcard", "[Gift] [card] balance", "gc");
  assert_marked (index, "email", "Change [e]-[mail] address", "em");
  assert_marked (index, "ruck", "[Rück]erstattung veranlasst", "[ru]e[ck]");
  assert_marked (index, "rueck", "[Rück]erstattung veranlasst", "[rueck]");
  assert_marked (index, "gros", "[Groß]e Begrüßung", "gr");
  assert_marked (index, "退款", "[退款]政策", "");
  assert_marked (index, "возв", "[Возв]рат денег", "");
  assert_marked (index, "warehouse", "Order status", "ordstat");
}

static void
test_match (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  g_autoptr (GPtrArray) partial = query (index, "refund zzxqj policy");
  g_autoptr (GPtrArray) complete = query (index, "refund policy");

  g_assert_cmpint (match_of (index, ""), ==, LIA_CANNED_MATCH_NONE);
  g_assert_cmpint (match_of (index, "refund policy"), ==, LIA_CANNED_MATCH_EXACT);
  g_assert_cmpint (match_of (index, "charge back"), ==, LIA_CANNED_MATCH_EXACT);
  g_assert_cmpint (match_of (index, "giftcard"), ==, LIA_CANNED_MATCH_EXACT);
  g_assert_cmpint (match_of (index, "refund po"), ==, LIA_CANNED_MATCH_BEGINNING);
  g_assert_cmpint (match_of (index, "resetting"), ==, LIA_CANNED_MATCH_FORM);
  g_assert_cmpint (match_of (index, "os"), ==, LIA_CANNED_MATCH_INITIALS);
  g_assert_cmpint (match_of (index, "pwd"), ==, LIA_CANNED_MATCH_LETTERS);
  g_assert_cmpint (match_of (index, "pasword"), ==, LIA_CANNED_MATCH_TYPO);
  g_assert_cmpint (match_of (index, "warehouse"), ==, LIA_CANNED_MATCH_BODY);
  g_assert_true (hit_at (partial, 0)->partial);
  g_assert_false (hit_at (complete, 0)->partial);
}

/* The same text in all of them: only what is said of them differs. */
static LiaCanned *
make_twin (const char *id)
{
  return make (id, "", "Late parcel", "", "", "It comes.");
}

static void
assert_order (LiaCannedIndex   *index,
              const char       *typed,
              LiaCannedContext *context,
              const char       *expected)
{
  g_autoptr (GPtrArray) hits = lia_canned_index_query (index, typed, context, 10);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (got, "%s%s", i > 0 ? " " : "", hit_at (hits, i)->canned->id);
  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_use (void)
{
  g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
  g_autoptr (GPtrArray) hits = NULL;
  LiaCanned *own = make_twin ("own");
  LiaCanned *team = make_twin ("team");
  LiaCanned *old = make_twin ("old");

  context->now_ms = NOW_MS;
  own->own_use = own->team_use = (LiaCannedUse){ 10, NOW_MS };
  team->team_use = (LiaCannedUse){ 20, NOW_MS };
  old->team_use = (LiaCannedUse){ 80, NOW_MS - 10 * LIA_CANNED_HALF_LIFE_MS };
  put (index, make_twin ("a-never"));
  put (index, own);
  put (index, team);
  put (index, old);

  assert_order (index, "late", context, "own team old a-never");
  assert_order (index, "", context, "own team old a-never");
  hits = lia_canned_index_query (index, "late", context, 1);
  g_assert_cmpfloat_with_epsilon (hit_at (hits, 0)->own_use, 10, 1e-6);
  g_assert_cmpfloat_with_epsilon (hit_at (hits, 0)->team_use, 10, 1e-6);
}

/* Use never lifts a worse match over a whole title. */
static void
test_match_before_use (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  LiaCanned *often = make ("often", "refusal", "Order refnud polite", "", "", "refund policy");

  often->team_use = often->own_use = (LiaCannedUse){ 100000, NOW_MS };
  put (index, often);
  assert_first (index, "refund policy", "refund");
  assert_first (index, "refpol", "refund");
}

static void
set_hint (char     ***list,
          const char *value)
{
  g_strfreev (*list);
  *list = g_strsplit (value, " ", -1);
}

static void
test_fit (void)
{
  g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();
  g_autoptr (LiaCannedContext) context = lia_canned_context_new ();
  g_autoptr (GPtrArray) hits = NULL;
  LiaCanned *chat = make_twin ("chat");
  LiaCanned *queue = make_twin ("queue");
  LiaCanned *german = make_twin ("german");
  LiaCanned *product = make_twin ("product");
  LiaCanned *wrong = make_twin ("a-wrong");

  set_hint (&chat->channels, "chat");
  set_hint (&queue->queues, "billing vip");
  set_hint (&product->products, "kettle");
  set_hint (&wrong->channels, "email");
  g_set_str (&((LiaCannedVariant *)g_ptr_array_index (german->variants, 0))->language, "de-AT");
  put (index, make_twin ("any"));
  put (index, chat);
  put (index, queue);
  put (index, german);
  put (index, product);
  put (index, wrong);

  g_set_str (&context->channel, "chat");
  g_set_str (&context->queue, "vip");
  g_set_str (&context->language, "de");
  g_set_str (&context->product, "kettle");
  assert_order (index, "late parcel", context, "product queue german chat any a-wrong");
  hits = lia_canned_index_query (index, "late parcel", context, 4);
  g_assert_cmpint (hit_at (hits, 0)->fit, ==, LIA_CANNED_FIT_PRODUCT);
  g_assert_cmpint (hit_at (hits, 1)->fit, ==, LIA_CANNED_FIT_QUEUE);
  g_assert_cmpint (hit_at (hits, 2)->fit, ==, LIA_CANNED_FIT_LANGUAGE);
  g_assert_cmpint (hit_at (hits, 3)->fit, ==, LIA_CANNED_FIT_CHANNEL);
}

static void
test_hidden (void)
{
  g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();
  g_autoptr (LiaCannedContext) ann = lia_canned_context_new ();
  g_autoptr (LiaCannedContext) all = lia_canned_context_new ();
  LiaCanned *own = make_twin ("own");
  LiaCanned *other = make_twin ("other");
  LiaCanned *retired = make_twin ("retired");

  own->scope = other->scope = LIA_CANNED_PRIVATE;
  g_set_str (&own->owner, "a_1");
  g_set_str (&other->owner, "a_2");
  retired->state = LIA_CANNED_RETIRED;
  put (index, own);
  put (index, other);
  put (index, retired);

  g_set_str (&ann->agent, "a_1");
  assert_order (index, "late", ann, "own");
  assert_order (index, "", ann, "own");
  all->retired = TRUE;
  assert_order (index, "late", all, "retired");
  g_assert_cmpuint (lia_canned_index_size (index), ==, 3);
}

static void
test_suggest (void)
{
  g_autoptr (LiaCannedIndex) index = make_index ();
  g_autoptr (LiaCannedContext) lost = context_with ("I forgot both passwords");
  g_autoptr (LiaCannedContext) order = context_with ("Hello, where is my order?");
  g_autoptr (LiaCannedContext) off = context_with ("Do whales sleep at night under water?");
  g_autoptr (GPtrArray) for_lost = lia_canned_index_suggest (index, lost, 3);
  g_autoptr (GPtrArray) for_order = lia_canned_index_suggest (index, order, 3);
  g_autoptr (GPtrArray) for_off = lia_canned_index_suggest (index, off, 3);
  g_autoptr (GPtrArray) before_typing = lia_canned_index_query (index, "", order, 20);
  g_autoptr (GPtrArray) typed = lia_canned_index_query (index, "stat", order, 20);

  g_assert_cmpuint (for_lost->len, >, 0);
  g_assert_cmpstr (hit_at (for_lost, 0)->canned->id, ==, "password");
  g_assert_cmpuint (for_order->len, >, 0);
  g_assert_cmpstr (hit_at (for_order, 0)->canned->id, ==, "order");
  g_assert_true (hit_at (for_order, 0)->suggested);
  g_assert_cmpfloat (hit_at (for_order, 0)->similarity, >, 0.5);
  g_assert_cmpuint (for_off->len, ==, 0);
  g_assert_cmpuint (before_typing->len, ==, lia_canned_index_size (index));
  g_assert_cmpstr (hit_at (before_typing, 0)->canned->id, ==, "order");
  g_assert_cmpstr (hit_at (typed, 0)->canned->id, ==, "order");
}

static void
put_used (LiaCannedIndex *index,
          const char     *id,
          double          own,
          double          team,
          const char     *queue,
          LiaCannedState  state)
{
  LiaCanned *canned = make_twin (id);

  canned->own_use = (LiaCannedUse){ own, own > 0 ? NOW_MS : 0 };
  canned->team_use = (LiaCannedUse){ team, NOW_MS };
  canned->state = state;
  if (*queue != '\0')
    set_hint (&canned->queues, queue);
  put (index, canned);
}

static char *
join_ids (GPtrArray *hits)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", hit_at (hits, i)->canned->id);

  return g_string_free_and_steal (ids);
}

/* The own count most, what is for others or was never sent is not among them. */
static void
test_most_used (void)
{
  g_autoptr (LiaCannedIndex) index = lia_canned_index_new ();
  g_autoptr (LiaCannedContext) context = context_with ("");
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autofree char *all = NULL;
  g_autofree char *best = NULL;

  g_set_str (&context->queue, "vip");
  put_used (index, "team", 0, 6, "", LIA_CANNED_REVIEWED);
  put_used (index, "own", 4, 4, "", LIA_CANNED_REVIEWED);
  put_used (index, "elsewhere", 9, 90, "billing", LIA_CANNED_REVIEWED);
  put_used (index, "here", 0, 6, "vip", LIA_CANNED_REVIEWED);
  put_used (index, "retired", 9, 90, "", LIA_CANNED_RETIRED);
  put (index, make_twin ("never"));

  hits = lia_canned_index_most_used (index, context, 9);
  all = join_ids (hits);
  g_assert_cmpstr (all, ==, "here own team");
  g_assert_false (hit_at (hits, 0)->suggested);
  two = lia_canned_index_most_used (index, context, 2);
  best = join_ids (two);
  g_assert_cmpstr (best, ==, "here own");
  none = lia_canned_index_most_used (index, context, 0);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/canned/found", test_found);
  g_test_add_func ("/canned/not-found", test_not_found);
  g_test_add_func ("/canned/any-text", test_any_text);
  g_test_add_func ("/canned/marks", test_marks);
  g_test_add_func ("/canned/match", test_match);
  g_test_add_func ("/canned/use", test_use);
  g_test_add_func ("/canned/match-before-use", test_match_before_use);
  g_test_add_func ("/canned/fit", test_fit);
  g_test_add_func ("/canned/hidden", test_hidden);
  g_test_add_func ("/canned/suggest", test_suggest);
  g_test_add_func ("/canned/most-used", test_most_used);

  return g_test_run ();
}
