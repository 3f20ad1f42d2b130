/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What responses say to one customer: text, and where each part of it comes from. */

#include "lia-template-result.h"

#include <string.h>

/* 2026-11-22T13:37:00Z, a Sunday: 14:37 in Vienna */
#define NOW_MS G_GINT64_CONSTANT (1795354620000)

/*
 * In what is expected: {value} <fallback> (proposed) «filled» [unfilled], an optional part stands between ⟨ and ⟩.
 */
typedef struct
{
  const char *name;
  const char *response;
  const char *expected;
} Case;

static const Case cases[] = {
  { "text", "Nothing to fill in.", "Nothing to fill in." },
  { "empty", "", "" },
  { "code", "if (a) { b[0] = {1, {2}}; } }} ${x} {% y %} #{z}", "if (a) { b[0] = {1, {2}}; } }} ${x} {% y %} #{z}" },
  { "value", "Hello {{customer.first_name}}!", "Hello {Ann}!" },
  { "case-and-blanks", "Hello {{ Customer.First_Name\n}}!", "Hello {Ann}!" },
  { "absent-asks", "Phone: {{customer.phone}}", "Phone: [The customer’s phone number]" },
  { "fallback", "Hello {{customer.phone|dear caller}}!", "Hello <dear caller>!" },
  { "fallback-quoted", "{{customer.phone | \"24/7 | \\\"x\\\"\"}}", "<24/7 | \"x\">" },
  { "fallback-curly-quotes", "{{customer.phone | “a|b”}} {{customer.phone|„c|d“}} {{customer.phone|«e|f»}}", "<a|b> <c|d> <e|f>" },
  { "fallback-chain", "{{customer.phone|customer.email|nobody}}", "{ann@example.com}" },
  { "fallback-chain-end", "{{customer.phone|issue.key|nobody}}", "<nobody>" },
  { "left-out", "Dear {{customer.phone|}} Lee, {{customer.phone|}}\nyours", "Dear Lee,\nyours" },
  { "left-out-before-comma", "Hello {{customer.phone|}}, hi {{customer.phone|}} !", "Hello, hi !" },
  { "left-out-line", "A\n{{customer.phone|}}\nB", "A\nB" },
  { "left-out-paragraph", "A\n\n{{customer.phone|}}\n\nB", "A\n\nB" },
  { "left-out-twice", "A {{customer.phone|}} {{issue.key|}} B", "A B" },
  { "left-out-before-value", "A {{customer.phone|}} {{customer.first_name}}", "A {Ann}" },
  { "number", "{{queue.waiting}} {{queue.wait_minutes as amount}}", "{3} {12,345.5}" },
  { "list", "{{conversation.tags}}", "{invoice, refund, and vip}" },
  { "clock", "{{today}}, {{tomorrow as weekday}}, {{now as time}}, {{now.hour}}", "{November 22, 2026}, {Monday}, {2:37\u00a0PM}, {14}" },
  { "styles", "{{now as date}} {{now as short date}} {{now as day}} {{now as month}} {{now as date and time}}",
    "{November 22, 2026} {11/22/2026} {Sunday, November 22} {November} {November 22, 2026 at 2:37\u00a0PM}" },
  { "count-on", "{{today + 3 days}} {{today - 1 week}} {{today + 1 month as month}} {{now + 90 minutes as time}}",
    "{November 25, 2026} {November 15, 2026} {December} {4:07\u00a0PM}" },
  { "if-known", "{{if customer.phone}}yes{{else}}no{{end}}", "no" },
  { "if-not", "{{if not customer.phone}}yes{{else}}no{{end}}", "yes" },
  { "if-is", "{{if conversation.channel is EMAIL}}mail{{end}}", "mail" },
  { "if-is-not", "{{if conversation.channel is not chat}}a{{end}}{{if customer.phone != x}}b{{end}}", "ab" },
  { "if-language", "{{if conversation.language is de}}a{{end}}{{if conversation.language = de-AT}}b{{end}}{{if conversation.language is d}}c{{end}}", "ab" },
  { "if-has", "{{if conversation.tags has VIP}}a{{end}}{{if conversation.subject has fire}}b{{end}}{{if conversation.tags has vi}}c{{end}}", "ab" },
  { "if-number", "{{if queue.waiting > 2}}a{{end}}{{if queue.waiting >= 3}}b{{end}}{{if queue.waiting < 3}}c{{end}}{{if queue.waiting <= 3}}d{{end}}", "abd" },
  { "if-number-long", "{{if queue.waiting > -99999999999999999999}}a{{end}}{{if queue.waiting > 0.0000010}}b{{end}}", "ab" },
  { "if-number-is", "{{if queue.waiting is 3}}a{{end}}{{if queue.waiting != 3.0}}b{{end}}", "a" },
  { "if-unknown-has-no-size", "{{if now.hour < 20}}a{{end}}{{if conversation.due > 2020-01-01}}b{{end}}{{if conversation.due <= 2020-01-01}}c{{end}}", "a" },
  { "if-day", "{{if today is 2026-11-22}}a{{end}}{{if today < 2026-12-24}}b{{end}}{{if conversation.created < today}}c{{end}}{{if now is today}}d{{end}}", "abcd" },
  { "if-and-or", "{{if customer.phone and queue.waiting or customer.name}}a{{end}}{{if customer.phone or issue.key and customer.name}}b{{end}}", "a" },
  { "if-first-or", "{{if customer.name or customer.phone}}a{{end}}", "a" },
  { "else-if", "{{if now.hour < 12}}Morning{{else if now.hour < 18}}Afternoon{{else}}Evening{{end}}", "Afternoon" },
  { "if-so", "{{if hours.open}}a{{else}}b{{end}}{{if not hours.open}}c{{end}}", "a" },
  { "if-not-so", "{{if queue.name or hours.closes}}a{{else}}b{{end}}", "b" },
  { "hours", "We are here {{hours}}, and again {{hours.next_open as day}}.", "We are here {Mon – Fri 9:00\u00a0AM – 5:00\u00a0PM; Sat 24 hours (GMT+1)}, and again [When we open next (none are set for this queue)]." },
  { "missing-says-why", "{{issue.key}}, {{call.number}}, {{issue.url|our page}}{{issue.state|}}",
    "[The linked issue’s number (no issue is linked)], [The number of the last call (there was no call)], <our page>" },
  { "if-lines", "A\n{{if customer.phone}}\nB\n{{else}}\nC\n{{end}}\nD", "A\nC\nD" },
  { "if-nothing-keeps-the-paragraph", "A\n{{if customer.phone}}\nB\n{{end}}\n\nC", "A\n\nC" },
  { "if-nothing-one-paragraph", "A\n\n{{if customer.phone}}\nB\n{{end}}\n\nC", "A\n\nC" },
  { "if-crlf", "A\r\n{{if customer.name}}\r\nB\r\n{{end}}\r\nC", "A\nB\nC" },
  { "if-indented", "A\n  {{if customer.name}}  \n  B\n  {{end}}\nC", "A\n  B\nC" },
  { "if-nothing-inline", "A {{if customer.phone}}B{{end}} C{{if customer.phone}} D{{end}}.", "A C." },
  { "nested", "{{if customer.name}}{{if customer.phone}}a{{else}}b{{end}}c{{end}}", "bc" },
  { "ask", "Your order {{ask \"Order number\" number}} of {{ask \"Bought on\" date}}", "Your order [Order number] of [Bought on]" },
  { "ask-proposed", "{{ask \"Discount\" number | 10}} % {{ask \"Thing\" | a pen}}", "(10) % (a pen)" },
  { "choose", "{{choose \"Reason\": broken / \"in/out\"}} {{choose \"Way\": mail / post | post}}", "[Reason] (post)" },
  { "optional", "A{{optional \"Note\"}} B{{end}} C", "A⟨⟩ C" },
  { "optional-lines", "A\n\n{{optional \"Note\"}}\nB\n\n{{end}}\nC", "A\n\n⟨⟩C" },
  { "optional-keeps-the-paragraph", "A\n{{optional \"Note\"}}\nB\n{{end}}\n\nC", "A\n⟨⟩\nC" },
  { "literal-backslashes", "{{\"\\\\\\\\ C:\\x \\\\\"}}", "\\\\ C:\\x \\" },
  { "literal", "Write {{\"{{customer.name}}\"}} or {{\"\\\"{{\\\"\"}}", "Write {{customer.name}} or \"{{\"" },
  { "verbatim", "{{verbatim}}{{#each}} {{x}} {{/each}}{{end}}", "{{#each}} {{x}} {{/each}}" },
  { "verbatim-lines", "A\n{{verbatim}}\n<b>{{ x }}</b>\n{{end}}\nB", "A\n<b>{{ x }}</b>\nB" },
  { "sections", "{{greeting}}Hello {{customer.first_name}},{{end}}\nBody.\n{{farewell}}Yours\n{{agent.name}}{{end}}", "Hello {Ann},\n\nBody.\n\nYours\n{Bob Stone}" },
  { "sections-lines", "\n{{greeting}}\nHello\n{{end}}\n\n\nBody.\n\n{{farewell}}\nYours\n{{end}}\n\n", "Hello\n\nBody.\n\nYours" },
  { "sections-without-body", "{{greeting}}Hello{{end}}{{farewell}}Yours{{end}}", "Hello\n\nYours" },
  { "section-of-nothing", "{{greeting}}{{if customer.phone}}Hello{{end}}{{end}}Body", "Body" },
  { "value-with-braces", "Hello {{conversation.number}}", "Hello {{{agent.name}}}" },
  { "value-with-lines", "Subject: {{issue.title}}.", "Subject: {a b  c}." },
};

