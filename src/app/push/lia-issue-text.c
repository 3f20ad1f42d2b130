/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-issue-text.h"

#include <string.h>

struct _LiaIssueText
{
  GtkTextView parent_instance;

  GtkTextTag *heading;
  GtkTextTag *quote;
  GtkTextTag *item;
  GtkTextTag *code;
  GtkTextTag *sign;   /* what says which of these a line is */
  GtkTextTag *absent; /* what does not leave: a heading below which nothing stands */
  GtkTextTag *redacted;
};

G_DEFINE_FINAL_TYPE (LiaIssueText, lia_issue_text, GTK_TYPE_TEXT_VIEW)

/* A part of the text, in bytes */
static void
mark (LiaIssueText *self,
      GtkTextTag   *tag,
      const char   *text,
      const char   *start,
      const char   *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    from;
  GtkTextIter    to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, (int)g_utf8_pointer_to_offset (text, start));
  gtk_text_buffer_get_iter_at_offset (buffer, &to, (int)g_utf8_pointer_to_offset (text, end));
  gtk_text_buffer_apply_tag (buffer, tag, &from, &to);
}

static const char *
end_of_line (const char *line)
{
  const char *end = strchr (line, '\n');

  return end != NULL ? end + 1 : line + strlen (line);
}

/* The first line behind @line that is not blank */
static const char *
next_line (const char *line)
{
  const char *next = end_of_line (line);

  while (*next == '\n')
    next++;

  return next;
}

/* Nothing stands below it: it only reminds somebody of what to say. */
static gboolean
is_empty_heading (const char *line)
{
  const char *next = next_line (line);

  return g_str_has_prefix (line, "## ") && (*next == '\0' || g_str_has_prefix (next, "## "));
}

/* Where only line feeds follow */
static const char *
end_of_text (const char *text)
{
  const char *end = text + strlen (text);

  while (end > text && end[-1] == '\n')
    end--;

  return end;
}

static void
mark_line (LiaIssueText *self,
           const char   *text,
           const char   *line)
{
  const char *end = end_of_line (line);

  if (is_empty_heading (line))
    mark (self, self->absent, text, line, next_line (line));
  else if (g_str_has_prefix (line, "## "))
    {
      mark (self, self->heading, text, line, end);
      mark (self, self->sign, text, line, line + strlen ("## "));
    }
  else if (g_str_has_prefix (line, "> "))
    {
      mark (self, self->quote, text, line, end);
      mark (self, self->sign, text, line, line + strlen ("> "));
    }
  else if (g_str_has_prefix (line, "- "))
    mark (self, self->item, text, line, end);
}

static void
mark_lines (LiaIssueText *self,
            const char   *text)
{
  gboolean code = FALSE;

  for (const char *line = text; *line != '\0'; line = end_of_line (line))
    {
      const gboolean fence = g_str_has_prefix (line, "```");

      if (fence)
        {
          mark (self, self->sign, text, line, end_of_line (line));
          code = !code;
        }
      else if (code)
        mark (self, self->code, text, line, end_of_line (line));
      else
        mark_line (self, text, line);
    }
}

/* Where the placeholders stand in the source; the dialect of a tracker moves them. */
static void
mark_redactions (LiaIssueText   *self,
                 LiaPushPreview *preview,
                 const char     *text)
{
  const gsize length = strlen (text);

  for (guint i = 0; i < preview->redactions->len; i++)
    {
      const LiaPushRedaction *redaction = preview->redactions->pdata[i];

      if (!redaction->in_title && redaction->end <= (gint64)length)
        mark (self, self->redacted, text, text + redaction->start, text + redaction->end);
    }
}

static void
set_text (LiaIssueText *self,
          const char   *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), text, -1);
}

/** lia_issue_text_show: as it can be read there. */
void
lia_issue_text_show (LiaIssueText   *self,
                     LiaPushPreview *preview)
{
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self), FALSE);
  set_text (self, preview->source);
  mark_lines (self, preview->source);
  mark (self, self->absent, preview->source, end_of_text (preview->source), preview->source + strlen (preview->source));
  mark_redactions (self, preview, preview->source);
}

/** lia_issue_text_show_exactly: each byte that leaves. */
void
lia_issue_text_show_exactly (LiaIssueText   *self,
                             LiaPushPreview *preview)
{
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self), TRUE);
  set_text (self, preview->sent_text);
}

/** lia_issue_text_edit: to be changed. */
void
lia_issue_text_edit (LiaIssueText   *self,
                     LiaPushPreview *preview)
{
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self), TRUE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (self), TRUE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (self), TRUE);
  set_text (self, preview->source);
  mark_redactions (self, preview, preview->source);
}

/** lia_issue_text_dup_text: (transfer full): all of it, as it was edited. */
char *
lia_issue_text_dup_text (LiaIssueText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
lia_issue_text_class_init (LiaIssueTextClass *klass)
{
}

static void
lia_issue_text_init (LiaIssueText *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  const GdkRGBA  yellow = { 0.90f, 0.65f, 0.04f, 0.32f };

  self->heading = gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, "scale", 1.1, NULL);
  self->quote = gtk_text_buffer_create_tag (buffer, NULL, "left-margin", 30, "style", PANGO_STYLE_ITALIC, NULL);
  self->item = gtk_text_buffer_create_tag (buffer, NULL, "left-margin", 24, "indent", -10, NULL);
  self->code = gtk_text_buffer_create_tag (buffer, NULL, "family", "monospace", NULL);
  self->sign = gtk_text_buffer_create_tag (buffer, NULL, "invisible", TRUE, NULL);
  self->absent = gtk_text_buffer_create_tag (buffer, NULL, "invisible", TRUE, NULL);
  self->redacted = gtk_text_buffer_create_tag (buffer, NULL, "background-rgba", &yellow, "weight", PANGO_WEIGHT_SEMIBOLD, NULL);

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (self), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (self), 12);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (self), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (self), 12);
}
