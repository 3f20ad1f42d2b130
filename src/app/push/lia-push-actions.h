/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The name of the group's only action: its parameter is a finding's id. */
#define LIA_PUSH_ACTION "push.finding"

void lia_push_actions_insert (GtkWidget  *widget,
                              LiaClient  *client,
                              const char *folder);

G_END_DECLS
