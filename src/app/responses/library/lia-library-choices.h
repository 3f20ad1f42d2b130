/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_CHOICES (lia_library_choices_get_type ())

/**
 * LiaLibraryChoices:
 *
 * A row that opens to any number of choices, and says which are taken; none is “Everywhere”.
 *
 * Signal: `changed`: somebody took one, or no longer.
 */
G_DECLARE_FINAL_TYPE (LiaLibraryChoices, lia_library_choices, LIA, LIBRARY_CHOICES, AdwExpanderRow)

void  lia_library_choices_clear (LiaLibraryChoices *self);
void  lia_library_choices_add (LiaLibraryChoices *self,
                               const char        *id,
                               const char        *name);
void  lia_library_choices_set_chosen (LiaLibraryChoices *self,
                                      GStrv              ids);
GStrv lia_library_choices_dup_chosen (LiaLibraryChoices *self);

G_END_DECLS