static LiaTemplateValue *
hours_new (void)
{
  g_autoptr (LiaHours) hours = lia_hours_new ();

  g_set_str (&hours->zone, "Europe/Vienna");
  for (guint i = 0; i < 5; i++)
    g_assert_true (lia_hours_read_day (hours, i, "9-17"));
  g_assert_true (lia_hours_read_day (hours, 5, "0-24"));

  return lia_template_value_new_hours (hours, NOW_MS);
}

static LiaTemplateValues *
values_new (void)
{
  static const char *const tags[] = { "invoice", "refund", "vip", NULL };
  LiaTemplateMap          *map = lia_template_map_new ();

  lia_template_map_take (map, "customer.name", lia_template_value_new_text ("Ann Lee"));
  lia_template_map_take (map, "customer.first_name", lia_template_value_new_text ("Ann"));
  lia_template_map_take (map, "customer.email", lia_template_value_new_text ("ann@example.com"));
  lia_template_map_take (map, "customer.phone", lia_template_value_new_text (" \u200b\n"));
  lia_template_map_take (map, "agent.name", lia_template_value_new_text ("Bob Stone"));
  lia_template_map_take (map, "conversation.number", lia_template_value_new_text ("{{agent.name}}"));
  lia_template_map_take (map, "conversation.channel", lia_template_value_new_text ("email"));
  lia_template_map_take (map, "conversation.language", lia_template_value_new_text ("de-AT"));
  lia_template_map_take (map, "conversation.subject", lia_template_value_new_text ("Printer on Fire"));
  lia_template_map_take (map, "conversation.tags", lia_template_value_new_list (tags));
  lia_template_map_take (map, "conversation.created", lia_template_value_new_time (NOW_MS - 2 * 86400000));
  lia_template_map_take (map, "queue.waiting", lia_template_value_new_number (3));
  lia_template_map_take (map, "queue.wait_minutes", lia_template_value_new_number (12345.5));
  lia_template_map_take (map, "hours", hours_new ());
  lia_template_map_take (map, "hours.open", lia_template_value_new_truth (TRUE));
  lia_template_map_take (map, "issue.title", lia_template_value_new_text ("\u202ea\nb\r\n\tc\x01 "));

  return LIA_TEMPLATE_VALUES (map);
}

