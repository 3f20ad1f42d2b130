/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

char *lia_dial_alone (LiaClient   *client,
                      const char  *to,
                      const char **why_not);

G_END_DECLS
