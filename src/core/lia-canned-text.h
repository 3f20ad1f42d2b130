/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of a text as the search of canned responses sees them: those of lia_tokens_scan(), and other ways to write them. */

/**
 * LiaCannedTextKind:
 * @LIA_CANNED_TEXT_TAIL: the end of a run of CJK, already in the pair before it
 * @LIA_CANNED_TEXT_RESPELLED: the word before it with ue for ü
 * @LIA_CANNED_TEXT_WHOLE: several words as one, "email" for e-mail, at the position of the first
 */
typedef enum {
  LIA_CANNED_TEXT_WORD,
  LIA_CANNED_TEXT_TAIL,
  LIA_CANNED_TEXT_RESPELLED,
  LIA_CANNED_TEXT_WHOLE,
} LiaCannedTextKind;

/**
 * LiaCannedTextWord:
 * @text: folded
 * @position: which word of the text, from 0
 * @start: first byte in the original
 * @end: the byte after it
 * @kind: what it is
 */
typedef struct
{
  char             *text;
  guint             position;
  gsize             start;
  gsize             end;
  LiaCannedTextKind kind;
} LiaCannedTextWord;

GArray *lia_canned_text_words (const char *text);
char   *lia_canned_text_respell (const char *text, gsize length);

G_END_DECLS
