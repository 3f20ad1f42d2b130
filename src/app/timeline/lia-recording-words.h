/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is said of a call's recordings beside their players. */

char *lia_recording_words (LiaCall *call);
char *lia_recording_words_consent (LiaCall    *call,
                                   GListModel *agents);

G_END_DECLS
