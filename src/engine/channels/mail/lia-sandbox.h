/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lia_sandbox_enter (gsize max_memory);
void lia_sandbox_limit_cpu (guint seconds);

G_END_DECLS
