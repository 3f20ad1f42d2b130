/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

char *lia_canned_page_folder (const char *folder);
void  lia_canned_page_take_path (LiaCanned  *canned,
                                 const char *path);

G_END_DECLS
