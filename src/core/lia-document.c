/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-document.h"

#include "lia-words-private.h"

#include <string.h>

/*
 * A small tree of blocks, rendered to the dialect of a tracker. All text in it is outside text: each dialect has one function that makes a line of it
 * harmless, and every block goes through it, but code, which trackers leave alone.
 */

typedef struct
{
  const char *heading; /* what stands before a heading, a line of a quote, an item */
  const char *quote;
  const char *item;
  const char *code_begin;
  const char *code_end;
  const char *line_end; /* between two lines of one paragraph */
  void (*append_line) (GString    *out,
                       const char *line,
                       gsize       length);
} Dialect;

LIA_DEFINE_WORDS (LiaDialect, lia_dialect, "gfm", "textile", "jira", "plain")

G_DEFINE_FINAL_TYPE (LiaDocument, lia_document, G_TYPE_OBJECT)

static void
block_free (gpointer data)
{
  LiaBlock *block = data;

  g_free (block->text);
  g_free (block->uri);
  g_free (block);
}

static void
lia_document_finalize (GObject *object)
{
  g_clear_pointer (&LIA_DOCUMENT (object)->blocks, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_document_parent_class)->finalize (object);
}

static void
lia_document_class_init (LiaDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_document_finalize;
}

static void
lia_document_init (LiaDocument *self)
{
  self->blocks = g_ptr_array_new_with_free_func (block_free);
}

static void
append_escaped (GString    *out,
                const char *line,
                gsize       length,
                const char *special)
{
  for (gsize i = 0; i < length; i++)
    {
      if (line[i] != '\0' && strchr (special, line[i]) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, line[i]);
    }
}

/*
 * CommonMark 0.31, 2.4: a backslash takes the meaning from any punctuation. ":" so that no address becomes a link. A line that begins with "/close"
 * GitLab would carry out, before it looks at anything else.
 */
static void
append_gfm (GString    *out,
            const char *line,
            gsize       length)
{
  if (length > 0 && line[0] == '/')
    g_string_append_c (out, '\\');
  append_escaped (out, line, length, "\\`*_{}[]<>()#+-.!|~&:$\"'=^@");
}

/* Textile has no backslash; it leaves references to characters alone. */
static void
append_textile (GString    *out,
                const char *line,
                gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr ("&<>\"*_-+^~@%![]{}()|#:=?`\\/", line[i]) != NULL && line[i] != '\0')
        g_string_append_printf (out, "&#%d;", line[i]);
      else
        g_string_append_c (out, line[i]);
    }
}

/* "Text effects" of Jira's notation help: a backslash before any special sign; it knows no HTML. */
static void
append_jira (GString    *out,
             const char *line,
             gsize       length)
{
  append_escaped (out, line, length, "\\*_-?+^~{}[]|#!:;()@%");
}

static void
append_plain (GString    *out,
              const char *line,
              gsize       length)
{
  g_string_append_len (out, line, length);
}

static const Dialect dialects[] = {
  [LIA_DIALECT_GFM] = { "## ", "> ", "- ", "", "", "\\\n", append_gfm },
  [LIA_DIALECT_TEXTILE] = { "h2. ", "> ", "* ", "<pre>\n", "</pre>\n", "\n", append_textile },
  [LIA_DIALECT_JIRA] = { "h2. ", "bq. ", "* ", "{noformat}\n", "{noformat}\n", "\n", append_jira },
  [LIA_DIALECT_PLAIN] = { "", "> ", "- ", "", "", "\n", append_plain },
};

/* A fence of more backticks than stand in the code (CommonMark 4.5) */
static char *
fence_for (const char *code)
{
  gsize longest = 2;

  for (const char *at = strchr (code, '`'); at != NULL; at = strchr (at, '`'))
    {
      gsize length = strspn (at, "`");

      longest = MAX (longest, length);
      at += length;
    }

  return g_strnfill (longest + 1, '`');
}

static void
append_code (GString       *out,
             const Dialect *dialect,
             const char    *code)
{
  g_autofree char *fence = dialect == &dialects[LIA_DIALECT_GFM] ? fence_for (code) : NULL;
  g_autoptr (GString) safe = g_string_new (code);

  /* The ends of the block itself must not stand in it */
  if (dialect == &dialects[LIA_DIALECT_TEXTILE])
    {
      g_string_replace (safe, "&", "&amp;", 0);
      g_string_replace (safe, "<", "&lt;", 0);
    }
  if (dialect == &dialects[LIA_DIALECT_JIRA])
    g_string_replace (safe, "{", "{\u2060", 0);

  g_string_append_printf (out, "%s%s%s%s%s%s%s", fence != NULL ? fence : dialect->code_begin, fence != NULL ? "\n" : "", safe->str,
                          safe->len > 0 && safe->str[safe->len - 1] == '\n' ? "" : "\n", fence != NULL ? fence : dialect->code_end, fence != NULL ? "\n" : "", "\n");
}

