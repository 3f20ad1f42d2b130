/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-channel-site.h"
#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_SITE_FORM (lia_site_form_get_type ())

/**
 * LiaSiteForm:
 *
 * What a web site with a chat is like. What is wrong is said below the field, once somebody wanted to save it.
 *
 * Property: `key`: by which pages name the site, as it is typed now.
 */
G_DECLARE_FINAL_TYPE (LiaSiteForm, lia_site_form, LIA, SITE_FORM, AdwBin)

void         lia_site_form_set_client (LiaSiteForm *self,
                                       LiaClient   *client);
void         lia_site_form_set_site (LiaSiteForm *self,
                                     LiaChatSite *site,
                                     const char  *queue);
gboolean     lia_site_form_check (LiaSiteForm *self);
gboolean     lia_site_form_show_refusal (LiaSiteForm *self,
                                         const char  *pointer,
                                         const char  *words);
LiaChatSite *lia_site_form_dup_site (LiaSiteForm *self);
char        *lia_site_form_dup_queue (LiaSiteForm *self);

G_END_DECLS
