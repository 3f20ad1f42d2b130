/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-parser-private.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What the agent fills in:
 *
 *   ask "label" [text|number|date] [as style] [| proposal]      choose "label": a / b / c [| proposal]      optional "label"
 */

#define MAX_LABEL_CHARS 100
#define MAX_CHOICES 50

static char *
parse_label (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *label = NULL;
  guint            start;

  lia_template_scan_blanks (scan);
  start = scan->chars;
  if (!lia_template_scan_is_quote (scan))
    {
      lia_template_scan_error (scan, start, start + (*scan->at != '\0'), NULL, _ ("Here stands what you are to be asked, in quotation marks: \"Order number\"."));
      return NULL;
    }

  label = lia_template_scan_quoted (scan, FALSE);
  if (label == NULL)
    return NULL;

  g_strstrip (label);
  if (label[0] == '\0' || g_utf8_strlen (label, -1) > MAX_LABEL_CHARS || strpbrk (label, "\n\r") != NULL)
    {
      lia_template_scan_error (scan, start, scan->chars, NULL, _ ("What you are asked has to be one line of 1 to %d characters."), MAX_LABEL_CHARS);
      return NULL;
    }

  return g_steal_pointer (&label);
}

static gboolean
same_choices (const LiaTemplateField *a,
              const LiaTemplateField *b)
{
  if (a->choices == NULL || b->choices == NULL)
    return a->choices == b->choices;

  return g_strv_equal ((const char *const *)a->choices, (const char *const *)b->choices);
}

static gboolean
same_proposal (const LiaTemplateField *a,
               const LiaTemplateField *b)
{
  return b->proposed == NULL || (a->proposed != NULL && g_strcmp0 (a->proposed->text, b->proposed->text) == 0 && a->proposed->number == b->proposed->number &&
                                 a->proposed->time_ms == b->proposed->time_ms);
}

/* In a stack of responses, one may ask for a number and another for a day by the same name: these are two fields. */
static char *
make_key (const LiaTemplateField *field)
{
  static const char *const kinds[] = { "text", "number", "date", "choice", "optional" };
  g_autofree char         *choices = field->choices != NULL ? g_strjoinv ("/", field->choices) : NULL;

  return g_strjoin (":", kinds[field->kind], field->label, choices, NULL);
}

/* What is asked for again is the same field: it must be the same question. @field: (transfer full) */
static LiaTemplateField *
share_field (LiaTemplateParser *self,
             LiaTemplateField  *field,
             guint              start,
             gboolean           bare)
{
  LiaTemplateField *known = g_hash_table_lookup (self->fields, field->label);

  if (known == NULL)
    {
      field->key = make_key (field);
      g_hash_table_insert (self->fields, field->label, lia_template_field_ref (field));
      return field;
    }

  if (bare ? known->kind == LIA_TEMPLATE_FIELD_OPTIONAL : (known->kind != field->kind || !same_choices (known, field) || !same_proposal (known, field)))
    lia_template_scan_error (&self->scan, start, self->scan.chars, NULL, _ ("“%s” was asked for in another way before. Give this one another name, or ask in the same way."), field->label);
  lia_template_field_unref (field);

  return lia_template_field_ref (known);
}

static LiaTemplateValue *
read_proposal (const LiaTemplateField *field,
               const char             *text)
{
  char  *end;
  double number;

  if (field->kind == LIA_TEMPLATE_FIELD_DATE)
    return lia_template_value_new_date_from_string (text);
  if (field->kind == LIA_TEMPLATE_FIELD_CHOICE)
    return lia_template_value_new_text (text);
  if (field->kind != LIA_TEMPLATE_FIELD_NUMBER)
    return lia_template_value_new_lines (text);

  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0')
    return NULL;

  return strspn (text, "0123456789") == strlen (text) ? lia_template_value_new_digits (text) : lia_template_value_new_number (number);
}

static void
parse_proposal (LiaTemplateParser *self,
                LiaTemplateField  *field)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *text = NULL;
  guint            start;

  lia_template_scan_blanks (scan);
  if (!lia_template_scan_literal (scan, "|"))
    return;

  lia_template_scan_blanks (scan);
  start = scan->chars;
  text = lia_template_scan_is_quote (scan) ? lia_template_scan_quoted (scan, FALSE) : lia_template_scan_until (scan, "");
  if (text == NULL)
    return;

  field->proposed = read_proposal (field, text);
  if (field->proposed != NULL && lia_template_field_accepts (field, field->proposed))
    return;

  if (field->kind == LIA_TEMPLATE_FIELD_NUMBER)
    lia_template_scan_error (scan, start, scan->chars, NULL, _ ("What is proposed has to be a number, such as 10 or 2.5."));
  else if (field->kind == LIA_TEMPLATE_FIELD_DATE)
    lia_template_scan_error (scan, start, scan->chars, NULL, _ ("What is proposed has to be a day, such as 2026-12-24."));
  else if (field->kind == LIA_TEMPLATE_FIELD_CHOICE)
    lia_template_scan_error (scan, start, scan->chars, field->choices[0], _ ("What is proposed has to be one of the choices."));
  else
    lia_template_scan_error (scan, start, scan->chars, NULL, _ ("After | something to propose is missing."));
}

