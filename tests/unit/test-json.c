/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict JSON: what must be refused before json-glib sees it, and getters that never give a value of another type. */

#include "lia-json.h"
#include "lia-problem.h"

#include <string.h>

#define TEXT(literal) literal, sizeof literal - 1

static const struct
{
  const char *text;
  gsize       length;
} refused[] = {
  { TEXT ("") },
  { TEXT (" ") },
  { TEXT ("null") },
  { TEXT ("1") },
  { TEXT ("\"a\"") },
  { TEXT ("[]") },
  { TEXT ("[{}]") },
  { TEXT ("{}{}") },
  { TEXT ("{} {}") },
  { TEXT ("{}x") },
  { TEXT ("{},") },
  { TEXT ("{") },
  { TEXT ("}") },
  { TEXT ("{]") },
  { TEXT ("{\"a\"") },
  { TEXT ("{\"a\":") },
  { TEXT ("{\"a\":}") },
  { TEXT ("{\"a\" 1}") },
  { TEXT ("{\"a\":1,}") },
  { TEXT ("{,\"a\":1}") },
  { TEXT ("{\"a\":1 \"b\":2}") },
  { TEXT ("{a:1}") },
  { TEXT ("{1:1}") },
  { TEXT ("{'a':1}") },
  { TEXT ("{\"a\":'b'}") },
  { TEXT ("{\"a\":[1,]}") },
  { TEXT ("{\"a\":[,1]}") },
  { TEXT ("{\"a\":[1,,2]}") },
  { TEXT ("{\"a\":[1 2]}") },
  { TEXT ("{\"a\":[1}") },
  { TEXT ("{\"a\":1/**/}") },
  { TEXT ("{\"a\":1}//") },
  { TEXT ("{\"a\":1}#") },
  { TEXT ("{\"a\":True}") },
  { TEXT ("{\"a\":nul}") },
  { TEXT ("{\"a\":undefined}") },
  { TEXT ("{\"a\":NaN}") },
  { TEXT ("{\"a\":Infinity}") },
  { TEXT ("{\"a\":-Infinity}") },
  { TEXT ("{\"a\":01}") },
  { TEXT ("{\"a\":-01}") },
  { TEXT ("{\"a\":+1}") },
  { TEXT ("{\"a\":1.}") },
  { TEXT ("{\"a\":.5}") },
  { TEXT ("{\"a\":1e}") },
  { TEXT ("{\"a\":1e+}") },
  { TEXT ("{\"a\":--1}") },
  { TEXT ("{\"a\":-}") },
  { TEXT ("{\"a\":1-2}") },
  { TEXT ("{\"a\":0x10}") },
  { TEXT ("{\"a\":1e400}") },
  { TEXT ("{\"a\":-1e400}") },
  { TEXT ("{\"a\":9223372036854775808}") },
  { TEXT ("{\"a\":-9223372036854775809}") },
  { TEXT ("{\"a\":1000000000000000000000000000000000000000000000000000000000000000000000}") },
  { TEXT ("{\"a\":\"\\u0000\"}") },
  { TEXT ("{\"a\":\"b\0c\"}") },
  { TEXT ("{\"\\u0000\":1}") },
  { TEXT ("{\"a\":\"\n\"}") },
  { TEXT ("{\"a\":\"\t\"}") },
  { TEXT ("{\"a\":\"\x1f\"}") },
  { TEXT ("{\"a\":\"\\x41\"}") },
  { TEXT ("{\"a\":\"\\a\"}") },
  { TEXT ("{\"a\":\"\\u12\"}") },
  { TEXT ("{\"a\":\"\\u12G4\"}") },
  { TEXT ("{\"a\":\"\\uD800\"}") },
  { TEXT ("{\"a\":\"\\uD800\\u0041\"}") },
  { TEXT ("{\"a\":\"\\uDC00\\uD800\"}") },
  { TEXT ("{\"a\":\"\\") },
  { TEXT ("{\"a\":\"b") },
  { TEXT ("{\"a\":\"\xff\"}") },
  { TEXT ("{\"a\":\"\xc0\xaf\"}") },
  { TEXT ("{\"a\":\"\xed\xa0\x80\"}") },
  { TEXT ("\xef\xbb\xbf{}") },
  { TEXT ("{}\0") },
  { TEXT ("\xfe\xff\0{\0}") },
};

