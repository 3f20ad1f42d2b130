/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

/* The client's canned responses without an engine: what a test puts in is there at once. */

LiaCanned *fake_responses_add (LiaClient  *client,
                               const char *shortcut,
                               const char *title,
                               const char *language,
                               const char *body);
void       fake_responses_tell (LiaClient *client);

G_END_DECLS
