/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-issue-form.h"

#include <string.h>

/*
 * The text of an issue before it is one: what a person reads and edits, in a notation of its own that is the same for all trackers. A line that begins
 * with "## " is a heading, "> " somebody's words, "- " an item; what stands between lines of "```" is code; anything else is a paragraph up to the next
 * blank line. Nothing else means anything. A form is the same with places to be filled in: {{title}}, {{product}}, {{component}}, {{page}},
 * {{quotes}}, {{customers}}. A line of which no place is known anything about is left out, and so is a heading below which nothing stands when the text
 * leaves, so a form may have headings that only remind somebody of what to say.
 */

#define FENCE "```"

static const char *const places[] = { "title", "product", "component", "page", "quotes", "customers", NULL };

static const char *const usual[LIA_FINDING_N_KINDS] = {
  [LIA_FINDING_BUG] = "## What happens\n{{quotes}}\n\n## What was expected\n\n## How to see it\n\n## Where\n- {{product}}\n- {{component}}\n- {{page}}\n\n"
                      "## Whom it concerns\n{{customers}}\n",
  [LIA_FINDING_USABILITY] = "## What is hard\n{{quotes}}\n\n## What would help\n\n## Where\n- {{product}}\n- {{component}}\n- {{page}}\n\n"
                            "## Whom it concerns\n{{customers}}\n",
  [LIA_FINDING_NEED] = "## What is needed\n{{quotes}}\n\n## What for\n\n## Where\n- {{product}}\n- {{component}}\n- {{page}}\n\n## Whom it concerns\n{{customers}}\n",
  [LIA_FINDING_PRAISE] = "## What is liked\n{{quotes}}\n\n## Where\n- {{product}}\n- {{component}}\n- {{page}}\n\n## Who says so\n{{customers}}\n",
  [LIA_FINDING_SITE_FAILED] = "## Which page\n- {{page}}\n\n## What was looked for there\n{{quotes}}\n\n## Where\n- {{product}}\n- {{component}}\n\n"
                              "## Whom it concerns\n{{customers}}\n",
};

/** lia_issue_form_usual: the form of a tracker that has none of its own. */
const char *
lia_issue_form_usual (LiaFindingKind kind)
{
  return usual[kind];
}

/* The name of the place that begins at @at ("{{"), and where the text goes on behind it; NULL when none does. */
static char *
read_place (const char  *at,
            const char **end)
{
  const char *close = strstr (at, "}}");

  if (close == NULL || memchr (at, '\n', (gsize)(close - at)) != NULL)
    return NULL;
  *end = close + 2;

  return g_strstrip (g_strndup (at + 2, (gsize)(close - at) - 2));
}

/** lia_issue_form_find_unknown: (transfer full) (nullable): the first place of a form that nothing is filled into. */
char *
lia_issue_form_find_unknown (const char *form)
{
  for (const char *at = strstr (form, "{{"); at != NULL; at = strstr (at + 1, "{{"))
    {
      const char      *end;
      g_autofree char *name = read_place (at, &end);

      if (name != NULL && !g_strv_contains (places, name))
        return g_steal_pointer (&name);
    }

  return NULL;
}

/* Each behind "> ", with a blank line between two. */
static void
append_quotes (GString   *out,
               GPtrArray *quotes)
{
  for (guint i = 0; i < quotes->len; i++)
    {
      g_auto (GStrv) lines = g_strsplit (quotes->pdata[i], "\n", -1);

      g_string_append (out, i > 0 ? "\n\n" : "");
      for (guint n = 0; lines[n] != NULL; n++)
        g_string_append_printf (out, "%s> %s", n > 0 ? "\n" : "", g_strchomp (lines[n]));
    }
}

static void
append_customers (GString *out,
                  gint64   customers)
{
  if (customers == 1)
    g_string_append (out, "Reported by one customer.");
  else if (customers > 1)
    g_string_append_printf (out, "Reported by %" G_GINT64_FORMAT " customers.", customers);
}

static gboolean
append_value (GString             *out,
              const char          *name,
              const LiaIssueFacts *facts)
{
  const gsize before = out->len;

  if (g_str_equal (name, "quotes"))
    append_quotes (out, facts->quotes);
  else if (g_str_equal (name, "customers"))
    append_customers (out, facts->customers);
  else if (g_str_equal (name, "title"))
    g_string_append (out, facts->title);
  else if (g_str_equal (name, "product"))
    g_string_append (out, facts->product);
  else if (g_str_equal (name, "component"))
    g_string_append (out, facts->component);
  else if (g_str_equal (name, "page"))
    g_string_append (out, facts->page);

  return out->len > before;
}

/* FALSE when the line has places, and nothing is known for any of them */
static gboolean
fill_line (GString             *out,
           const char          *line,
           const LiaIssueFacts *facts)
{
  gboolean has_places = FALSE;
  gboolean known = FALSE;

  while (*line != '\0')
    {
      const char      *end;
      g_autofree char *name = g_str_has_prefix (line, "{{") ? read_place (line, &end) : NULL;

      if (name == NULL)
        {
          g_string_append_c (out, *line++);
          continue;
        }
      has_places = TRUE;
      known = append_value (out, name, facts) || known;
      line = end;
    }

  return known || !has_places;
}