static LiaTemplateContext *
context_new (const char *locale,
             const char *zone_name)
{
  g_autoptr (LiaTemplateValues) values = values_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);

  g_assert_nonnull (zone);

  return lia_template_context_new (values, locale, zone, NOW_MS);
}

static LiaTemplate *
parse (const char *response)
{
  g_autoptr (GPtrArray) errors = NULL;
  LiaTemplate *template = lia_template_parse (response, &errors);

  if (template == NULL)
    g_error ("%s: %s", response, ((LiaTemplateError *)g_ptr_array_index (errors, 0))->message);

  return template;
}

static LiaTemplateResult *
evaluate (const char *response)
{
  g_autoptr (LiaTemplate) template = parse (response);
  g_autoptr (LiaTemplateContext) context = context_new ("en-US", "Europe/Vienna");

  return lia_template_evaluate (template, context);
}

/* Marks around the spans; the brackets of an unfilled one are in the text */
static char *
show (LiaTemplateResult *result)
{
  static const char *const marks[][2] = { { "{", "}" }, { "<", ">" }, { "(", ")" }, { "«", "»" }, { "", "" }, { "⟨", "⟩" } };
  GString                 *shown = g_string_new (NULL);
  glong                    length = g_utf8_strlen (result->text, -1);

  for (glong at = 0; at <= length; at++)
    {
      const char *p = g_utf8_offset_to_pointer (result->text, at);

      for (guint i = result->spans->len; i > 0; i--)
        {
          const LiaTemplateSpan *span = g_ptr_array_index (result->spans, i - 1);

          if (span->end == at && span->start < at)
            g_string_append (shown, marks[span->kind][1]);
        }
      for (guint i = 0; i < result->spans->len; i++)
        {
          const LiaTemplateSpan *span = g_ptr_array_index (result->spans, i);

          if (span->start == at)
            g_string_append_printf (shown, "%s%s", marks[span->kind][0], span->end == at ? marks[span->kind][1] : "");
        }
      g_string_append_len (shown, p, at < length ? g_utf8_next_char (p) - p : 0);
    }

  return g_string_free (shown, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (LiaTemplateResult) result = evaluate (c->response);
  g_autofree char *shown = show (result);

  g_assert_cmpstr (shown, ==, c->expected);
}

/* What is written back reads as the same, and is written back as the same. */
static void
test_round_trip (void)
{
  g_autoptr (LiaTemplateContext) context = context_new ("en-US", "Europe/Vienna");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaTemplate) template = parse (cases[i].response);
      g_autofree char *text = lia_template_to_text (template);
      g_autoptr (LiaTemplate) again = parse (text);
      g_autofree char *text_again = lia_template_to_text (again);
      g_autoptr (LiaTemplateResult) result = lia_template_evaluate (again, context);
      g_autofree char *shown = show (result);

      g_assert_cmpstr (text_again, ==, text);
      g_assert_cmpstr (shown, ==, cases[i].expected);
    }
}

