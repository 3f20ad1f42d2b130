/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

GListStore *timeline_samples_conversation (void);
GListStore *timeline_samples_many (guint n,
                                   guint seed);
LiaEntry   *timeline_samples_entry (GRand *random,
                                    gint64 seq);
GListStore *timeline_samples_agents (void);

G_END_DECLS