/** lia_issue_form_fill: (transfer full): the text as a person gets it to read. What is filled in is never a place itself. */
char *
lia_issue_form_fill (const char          *form,
                     const LiaIssueFacts *facts)
{
  g_auto (GStrv) lines = g_strsplit (form, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const gsize before = out->len;

      if (fill_line (out, lines[i], facts))
        g_string_append (out, lines[i + 1] != NULL ? "\n" : "");
      else
        g_string_truncate (out, before);
    }

  return g_string_free_and_steal (out);
}

/* One block: what stands before each of its lines, and these without it */
typedef struct
{
  LiaBlockKind kind;
  const char  *mark;
  GString     *text;
} Piece;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_string_free (piece->text, TRUE);
  g_free (piece);
}

/* NULL: a blank line, which ends whatever stands above it */
static const char *
mark_of (const char   *line,
         LiaBlockKind *kind)
{
  static const struct
  {
    const char  *mark;
    LiaBlockKind kind;
  } marks[] = { { "## ", LIA_BLOCK_HEADING }, { "> ", LIA_BLOCK_QUOTE }, { ">", LIA_BLOCK_QUOTE }, { "- ", LIA_BLOCK_ITEM } };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (g_str_has_prefix (line, marks[i].mark))
        {
          *kind = marks[i].kind;
          return marks[i].mark;
        }
    }
  *kind = LIA_BLOCK_PARAGRAPH;

  return *line != '\0' ? "" : NULL;
}

static Piece *
add_piece (GPtrArray   *pieces,
           LiaBlockKind kind,
           const char  *mark)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->kind = kind;
  piece->mark = mark;
  piece->text = g_string_new (NULL);
  g_ptr_array_add (pieces, piece);

  return piece;
}

/* Whether a line of this kind goes on with the block above it. */
static gboolean
joins (const Piece *piece,
       LiaBlockKind kind)
{
  return piece != NULL && piece->kind == kind && (kind == LIA_BLOCK_QUOTE || kind == LIA_BLOCK_PARAGRAPH);
}

/* The blocks. Blank lines only end them. */
static GPtrArray *
cut (const char *source)
{
  g_auto (GStrv) lines = g_strsplit (source, "\n", -1);
  GPtrArray *pieces = g_ptr_array_new_with_free_func (piece_free);
  Piece     *piece = NULL;
  gboolean   code = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char  *line = g_strchomp (lines[i]);
      LiaBlockKind kind;
      const char  *mark = mark_of (line, &kind);

      if (g_str_has_prefix (line, FENCE))
        {
          code = !code;
          piece = code ? add_piece (pieces, LIA_BLOCK_CODE, "") : NULL;
        }
      else if (code)
        g_string_append_printf (piece->text, "%s%s", piece->text->len > 0 ? "\n" : "", line);
      else if (mark == NULL)
        piece = NULL;
      else if (joins (piece, kind))
        g_string_append_printf (piece->text, "\n%s", line + strlen (mark));
      else
        {
          piece = add_piece (pieces, kind, kind == LIA_BLOCK_QUOTE ? "> " : mark);
          g_string_append (piece->text, line + strlen (mark));
        }
    }

  return pieces;
}

static void
append_piece (GString     *out,
              const Piece *piece,
              const char  *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (piece->kind == LIA_BLOCK_CODE)
    g_string_append (out, FENCE "\n");
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "%s%s\n", piece->mark, lines[i]);
  if (piece->kind == LIA_BLOCK_CODE)
    g_string_append (out, FENCE "\n");
}

/* Items, and what stands below a heading, need no blank line. */
static gboolean
wants_blank (const Piece *above,
             const Piece *below)
{
  return above->kind != LIA_BLOCK_HEADING && !(above->kind == LIA_BLOCK_ITEM && below->kind == LIA_BLOCK_ITEM);
}

/** lia_issue_source_rewrite: (transfer full): the same text with each block as @rewrite has it, and one blank line between two. */
char *
lia_issue_source_rewrite (const char     *source,
                          LiaIssueRewrite rewrite,
                          gpointer        data)
{
  g_autoptr (GPtrArray) pieces = cut (source);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece     *piece = pieces->pdata[i];
      g_autofree char *text = rewrite (piece->text->str, data);

      if (i > 0 && (wants_blank (pieces->pdata[i - 1], piece) || piece->kind == LIA_BLOCK_HEADING))
        g_string_append_c (out, '\n');
      append_piece (out, piece, text);
    }

  return g_string_free_and_steal (out);
}

/** lia_issue_source_parse: (transfer full): without the headings below which nothing stands. */
LiaDocument *
lia_issue_source_parse (const char *source)
{
  g_autoptr (GPtrArray) pieces = cut (source);
  LiaDocument *document = lia_document_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = pieces->pdata[i];
      const Piece *below = i + 1 < pieces->len ? pieces->pdata[i + 1] : NULL;

      if (piece->kind != LIA_BLOCK_HEADING || (below != NULL && below->kind != LIA_BLOCK_HEADING))
        lia_document_add (document, piece->kind, piece->text->str);
    }

  return document;
}
