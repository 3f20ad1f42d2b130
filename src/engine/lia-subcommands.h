/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaSubcommand:
 *
 * What liaisond can do beside serving: `liaisond NAME`. Blocks; no engine runs.
 */
typedef struct
{
  const char *name;
  gboolean (*run) (const char *directory,
                   GError    **error);
} LiaSubcommand;

const LiaSubcommand *lia_subcommand_find (const char *name);

G_END_DECLS