static const char *const taken[] = {
  "{}",
  " {\n\t\r} ",
  "{\"\":0}",
  "{\"a\":1,\"a\":2}",
  "{\"a\":-0}",
  "{\"a\":0.5}",
  "{\"a\":1E+2}",
  "{\"a\":1e-400}",
  "{\"a\":9223372036854775807}",
  "{\"a\":-9223372036854775808}",
  "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}",
  "{\"a\":\"\\uD83D\\uDE00\"}",
  "{\"a\":\"\\\\u0000\"}",
  "{\"a\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}",
  "{\"a\":\"\x7f\xc2\x80\xf4\x8f\xbf\xbf\"}",
  "{\"a\":[null,true,false,[],{}]}",
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = lia_json_parse (refused[i].text, (gssize)refused[i].length, LIA_JSON_MAX_BYTES, &error);

      g_autofree char *shown = g_strescape (refused[i].text, NULL);

      if (object != NULL)
        g_error ("taken: %s", shown);
      g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON);
    }
}

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) object = lia_json_parse (taken[i], -1, LIA_JSON_MAX_BYTES, &error);
      g_autoptr (JsonObject) again = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", taken[i]);
      g_assert_no_error (error);
      g_assert_nonnull (object);
      text = lia_json_to_text (object);
      again = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error);
      g_assert_no_error (error);
      g_assert_nonnull (again);
    }
}

/* Every prefix of a document is refused, and none of them is read past its end (for the sanitizers: each has its own allocation) */
static void
test_cut (void)
{
  const char *whole = "{\"a\":[1,-2.5e3,\"\\uD83D\\uDE00\\n\",true,null],\"b\":{\"c\":\"é\"}}";

  for (gsize length = 0; length < strlen (whole); length++)
    {
      g_autofree char *part = g_memdup2 (whole, MAX (length, 1));
      g_autoptr (GError) error = NULL;

      g_assert_null (lia_json_parse (part, (gssize)length, LIA_JSON_MAX_BYTES, &error));
      g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON);
    }
}