/* @name: a field's label, or a placeholder */
static const char *
find_key (LiaTemplateResult *result,
          const char        *name)
{
  for (guint i = 0; i < result->spans->len; i++)
    {
      const LiaTemplateSpan *span = g_ptr_array_index (result->spans, i);

      if (span->field != NULL && (g_str_equal (span->field->label, name) || g_str_equal (span->field->key, name)))
        return span->field->key;
    }

  g_assert_not_reached ();
}

static void
fill (LiaTemplateResult **result,
      const char         *name,
      LiaTemplateValue   *value)
{
  LiaTemplateResult *filled = lia_template_result_fill (*result, find_key (*result, name), value);

  g_object_unref (*result);
  *result = filled;
  g_clear_pointer (&value, lia_template_value_unref);
}

static void
assert_shown (LiaTemplateResult *result,
              const char        *expected)
{
  g_autofree char *shown = show (result);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_fill (void)
{
  g_autoptr (LiaTemplateResult) result = evaluate ("{{ask \"Order\" number}}, again {{ask \"Order\"}}; {{customer.phone}} {{customer.phone|x}} {{choose \"Why\": a / b}}");
  g_autoptr (LiaTemplateResult) first = g_object_ref (result);

  g_assert_cmpuint (result->n_unfilled, ==, 4);
  fill (&result, "Order", lia_template_value_new_digits ("0042"));
  assert_shown (result, "«0042», again «0042»; [The customer’s phone number] <x> [Why]");
  fill (&result, "customer.phone", lia_template_value_new_text ("+43 1 234"));
  fill (&result, "Why", lia_template_value_new_text ("c"));
  assert_shown (result, "«0042», again «0042»; «+43 1 234» «+43 1 234» [Why]");
  fill (&result, "Why", lia_template_value_new_text ("b"));
  g_assert_cmpuint (result->n_unfilled, ==, 0);
  fill (&result, "Order", NULL);
  assert_shown (result, "[Order], again [Order]; «+43 1 234» «+43 1 234» «b»");

  assert_shown (first, "[Order], again [Order]; [The customer’s phone number] <x> [Why]");
}

static void
test_fill_optional (void)
{
  g_autoptr (LiaTemplateResult) result = evaluate ("A {{optional \"Note\"}}by {{ask \"When\" date}} at {{customer.first_name}}{{end}}.");

  assert_shown (result, "A⟨⟩.");
  g_assert_cmpuint (result->n_unfilled, ==, 0);
  fill (&result, "Note", lia_template_value_new_text ("yes"));
  assert_shown (result, "A ⟨by [When] at {Ann}⟩.");
  g_assert_cmpuint (result->n_unfilled, ==, 1);
  fill (&result, "When", lia_template_value_new_date (2026, 12, 24));
  assert_shown (result, "A ⟨by «December 24, 2026» at {Ann}⟩.");
}

/* What cannot be seen is in no choice, else the answer would never be the same as it. */
static void
test_fill_unseen_choice (void)
{
  g_autoptr (LiaTemplateResult) result = evaluate ("{{choose \"Why\": \u202e a / \"b\u200b\" | \"b\u200b\"}} {{choose \"What\": \u202e a / b}}");

  fill (&result, "What", lia_template_value_new_text ("a"));
  assert_shown (result, "(b) «a»");
}

/* What the agent says of a moment is a day, and is counted on and written like one. */
static void
test_fill_time (void)
{
  g_autoptr (LiaTemplateResult) result = evaluate ("{{conversation.due + 1 day as weekday}} {{issue.key}}, {{conversation.due as time|later}}");

  fill (&result, "conversation.due", lia_template_value_new_date (2026, 12, 24));
  assert_shown (result, "«Friday» [The linked issue’s number (no issue is linked)], «December 24, 2026»");
  fill (&result, "conversation.due", lia_template_value_new_text ("soon"));
  assert_shown (result, "«soon» [The linked issue’s number (no issue is linked)], «soon»");
}

/* A condition can look at what was filled in, but not at an answer to what is not asked any more. */
static void
test_fill_condition (void)
{
  g_autoptr (LiaTemplateResult) result =
      evaluate ("{{optional \"Parcel\"}}{{choose \"Speed\": slow / express}}{{end}}{{if \"Speed\" is express}}!{{else if \"Parcel\"}}?{{end}}");

  assert_shown (result, "⟨⟩");
  fill (&result, "Parcel", lia_template_value_new_text ("yes"));
  assert_shown (result, "⟨[Speed]⟩?");
  fill (&result, "Speed", lia_template_value_new_text ("express"));
  assert_shown (result, "⟨«express»⟩!");
  fill (&result, "Parcel", NULL);
  assert_shown (result, "⟨⟩");
}

static void
test_tab (void)
{
  g_autoptr (LiaTemplateResult) result = evaluate ("{{ask \"ä\"}} {{customer.name}} {{ask \"b\"}} {{ask \"c\"}}");
  g_autoptr (LiaTemplateResult) none = evaluate ("{{customer.name}}");

  g_assert_cmpuint (lia_template_result_next_unfilled (result, 0)->start, ==, 12);
  g_assert_cmpstr (lia_template_result_next_unfilled (result, 12)->field->label, ==, "c");
  g_assert_cmpstr (lia_template_result_next_unfilled (result, 16)->field->label, ==, "ä");
  g_assert_cmpstr (lia_template_result_previous_unfilled (result, 16)->field->label, ==, "b");
  g_assert_cmpstr (lia_template_result_previous_unfilled (result, 0)->field->label, ==, "c");
  g_assert_null (lia_template_result_next_unfilled (none, 0));
}

/* The customer's language and clock, not the agent's */
static void
test_locale (void)
{
  static const struct
  {
    const char *locale;
    const char *zone;
    const char *expected;
  } languages[] = {
    { "de-AT", "Europe/Vienna", "{22. November 2026}; {22. November 2026 um 14:37}; {Montag, 23. November}; {12\u00a0345,5}; {invoice, refund und vip}" },
    { "de", "America/New_York", "{22. November 2026}; {22. November 2026 um 08:37}; {Montag, 23. November}; {12.345,5}; {invoice, refund und vip}" },
    { "fr", "Asia/Tokyo", "{22 novembre 2026}; {22 novembre 2026 à 22:37}; {lundi 23 novembre}; {12\u00a0345,5}; {invoice, refund et vip}" },
    { "ja", "Pacific/Auckland", "{2026年11月23日}; {2026年11月23日 2:37}; {11月24日火曜日}; {12,345.5}; {invoice、refund、vip}" },
    { "", "UTC", "{22 November 2026}; {22 November 2026 at 13:37}; {Monday, 23 November}; {12,345.5}; {invoice, refund and vip}" },
    { "not a language", "UTC", "{22 November 2026}; {22 November 2026 at 13:37}; {Monday, 23 November}; {12,345.5}; {invoice, refund and vip}" },
  };
  g_autoptr (LiaTemplate) template = parse ("{{today}}; {{now}}; {{tomorrow as day}}; {{queue.wait_minutes as amount}}; {{conversation.tags}}");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (LiaTemplateContext) context = context_new (languages[i].locale, languages[i].zone);
      g_autoptr (LiaTemplateResult) result = lia_template_evaluate (template, context);

      assert_shown (result, languages[i].expected);
    }
}

