/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-edit.h"

#include "lia-template.h"
#include "lia-word-changes.h"

#include <string.h>

/*
 * Where agents change what a response says. Three texts are compared: the response as it was written (source), what it said to one customer, and
 * what was sent. The first comparison tells which words are the response's own and which are values; a change of a value alone is none of the
 * response. For it each {{tag}} of the source is one character that no letter has.
 */

#define TAG "\xef\xbf\xbc" /* U+FFFC */
#define TAG_BYTES 3

/* The source with its tags replaced */
typedef struct
{
  GString   *text;
  GPtrArray *tags; /* char *, in their order */
} Skeleton;

/* Bytes of what was said and of the skeleton that belong together */
typedef struct
{
  gsize    said, said_end;
  gsize    own, own_end;
  gboolean same;
} Block;

/* Bytes of the skeleton that were replaced */
typedef struct
{
  gsize start, end;
  char *text;
} Change;

LiaCannedEdit *
lia_canned_edit_new (const char *before,
                     const char *after)
{
  LiaCannedEdit *self = g_new0 (LiaCannedEdit, 1);

  self->before = g_strdup (before);
  self->after = g_strdup (after);

  return self;
}

void
lia_canned_edit_free (LiaCannedEdit *self)
{
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

static void
change_clear (gpointer data)
{
  g_free (((Change *)data)->text);
}

static void
skeleton_clear (Skeleton *skeleton)
{
  g_string_free (skeleton->text, TRUE);
  g_ptr_array_unref (skeleton->tags);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Skeleton, skeleton_clear)

/* The byte behind the tag that begins at @at; NULL: it has no end */
static const char *
end_of_tag (const char *at)
{
  const char *end = strstr (at, "}}");

  return end != NULL ? end + 2 : NULL;
}

static Skeleton
make_skeleton (const char *source)
{
  Skeleton    skeleton = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) };
  const char *end;

  for (const char *at = source; *at != '\0';)
    {
      if (g_str_has_prefix (at, "{{") && (end = end_of_tag (at)) != NULL)
        {
          g_string_append (skeleton.text, TAG);
          g_ptr_array_add (skeleton.tags, g_strndup (at, end - at));
          at = end;
        }
      else
        {
          const char *next = g_utf8_next_char (at);

          g_string_append_len (skeleton.text, at, next - at);
          at = next;
        }
    }

  return skeleton;
}

/* Neighbouring pieces that are not the same become one block. */
static GArray *
find_blocks (const char *own,
             const char *said)
{
  g_autoptr (GArray) changes = lia_word_changes (own, said);
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  Block   at = { 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      const LiaWordChange *change = &g_array_index (changes, LiaWordChange, i);
      gsize                length = change->end - change->start;
      gboolean             same = change->change == LIA_WORDS_SAME;
      Block                next = { at.said_end, at.said_end, at.own_end, at.own_end, same };

      if (change->change != LIA_WORDS_REMOVED)
        next.said_end += length;
      if (change->change != LIA_WORDS_ADDED)
        next.own_end += length;
      if (blocks->len > 0 && !same && !g_array_index (blocks, Block, blocks->len - 1).same)
        {
          Block *last = &g_array_index (blocks, Block, blocks->len - 1);

          last->said_end = next.said_end;
          last->own_end = next.own_end;
        }
      else
        g_array_append_val (blocks, next);
      at = next;
    }

  return blocks;
}

/* Where in the response something was put in at @at; FALSE: into a value */
static gboolean
map_insertion (GArray *blocks,
               gsize   at,
               gsize  *own)
{
  const Block *found = NULL;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      if (block->same ? at >= block->said && at <= block->said_end : at > block->said && at < block->said_end)
        {
          found = block;
          break;
        }
    }
  if (found != NULL && !found->same)
    return FALSE;

  *own = found != NULL ? found->own + (at - found->said) : 0;

  return TRUE;
}

