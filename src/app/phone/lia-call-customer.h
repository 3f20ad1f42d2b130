/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-call.h"
#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_CALL_CUSTOMER (lia_call_customer_get_type ())

/**
 * LiaCallCustomer:
 *
 * Who is on a call, loaded as soon as the call says so, which may be some time after it was first told of.
 *
 * Signals: `loaded` (it is known who it is).
 */
G_DECLARE_FINAL_TYPE (LiaCallCustomer, lia_call_customer, LIA, CALL_CUSTOMER, GObject)

LiaCallCustomer *lia_call_customer_new (LiaClient *client);
void             lia_call_customer_set_call (LiaCallCustomer *self,
                                             LiaCall         *call);
LiaCustomer     *lia_call_customer_get (LiaCallCustomer *self);

G_END_DECLS
