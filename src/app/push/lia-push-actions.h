/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The names of the group's actions: the parameter is a finding's id, or as lia_answer_dialog_new() takes it. */
#define LIA_PUSH_ACTION "push.finding"
#define LIA_PUSH_ANSWER_ACTION "push.answer"
#define LIA_PUSH_WITHDRAW_ACTION "push.withdraw"

void lia_push_actions_insert (GtkWidget  *widget,
                              LiaClient  *client,
                              const char *folder);

G_END_DECLS