static void
test_stack (void)
{
  g_autoptr (LiaTemplate) one = parse ("One {{ask \"Order\"}}.");
  g_autoptr (LiaTemplate) two = parse ("{{greeting}}Hello,{{end}}Two.{{farewell}}Yours{{end}}");
  g_autoptr (LiaTemplate) three = parse ("{{greeting}}Hi!{{end}}\nThree {{ask \"Order\"}}.\n{{farewell}}Cheers{{end}}");
  g_autoptr (LiaTemplateContext) context = context_new ("en", "UTC");
  LiaTemplate *all[] = { one, two, three };
  g_autoptr (LiaTemplate) whole = lia_template_stack (all, 3, LIA_TEMPLATE_WHOLE);
  g_autoptr (LiaTemplate) bodies = lia_template_stack (all + 1, 2, LIA_TEMPLATE_BODY);
  g_autoptr (LiaTemplateResult) letter = lia_template_evaluate (whole, context);
  g_autoptr (LiaTemplateResult) middle = lia_template_evaluate (bodies, context);

  assert_shown (letter, "Hello,\n\nOne [Order].\n\nTwo.\n\nThree [Order].\n\nYours");
  fill (&letter, "Order", lia_template_value_new_text ("7"));
  assert_shown (letter, "Hello,\n\nOne «7».\n\nTwo.\n\nThree «7».\n\nYours");
  assert_shown (middle, "Two.\n\nThree [Order].");
  g_assert_cmpint (lia_template_get_parts (one), ==, LIA_TEMPLATE_BODY);
  g_assert_cmpint (lia_template_get_parts (whole), ==, LIA_TEMPLATE_WHOLE);
  g_assert_cmpint (lia_template_get_parts (bodies), ==, LIA_TEMPLATE_BODY);
}

