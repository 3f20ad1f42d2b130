/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-response-finder.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_PREVIEW (lia_response_preview_get_type ())

/**
 * LiaResponsePreview:
 *
 * What a response says, with its values tinted and what is to be filled in as chips that name the kind; what the chosen text lacks, or what is
 * wrong with it; in which zone its times are and how it addresses the customer, and why; and what comes with it: files, and what is done when it is
 * sent.
 */
G_DECLARE_FINAL_TYPE (LiaResponsePreview, lia_response_preview, LIA, RESPONSE_PREVIEW, AdwBin)

GtkWidget *lia_response_preview_new (void);
void       lia_response_preview_set_finder (LiaResponsePreview *self,
                                            LiaResponseFinder  *finder);
void       lia_response_preview_change_formality (LiaResponsePreview *self);
void       lia_response_preview_set_wording (LiaResponsePreview *self,
                                             LiaResponseWording *wording);

G_END_DECLS
