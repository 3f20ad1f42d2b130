/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-responses-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_LIBRARY_IMPORT (lia_library_import_get_type ())

/**
 * LiaLibraryImport:
 *
 * What a file would change, row by row, before anything does; then how far the import is, and what was refused.
 */
G_DECLARE_FINAL_TYPE (LiaLibraryImport, lia_library_import, LIA, LIBRARY_IMPORT, AdwDialog)

AdwDialog *lia_library_import_new (LiaClient *client,
                                   GFile     *file);
AdwDialog *lia_library_import_new_again (LiaClient          *client,
                                         LiaResponsesImport *import);

G_END_DECLS
