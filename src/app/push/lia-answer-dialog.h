/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_ANSWER_DIALOG (lia_answer_dialog_get_type ())

/**
 * LiaAnswerDialog:
 *
 * The answer to a question of the engineers: written, looked at as it would leave, sent.
 */
G_DECLARE_FINAL_TYPE (LiaAnswerDialog, lia_answer_dialog, LIA, ANSWER_DIALOG, AdwDialog)

AdwDialog *lia_answer_dialog_new (LiaClient  *client,
                                  const char *folder,
                                  GVariant   *question);

G_END_DECLS
