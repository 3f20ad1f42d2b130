/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  LIA_SUGGESTION_EDITED,  /* a sentence is changed nearly always before it is sent */
  LIA_SUGGESTION_BY_HAND, /* the same was answered again and again without a response */
  LIA_SUGGESTION_TWINS,   /* two responses say nearly the same */
  LIA_SUGGESTION_UNUSED,  /* nobody has used it for long */
} LiaSuggestionKind;

#define LIA_SUGGESTION_N_KINDS (LIA_SUGGESTION_UNUSED + 1)

#define LIA_TYPE_SUGGESTION (lia_suggestion_get_type ())

G_DECLARE_FINAL_TYPE (LiaSuggestion, lia_suggestion, LIA, SUGGESTION, GObject)

/**
 * LiaSuggestion:
 *
 * What could be done so that the library of canned responses is better: told from their use by the engine (API.md), or found among the responses
 * (lia-canned-twins.h). Immutable once published.
 */
struct _LiaSuggestion
{
  GObject parent_instance;

  LiaSuggestionKind kind;
  char             *key;      /* by which it is dismissed */
  char             *response; /* its id; "" for what was written by hand */
  char             *other;    /* the twin; for what was written by hand, a response that says nearly the same; or "" */
  char             *before;   /* the sentence that is changed, as the response has it */
  char             *after;    /* what it becomes most often; NULL while no two agree */
  gint64            edited;   /* of the last `of` uses, as are the next two */
  gint64            of;
  gint64            same;     /* to `after` */
  gint64            reopened; /* the customer wrote again */
  gint64            count;    /* answers by hand */
  char             *text;     /* of the newest of them */
  char             *subject;  /* of its conversation */
  gint64            since_ms; /* unused since then */
  double            likeness; /* of twins, from 0 to 1 */
};

LiaSuggestion *lia_suggestion_new (LiaSuggestionKind kind);
LiaSuggestion *lia_suggestion_with_other (LiaSuggestion *self,
                                          const char    *other);
gboolean       lia_suggestion_equal (LiaSuggestion *a,
                                     LiaSuggestion *b);

G_END_DECLS
