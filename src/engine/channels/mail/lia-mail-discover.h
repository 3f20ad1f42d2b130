/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_MAIL_DISCOVER_MS (8 * 1000)

DexFuture *lia_mail_discover (const char *address) G_GNUC_WARN_UNUSED_RESULT;

/*
 * lia_mail_discover(): the servers of an address, the best first: resolves to a boxed GPtrArray of LiaMailbox within LIA_MAIL_DISCOVER_MS. Never empty
 * for a valid address: without a network there are still guesses. Rejects with LIA_PROBLEM_VALIDATION for what is no address.
 */

G_END_DECLS
