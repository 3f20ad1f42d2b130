/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-field.h"
#include "lia-template-locale.h"
#include "lia-template-placeholder.h"
#include "lia-template.h"

G_BEGIN_DECLS

/* The tree that a response becomes. Nothing in it changes once lia_template_parse() has returned. */

typedef enum {
  LIA_TEMPLATE_NODE_TEXT,
  LIA_TEMPLATE_NODE_LITERAL,  /* {{"…"}} */
  LIA_TEMPLATE_NODE_VERBATIM, /* {{verbatim}}…{{end}} */
  LIA_TEMPLATE_NODE_VALUE,
  LIA_TEMPLATE_NODE_FIELD, /* ask and choose */
  LIA_TEMPLATE_NODE_OPTIONAL,
  LIA_TEMPLATE_NODE_IF,
} LiaTemplateNodeKind;

typedef enum {
  LIA_TEMPLATE_IS_KNOWN,
  LIA_TEMPLATE_IS,
  LIA_TEMPLATE_IS_NOT,
  LIA_TEMPLATE_HAS,
  LIA_TEMPLATE_LESS,
  LIA_TEMPLATE_LESS_OR_EQUAL,
  LIA_TEMPLATE_MORE,
  LIA_TEMPLATE_MORE_OR_EQUAL,
} LiaTemplateOperator;

/* One side of a comparison: exactly one of the three is set */
typedef struct
{
  const LiaTemplatePlaceholder *placeholder;
  char                         *label; /* of a field */
  LiaTemplateValue             *value; /* written there: a text, a number or a day */
} LiaTemplateOperand;

typedef struct
{
  gboolean            alternative; /* "or" stands before it: what follows up to the next "or" is tried if nothing before was true */
  gboolean            negated;
  LiaTemplateOperand  left;
  LiaTemplateOperator comparison;
  LiaTemplateOperand  right; /* unset for IS_KNOWN */
} LiaTemplateTest;

typedef struct
{
  GPtrArray *tests; /* of LiaTemplateTest; NULL: else */
  GPtrArray *nodes;
} LiaTemplateBranch;

typedef enum {
  LIA_TEMPLATE_MINUTES,
  LIA_TEMPLATE_HOURS,
  LIA_TEMPLATE_DAYS,
  LIA_TEMPLATE_WEEKS,
  LIA_TEMPLATE_MONTHS,
  LIA_TEMPLATE_YEARS,
} LiaTemplateUnit;

typedef struct
{
  LiaTemplateNodeKind kind;
  guint               start; /* of the text or the opening tag, in characters of the source */
  guint               length;
  gboolean            own_lines;  /* of optional and if: no text stands on the line of the tag that opens it */
  char               *text;       /* of text, literal and verbatim: as it was written */
  gsize               skip_start; /* of text: bytes that belong to the line of a tag that stands alone on it */
  gsize               skip_end;
  GPtrArray          *placeholders; /* of a value: itself, then those to fall back to */
  int                 offset;
  LiaTemplateUnit     unit;
  char               *fallback; /* of a value: after the last placeholder, "" = leave it out, NULL = ask */
  LiaTemplateStyle    style;
  LiaTemplateField   *field;    /* of fields and optional parts */
  GPtrArray          *nodes;    /* of an optional part */
  GPtrArray          *branches; /* of if */
} LiaTemplateNode;

struct _LiaTemplate
{
  GObject parent_instance;

  GPtrArray *greeting; /* of LiaTemplateNode, or NULL */
  GPtrArray *bodies;   /* of GPtrArray of LiaTemplateNode: one, or those that were stacked */
  GPtrArray *farewell; /* or NULL */
};

LiaTemplateNode   *lia_template_node_new (LiaTemplateNodeKind kind,
                                          guint               start);
GPtrArray         *lia_template_nodes_new (void);
LiaTemplateBranch *lia_template_branch_new (GPtrArray *tests);
LiaTemplateTest   *lia_template_test_new (void);
void               lia_template_test_free (LiaTemplateTest *self);
void               lia_template_node_free (LiaTemplateNode *self);
const char        *lia_template_style_get_words (LiaTemplateStyle style);
const char        *lia_template_unit_get_word (LiaTemplateUnit unit);
const char        *lia_template_operator_get_word (LiaTemplateOperator op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateNode, lia_template_node_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTemplateTest, lia_template_test_free)

G_END_DECLS