/* Which part of the response stood at @start to @end; FALSE: a value alone */
static gboolean
map_removal (GArray *blocks,
             gsize   start,
             gsize   end,
             gsize  *own,
             gsize  *own_end)
{
  gboolean found = FALSE;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      if (block->said >= end || block->said_end <= start)
        continue;
      if (!block->same && block->said <= start && block->said_end >= end)
        return FALSE;
      if (!found)
        *own = block->same ? block->own + (MAX (start, block->said) - block->said) : block->own;
      *own_end = block->same ? block->own + (MIN (end, block->said_end) - block->said) : block->own_end;
      found = TRUE;
    }

  return found;
}

static void
add_change (GArray     *changes,
            GArray     *blocks,
            gsize       start,
            gsize       end,
            const char *text)
{
  Change change = { 0 };

  if (start == end ? !map_insertion (blocks, start, &change.start) : !map_removal (blocks, start, end, &change.start, &change.end))
    return;
  change.end = MAX (change.start, change.end);
  change.text = lia_template_quote (text);
  g_array_append_val (changes, change);
}

/* What was sent instead of what was said, in places of the skeleton and in their order */
static GArray *
find_changes (GArray     *blocks,
              const char *said,
              const char *sent)
{
  g_autoptr (GArray) steps = lia_word_changes (said, sent);
  g_autoptr (GString) added = g_string_new (NULL);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  gsize   start = 0, end = 0;

  g_array_set_clear_func (changes, change_clear);
  for (guint i = 0; i <= steps->len; i++)
    {
      const LiaWordChange *step = i < steps->len ? &g_array_index (steps, LiaWordChange, i) : NULL;

      if (step == NULL || step->change == LIA_WORDS_SAME)
        {
          if (start != end || added->len > 0)
            add_change (changes, blocks, start, end, added->str);
          g_string_truncate (added, 0);
          start = end = step != NULL ? step->end : end;
        }
      else if (step->change == LIA_WORDS_REMOVED)
        end = step->end;
      else
        g_string_append_len (added, sent + step->start, step->end - step->start);
    }

  return changes;
}

static gboolean
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0x061f;
}

static gboolean
is_wide (gunichar c)
{
  return c == 0x3002 || c == 0xff01 || c == 0xff1f;
}

/* Where each sentence ends: behind its line, or behind the blanks that follow its mark */
static GArray *
find_sentences (const char *text)
{
  GArray  *ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  gunichar before = 0;
  gboolean marked = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean blank = c == ' ' || c == '\t';
      gsize    place = at - text;

      if (before == '\n' ? c != '\n' && c != '\r' : marked && !blank && c != '\n')
        g_array_append_val (ends, place);
      marked = blank ? marked || ends_sentence (before) : is_wide (c);
      if (!blank || !marked)
        before = c;
    }
  g_array_append_vals (ends, (gsize[]){ strlen (text) }, 1);

  return ends;
}

/* The sentences from the one that @start is in to the one that @end is in; what is added at an end belongs to what stands before it. */
static void
widen (GArray *sentences,
       gsize  *start,
       gsize  *end)
{
  gsize first = 0, from = *start, upto = *end;

  for (guint i = 0; i < sentences->len; i++)
    {
      gsize last = g_array_index (sentences, gsize, i);

      if (from >= first && (from < last || (from == upto && from == last)))
        {
          *start = first;
          from = G_MAXSIZE;
        }
      if (last >= upto)
        {
          *end = MAX (last, upto);
          return;
        }
      first = last;
    }
}

/* @from up to @upto of the skeleton, with its tags */
static void
append_source (GString        *text,
               const Skeleton *skeleton,
               gsize           from,
               gsize           upto)
{
  const char *at = skeleton->text->str;
  guint       tag = 0;

  while (at < skeleton->text->str + upto)
    {
      gboolean    is_tag = strncmp (at, TAG, TAG_BYTES) == 0 && tag < skeleton->tags->len;
      const char *next = g_utf8_next_char (at);

      if (at >= skeleton->text->str + from)
        g_string_append_len (text, is_tag ? skeleton->tags->pdata[tag] : at, is_tag ? (gssize)strlen (skeleton->tags->pdata[tag]) : next - at);
      tag += is_tag;
      at = next;
    }
}

