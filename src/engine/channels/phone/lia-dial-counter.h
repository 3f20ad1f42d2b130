/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** LiaDialCounter: how many calls each agent has begun within the last minute. */
typedef struct _LiaDialCounter LiaDialCounter;

LiaDialCounter *lia_dial_counter_new (void);
void            lia_dial_counter_free (LiaDialCounter *self);
gboolean        lia_dial_counter_take (LiaDialCounter *self,
                                       gint64          agent_id,
                                       guint           per_minute,
                                       gint64          now_us);

G_END_DECLS