/* All lines of @text behind @prefix. A blank line ends a paragraph. */
static void
append_lines (GString       *out,
              const Dialect *dialect,
              const char    *prefix,
              const char    *text)
{
  g_autofree char *calm = lia_document_calm (text);
  g_auto (GStrv) lines = g_strsplit_set (g_strchomp (calm), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]); /* four blanks would be code */
      gboolean    goes_on = lines[i + 1] != NULL && line[0] != '\0' && g_strstrip (lines[i + 1])[0] != '\0';

      g_string_append (out, prefix);
      dialect->append_line (out, line, strlen (line));
      g_string_append (out, goes_on ? dialect->line_end : "\n");
    }
}

/* What stands before each of its lines. */
static const char *
prefix_of (const Dialect *dialect,
           LiaBlockKind   kind)
{
  if (kind == LIA_BLOCK_QUOTE)
    return dialect->quote;

  return kind == LIA_BLOCK_ITEM ? dialect->item : "";
}

static void
append_heading (GString       *out,
                const Dialect *dialect,
                const char    *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\r\n", ' ');

  append_lines (out, dialect, dialect->heading, line);
  g_string_append_c (out, '\n');
}

/* Only the web and mail; anything else stays words. */
static gboolean
is_linkable (const char *uri)
{
  return uri != NULL && (g_str_has_prefix (uri, "https://") || g_str_has_prefix (uri, "http://") || g_str_has_prefix (uri, "liaison:")) &&
         strpbrk (uri, " \t\r\n<>\"'()[]{}|\\`*_") == NULL;
}

static void
append_link (GString        *out,
             LiaDialect      kind,
             const LiaBlock *block)
{
  g_autofree char *title = lia_document_calm (block->text);
  g_autoptr (GString) safe = g_string_new (NULL);

  g_strdelimit (title, "\r\n", ' ');
  dialects[kind].append_line (safe, title, strlen (title));
  if (!is_linkable (block->uri))
    g_string_append_printf (out, "%s\n\n", safe->str);
  else if (kind == LIA_DIALECT_GFM)
    g_string_append_printf (out, "[%s](<%s>)\n\n", safe->str, block->uri);
  else if (kind == LIA_DIALECT_TEXTILE)
    g_string_append_printf (out, "\"%s\":%s\n\n", safe->str, block->uri);
  else if (kind == LIA_DIALECT_JIRA)
    g_string_append_printf (out, "[%s|%s]\n\n", safe->str, block->uri);
  else
    g_string_append_printf (out, "%s: %s\n\n", safe->str, block->uri);
}

LiaDocument *
lia_document_new (void)
{
  return g_object_new (LIA_TYPE_DOCUMENT, NULL);
}

/** lia_document_add: @text is taken as it is: whatever in it looks like markup will be shown, not meant. */
void
lia_document_add (LiaDocument *self,
                  LiaBlockKind kind,
                  const char  *text)
{
  LiaBlock *block = g_new0 (LiaBlock, 1);

  g_return_if_fail (LIA_IS_DOCUMENT (self) && text != NULL);

  block->kind = kind;
  block->text = g_utf8_make_valid (text, -1);
  g_ptr_array_add (self->blocks, block);
}

/** lia_document_add_link: addresses that are not of the web are shown as their title alone. */
void
lia_document_add_link (LiaDocument *self,
                       const char  *title,
                       const char  *uri)
{
  lia_document_add (self, LIA_BLOCK_LINK, title);
  ((LiaBlock *)g_ptr_array_index (self->blocks, self->blocks->len - 1))->uri = g_strdup (uri);
}

/**
 * lia_document_render:
 *
 * Returns: (transfer full): the text in a tracker's dialect: no mention, no reference, no HTML, no image comes of any word of it
 */
char *
lia_document_render (LiaDocument *self,
                     LiaDialect   kind)
{
  const Dialect *dialect;
  GString       *out = g_string_new (NULL);

  g_return_val_if_fail (LIA_IS_DOCUMENT (self) && kind < G_N_ELEMENTS (dialects), NULL);

  dialect = &dialects[kind];
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const LiaBlock *block = g_ptr_array_index (self->blocks, i);
      const LiaBlock *next = i + 1 < self->blocks->len ? g_ptr_array_index (self->blocks, i + 1) : NULL;

      if (block->kind == LIA_BLOCK_HEADING)
        append_heading (out, dialect, block->text);
      else if (block->kind == LIA_BLOCK_CODE)
        append_code (out, dialect, block->text);
      else if (block->kind == LIA_BLOCK_LINK)
        append_link (out, kind, block);
      else
        {
          append_lines (out, dialect, prefix_of (dialect, block->kind), block->text);
          if (block->kind != LIA_BLOCK_ITEM || next == NULL || next->kind != LIA_BLOCK_ITEM)
            g_string_append_c (out, '\n');
        }
    }
  g_string_truncate (out, out->len - (out->len > 0 ? 1 : 0));

  return g_string_free_and_steal (out);
}
