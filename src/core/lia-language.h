/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaLanguageWords:
 * @tag: of the language (BCP 47)
 * @words: in small letters, a blank between two: those that a text of forty letters cannot do without
 * @letters: that few other languages have, or ""
 */
typedef struct
{
  const char *tag;
  const char *words;
  const char *letters;
} LiaLanguageWords;

const char             *lia_language_of (const char *text);
GStrv                   lia_language_list (void);
gboolean                lia_language_is_common_word (const char *word);
const LiaLanguageWords *lia_language_words (guint *n_languages);

G_END_DECLS
