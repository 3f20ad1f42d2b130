/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-secrets.h"
#include "lia-softphone.h"

G_BEGIN_DECLS

/*
 * The account of the telephone that is built into an agent's app. As a whole it is a secret, and so it is in the password store and nowhere else:
 * no event, no row, no log has any of it.
 */

DexFuture *lia_phone_account_save (LiaSecrets   *secrets,
                                   gint64        agent_id,
                                   LiaSoftphone *softphone) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_phone_account_load (LiaSecrets *secrets,
                                   gint64      agent_id) G_GNUC_WARN_UNUSED_RESULT;

/*
 * lia_phone_account_save(): @softphone NULL takes it away.
 * lia_phone_account_load(): resolves to a LiaSoftphone; rejects with %LIA_PROBLEM_NOT_FOUND where the agent has none.
 */

G_END_DECLS