static LiaTemplateNode *
field_node_new (LiaTemplateNodeKind kind,
                guint               start,
                LiaTemplateField   *field)
{
  LiaTemplateNode *node = lia_template_node_new (kind, start);

  node->field = field;

  return node;
}

static LiaTemplateType
type_of (LiaTemplateFieldKind kind)
{
  return kind == LIA_TEMPLATE_FIELD_NUMBER ? LIA_TEMPLATE_NUMBER : kind == LIA_TEMPLATE_FIELD_DATE ? LIA_TEMPLATE_DATE
                                                                                                   : LIA_TEMPLATE_TEXT;
}

/** lia_template_parse_ask: after "ask". */
LiaTemplateNode *
lia_template_parse_ask (LiaTemplateParser *self,
                        guint              start)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *label = parse_label (self);
  g_autoptr (LiaTemplateField) field = NULL;
  LiaTemplateStyle style;
  gboolean         bare = FALSE;

  if (label == NULL)
    return NULL;

  field = lia_template_field_new (LIA_TEMPLATE_FIELD_TEXT, NULL, label);
  lia_template_scan_blanks (scan);
  if (lia_template_scan_keyword (scan, "number"))
    field->kind = LIA_TEMPLATE_FIELD_NUMBER;
  else if (lia_template_scan_keyword (scan, "date"))
    field->kind = LIA_TEMPLATE_FIELD_DATE;
  else
    bare = !lia_template_scan_keyword (scan, "text");

  /* Asking again need not say everything again, so a style is one of what was asked for first */
  if (bare && g_hash_table_contains (self->fields, label))
    style = lia_template_parse_style (self, type_of (((LiaTemplateField *)g_hash_table_lookup (self->fields, label))->kind));
  else
    style = lia_template_parse_style (self, type_of (field->kind));

  parse_proposal (self, field);
  bare &= field->proposed == NULL;

  LiaTemplateNode *node = field_node_new (LIA_TEMPLATE_NODE_FIELD, start, share_field (self, g_steal_pointer (&field), start, bare));
  node->style = style;

  return node;
}

static GStrv
parse_choices (LiaTemplateParser *self)
{
  LiaTemplateScan *scan = &self->scan;
  g_autoptr (GStrvBuilder) choices = g_strv_builder_new ();
  guint n = 0;

  do
    {
      g_autofree char *choice = NULL;
      g_autoptr (LiaTemplateValue) answer = NULL;
      guint start;

      lia_template_scan_blanks (scan);
      start = scan->chars;
      choice = lia_template_scan_is_quote (scan) ? lia_template_scan_quoted (scan, FALSE) : lia_template_scan_until (scan, "/|");
      if (choice == NULL)
        return NULL;
      answer = lia_template_value_new_text (choice); /* what an agent who takes it gives */
      if (answer == NULL || strpbrk (choice, "\r\n") != NULL || ++n > MAX_CHOICES)
        {
          lia_template_scan_error (scan, start, MAX (scan->chars, start + (*scan->at != '\0')), NULL, _ ("Here a choice belongs: one line of text. There can be %d, with / between them."), MAX_CHOICES);
          return NULL;
        }
      g_strv_builder_add (choices, answer->text);
      lia_template_scan_blanks (scan);
    }
  while (lia_template_scan_literal (scan, "/"));

  return g_strv_builder_end (choices);
}

/** lia_template_parse_choose: after "choose". */
LiaTemplateNode *
lia_template_parse_choose (LiaTemplateParser *self,
                           guint              start)
{
  LiaTemplateScan *scan = &self->scan;
  g_autofree char *label = parse_label (self);
  g_autoptr (LiaTemplateField) field = NULL;

  if (label == NULL)
    return NULL;

  lia_template_scan_blanks (scan);
  if (!lia_template_scan_literal (scan, ":"))
    {
      lia_template_scan_error (scan, scan->chars, scan->chars + (*scan->at != '\0'), NULL, _ ("After a colon the choices belong here: \"Reason\": broken / lost."));
      return NULL;
    }

  field = lia_template_field_new (LIA_TEMPLATE_FIELD_CHOICE, NULL, label);
  field->choices = parse_choices (self);
  if (field->choices == NULL)
    return NULL;

  parse_proposal (self, field);

  return field_node_new (LIA_TEMPLATE_NODE_FIELD, start, share_field (self, g_steal_pointer (&field), start, FALSE));
}

/** lia_template_parse_optional: after "optional". */
LiaTemplateNode *
lia_template_parse_optional (LiaTemplateParser *self,
                             guint              start)
{
  g_autofree char *label = parse_label (self);

  if (label == NULL)
    return NULL;

  return field_node_new (LIA_TEMPLATE_NODE_OPTIONAL, start,
                         share_field (self, lia_template_field_new (LIA_TEMPLATE_FIELD_OPTIONAL, NULL, label), start, FALSE));
}
