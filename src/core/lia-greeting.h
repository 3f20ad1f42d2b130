/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaGreeting:
 * @start: first character of the name in the text
 * @end: the character after it
 * @name: as it stands there
 * @titled: behind "Ms", "Herr" and the like: it is a last name
 *
 * Whom the first line of a letter greets.
 */
typedef struct
{
  guint    start;
  guint    end;
  char    *name;
  gboolean titled;
} LiaGreeting;

LiaGreeting *lia_greeting_find (const char *text);
void         lia_greeting_free (LiaGreeting *self);
gboolean     lia_greeting_is_wrong (const LiaGreeting *self,
                                    const char *const *names);
char        *lia_greeting_dup_right (const LiaGreeting *self,
                                     const char        *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaGreeting, lia_greeting_free)

G_END_DECLS
