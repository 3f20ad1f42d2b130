/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *lia_sample_make (const char *directory) G_GNUC_WARN_UNUSED_RESULT; /* boolean */

G_END_DECLS
