/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

/**
 * LiaCannedEdit:
 *
 * One place of a response that an agent changed before sending: whole sentences, in the response's own language, so that a customer's name in them
 * stays the placeholder that it came from.
 */
typedef struct
{
  char *before; /* as the response has it */
  char *after;  /* what the agent made of it; "" = left out */
} LiaCannedEdit;

LiaCannedEdit *lia_canned_edit_new (const char *before,
                                    const char *after);
void           lia_canned_edit_free (LiaCannedEdit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCannedEdit, lia_canned_edit_free)

/**
 * LiaCannedDistance:
 *
 * How far what was sent is from what the response said: words and characters that were removed, added or replaced, of how many there are in the
 * longer of the two. Blanks at the ends of lines do not count.
 */
typedef struct
{
  guint words;
  guint of_words;
  guint characters;
  guint of_characters;
} LiaCannedDistance;

char             *lia_canned_normalise (const char *text);
LiaCannedDistance lia_canned_measure (const char *said,
                                      const char *sent);
GPtrArray        *lia_canned_find_edits (const char *source,
                                         const char *said,
                                         const char *sent);
LiaCannedVariant *lia_canned_find_said (LiaCanned  *canned,
                                        const char *said);
char             *lia_canned_apply_edit (const char          *source,
                                         const LiaCannedEdit *edit);

G_END_DECLS
