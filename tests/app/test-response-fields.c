/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-icons.h"
#include "lia-response-fields.h"

#include "lia-draft.h"

/* Canned responses in a text that is typed into, taken back and kept. */

#define NOW_MS G_GINT64_CONSTANT (1795343820000)

typedef struct
{
  GtkTextBuffer      *buffer;
  LiaResponseFields  *fields;
  LiaTemplateContext *context;
  GString            *told;
} Fixture;

static void
on_told_cb (GString *told)
{
  g_string_append (told, "+");
}

static void
on_removed_cb (GString *told)
{
  g_string_append (told, "-");
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (LiaTemplateMap) map = lia_template_map_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  lia_template_map_take (map, "customer.name", lia_template_value_new_text ("Ann Lee"));
  self->context = lia_template_context_new (LIA_TEMPLATE_VALUES (map), "en", zone, NOW_MS);
  self->buffer = gtk_text_buffer_new (NULL);
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
  self->fields = lia_response_fields_new (self->buffer);
  self->told = g_string_new (NULL);
  g_signal_connect_swapped (self->fields, "added", G_CALLBACK (on_told_cb), self->told);
  g_signal_connect_swapped (self->fields, "removed", G_CALLBACK (on_removed_cb), self->told);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->fields);
  g_object_unref (self->buffer);
  g_object_unref (self->context);
  g_string_free (self->told, TRUE);
}

static LiaCanned *
make (const char *id,
      const char *body)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *variant = lia_canned_variant_new ();

  g_set_str (&canned->id, id);
  g_set_str (&variant->body, body);
  g_ptr_array_add (canned->variants, variant);
  g_ptr_array_add (canned->actions, lia_canned_action_new ("tag", "refund"));

  return canned;
}

static void
insert_canned (Fixture   *self,
               LiaCanned *canned,
               guint      n_typed)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (((LiaCannedVariant *)canned->variants->pdata[0])->body, &errors);

  g_assert_nonnull (template);
  lia_response_fields_insert (self->fields, canned, LIA_CANNED_FORMALITY_FORMAL, template, self->context, n_typed, "", "");
}

static void
insert (Fixture    *self,
        const char *id,
        const char *body)
{
  g_autoptr (LiaCanned) canned = make (id, body);

  insert_canned (self, canned, 0);
}

/* As a text view does it */
static void
type (Fixture    *self,
      const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gtk_text_buffer_begin_user_action (self->buffer);
      gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
      gtk_text_buffer_insert_interactive_at_cursor (self->buffer, p, (int)(g_utf8_next_char (p) - p), TRUE);
      gtk_text_buffer_end_user_action (self->buffer);
    }
}

static void
backspace (Fixture *self)
{
  GtkTextIter iter;

  if (gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE))
    return;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, gtk_text_buffer_get_insert (self->buffer));
  gtk_text_buffer_backspace (self->buffer, &iter, TRUE, TRUE);
}

static void
put_caret (Fixture *self,
           int      place)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, place);
  gtk_text_buffer_place_cursor (self->buffer, &iter);
}

static void
assert_text_at (Fixture    *self,
                const char *expected,
                int         line)
{
  g_autofree char *text = NULL;

  g_object_get (self->buffer, "text", &text, NULL);
  if (!g_str_equal (text, expected))
    g_error ("line %d: “%s” instead of “%s”", line, text, expected);
}

#define assert_text(self, expected) assert_text_at (self, expected, __LINE__)

static void
assert_selected (Fixture    *self,
                 const char *expected)
{
  GtkTextIter      from, to;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_selection_bounds (self->buffer, &from, &to);
  text = gtk_text_buffer_get_text (self->buffer, &from, &to, TRUE);
  g_assert_cmpstr (text, ==, expected);
}

static guint
unfilled (Fixture *self)
{
  return lia_response_fields_count_unfilled (self->fields);
}

