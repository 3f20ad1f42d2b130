/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *lia_mail_diagnose (LiaMailbox *mailbox,
                              const char *password) G_GNUC_WARN_UNUSED_RESULT;

/* lia_mail_diagnose(): tests a mailbox step by step against its servers: resolves to a boxed GPtrArray of LiaDiagnosis, all six steps of API.md in
 * order. Changes nothing on the servers. The mailbox works when every step is "ok". */

G_END_DECLS
