/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong with a response: where, in which words, and what is suggested. */

#include "lia-template-private.h"

#include <string.h>

/* A case is a response with what is wrong in it between ‹ and ›. */
typedef struct
{
  const char *name;
  const char *response;
  const char *message;
  const char *suggestion; /* or NULL */
} Case;

static const Case cases[] = {
  { "unknown", "Hellö {{‹customer.nam›}}", "There is no placeholder “customer.nam”. Did you mean customer.name?", "customer.name" },
  { "swapped", "{{‹cusotmer.frist_name›}}", "There is no placeholder “cusotmer.frist_name”. Did you mean customer.first_name?", "customer.first_name" },
  { "blanks", "{{‹customer first name›}}", "There is no placeholder “customer first name”. Did you mean customer.first_name?", "customer.first_name" },
  { "short", "{{‹first_name›|there}}", "There is no placeholder “first_name”. Did you mean customer.first_name?", "customer.first_name" },
  { "of-chatwoot", "{{‹contact.name›}}", "There is no placeholder “contact.name”. Did you mean customer.name?", "customer.name" },
  { "of-freescout", "{{‹customer.firstName›}}", "There is no placeholder “customer.firstName”. Did you mean customer.first_name?", "customer.first_name" },
  { "of-zammad", "{{‹ticket.customer.firstname›}}", "There is no placeholder “ticket.customer.firstname”. Did you mean customer.first_name?", "customer.first_name" },
  { "of-zendesk", "{{‹ticket.id›}}", "There is no placeholder “ticket.id”. Did you mean conversation.number?", "conversation.number" },
  { "unknown-at-all", "{{‹weather›}}", "There is no placeholder “weather”.", NULL },
  { "unknown-in-if", "{{if ‹custmer.name›}}a{{end}}", "There is no placeholder “custmer.name”. Did you mean customer.name?", "customer.name" },
  { "unknown-with-fallback", "{{‹customer.nmae›|there}}", "There is no placeholder “customer.nmae”. Did you mean customer.name?", "customer.name" },
  { "fallback-like-a-name", "{{customer.name|‹customer.fist_name›}}",
    "There is no placeholder “customer.fist_name”. If you mean this very text, put it in quotation marks.", "customer.first_name" },
  { "fallback-like-an-address", "{{customer.name|‹example.com›}}", "There is no placeholder “example.com”. If you mean this very text, put it in quotation marks.",
    "\"example.com\"" },
  { "fallback-after-text", "{{customer.name|there‹|›you}}", "What stands after the text “there” could never be used.", NULL },
  { "not-closed", "Hello ‹{{›customer.name, how are you?", "These braces are opened, but }} is missing.", NULL },
  { "not-closed-at-all", "Hello ‹{{›customer.name", "These braces are opened, but }} is missing.", NULL },
  { "not-closed-before-next", "‹{{›customer.name {{agent.name}}", "These braces are opened, but }} is missing.", NULL },
  { "one-brace", "{{customer.name‹}› there", "One closing brace is missing: }}.", "}}" },
  { "three-braces", "‹{{{›customer.name}}}", "Two braces are enough. If you mean the braces themselves, write {{\"{{\"}}.", "{{" },
  { "nothing", "a ‹{{ }}› b", "Nothing stands between these braces. If you mean the braces themselves, write {{\"{{\"}}.", "{{\"{{\"}}" },
  { "quote-not-closed", "{{ask ‹\"›Order}} and {{ask \"Date\"}}", "This quotation mark has no second one.", NULL },
  { "if-of-handlebars", "{{‹#if› customer.name}}a", "This is not understood. Did you mean {{if}}?", "if" },
  { "end-of-handlebars", "{{if customer.name}}a{{‹/if›}}", "This is not understood. Did you mean {{end}}?", "end" },
  { "endif", "{{if customer.name}}a{{‹endif›}}", "This is not understood. Did you mean {{end}}?", "end" },
  { "elsif", "{{if customer.name}}a{{‹elsif› agent.name}}b{{end}}", "This is not understood. Did you mean {{else if}}?", "else if" },
  { "keyword-slip", "{{‹optinal› \"x\"}}", "This is not understood. Did you mean {{optional}}?", "optional" },
  { "no-end", "a ‹{{if customer.name}}› b", "This {{if}} has no {{end}}.", NULL },
  { "no-end-of-greeting", "‹{{greeting}}›Hello", "This {{greeting}} has no {{end}}.", NULL },
  { "no-end-of-verbatim", "‹{{verbatim}}› {{x}}", "This part has no {{end}}.", NULL },
  { "no-if", "a ‹{{else›}} b", "There is no {{if}} to which this {{else}} belongs.", NULL },
  { "nothing-open", "a ‹{{end›}}", "There is nothing open that {{end}} could end.", NULL },
  { "two-elses", "{{if agent.name}}a{{else}}b‹{{else›}}c{{end}}", "After {{else}} there cannot be another one.", NULL },
  { "wrong-end", "{{if agent.name}}a{{end ‹optional›}}", "What ends here is {{if}}.", "if" },
  { "no-condition", "{{if ‹}›}}a{{end}}", "Here the name of a placeholder is missing.", NULL },
  { "nothing-compared", "{{if customer.language is ‹}›}}a{{end}}", "Here is missing what it is compared with, such as \"de\" or 5.", NULL },
  { "no-size", "{{if ‹customer.name > 5›}}a{{end}}", "Only numbers, days and times can be greater or less than others.", NULL },
  { "no-size-of-text", "{{if ‹today > christmas›}}a{{end}}", "Only numbers, days and times can be greater or less than others.", NULL },
  { "truth-has-no-text", "{{‹hours.open›}}", "“hours.open” is so or not and has no text: ask for it with {{if hours.open}}…{{else}}…{{end}}.", NULL },
  { "truth-is-no-fallback", "{{customer.name|‹hours.open›}}",
    "“hours.open” is so or not and has no text: ask for it with {{if hours.open}}…{{else}}…{{end}}.", NULL },
  { "truth-is-not-compared", "{{if ‹hours.open is ›yes}}a{{end}}", "“hours.open” is so or not: ask for it alone, or with “not” before it.", NULL },
  { "nobody-asks", "{{if ‹\"Reason\"› is lost}}a{{end}}", "Nothing before this asks for “Reason”.", NULL },
  { "asked-later", "{{if ‹\"Reason\"›}}a{{end}}{{ask \"Reason\"}}", "Nothing before this asks for “Reason”.", NULL },
  { "no-label", "{{ask ‹O›rder}}", "Here stands what you are to be asked, in quotation marks: \"Order number\".", NULL },
  { "empty-label", "{{ask ‹\" \"›}}", "What you are asked has to be one line of 1 to 100 characters.", NULL },
  { "asked-otherwise", "{{ask \"x\"}} ‹{{ask \"x\" date›}}", "“x” was asked for in another way before. Give this one another name, or ask in the same way.", NULL },
  { "proposed-otherwise", "{{ask \"x\" number}} ‹{{ask \"x\" | 5›}}", "“x” was asked for in another way before. Give this one another name, or ask in the same way.",
    NULL },
  { "no-colon", "{{choose \"Reason\" ‹b›roken / lost}}", "After a colon the choices belong here: \"Reason\": broken / lost.", NULL },
  { "no-choice", "{{choose \"Reason\": broken / ‹}›}}", "Here a choice belongs: one line of text. There can be 50, with / between them.", NULL },
  { "no-such-choice", "{{choose \"Reason\": broken / lost | ‹late›}}", "What is proposed has to be one of the choices.", "broken" },
  { "proposal-no-number", "{{ask \"x\" number | ‹many›}}", "What is proposed has to be a number, such as 10 or 2.5.", NULL },
  { "no-proposal", "{{ask \"x\" |‹›}}", "After | something to propose is missing.", NULL },
  { "proposal-no-day", "{{ask \"x\" date | ‹tomorrow›}}", "What is proposed has to be a day, such as 2026-12-24.", NULL },
  { "no-style", "{{today as ‹shrt date›}}", "After “as” one of these can stand here: date, short date, day, weekday, month.", "short date" },
  { "style-of-text", "{{customer.name as ‹date›}}", "Only numbers, days and times can be written in another way with “as”.", NULL },
  { "counted-on-text", "{{customer.name ‹+ 3› days}}", "Only days and times can be counted on from.", NULL },
  { "counted-on-nothing", "{{today ‹+ some› days}}", "Here a number belongs, such as + 3 days.", NULL },
  { "counted-on-unknown", "{{today + 3 ‹dyas›}}", "After the number stands minutes, hours, days, weeks, months or years.", "days" },
  { "counted-on-day", "{{today ‹+ 3 hours›}}", "A day is counted on in days, weeks, months or years. For hours and minutes begin with now.", NULL },
  { "greeting-late", "Body ‹{{greeting›}}Hello{{end}}", "The greeting has to stand before everything else.", NULL },
  { "greeting-twice", "{{greeting}}a{{end}}‹{{greeting›}}b{{end}}", "There can be only one {{greeting}}.", NULL },
  { "greeting-inside", "{{if agent.name}}‹{{greeting›}}a{{end}}{{end}}", "Greeting and farewell cannot stand inside of another part.", NULL },
  { "after-farewell", "{{farewell}}Yours{{end}}‹ PS: ›", "Nothing can stand after the farewell.", NULL },
  { "rest", "{{customer.name ‹please›}}", "“please” is not understood here.", NULL },
};

