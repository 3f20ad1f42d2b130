/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"
#include "lia-tokens.h"

G_BEGIN_DECLS

/**
 * LiaCannedMatch:
 * @LIA_CANNED_MATCH_NONE: nothing was typed
 * @LIA_CANNED_MATCH_EXACT: whole words
 * @LIA_CANNED_MATCH_BEGINNING: beginnings of words
 * @LIA_CANNED_MATCH_FORM: words of the same stem, "refunding" for refund
 * @LIA_CANNED_MATCH_INITIALS: first letters of the title's words
 * @LIA_CANNED_MATCH_LETTERS: letters of a word in order, with others left out
 * @LIA_CANNED_MATCH_TYPO: one or two letters are wrong
 * @LIA_CANNED_MATCH_BODY: the text itself, not its title
 *
 * How what was typed was found, best first; with several words it is the worst of them.
 */
typedef enum {
  LIA_CANNED_MATCH_NONE,
  LIA_CANNED_MATCH_EXACT,
  LIA_CANNED_MATCH_BEGINNING,
  LIA_CANNED_MATCH_FORM,
  LIA_CANNED_MATCH_INITIALS,
  LIA_CANNED_MATCH_LETTERS,
  LIA_CANNED_MATCH_TYPO,
  LIA_CANNED_MATCH_BODY,
} LiaCannedMatch;

/** LiaCannedFit: what of the conversation at hand the response is made for. */
typedef enum {
  LIA_CANNED_FIT_CHANNEL = 1 << 0,
  LIA_CANNED_FIT_QUEUE = 1 << 1,
  LIA_CANNED_FIT_LANGUAGE = 1 << 2,
  LIA_CANNED_FIT_PRODUCT = 1 << 3,
} LiaCannedFit;

#define LIA_TYPE_CANNED_HIT (lia_canned_hit_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedHit, lia_canned_hit, LIA, CANNED_HIT, GObject)

/**
 * LiaCannedHit:
 *
 * A found canned response with what put it where it stands, in the order of its weight. Immutable once published.
 */
struct _LiaCannedHit
{
  GObject parent_instance;

  LiaCanned     *canned;
  double         score;          /* only its order means something */
  GArray        *title_marks;    /* LiaTokenRange: bytes of the title, at whole characters; in order, apart */
  GArray        *shortcut_marks; /* the same of the shortcut */
  LiaCannedMatch match;
  gboolean       partial;  /* a typed word occurs nowhere in it */
  double         own_use;  /* decayed sendings of the agent, as of the context's moment */
  double         team_use; /* and of everybody */
  LiaCannedFit   fit;
  double         similarity; /* to the customer's message, from 0 to 1 */
  gboolean       suggested;  /* similar enough to be shown without being asked for */
};

LiaCannedHit *lia_canned_hit_new (void);

G_END_DECLS
