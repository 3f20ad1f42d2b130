/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_SEND_STATUS (lia_send_status_get_type ())

/**
 * LiaSendStatus:
 *
 * The line under a message of ours that says how far it got, and what can be done about it.
 */
G_DECLARE_FINAL_TYPE (LiaSendStatus, lia_send_status, LIA, SEND_STATUS, GtkWidget)

LiaSendStatus *lia_send_status_new (void);
void           lia_send_status_bind (LiaSendStatus *self,
                                     LiaEntry      *entry);
gboolean       lia_send_status_is_needed (LiaEntry *entry);

G_END_DECLS
