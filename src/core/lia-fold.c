/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-fold.h"

#include "lia-fold-known.h"
#include "lia-fold-marks.h"

#include <string.h>

/*
 * What of a message is quote and what signature. Lines get a class, from four kinds of evidence:
 *
 *   `>` at the start · words that earlier messages of the conversation have (lia-fold-known.c) · attribution lines, quoted headers, "Original
 *   Message" lines (lia-fold-marks.c), after which everything is quote · `-- ` and "Sent from my …"
 *
 * Then runs of quoted lines become folds: always when nothing of the sender's follows, else (answers between the lines) only long ones.
 * In doubt a part stays visible, and a message of which nothing would be left is not folded at all. Linear in the length of the text.
 */

#define LONG_RUN 6         /* lines; a shorter quote between answers stays visible */
#define BARE_RUN_WORDS 12  /* known words that count as a quote without any mark around them */
#define SIGNATURE_LINES 25 /* after `-- `; more is no signature */
#define FORWARD_WORDS 25   /* with so few own words above a quoted header, a first message is a forward */
#define MAX_LINES 100000   /* later ones stay visible */

typedef enum {
  LINE_BLANK,
  LINE_TEXT,
  LINE_MARKED, /* starts with > */
  LINE_QUOTED, /* known, or after a mark that says so */
  LINE_MARK,   /* attribution and the like: part of the quote that follows */
} LineClass;

typedef struct
{
  const char *text;
  guint       n_lines;
  gsize      *starts; /* n_lines + 1 */
  guint8     *classes;
  guint16    *words;
  guint16    *known;
  guint       marked_end; /* no > from this line on */
  gboolean    has_earlier;
} Message;

static void
message_clear (Message *self)
{
  g_free (self->starts);
  g_free (self->classes);
  g_free (self->words);
  g_free (self->known);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Message, message_clear)

static const char *
line_at (const Message *self,
         guint          line,
         gsize         *length)
{
  const char *start = self->text + self->starts[line];
  const char *end = self->text + self->starts[line + 1];

  while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
    end--;

  *length = end - start;

  return start;
}

static void
split_lines (Message    *self,
             const char *text)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize length = strlen (text);
  gsize start = 0;

  while (start < length && starts->len < MAX_LINES)
    {
      const char *end = memchr (text + start, '\n', length - start);

      g_array_append_val (starts, start);
      start = end != NULL ? (gsize)(end - text) + 1 : length;
    }

  self->text = text;
  self->n_lines = starts->len;
  g_array_append_val (starts, start);
  self->starts = (gsize *)g_array_free (g_steal_pointer (&starts), FALSE);
  self->classes = g_new0 (guint8, self->n_lines + 1);
  self->words = g_new0 (guint16, self->n_lines + 1);
  self->known = g_new0 (guint16, self->n_lines + 1);
}

static LineClass
first_class (const char *line,
             gsize       length,
             guint       words,
             guint       known)
{
  gsize indent = 0;

  while (indent < length && (g_ascii_isspace (line[indent]) || ((guchar)line[indent] == 0xc2 && (guchar)line[indent + 1] == 0xa0)))
    indent += line[indent] == '\xc2' ? 2 : 1;

  if (indent >= length)
    return LINE_BLANK;

  if (line[indent] == '>' && indent <= 3)
    return LINE_MARKED;

  return words > 0 && known * 10 >= words * 6 ? LINE_QUOTED : LINE_TEXT;
}

static gboolean
is_own (const Message *self,
        guint          line)
{
  return self->classes[line] == LINE_TEXT || self->classes[line] == LINE_QUOTED;
}

/* The attribution that ends in @line: how strong, and how many lines it has. */
static LiaFoldMark
find_attribution (const Message *self,
                  guint          line,
                  guint         *n_lines)
{
  LiaFoldMark best = LIA_FOLD_MARK_NONE;
  gsize       end_length;
  const char *end = line_at (self, line, &end_length) + end_length;

  if (g_strstr_len (end - MIN (end_length, 10), MIN (end_length, 10), ":") == NULL &&
      g_strstr_len (end - MIN (end_length, 10), MIN (end_length, 10), "：") == NULL)
    return LIA_FOLD_MARK_NONE;

  for (guint count = 1; count <= 3 && count <= line + 1 && best != LIA_FOLD_MARK_STRONG; count++)
    {
      g_autofree char *joined = NULL;
      gsize            length;
      const char      *start = line_at (self, line + 1 - count, &length);
      LiaFoldMark      mark;

      if (!is_own (self, line + 1 - count) || end - start > 400)
        break;

      joined = g_strdelimit (g_strndup (start, end - start), "\r\n", ' ');
      mark = lia_fold_mark_attribution (joined, strlen (joined));

      if (mark > best)
        {
          best = mark;
          *n_lines = count;
        }
    }

  /* "On Mon, Nov 10," / "2025 at 10:00 Ann <ann@example.com> wrote:": the second line alone was enough, the first belongs to it */
  if (best != LIA_FOLD_MARK_NONE && *n_lines < 3 && line >= *n_lines)
    {
      gsize       length;
      const char *above = line_at (self, line - *n_lines, &length);

      if (is_own (self, line - *n_lines) && length > 4 && length < 120 && above[length - 1] == ',' && end - above <= 400)
        (*n_lines)++;
    }

  return best;
}