static void
test_insert (Fixture      *self,
             gconstpointer data)
{
  gtk_text_buffer_set_text (self->buffer, "See /ref", -1);
  put_caret (self, 8);
  {
    g_autoptr (LiaCanned) canned = make ("r_1", "Dear {{customer.name}}");

    insert_canned (self, canned, 4);
  }
  assert_text (self, "See Dear Ann Lee");
  g_assert_cmpuint (unfilled (self), ==, 0);
  g_assert_cmpstr (self->told->str, ==, "+");
}

static void
test_one_undo_takes_all_back (Fixture      *self,
                              gconstpointer data)
{
  g_autoptr (LiaCanned) canned = make ("r_1", "{{greeting}}Hi{{end}}Order {{ask \"Number\"}} is {{ask \"State\"}}.{{farewell}}Bye{{end}}");

  type (self, "Well /x");
  insert_canned (self, canned, 2);
  assert_text (self, "Hi\n\nWell Order [Number] is [State].\n\nBye");
  g_assert_cmpuint (unfilled (self), ==, 2);
  gtk_text_buffer_undo (self->buffer);
  assert_text (self, "Well /x");
  g_assert_cmpuint (unfilled (self), ==, 0);
  g_assert_cmpstr (self->told->str, ==, "+-");

  /* What comes again is asked for again */
  gtk_text_buffer_redo (self->buffer);
  assert_text (self, "Hi\n\nWell Order [Number] is [State].\n\nBye");
  g_assert_cmpuint (unfilled (self), ==, 2);
  g_assert_cmpstr (self->told->str, ==, "+-+");
  g_assert_true (lia_response_fields_select_next (self->fields, FALSE));
  type (self, "7");
  g_assert_cmpuint (unfilled (self), ==, 1);
}

static void
test_tab_and_type (Fixture      *self,
                   gconstpointer data)
{
  insert (self, "r_1", "Order {{ask \"Number\"}} for {{ask \"Name\"}}: {{ask \"Number\"}}, yes.");
  assert_text (self, "Order [Number] for [Name]: [Number], yes.");
  assert_selected (self, "[Number]");
  g_assert_cmpuint (unfilled (self), ==, 3);

  type (self, "A 7");
  assert_text (self, "Order A 7 for [Name]: A 7, yes.");
  g_assert_cmpuint (unfilled (self), ==, 1);
  g_assert_true (lia_response_fields_select_next (self->fields, FALSE));
  assert_selected (self, "[Name]");
  type (self, "Jörg");
  assert_text (self, "Order A 7 for Jörg: A 7, yes.");
  g_assert_false (lia_response_fields_select_next (self->fields, FALSE));

  /* Each letter is a step, and takes its copy with it. */
  gtk_text_buffer_undo (self->buffer);
  g_assert_cmpuint (unfilled (self), <=, 1);
  while (unfilled (self) < 3)
    gtk_text_buffer_undo (self->buffer);
  assert_text (self, "Order [Number] for [Name]: [Number], yes.");
}

static void
test_tab_goes_round (Fixture      *self,
                     gconstpointer data)
{
  insert (self, "r_1", "{{ask \"One\"}} {{ask \"Two\"}} {{ask \"Three\"}}");
  assert_selected (self, "[One]");
  lia_response_fields_select_next (self->fields, FALSE);
  assert_selected (self, "[Two]");
  lia_response_fields_select_next (self->fields, FALSE);
  lia_response_fields_select_next (self->fields, FALSE);
  assert_selected (self, "[One]");
  lia_response_fields_select_next (self->fields, TRUE);
  assert_selected (self, "[Three]");
  lia_response_fields_select_next (self->fields, TRUE);
  assert_selected (self, "[Two]");
}

