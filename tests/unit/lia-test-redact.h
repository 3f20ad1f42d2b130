/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-redactor.h"

G_BEGIN_DECLS

/**
 * RedactMark:
 * @kind: as the corpus names it: "mail", "name" …
 *
 * A part of a message that a person marked as personal, in bytes of the text without marks.
 */
typedef struct
{
  gsize start;
  gsize end;
  char *kind;
} RedactMark;

typedef struct
{
  char    *id;       /* "de-017" */
  char    *language; /* "de" */
  char    *country;
  GStrv    header; /* "customer: Anna Müller" … */
  char    *text;
  GArray  *marks;    /* of RedactMark */
  gboolean held_out; /* not looked at while the rules were made */
} RedactMessage;

/* How many marked parts there are, how many of them were hidden; how many parts were hidden, how many of them touch a marked one */
typedef struct
{
  guint marked;
  guint hidden;
  guint shown_parts;
  guint right;
} RedactScore;

GPtrArray   *redact_corpus_load (const char *folder);
LiaRedactor *redact_message_redactor (const RedactMessage *message);
void         redact_message_score (const RedactMessage *message,
                                   RedactScore         *score,
                                   GHashTable          *kinds,
                                   GString             *misses);

G_END_DECLS
