/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-template-private.h"
#include "lia-template-scan.h"

G_BEGIN_DECLS

typedef enum {
  LIA_TEMPLATE_BLOCK_IF,
  LIA_TEMPLATE_BLOCK_OPTIONAL,
  LIA_TEMPLATE_BLOCK_GREETING,
  LIA_TEMPLATE_BLOCK_FAREWELL,
} LiaTemplateBlockKind;

typedef struct
{
  LiaTemplateBlockKind kind;
  LiaTemplateNode     *node;  /* of if and optional */
  GPtrArray           *nodes; /* where what comes next belongs */
  guint                start; /* of the tag, for the error that it has no end */
  guint                end;
  gboolean             has_else;
} LiaTemplateBlock;

/* What parsing one response needs; shared by lia-template-parser.c, which goes through the text, and the files that know what stands in a tag. */
typedef struct
{
  LiaTemplateScan  scan;
  GArray          *blocks; /* of LiaTemplateBlock: those that are open, the innermost last */
  GHashTable      *fields; /* char* label (of the value) -> LiaTemplateField */
  GPtrArray       *greeting;
  GPtrArray       *body;
  GPtrArray       *farewell;
  LiaTemplateNode *last_text; /* the node right before the tag that is parsed, if it is text */
  gsize            skip_next; /* bytes of the next text that belong to the line of the last tag */
  guint            n_nodes;
  gboolean         stopped; /* by a limit */
} LiaTemplateParser;

LiaTemplateBlock             *lia_template_parser_get_block (LiaTemplateParser *self);
void                          lia_template_parser_add (LiaTemplateParser *self,
                                                       LiaTemplateNode   *node);
void                          lia_template_parser_close_block (LiaTemplateParser *self);
const char                   *lia_template_block_get_word (const LiaTemplateBlock *self);
gboolean                      lia_template_parse_block (LiaTemplateParser *self,
                                                        guint              start);
LiaTemplateNode              *lia_template_parse_value (LiaTemplateParser *self,
                                                        guint              start);
LiaTemplateNode              *lia_template_parse_ask (LiaTemplateParser *self,
                                                      guint              start);
LiaTemplateNode              *lia_template_parse_choose (LiaTemplateParser *self,
                                                         guint              start);
LiaTemplateNode              *lia_template_parse_optional (LiaTemplateParser *self,
                                                           guint              start);
GPtrArray                    *lia_template_parse_tests (LiaTemplateParser *self);
const LiaTemplatePlaceholder *lia_template_parse_name (LiaTemplateParser *self);
LiaTemplateStyle              lia_template_parse_style (LiaTemplateParser *self,
                                                        LiaTemplateType    type);

G_END_DECLS