/* However somebody works at a question, what is left of it is no answer. */
static void
test_half_a_question (Fixture      *self,
                      gconstpointer data)
{
  insert (self, "r_1", "No. {{ask \"Number\"}}!");
  put_caret (self, 12);
  backspace (self);
  assert_text (self, "No. [Number]!");
  g_assert_cmpuint (unfilled (self), ==, 1);
  put_caret (self, 6);
  assert_selected (self, "[Number]");
  backspace (self);
  assert_text (self, "No. [Number]!");
  g_assert_cmpuint (unfilled (self), ==, 1);
  type (self, "  ");
  g_assert_cmpuint (unfilled (self), ==, 1);
  type (self, "5");
  assert_text (self, "No. 5!");
  g_assert_cmpuint (unfilled (self), ==, 0);
  backspace (self);
  assert_text (self, "No. [Number]!");
  g_assert_cmpuint (unfilled (self), ==, 1);
}

static void
test_deleted_with_text (Fixture      *self,
                        gconstpointer data)
{
  GtkTextIter from, to;

  insert (self, "r_1", "Keep this. No. {{ask \"Number\"}}!");
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, 10);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  gtk_text_buffer_delete_interactive (self->buffer, &from, &to, TRUE);
  assert_text (self, "Keep this.");
  g_assert_cmpuint (unfilled (self), ==, 0);
  gtk_text_buffer_undo (self->buffer);
  g_assert_cmpuint (unfilled (self), ==, 1);
}

/* What is typed behind a field that is filled in is the letter's, not the field's */
static void
test_typing_on (Fixture      *self,
                gconstpointer data)
{
  insert (self, "r_1", "{{ask \"Amount\" number}} {{ask \"Amount\" number}} {{choose \"State\": new / old}} {{ask \"Name\"}}");
  type (self, "12 pieces");
  assert_text (self, "12 pieces 12 [State] [Name]");
  lia_response_fields_select_next (self->fields, FALSE);
  type (self, "new!");
  assert_text (self, "12 pieces 12 new! [Name]");
  lia_response_fields_select_next (self->fields, FALSE);
  type (self, "Ann\nBye");
  assert_text (self, "12 pieces 12 new! Ann\nBye");
  g_assert_cmpuint (unfilled (self), ==, 0);
}

static void
test_number (Fixture      *self,
             gconstpointer data)
{
  insert (self, "r_1", "{{ask \"Amount\" number}} and {{ask \"Amount\" number}}");
  type (self, "x");
  g_assert_cmpuint (unfilled (self), ==, 2);
  backspace (self);
  type (self, "12");
  assert_text (self, "12 and 12");
  g_assert_cmpuint (unfilled (self), ==, 0);
}

static void
test_date (Fixture      *self,
           gconstpointer data)
{
  insert (self, "r_1", "On {{ask \"Day\" date}}.");
  type (self, "2026-11-2");
  g_assert_cmpuint (unfilled (self), ==, 1);
  type (self, "5");
  g_assert_cmpuint (unfilled (self), ==, 0);
}

static void
fill (Fixture    *self,
      const char *label,
      const char *answer)
{
  g_autoptr (GPtrArray) list = lia_response_fields_list (self->fields);

  for (guint i = 0; i < list->len; i++)
    {
      LiaTemplateField *field = list->pdata[i];
      g_autoptr (LiaTemplateValue) value = answer != NULL ? lia_template_value_new_text (answer) : NULL;

      if (g_str_equal (field->label, label))
        lia_response_fields_fill (self->fields, field->key, value);
    }
}

static void
test_choice_changes_words (Fixture      *self,
                           gconstpointer data)
{
  insert (self, "r_1", "Reason: {{choose \"Reason\": broken / lost}}. {{if \"Reason\" is lost}}We search for {{ask \"Thing\"}}.{{else}}We repair it.{{end}} Bye");
  assert_text (self, "Reason: [Reason]. We repair it. Bye");
  fill (self, "Reason", "lost");
  assert_text (self, "Reason: lost. We search for [Thing]. Bye");
  g_assert_cmpuint (unfilled (self), ==, 1);
  gtk_text_buffer_undo (self->buffer);
  assert_text (self, "Reason: [Reason]. We repair it. Bye");
  g_assert_cmpuint (unfilled (self), ==, 1);
  gtk_text_buffer_redo (self->buffer);
  fill (self, "Reason", "broken");
  assert_text (self, "Reason: broken. We repair it. Bye");
  g_assert_cmpuint (unfilled (self), ==, 0);
}

