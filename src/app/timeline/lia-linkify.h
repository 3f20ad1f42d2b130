/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lia_linkify (const char *text,
                   gsize       length);

G_END_DECLS
