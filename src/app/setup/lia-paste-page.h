/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PASTE_PAGE (lia_paste_page_get_type ())

/**
 * LiaPastePage:
 *
 * The files that the administrator of a telephone system pastes, to be read and copied.
 */
G_DECLARE_FINAL_TYPE (LiaPastePage, lia_paste_page, LIA, PASTE_PAGE, AdwNavigationPage)

G_END_DECLS
