/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"
#include "lia-push.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was filed is taken back in the tracker, as far as trackers forget, once somebody has read what that means there. */

gboolean lia_push_withdraw_is_possible (LiaPush *push);
void     lia_push_withdraw_ask (GtkWidget *widget,
                                LiaClient *client,
                                LiaPush   *push);
void     lia_push_withdraw_ask_newest (GtkWidget  *widget,
                                       LiaClient  *client,
                                       const char *finding);

G_END_DECLS