static LiaTemplateError *
only_error (GPtrArray *errors)
{
  for (guint i = 0; i < errors->len; i++)
    g_test_message ("%u+%u %s", ((LiaTemplateError *)errors->pdata[i])->start, ((LiaTemplateError *)errors->pdata[i])->length,
                    ((LiaTemplateError *)errors->pdata[i])->message);
  g_assert_cmpuint (errors->len, ==, 1);

  return g_ptr_array_index (errors, 0);
}

static void
test_case (gconstpointer data)
{
  const Case      *c = data;
  const char      *from = strstr (c->response, "‹");
  const char      *to = strstr (c->response, "›");
  g_autofree char *before = g_strndup (c->response, from - c->response);
  g_autofree char *wrong = g_strndup (from + strlen ("‹"), to - from - strlen ("‹"));
  g_autofree char *response = g_strconcat (before, wrong, to + strlen ("›"), NULL);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (response, &errors);
  LiaTemplateError *error = only_error (errors);

  g_assert_null (template);
  g_assert_cmpstr (error->message, ==, c->message);
  g_assert_cmpstr (error->suggestion, ==, c->suggestion);
  g_assert_cmpuint (error->start, ==, g_utf8_strlen (before, -1));
  g_assert_cmpuint (error->length, ==, g_utf8_strlen (wrong, -1));
}

