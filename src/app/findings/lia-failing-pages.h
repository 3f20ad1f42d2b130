/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_FAILING_PAGES (lia_failing_pages_get_type ())

/** LiaFailingPages: pages of the web site that cause contacts, that with most customers first. Signal: `page-activated` (url). */
G_DECLARE_FINAL_TYPE (LiaFailingPages, lia_failing_pages, LIA, FAILING_PAGES, AdwBin)

void lia_failing_pages_refresh (LiaFailingPages *self,
                                LiaClient       *client);
void lia_failing_pages_take_keyboard (LiaFailingPages *self);

G_END_DECLS
