/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SERVICE_PAGE (lia_service_page_get_type ())

/**
 * LiaServicePage:
 *
 * What holds for everybody in this workspace. Others than administrators see it, and change nothing.
 */
G_DECLARE_FINAL_TYPE (LiaServicePage, lia_service_page, LIA, SERVICE_PAGE, AdwPreferencesPage)

void lia_service_page_set_client (LiaServicePage *self,
                                  LiaClient      *client);
void lia_service_page_save (LiaServicePage *self);

G_END_DECLS