/* All that is wrong is seen at once, in the order of the text, and nothing that only follows from it. */
static void
test_several (void)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template =
      lia_template_parse ("{{if custmer.name}}{{contact.name}}{{else}}{{ask Order}}{{end}}{{optional Note}}{{if agent.nam}}x{{end}}{{end}}\n{{greeting}}Hi", &errors);
  static const guint starts[] = { 5, 21, 49, 74, 85, 112, 112 };

  g_assert_null (template);
  g_assert_cmpuint (errors->len, ==, G_N_ELEMENTS (starts));
  for (guint i = 0; i < errors->len; i++)
    g_assert_cmpuint (((LiaTemplateError *)g_ptr_array_index (errors, i))->start, ==, starts[i]);
}

/* Every suggestion that takes the place of what is wrong leads to a response without that error. */
static void
test_suggestions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *from = strstr (cases[i].response, "‹");
      const char *to = strstr (cases[i].response, "›");
      g_autoptr (GPtrArray) errors = NULL;
      g_autoptr (LiaTemplate) template = NULL;
      g_autofree char *before = g_strndup (cases[i].response, from - cases[i].response);
      g_autofree char *response = g_strconcat (before, cases[i].suggestion, to + strlen ("›"), NULL);

      if (cases[i].suggestion == NULL)
        continue;

      template = lia_template_parse (response, &errors);
      for (guint j = 0; j < errors->len; j++)
        g_assert_cmpstr (((LiaTemplateError *)g_ptr_array_index (errors, j))->message, !=, cases[i].message);
    }
}

static char *
repeat (const char *first,
        guint       n,
        const char *last)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, first);
  for (guint i = 0; i < n && last != NULL; i++)
    g_string_append (text, last);

  return g_string_free (text, FALSE);
}

