/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_OUTCOME (lia_response_outcome_get_type ())

G_DECLARE_FINAL_TYPE (LiaResponseOutcome, lia_response_outcome, LIA, RESPONSE_OUTCOME, GObject)

/**
 * LiaResponseOutcome:
 * @id: (nullable) when it was refused
 * @ver: the version that there is now; 0 = it is gone
 * @error: (nullable): why it was refused
 *
 * What became of one response of many.
 */
struct _LiaResponseOutcome
{
  GObject parent_instance;

  char   *id;
  gint64  ver;
  GError *error;
};

LiaResponseOutcome *lia_response_outcome_new (const char   *id,
                                              gint64        ver,
                                              const GError *error);

G_END_DECLS
