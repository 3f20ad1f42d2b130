/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

void lia_icons_guard (void);
