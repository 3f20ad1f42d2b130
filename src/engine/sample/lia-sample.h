/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

gboolean lia_sample_fill (LiaStore *store,
                          GError  **error);

G_END_DECLS
