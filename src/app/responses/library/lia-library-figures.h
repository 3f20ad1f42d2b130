/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-figures.h"
#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_FIGURES (lia_library_figures_get_type ())

/** LiaLibraryFigures: how a response was used, as a line of words. Cannot be seen while that is not known. */
G_DECLARE_FINAL_TYPE (LiaLibraryFigures, lia_library_figures, LIA, LIBRARY_FIGURES, AdwBin)

void  lia_library_figures_read (LiaLibraryFigures *self,
                                LiaClient         *client,
                                const char        *response);
char *lia_library_figures_words (LiaCannedFigures *figures);

G_END_DECLS
