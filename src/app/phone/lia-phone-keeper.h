/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client-phone.h"
#include "lia-phone.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_KEEPER (lia_phone_keeper_get_type ())

/**
 * LiaPhoneKeeper:
 *
 * Keeps the telephone in the app connected as the engine's account for it says; where there is none, there is no telephone. What was changed while
 * somebody talks counts when they have hung up.
 *
 * Property "phone" (LiaPhone, nullable). Signal "changed": its state is another one, or it is another telephone.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneKeeper, lia_phone_keeper, LIA, PHONE_KEEPER, GObject)

LiaPhoneKeeper *lia_phone_keeper_new (LiaClient *client,
                                      GSettings *settings);
void            lia_phone_keeper_use_phone (LiaPhoneKeeper *self,
                                            LiaPhone       *phone);
LiaPhone       *lia_phone_keeper_get_phone (LiaPhoneKeeper *self);
const char     *lia_phone_keeper_get_address (LiaPhoneKeeper *self);
DexFuture      *lia_phone_keeper_set_account (LiaPhoneKeeper *self,
                                              LiaSoftphone   *account) G_GNUC_WARN_UNUSED_RESULT; /* boolean */
void            lia_phone_keeper_try_again (LiaPhoneKeeper *self);
guint           lia_phone_keeper_count_calls (LiaPhoneKeeper *self);

G_END_DECLS