/* Responses of different people that ask for different things by one name: each can be filled in. */
/* A response that is a greeting, and one that is a farewell, find their places around the others. */
static void
test_stack_of_parts (void)
{
  g_autoptr (LiaTemplate) farewell = parse ("Yours\n{{agent.name}}");
  g_autoptr (LiaTemplate) body = parse ("{{greeting}}Hi!{{end}}Body.");
  g_autoptr (LiaTemplate) greeting = parse ("Dear {{customer.name}},");
  g_autoptr (LiaTemplate) last = lia_template_as_part (farewell, LIA_TEMPLATE_FAREWELL);
  g_autoptr (LiaTemplate) first = lia_template_as_part (greeting, LIA_TEMPLATE_GREETING);
  g_autoptr (LiaTemplateContext) context = context_new ("en", "UTC");
  LiaTemplate *all[] = { last, first, body };
  g_autoptr (LiaTemplate) stack = lia_template_stack (all, 3, LIA_TEMPLATE_WHOLE);
  g_autoptr (LiaTemplateResult) letter = lia_template_evaluate (stack, context);

  assert_shown (letter, "Dear {Ann Lee},\n\nBody.\n\nYours\n{Bob Stone}");
  g_assert_cmpint (lia_template_get_parts (first), ==, LIA_TEMPLATE_GREETING);
  g_assert_cmpint (lia_template_get_parts (last), ==, LIA_TEMPLATE_FAREWELL);
}

