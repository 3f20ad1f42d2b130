/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment-drag.h"
#include "lia-entry.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_ORIGINAL_VIEW (lia_original_view_get_type ())

/**
 * LiaOriginalView:
 *
 * A message's HTML as its sender meant it to look: without scripts, without the network. Make one and use it for all messages: the
 * WebKit processes start with the first message and end with lia_original_view_clear().
 */
G_DECLARE_FINAL_TYPE (LiaOriginalView, lia_original_view, LIA, ORIGINAL_VIEW, AdwBin)

LiaOriginalView *lia_original_view_new (void);
void             lia_original_view_set_loader (LiaOriginalView *self,
                                               LiaBlobLoader    html_loader,
                                               LiaBlobLoader    blob_loader,
                                               gpointer         data);
void             lia_original_view_show (LiaOriginalView *self,
                                         LiaEntry        *entry);
void             lia_original_view_clear (LiaOriginalView *self);
void             lia_original_view_present (LiaOriginalView *self,
                                            GtkWidget       *parent,
                                            LiaEntry        *entry);

G_END_DECLS