/* What the agent wrote stays, wherever other words come in */
static void
test_choice_in_edited (Fixture      *self,
                       gconstpointer data)
{
  insert (self, "r_1", "Start. {{choose \"Reason\": broken / lost}}{{if \"Reason\" is lost}}, so we search for {{ask \"Thing\"}}{{end}}. The end.");
  put_caret (self, 0);
  type (self, "My own words. ");
  fill (self, "Reason", "lost");
  assert_text (self, "My own words. Start. lost, so we search for [Thing]. The end.");
  g_assert_cmpuint (unfilled (self), ==, 1);
}

static void
test_optional (Fixture      *self,
               gconstpointer data)
{
  insert (self, "r_1", "A.\n\n{{optional \"Note\"}}Mind the {{ask \"Thing\"}}.{{end}}\n\nZ.");
  assert_text (self, "A.\n\nZ.");
  g_assert_cmpuint (unfilled (self), ==, 0);
  fill (self, "Note", "yes");
  assert_text (self, "A.\n\nMind the [Thing].\n\nZ.");
  g_assert_cmpuint (unfilled (self), ==, 1);
  g_assert_true (lia_response_fields_select_next (self->fields, FALSE));
  type (self, "gap");
  assert_text (self, "A.\n\nMind the gap.\n\nZ.");
  fill (self, "Note", NULL);
  assert_text (self, "A.\n\nZ.");
  g_assert_cmpuint (unfilled (self), ==, 0);
}

static void
test_stacked (Fixture      *self,
              gconstpointer data)
{
  const char *one = "{{greeting}}Dear {{customer.name}},{{end}}First {{ask \"Number\"}}.{{farewell}}Best regards{{end}}";
  const char *two = "{{greeting}}Hello!{{end}}Second {{ask \"Number\"}}.{{farewell}}Yours{{end}}";

  insert (self, "r_1", one);
  type (self, "7");
  insert (self, "r_2", two);
  assert_text (self, "Dear Ann Lee,\n\nFirst 7.\n\nSecond 7.\n\nBest regards");
  g_assert_cmpuint (unfilled (self), ==, 0);
  put_caret (self, gtk_text_buffer_get_char_count (self->buffer));
  insert (self, "r_3", "Third.");
  assert_text (self, "Dear Ann Lee,\n\nFirst 7.\n\nSecond 7.\n\nThird.\n\nBest regards");
}

static void
test_greeting_by_hand (Fixture      *self,
                       gconstpointer data)
{
  type (self, "Hi Ann,\n\n");
  insert (self, "r_1", "{{greeting}}Dear {{customer.name}},{{end}}Yes.");
  assert_text (self, "Hi Ann,\n\nYes.");
}

static void
test_used (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GPtrArray) used = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  const LiaDraftResponse *one;

  insert (self, "r_1", "{{greeting}}Hi{{end}}Order {{ask \"Number\"}}.");
  type (self, "7");
  used = lia_response_fields_dup_used (self->fields);
  actions = lia_response_fields_dup_actions (self->fields);
  g_assert_cmpuint (used->len, ==, 1);
  one = used->pdata[0];
  g_assert_cmpstr (one->response, ==, "r_1");
  g_assert_cmpstr (one->text, ==, "Hi\n\nOrder 7.");
  g_assert_cmpint (one->formality, ==, LIA_CANNED_FORMALITY_FORMAL);
  g_assert_false (one->edited);
  g_assert_cmpuint (actions->len, ==, 1);

  put_caret (self, 1);
  type (self, "x");
  g_clear_pointer (&used, g_ptr_array_unref);
  used = lia_response_fields_dup_used (self->fields);
  one = used->pdata[0];
  g_assert_true (one->edited);
  g_assert_cmpstr (one->text, ==, "Hi\n\nOrder 7.");
  g_assert_cmpstr (one->sent, ==, "Hxi\n\nOrder 7.");

  gtk_text_buffer_set_text (self->buffer, "", -1);
  g_clear_pointer (&used, g_ptr_array_unref);
  used = lia_response_fields_dup_used (self->fields);
  g_assert_cmpuint (used->len, ==, 0);
}

