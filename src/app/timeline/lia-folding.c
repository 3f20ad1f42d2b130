/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which parts of an entry's text are shown. Quotes and signatures are folded until somebody asks for them, and of very long texts only the
 * beginning is shown: laying out a megabyte would stop the window for seconds. Nothing is ever cut from the text itself.
 */

#include "lia-folding.h"

#include <string.h>

#define LONG_BYTES (20 * 1024)
#define LONG_LINES 400
#define BEGINNING_BYTES (8 * 1024)
#define BEGINNING_LINES 120
#define STEP_BYTES (128 * 1024)

static guint64
bit_of (guint fold)
{
  return G_GUINT64_CONSTANT (1) << MIN (fold, 63);
}

gboolean
lia_folding_is_open (const LiaFolding *self,
                     guint             fold)
{
  return self != NULL && (self->open & bit_of (fold)) != 0;
}

void
lia_folding_toggle (LiaFolding *self,
                    guint       fold)
{
  self->open ^= bit_of (fold);
}

static gsize
nth_line_end (const char *text,
              gsize       length,
              guint       lines)
{
  const char *p = text;

  while (lines-- > 0 && p != NULL)
    {
      p = memchr (p, '\n', text + length - p);
      if (p != NULL)
        p++;
    }

  return p != NULL ? (gsize)(p - text) : length;
}

static gsize
cut (const char *text,
     gsize       length,
     gsize       bytes)
{
  gsize end = MIN (length, bytes);
  gsize at = end;

  if (end == length)
    return end;

  /* At the end of a line, when there is one near. */
  while (at > end - MIN (end, 500) && text[at - 1] != '\n')
    at--;
  if (at > end - MIN (end, 500))
    return at;

  while (end > 0 && (text[end] & 0xc0) == 0x80)
    end--;

  return end;
}

/** lia_folding_get_end: how many bytes of @text are shown; fewer than it has when it is very long. */
gsize
lia_folding_get_end (const LiaFolding *self,
                     const char       *text)
{
  gsize shown = self != NULL ? self->shown_bytes : 0;
  gsize length = strnlen (text, MAX (LONG_BYTES, shown) + 1);

  if (shown > 0)
    return cut (text, length, shown);

  if (length <= LONG_BYTES && nth_line_end (text, length, LONG_LINES) == length)
    return length;

  return cut (text, nth_line_end (text, length, BEGINNING_LINES), BEGINNING_BYTES);
}

/** lia_folding_show_more: the whole text, or as much more of it as can be laid out without a stop. */
void
lia_folding_show_more (LiaFolding *self,
                       const char *text)
{
  self->shown_bytes = lia_folding_get_end (self, text) + STEP_BYTES;
}

static gboolean
is_boundary (const char *text,
             gsize       at)
{
  return (text[at] & 0xc0) != 0x80;
}

static void
add_part (GArray     *parts,
          const char *text,
          gsize       start,
          gsize       end,
          int         fold)
{
  LiaTextPart part = { start, end, fold };
  gsize       line;

  while (part.end > part.start && g_ascii_isspace (text[part.end - 1]))
    part.end--;

  /* Blank lines before the first one go, its indentation stays. */
  line = part.start;
  while (line < part.end && g_ascii_isspace (text[line]))
    {
      if (text[line++] == '\n')
        part.start = line;
    }

  if (part.start < part.end)
    g_array_append_val (parts, part);
}

/* A signature and the quote below it are one thing to unfold, under the name of the first. */
static void
add_fold (GArray     *parts,
          const char *text,
          gsize       start,
          gsize       end,
          int         fold)
{
  LiaTextPart *last;

  add_part (parts, text, start, end, fold);
  if (parts->len < 2)
    return;

  last = &g_array_index (parts, LiaTextPart, parts->len - 2);
  if (last[0].fold < 0 || last[1].fold < 0)
    return;

  last[0].end = last[1].end;
  g_array_set_size (parts, parts->len - 1);
}

/**
 * lia_folding_get_parts:
 *
 * Returns: (transfer full) (element-type LiaTextPart): the parts of the text in their order, folded ones too
 */
GArray *
lia_folding_get_parts (const LiaFolding *self,
                       LiaEntry         *entry)
{
  GArray     *parts = g_array_new (FALSE, FALSE, sizeof (LiaTextPart));
  const char *text = entry->text != NULL ? entry->text : "";
  gsize       end = lia_folding_get_end (self, text);
  gsize       done = 0;

  for (guint i = 0; entry->folds != NULL && i < entry->folds->len; i++)
    {
      const LiaFold *fold = &g_array_index (entry->folds, LiaFold, i);

      /* Offsets come from the engine; a wrong one must not cut a character. */
      if (fold->start < done || fold->start >= fold->end || fold->start >= end || !is_boundary (text, fold->start) ||
          (fold->end < end && !is_boundary (text, fold->end)))
        continue;

      add_part (parts, text, done, fold->start, -1);
      done = MIN (fold->end, end);
      add_fold (parts, text, fold->start, done, (int)i);
    }

  add_part (parts, text, done, end, -1);

  return parts;
}

/** lia_folding_append_visible: what is shown of the bytes from @start to @end, as it is copied. */
void
lia_folding_append_visible (const LiaFolding *self,
                            LiaEntry         *entry,
                            gsize             start,
                            gsize             end,
                            GString          *out)
{
  g_autoptr (GArray) parts = lia_folding_get_parts (self, entry);
  gsize before = out->len;

  for (guint i = 0; i < parts->len; i++)
    {
      const LiaTextPart *part = &g_array_index (parts, LiaTextPart, i);
      gsize              from = MAX (start, part->start);
      gsize              to = MIN (end, part->end);

      if (from >= to || (part->fold >= 0 && !lia_folding_is_open (self, part->fold)))
        continue;

      if (out->len > before)
        g_string_append (out, "\n\n");
      g_string_append_len (out, entry->text + from, to - from);
    }
}