/* A quoted header at @line: From and at least one more field on the next lines. Returns how many lines it has, 0 = none. */
static guint
find_header (const Message *self,
             guint          line)
{
  guint fields = 0;
  guint last = line;

  for (guint i = line; i < self->n_lines && i < line + 12; i++)
    {
      gsize       length;
      const char *text = line_at (self, i, &length);
      guint       field = lia_fold_mark_header (text, length);

      if (i == line && field != LIA_FOLD_HEADER_FROM)
        return 0;

      if (field != 0)
        last = i;
      else if (self->classes[i] == LINE_BLANK ? i > line + 1 : i > last + 2)
        break;

      fields |= field;
    }

  return __builtin_popcount (fields) >= 2 && (fields & ~(LIA_FOLD_HEADER_FROM | LIA_FOLD_HEADER_TO)) != 0 ? last - line + 1 : 0;
}

static void
set_classes (Message *self,
             guint    from,
             guint    to,
             LineClass class)
{
  for (guint i = from; i < to; i++)
    {
      if (self->classes[i] != LINE_BLANK && self->classes[i] != LINE_MARKED)
        self->classes[i] = class;
    }
}

static guint
words_between (const Message *self,
               guint          from,
               guint          to)
{
  guint words = 0;

  for (guint i = from; i < to; i++)
    words += self->words[i];

  return words;
}

/*
 * From @from on everything is quote. But people answer between the lines of such quotes too: what is all new, and has known lines
 * above and below, is theirs.
 */
static void
quote_to_end (Message *self,
              guint    from)
{
  guint first_known = from;
  guint last_known;

  while (first_known < self->n_lines && self->known[first_known] == 0)
    first_known++;

  for (last_known = self->n_lines; last_known > first_known && self->known[last_known - 1] == 0;)
    last_known--;

  for (guint i = from; i < self->n_lines; i++)
    {
      gboolean answer = i > first_known && i < last_known && self->known[i] == 0 && self->words[i] >= 4;

      if (self->classes[i] == LINE_TEXT && !answer)
        self->classes[i] = LINE_QUOTED;
    }
}

/* The next line that is not blank, or n_lines. */
static guint
next_line (const Message *self,
           guint          line)
{
  while (line < self->n_lines && self->classes[line] == LINE_BLANK)
    line++;

  return line;
}

/* Returns whether all that follows is quote. */
static gboolean
mark_attribution (Message *self,
                  guint    line)
{
  guint       n_lines = 0;
  LiaFoldMark mark = find_attribution (self, line, &n_lines);
  guint       next;

  if (mark == LIA_FOLD_MARK_NONE)
    return FALSE;

  next = next_line (self, line + 1);

  if (next < self->n_lines && (self->classes[next] == LINE_MARKED || self->classes[next] == LINE_QUOTED))
    {
      set_classes (self, line + 1 - n_lines, line + 1, LINE_MARK);
    }
  else if (mark == LIA_FOLD_MARK_STRONG && next < self->n_lines && self->marked_end <= next)
    {
      /* A program that marks quotes would have marked this one, so where there are marks below it is no quote. */
      set_classes (self, line + 1 - n_lines, line + 1, LINE_MARK);
      quote_to_end (self, next);
      return TRUE;
    }

  return FALSE;
}

/* Takes the line of underscores above into the quote as well. */
static guint
with_rule (const Message *self,
           guint          line)
{
  for (guint i = line; i > 0 && line - i < 3; i--)
    {
      gsize       length;
      const char *text = line_at (self, i - 1, &length);

      if (lia_fold_mark_rule (text, length))
        return i - 1;

      if (self->classes[i - 1] != LINE_BLANK)
        break;
    }

  return line;
}

static void
find_marks (Message *self)
{
  gboolean forwarded = FALSE;

  for (guint line = 0; line < self->n_lines; line++)
    {
      gsize       length;
      const char *text = line_at (self, line, &length);
      guint       header;

      if (!is_own (self, line))
        continue;

      if (lia_fold_mark_forwarded (text, length))
        {
          forwarded = TRUE;
        }
      else if (lia_fold_mark_original (text, length))
        {
          set_classes (self, line, line + 1, LINE_MARK);
          quote_to_end (self, line + 1);
          return;
        }
      else if ((header = find_header (self, line)) > 0)
        {
          gboolean first = !self->has_earlier && words_between (self, 0, line) < FORWARD_WORDS;

          if (!forwarded && !first)
            {
              set_classes (self, with_rule (self, line), line + header, LINE_MARK);
              quote_to_end (self, line + header);
              return;
            }

          forwarded = FALSE;
          line += header - 1;
        }
      else if (mark_attribution (self, line))
        {
          return;
        }
    }
}