static void
test_saved (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *saved = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) used = NULL;

  g_assert_null (lia_response_fields_save (self->fields));
  insert (self, "r_1", "{{customer.name}}: {{choose \"Reason\": broken / lost}} {{ask \"Number\" number}}{{if \"Reason\" is lost}} of {{ask \"Thing\"}}{{end}}. {{optional \"Note\"}}Note.{{end}}");
  type (self, "broken");
  saved = lia_response_fields_save (self->fields);
  g_object_get (self->buffer, "text", &text, NULL);

  /* Another app: it has the draft, and nothing else. */
  g_object_unref (self->fields);
  gtk_text_buffer_set_text (self->buffer, text, -1);
  self->fields = lia_response_fields_new (self->buffer);
  lia_response_fields_restore (self->fields, saved);
  g_assert_cmpuint (unfilled (self), ==, 1);
  fill (self, "Reason", "lost");
  assert_text (self, "Ann Lee: lost [Number] of [Thing].");
  g_assert_cmpuint (unfilled (self), ==, 2);
  lia_response_fields_select_next (self->fields, FALSE);
  type (self, "12");
  lia_response_fields_select_next (self->fields, FALSE);
  type (self, "it");
  fill (self, "Note", "yes");
  assert_text (self, "Ann Lee: lost 12 of it. Note.");
  used = lia_response_fields_dup_used (self->fields);
  g_assert_false (((LiaDraftResponse *)used->pdata[0])->edited);
}

static void
test_broken_save (Fixture      *self,
                  gconstpointer data)
{
  const char *const broken[] = { "", "({}, [])", "{", "nonsense", "(@a{s(ybsdxas)} {}, [('r', 9, @a(ss) [], '{{', '', '', 0, @a{s(ybsdxas)} {}, 5, 2, false, @a(uussu) [])])" };

  gtk_text_buffer_set_text (self->buffer, "Text", -1);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    lia_response_fields_restore (self->fields, broken[i]);
  g_assert_cmpuint (unfilled (self), ==, 0);
}

static void
add (const char *path,
     void (*test) (Fixture *self, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  lia_icons_guard ();

  add ("/response-fields/insert", test_insert);
  add ("/response-fields/one-undo-takes-all-back", test_one_undo_takes_all_back);
  add ("/response-fields/tab-and-type", test_tab_and_type);
  add ("/response-fields/tab-goes-round", test_tab_goes_round);
  add ("/response-fields/half-a-question", test_half_a_question);
  add ("/response-fields/deleted-with-text", test_deleted_with_text);
  add ("/response-fields/typing-on", test_typing_on);
  add ("/response-fields/number", test_number);
  add ("/response-fields/date", test_date);
  add ("/response-fields/choice-changes-words", test_choice_changes_words);
  add ("/response-fields/choice-in-edited", test_choice_in_edited);
  add ("/response-fields/optional", test_optional);
  add ("/response-fields/stacked", test_stacked);
  add ("/response-fields/greeting-by-hand", test_greeting_by_hand);
  add ("/response-fields/used", test_used);
  add ("/response-fields/saved", test_saved);
  add ("/response-fields/broken-save", test_broken_save);

  return g_test_run ();
}
