/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-station.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaCallNotifier:
 *
 * Announces calls that ring here while the window has not the focus, with buttons to answer and to reject.
 */
typedef struct _LiaCallNotifier LiaCallNotifier;

LiaCallNotifier *lia_call_notifier_new (GApplication    *application,
                                        LiaPhoneStation *station,
                                        gboolean (*is_active) (gpointer data),
                                        gpointer data);
void             lia_call_notifier_free (LiaCallNotifier *self);

G_END_DECLS
