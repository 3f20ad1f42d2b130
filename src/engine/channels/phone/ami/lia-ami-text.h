/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a PBX -> text that can be shown. */

void lia_ami_text_append (GString    *out,
                          const char *bytes,
                          gsize       length);

G_END_DECLS