static void
test_stack_of_namesakes (void)
{
  static const char *const responses[] = { "{{ask \"x\" number}}", "{{ask \"x\" date as weekday}}", "{{choose \"x\": a / b}}", "{{choose \"x\": b / c}}", "{{ask \"x\"}}" };
  LiaTemplate             *templates[G_N_ELEMENTS (responses)];
  g_autoptr (LiaTemplateContext) context = context_new ("en", "UTC");
  g_autoptr (LiaTemplate) stack = NULL;
  g_autoptr (LiaTemplateResult) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    templates[i] = parse (responses[i]);
  stack = lia_template_stack (templates, G_N_ELEMENTS (responses), LIA_TEMPLATE_WHOLE);
  for (guint i = 0; i < G_N_ELEMENTS (responses); i++)
    g_object_unref (templates[i]);

  result = lia_template_evaluate (stack, context);
  while (result->n_unfilled > 0)
    {
      const LiaTemplateField *field = lia_template_result_next_unfilled (result, 0)->field;
      g_autofree char        *key = g_strdup (field->key);
      const char             *problem;
      const char             *typed = field->kind == LIA_TEMPLATE_FIELD_NUMBER ? "5" : field->kind == LIA_TEMPLATE_FIELD_DATE ? "2026-12-24"
                                                                                                                              : "b";

      fill (&result, key, lia_template_field_read (field, typed, "en", &problem));
    }
  assert_shown (result, "«5»\n\n«Thursday»\n\n«b»\n\n«b»\n\n«b»");
}

static void
test_quote (void)
{
  static const char *const texts[] = { "", "{", "{{", "{{{", "a {{b}} {c} {{{{d", "{{end}}", "\"{{\"" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *quoted = lia_template_quote (texts[i]);
      g_autoptr (LiaTemplateResult) result = evaluate (quoted);

      g_assert_cmpstr (result->text, ==, texts[i]);
    }
}

static void
test_read (void)
{
  g_autoptr (LiaTemplateField) number = lia_template_field_new (LIA_TEMPLATE_FIELD_NUMBER, "n", "n");
  g_autoptr (LiaTemplateField) date = lia_template_field_new (LIA_TEMPLATE_FIELD_DATE, "d", "d");
  g_autoptr (LiaTemplateValue) german = NULL;
  g_autoptr (LiaTemplateValue) digits = NULL;
  g_autoptr (LiaTemplateValue) day = NULL;
  const char *problem;

  german = lia_template_field_read (number, " 1.234,5 ", "de", &problem);
  g_assert_cmpfloat (german->number, ==, 1234.5);
  digits = lia_template_field_read (number, "007", "de", &problem);
  g_assert_cmpstr (digits->text, ==, "007");
  day = lia_template_field_read (date, "2028-02-29", "de", &problem);
  g_assert_cmpint (day->time_ms, ==, G_GINT64_CONSTANT (1835395200000));
  g_assert_null (problem);

  g_assert_null (lia_template_field_read (number, "12 pieces", "de", &problem));
  g_assert_nonnull (problem);
  g_assert_null (lia_template_field_read (date, "2027-02-29", "de", &problem));
  g_assert_nonnull (problem);
  g_assert_null (lia_template_field_read (date, "  ", "de", &problem));
  g_assert_null (problem);
}

/* What the agent learns while writing is in the text at once; what was filled in stays. */
static void
test_update (void)
{
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (LiaTemplateContext) before = lia_template_context_new (LIA_TEMPLATE_VALUES (map), "en", zone, NOW_MS);
  g_autoptr (LiaTemplateContext) after = context_new ("en", "UTC");
  g_autoptr (LiaTemplate) template = parse ("{{customer.name}} {{ask \"x\"}}");
  g_autoptr (LiaTemplateResult) result = lia_template_evaluate (template, before);
  g_autoptr (LiaTemplateResult) updated = NULL;

  fill (&result, "x", lia_template_value_new_text ("y"));
  assert_shown (result, "[The customer’s name] «y»");
  updated = lia_template_result_update (result, after);
  assert_shown (updated, "{Ann Lee} «y»");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/template/evaluate/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/template/round-trip", test_round_trip);
  g_test_add_func ("/template/fill", test_fill);
  g_test_add_func ("/template/fill-optional", test_fill_optional);
  g_test_add_func ("/template/fill-unseen-choice", test_fill_unseen_choice);
  g_test_add_func ("/template/fill-time", test_fill_time);
  g_test_add_func ("/template/fill-condition", test_fill_condition);
  g_test_add_func ("/template/tab", test_tab);
  g_test_add_func ("/template/locale", test_locale);
  g_test_add_func ("/template/stack", test_stack);
  g_test_add_func ("/template/stack-of-parts", test_stack_of_parts);
  g_test_add_func ("/template/stack-of-namesakes", test_stack_of_namesakes);
  g_test_add_func ("/template/quote", test_quote);
  g_test_add_func ("/template/read", test_read);
  g_test_add_func ("/template/update", test_update);

  return g_test_run ();
}
