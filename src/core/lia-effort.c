/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-effort.h"

#include <string.h>

/** lia_effort_copy: (nullable): to be freed with g_free(); NULL of NULL. */
LiaEffort *
lia_effort_copy (const LiaEffort *self)
{
  return g_memdup2 (self, self != NULL ? sizeof *self : 0);
}

/** lia_effort_equal: (nullable) @a, (nullable) @b: */
gboolean
lia_effort_equal (const LiaEffort *a,
                  const LiaEffort *b)
{
  return a == b || (a != NULL && b != NULL && memcmp (a, b, sizeof *a) == 0);
}