/* What would take a program's memory, stack or minutes is refused in a moment. */
static void
test_limits (void)
{
  static const struct
  {
    const char *first;
    const char *last;
    guint       fits;
    guint       too_many;
    const char *message; /* or NULL: there are others before it */
  } limits[] = {
    { "{{if agent.name}}", "{{end}}", 16, 17, "Here are too many parts inside of each other. There can be 16." },
    { "{{optional \"a\"}}", "{{end}}", 16, 3000 },
    { "{{agent.name}}", NULL, 2000, 2001, "This is more than one response can hold. Make two of it." },
    { "ä", NULL, 50000, 50001, "A response can have 50000 characters at most." },
    { "{{“", NULL, 0, 16000 },
    { "{{«", NULL, 0, 16000 },
    { "{{verbatim}}", NULL, 0, 4000 },
    { "{{else}}", NULL, 0, 6000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GPtrArray) errors = NULL;
      g_autoptr (GPtrArray) no_errors = NULL;
      g_autofree char *fits = repeat (limits[i].first, limits[i].fits, limits[i].last);
      g_autofree char *too_many = repeat (limits[i].first, limits[i].too_many, limits[i].last);
      g_autoptr (LiaTemplate) good = lia_template_parse (fits, &no_errors);
      g_autoptr (LiaTemplate) bad = lia_template_parse (too_many, &errors);

      g_assert_nonnull (good);
      g_assert_null (bad);
      g_assert_cmpuint (errors->len, >=, 1);
      g_assert_cmpuint (errors->len, <=, 20);
      if (limits[i].message != NULL)
        g_assert_cmpstr (((LiaTemplateError *)g_ptr_array_index (errors, 0))->message, ==, limits[i].message);
    }
}

static void
test_limit_of_conditions (void)
{
  g_autofree char *tests = repeat ("agent.name and ", 20, NULL);
  g_autofree char *response = g_strconcat ("{{if ", tests, "agent.name}}a{{end}}", NULL);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (response, &errors);

  g_assert_null (template);
  g_assert_true (g_str_has_prefix (only_error (errors)->message, "A condition can have "));
  g_assert_cmpuint (only_error (errors)->start, >, strlen ("{{if "));
}

static void
test_limit_of_branches (void)
{
  g_autofree char *branches = repeat ("{{else if agent.name}}", 2000, NULL);
  g_autofree char *response = g_strconcat ("{{if agent.name}}", branches, "{{end}}", NULL);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (response, &errors);

  g_assert_null (template);
  g_assert_cmpstr (only_error (errors)->message, ==, "This is more than one response can hold. Make two of it.");
}

static void
test_not_utf8 (void)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse ("Gr\xfc\xdf"
                                                         "e {{x",
                                                         &errors);

  g_assert_null (template);
  g_assert_cmpstr (only_error (errors)->message, ==, "This text cannot be read: it is not UTF-8.");
}

/* Each placeholder can be written, or asked for, and has what a menu shows of it. */
static void
test_placeholders (void)
{
  guint                         n;
  const LiaTemplatePlaceholder *all = lia_template_placeholders (&n);

  for (guint i = 0; i < n; i++)
    {
      gboolean         asked = all[i].type == LIA_TEMPLATE_TRUTH;
      g_autofree char *response = g_strconcat (asked ? "{{if " : "{{", all[i].name, asked ? "}}a{{end}}" : "}}", NULL);
      g_autoptr (GPtrArray) errors = NULL;
      g_autoptr (LiaTemplate) template = lia_template_parse (response, &errors);

      g_assert_nonnull (template);
      g_assert_true (lia_template_placeholder_find (all[i].name) == &all[i]);
      g_assert_cmpstr (lia_template_placeholder_get_title (&all[i]), !=, "");
      g_assert_cmpstr (lia_template_placeholder_get_example (&all[i]), !=, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/template-parse/error/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/template-parse/several", test_several);
  g_test_add_func ("/template-parse/suggestions", test_suggestions);
  g_test_add_func ("/template-parse/limits", test_limits);
  g_test_add_func ("/template-parse/limit-of-branches", test_limit_of_branches);
  g_test_add_func ("/template-parse/limit-of-conditions", test_limit_of_conditions);
  g_test_add_func ("/template-parse/not-utf8", test_not_utf8);
  g_test_add_func ("/template-parse/placeholders", test_placeholders);

  return g_test_run ();
}