static gboolean
is_delimiter (const Message *self,
              guint          line)
{
  gsize       length;
  const char *text = line_at (self, line, &length);

  return (length == 2 || (length == 3 && text[2] == ' ')) && text[0] == '-' && text[1] == '-';
}

static gboolean
is_device (const Message *self,
           guint          line)
{
  gsize       length;
  const char *text = line_at (self, line, &length);

  return is_own (self, line) && lia_fold_mark_device (text, length);
}

static void
add_fold (GArray        *folds,
          const Message *self,
          guint          from,
          guint          to,
          LiaFoldKind    kind)
{
  LiaFold     fold = { .start = self->starts[from], .kind = kind };
  gsize       length;
  const char *last;

  while (to > from + 1 && self->classes[to - 1] == LINE_BLANK)
    to--;

  last = line_at (self, to - 1, &length);
  fold.end = (gsize)(last - self->text) + length;
  g_array_append_val (folds, fold);
}

/* In the own lines from @from to @to: a signature at their end. */
static void
fold_signature (GArray        *folds,
                const Message *self,
                guint          from,
                guint          to)
{
  guint lines = 0;

  while (to > from && self->classes[to - 1] == LINE_BLANK)
    to--;

  for (guint line = to; line > from && lines <= SIGNATURE_LINES; line--)
    {
      if (is_delimiter (self, line - 1))
        {
          add_fold (folds, self, line - 1, to, LIA_FOLD_SIGNATURE);
          return;
        }

      lines += self->classes[line - 1] != LINE_BLANK;
    }

  if (to > from && is_device (self, to - 1))
    add_fold (folds, self, to - 1, to, LIA_FOLD_SIGNATURE);
}

/* The end of the run of quoted lines at @line; @line itself where there is none. */
static guint
run_end (const Message *self,
         guint          line)
{
  guint end = line;

  for (guint i = line; i < self->n_lines && self->classes[i] != LINE_TEXT; i++)
    {
      if (self->classes[i] == LINE_MARKED || self->classes[i] == LINE_QUOTED)
        end = i + 1;
    }

  return end;
}

static gboolean
is_quote (const Message *self,
          guint          from,
          guint          to)
{
  gboolean marked = FALSE;
  guint    lines = 0;
  guint    next = next_line (self, to);

  for (guint i = from; i < to; i++)
    {
      marked |= self->classes[i] == LINE_MARKED || self->classes[i] == LINE_MARK;
      lines += self->classes[i] != LINE_BLANK;
    }

  if (!marked && (words_between (self, from, to) < BARE_RUN_WORDS || (from > 0 && self->classes[from - 1] != LINE_BLANK)))
    return FALSE;

  return lines > LONG_RUN || next == self->n_lines || is_delimiter (self, next) || (is_device (self, next) && next + 1 == self->n_lines);
}

static gboolean
leaves_something (const Message *self,
                  GArray        *folds)
{
  guint    words = 0;
  gboolean certain = TRUE;

  for (guint line = 0, fold = 0; line < self->n_lines; line++)
    {
      while (fold < folds->len && g_array_index (folds, LiaFold, fold).end <= self->starts[line])
        fold++;

      if (fold == folds->len || self->starts[line] < g_array_index (folds, LiaFold, fold).start)
        words += self->words[line];
      else
        certain &= self->classes[line] != LINE_QUOTED || self->known[line] > 0;
    }

  return words >= 2 || (words == 1 && certain);
}

/**
 * lia_fold_find:
 * @text: a message, valid UTF-8
 * @earlier: (nullable) (array zero-terminated=1): the texts of the conversation's earlier messages, newest first; the first ten are used
 *
 * What a reader need not see again: quotes and signatures. Display only.
 *
 * Returns: (transfer full) (element-type LiaFold): in order, not overlapping; empty where nothing is to be folded
 */
GArray *
lia_fold_find (const char        *text,
               const char *const *earlier)
{
  g_autoptr (LiaFoldKnown) known = lia_fold_known_new (earlier);
  GArray *folds = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  g_auto (Message) self = { .has_earlier = known != NULL };
  guint own = 0;

  split_lines (&self, text);
  lia_fold_known_match (known, text, self.starts, self.n_lines, self.words, self.known);

  for (guint line = 0; line < self.n_lines; line++)
    {
      gsize       length;
      const char *start = line_at (&self, line, &length);

      self.classes[line] = first_class (start, length, self.words[line], self.known[line]);

      if (self.classes[line] == LINE_MARKED)
        self.marked_end = line + 1;
    }

  find_marks (&self);

  for (guint line = 0; line < self.n_lines;)
    {
      guint end = self.classes[line] == LINE_TEXT || self.classes[line] == LINE_BLANK ? line : run_end (&self, line);

      if (end > line && is_quote (&self, line, end))
        {
          fold_signature (folds, &self, own, line);
          add_fold (folds, &self, line, end, LIA_FOLD_QUOTE);
          own = end;
        }

      line = MAX (end, line + 1);
    }

  fold_signature (folds, &self, own, self.n_lines);

  if (!leaves_something (&self, folds))
    g_array_set_size (folds, 0);

  return folds;
}
