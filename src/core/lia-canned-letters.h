/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Words as rows of letters (characters of a folded word). Of the index of canned responses, and of the search of findings. */

#define LIA_CANNED_MAX_LETTERS 63 /* of a word that may be mistyped */
#define LIA_CANNED_MIN_STEM 4u    /* letters that forms of a word share */

/**
 * LiaCannedAlignment:
 * @matched: for each letter of the word whether it was typed
 */
typedef struct
{
  gboolean matched[LIA_CANNED_MAX_LETTERS + 1];
} LiaCannedAlignment;

guint lia_canned_distance (const gunichar *typed,
                           guint           n_typed,
                           const gunichar *word,
                           guint           n_word,
                           guint           limit,
                           guint          *beginning);
float lia_canned_likeness (const gunichar *one, guint n_one, const gunichar *other, guint n_other);
guint lia_canned_typos_for (guint n_letters, guint n_beginnings);
void  lia_canned_align (const char         *typed,
                        const char         *word,
                        LiaCannedAlignment *alignment);
guint lia_canned_letters (const char *text,
                          gunichar    letters[LIA_CANNED_MAX_LETTERS + 1]);

G_END_DECLS
