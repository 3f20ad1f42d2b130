/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaDialect:
 * @LIA_DIALECT_GFM: GitHub, GitLab, Forgejo and Gitea, Redmine with CommonMark
 * @LIA_DIALECT_TEXTILE: Redmine as it was set up before that
 * @LIA_DIALECT_JIRA: the wiki notation of Jira Data Center
 * @LIA_DIALECT_PLAIN: Bugzilla, and who takes text as it is
 *
 * How a tracker writes its texts. Jira Cloud's are documents, which its adapter makes of plain text.
 */
typedef enum {
  LIA_DIALECT_GFM,
  LIA_DIALECT_TEXTILE,
  LIA_DIALECT_JIRA,
  LIA_DIALECT_PLAIN,
} LiaDialect;

const char *lia_dialect_to_string (LiaDialect value);
gboolean    lia_dialect_from_string (const char *word,
                                     LiaDialect *value);

typedef enum {
  LIA_BLOCK_HEADING,
  LIA_BLOCK_PARAGRAPH,
  LIA_BLOCK_QUOTE, /* somebody's own words */
  LIA_BLOCK_CODE,
  LIA_BLOCK_ITEM, /* of a list: those that stand together are one */
  LIA_BLOCK_LINK,
} LiaBlockKind;

/**
 * LiaBlock:
 * @text: UTF-8 as somebody wrote it, with line ends; nothing in it is markup
 * @uri: of a link, else NULL
 */
typedef struct
{
  LiaBlockKind kind;
  char        *text;
  char        *uri;
} LiaBlock;

#define LIA_TYPE_DOCUMENT (lia_document_get_type ())

G_DECLARE_FINAL_TYPE (LiaDocument, lia_document, LIA, DOCUMENT, GObject)

/**
 * LiaDocument:
 * @blocks: (element-type LiaBlock)
 *
 * The text of an issue, before a tracker's dialect is known.
 */
struct _LiaDocument
{
  GObject parent_instance;

  GPtrArray *blocks;
};

LiaDocument *lia_document_new (void);
void         lia_document_add (LiaDocument *self,
                               LiaBlockKind kind,
                               const char  *text);
void         lia_document_add_link (LiaDocument *self,
                                    const char  *title,
                                    const char  *uri);
char        *lia_document_render (LiaDocument *self,
                                  LiaDialect   dialect);
char        *lia_document_calm (const char *text);

G_END_DECLS