/* The sentences from @start to @end with the changes from @first up to @upto in them */
static void
add_edit (GPtrArray      *edits,
          const Skeleton *skeleton,
          GArray         *changes,
          guint           first,
          guint           upto,
          gsize           start,
          gsize           end)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  gsize at = start;

  append_source (before, skeleton, start, end);
  for (guint i = first; i < upto; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);

      append_source (after, skeleton, at, MAX (at, change->start));
      g_string_append (after, change->text);
      at = MAX (at, change->end);
    }
  append_source (after, skeleton, at, end);
  g_strstrip (before->str);
  g_strstrip (after->str);
  if (strcmp (before->str, after->str) != 0)
    g_ptr_array_add (edits, lia_canned_edit_new (before->str, after->str));
}

/**
 * lia_canned_find_edits:
 * @source: a text of the response
 * @said: what it said, filled in
 * @sent: what an agent made of that
 *
 * Returns: (transfer full) (element-type LiaCannedEdit): the places of @source that were changed, in their order
 */
GPtrArray *
lia_canned_find_edits (const char *source,
                       const char *said,
                       const char *sent)
{
  g_autofree char *clean_source = lia_canned_normalise (source);
  g_autofree char *clean_said = lia_canned_normalise (said);
  g_autofree char *clean_sent = lia_canned_normalise (sent);
  g_auto (Skeleton) skeleton = make_skeleton (clean_source);
  g_autoptr (GArray) blocks = find_blocks (skeleton.text->str, clean_said);
  g_autoptr (GArray) changes = find_changes (blocks, clean_said, clean_sent);
  g_autoptr (GArray) sentences = find_sentences (skeleton.text->str);
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_edit_free);
  guint      first = 0;

  while (first < changes->len)
    {
      gsize start = g_array_index (changes, Change, first).start;
      gsize end = g_array_index (changes, Change, first).end;
      guint upto = first + 1;

      widen (sentences, &start, &end);
      for (; upto < changes->len && g_array_index (changes, Change, upto).start < end; upto++)
        {
          gsize more = g_array_index (changes, Change, upto).start, more_end = g_array_index (changes, Change, upto).end;

          widen (sentences, &more, &more_end);
          end = MAX (end, more_end);
        }
      add_edit (edits, &skeleton, changes, first, upto, start, end);
      first = upto;
    }

  return edits;
}

static gsize
count_shared (const char *source,
              const char *said)
{
  g_autofree char *clean = lia_canned_normalise (source);
  g_auto (Skeleton) skeleton = make_skeleton (clean);
  g_autoptr (GArray) blocks = find_blocks (skeleton.text->str, said);
  gsize shared = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      shared += block->same ? block->said_end - block->said : 0;
    }

  return shared;
}

/** lia_canned_find_said: (transfer none): the text of @canned that says @said with some customer's values: the one that shares most with it. */
LiaCannedVariant *
lia_canned_find_said (LiaCanned  *canned,
                      const char *said)
{
  g_autofree char  *clean = lia_canned_normalise (said);
  LiaCannedVariant *best = NULL;
  gsize             most = 0;

  for (guint i = 0; i < canned->variants->len; i++)
    {
      LiaCannedVariant *variant = canned->variants->pdata[i];
      gsize             shared = canned->variants->len > 1 ? count_shared (variant->body, clean) : 1;

      if (best == NULL || shared > most)
        {
          best = variant;
          most = shared;
        }
    }

  return best;
}

/**
 * lia_canned_apply_edit:
 *
 * Returns: (transfer full) (nullable): @source with that change in it; NULL when what was changed is no longer there
 */
char *
lia_canned_apply_edit (const char          *source,
                       const LiaCannedEdit *edit)
{
  g_autofree char *clean = lia_canned_normalise (source);
  const char      *at = *edit->before != '\0' ? strstr (clean, edit->before) : NULL;

  if (at == NULL)
    return NULL;

  return g_strdup_printf ("%.*s%s%s", (int)(at - clean), clean, edit->after, at + strlen (edit->before));
}
