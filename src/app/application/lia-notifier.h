/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

typedef struct _LiaNotifier LiaNotifier;

LiaNotifier *lia_notifier_new (GApplication *application,
                               LiaClient    *client,
                               GSettings    *settings,
                               gboolean (*is_active) (gpointer data),
                               gpointer data);
void         lia_notifier_free (LiaNotifier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaNotifier, lia_notifier_free)

G_END_DECLS
