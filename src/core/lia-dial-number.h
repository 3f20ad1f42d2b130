/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_DIAL_MAX_DIGITS 40 /* with the keys that are none: codes and a number behind them */

char *lia_dial_number (const char *written);

G_END_DECLS