static void
test_limits (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"a\":");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;

  for (guint i = 1; i < LIA_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, '[');
  for (guint i = 1; i < LIA_JSON_MAX_DEPTH; i++)
    g_string_append_c (deep, ']');
  g_string_append_c (deep, '}');
  object = lia_json_parse (deep->str, -1, LIA_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  g_assert_nonnull (object);

  g_string_insert_c (deep, 5, '[');
  g_string_insert_c (deep, 6, ']');
  g_assert_null (lia_json_parse ("{\"a\":{}}", -1, 7, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE);
  g_clear_error (&error);

  g_string_assign (deep, "{\"a\":");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (lia_json_parse (deep->str, -1, LIA_JSON_MAX_BYTES, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON);
}

/* A list is as welcome as an object where it is asked for, and nowhere else */
static void
test_lists (void)
{
  static const char *const others[] = { "", "{}", "7", "[1", "[1]]", "[]{}", "[\"\\ud800\"]" };
  g_autoptr (JsonArray) list = lia_json_parse_array ("[{\"a\":1},{}]", -1, 100, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (json_array_get_length (list), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GError) cause = NULL;

      g_assert_null (lia_json_parse_array (others[i], -1, 100, &cause));
      g_assert_error (cause, LIA_PROBLEM, LIA_PROBLEM_BAD_JSON);
    }
  g_assert_null (lia_json_parse_array ("[1,2]", -1, 4, &error));
  g_assert_error (error, LIA_PROBLEM, LIA_PROBLEM_TOO_LARGE);
}

/* Every getter on a member of every type: only the right one gives a value, the others an error with the pointer */
static void
test_getters (void)
{
  static const char *const names[] = { "str", "int", "real", "bool", "time", "obj", "arr" };

  g_autoptr (JsonObject) object =
      lia_json_parse ("{\"str\":\"x\",\"int\":7,\"real\":7.0,\"bool\":true,\"time\":\"2026-11-22T08:00:00.000Z\",\"obj\":{},\"arr\":[1],\"null\":null}",
                      -1,
                      LIA_JSON_MAX_BYTES,
                      NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char      *name = names[i];
      g_autofree char *pointer = g_strconcat ("/", name, NULL);
      const char      *str;
      gint64           number;
      gboolean         truth;
      JsonObject      *obj;
      JsonArray       *arr;
      GError          *errors[6] = { NULL };

      g_assert_cmpint (lia_json_str (object, name, LIA_JSON_REQUIRED, 100, &str, &errors[0]), ==, i == 0 || i == 4);
      g_assert_cmpint (lia_json_int (object, name, LIA_JSON_REQUIRED, 0, 10, &number, &errors[1]), ==, i == 1);
      g_assert_cmpint (lia_json_bool (object, name, LIA_JSON_REQUIRED, &truth, &errors[2]), ==, i == 3);
      g_assert_cmpint (lia_json_time (object, name, LIA_JSON_REQUIRED, &number, &errors[3]), ==, i == 4);
      g_assert_cmpint (lia_json_obj (object, name, LIA_JSON_REQUIRED, &obj, &errors[4]), ==, i == 5);
      g_assert_cmpint (lia_json_arr (object, name, LIA_JSON_REQUIRED, 10, &arr, &errors[5]), ==, i == 6);

      for (guint j = 0; j < G_N_ELEMENTS (errors); j++)
        {
          if (errors[j] == NULL)
            continue;
          g_assert_error (errors[j], LIA_PROBLEM, LIA_PROBLEM_VALIDATION);
          g_assert_cmpstr (lia_problem_get_pointer (errors[j]), ==, pointer);
          g_assert_nonnull (lia_problem_get_code (errors[j]));
          g_clear_error (&errors[j]);
        }
    }
}

static void
test_absent (void)
{
  static const char *const names[] = { "null", "none" };

  g_autoptr (JsonObject) object = lia_json_parse ("{\"null\":null,\"long\":\"abc\",\"int\":11,\"arr\":[1,2]}", -1, 100, NULL);
  g_autoptr (GError) error = NULL;
  const char *str = "before";
  gint64      number = 5;
  JsonArray  *arr;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (lia_json_str (object, names[i], LIA_JSON_OPTIONAL, 1, &str, &error));
      g_assert_null (str);
      g_assert_true (lia_json_int (object, names[i], LIA_JSON_OPTIONAL, 3, 10, &number, &error));
      g_assert_cmpint (number, ==, 0);
      g_assert_false (lia_json_str (object, names[i], LIA_JSON_REQUIRED, 1, &str, &error));
      g_assert_cmpstr (lia_problem_get_code (error), ==, "missing");
      g_clear_error (&error);
    }

  g_assert_false (lia_json_str (object, "long", LIA_JSON_OPTIONAL, 2, &str, &error));
  g_assert_cmpstr (lia_problem_get_code (error), ==, "length");
  g_clear_error (&error);
  g_assert_false (lia_json_int (object, "int", LIA_JSON_OPTIONAL, 0, 10, &number, &error));
  g_assert_cmpstr (lia_problem_get_code (error), ==, "range");
  g_clear_error (&error);
  g_assert_false (lia_json_arr (object, "arr", LIA_JSON_OPTIONAL, 1, &arr, &error));
  g_assert_cmpstr (lia_problem_get_code (error), ==, "length");
}

static void
test_problems (void)
{
  for (LiaProblem problem = LIA_PROBLEM_BAD_JSON; problem <= LIA_PROBLEM_INTERNAL; problem++)
    {
      LiaProblem back = -1;

      g_assert_true (lia_problem_from_name (lia_problem_to_name (problem), &back));
      g_assert_cmpint (back, ==, problem);
      g_assert_cmpuint (lia_problem_to_status (problem), >=, 400);
      g_assert_cmpstr (lia_problem_to_title (problem), !=, "");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/taken", test_taken);
  g_test_add_func ("/json/cut", test_cut);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/lists", test_lists);
  g_test_add_func ("/json/getters", test_getters);
  g_test_add_func ("/json/absent", test_absent);
  g_test_add_func ("/json/problems", test_problems);

  return g_test_run ();
}
