/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-notice.h"

G_BEGIN_DECLS

void sample_notices_set (GPtrArray *notices);

G_END_DECLS
