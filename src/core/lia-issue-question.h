/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When engineers want to know something of us. Pure. */

gboolean lia_issue_question_asks (const char *text,
                                  const char *login);
gboolean lia_issue_question_is_state (const char *word);

G_END_DECLS
