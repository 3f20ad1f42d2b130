/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

#define LIA_NOTICE_SHORTCUT "fixed" /* of the canned response that takes its place */

LiaCanned *lia_notice_text_new (void);

G_END_DECLS
