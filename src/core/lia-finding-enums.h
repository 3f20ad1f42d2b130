/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The words of feedback that come in fixed sets. Each has a name as the API spells it. */

typedef enum {
  LIA_FINDING_BUG,       /* it does not do what it should */
  LIA_FINDING_USABILITY, /* it does, but is hard to find or to understand */
  LIA_FINDING_NEED,      /* it cannot do what somebody needs */
  LIA_FINDING_PRAISE,
  LIA_FINDING_SITE_FAILED, /* the web site left the customer without an answer; has a URL */
} LiaFindingKind;

#define LIA_FINDING_N_KINDS 5

const char *lia_finding_kind_to_string (LiaFindingKind value);
gboolean    lia_finding_kind_from_string (const char     *word,
                                          LiaFindingKind *value);

typedef enum {
  LIA_FINDING_NEW,
  LIA_FINDING_LINKED, /* the engineers have it */
  LIA_FINDING_FIXED,
  LIA_FINDING_TOLD, /* who asked for it has heard that it is fixed */
} LiaFindingState;

#define LIA_FINDING_N_STATES 4

const char *lia_finding_state_to_string (LiaFindingState value);
gboolean    lia_finding_state_from_string (const char      *word,
                                           LiaFindingState *value);

/* How much it is to the customer who said it */
typedef enum {
  LIA_IMPORTANCE_NORMAL,
  LIA_IMPORTANCE_LOW,
  LIA_IMPORTANCE_BLOCKING, /* they cannot go on without it */
} LiaImportance;

const char *lia_importance_to_string (LiaImportance value);
gboolean    lia_importance_from_string (const char    *word,
                                        LiaImportance *value);

/* In which order lists stand. What ties stands by when it was captured. */
typedef enum {
  LIA_FINDING_SORT_LAST,       /* what was said last first */
  LIA_FINDING_SORT_AGE,        /* what was said first first */
  LIA_FINDING_SORT_CUSTOMERS,  /* what most customers say first */
  LIA_FINDING_SORT_IMPORTANCE, /* that without which most customers cannot go on first */
  LIA_FINDING_SORT_TREND,      /* what is said most of late first: each time is worth half after two weeks */
  LIA_FINDING_SORT_MINUTES,    /* what took agents longest on the telephone first */
} LiaFindingSort;

#define LIA_FINDING_N_SORTS 6

const char *lia_finding_sort_to_string (LiaFindingSort value);
gboolean    lia_finding_sort_from_string (const char     *word,
                                          LiaFindingSort *value);

G_END_DECLS
