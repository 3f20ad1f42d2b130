/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/** LiaFindingTerm: a word that stands somewhere. */
typedef struct
{
  char  *word;
  gint64 n;        /* texts in which it does */
  float  likeness; /* to what was typed: 1 = the same */
} LiaFindingTerm;

/** LiaFindingWanted: a typed word, and what of all that stands somewhere is meant by it. */
typedef struct
{
  GArray  *terms;  /* of LiaFindingTerm; empty = nothing */
  gint64   n;      /* texts in which any of them stands, at most */
  double   weight; /* what it says: a rare word says more */
  double   matter; /* how much is missing where it is missing: a word that nobody has said yet counts as the rarest of all */
  gboolean common; /* a word that no text can do without */
} LiaFindingWanted;

GPtrArray *lia_finding_terms_read (LiaDb      *db,
                                   const char *typed,
                                   GError    **error);

G_END_DECLS
