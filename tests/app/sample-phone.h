/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sample-client.h"

#include "lia-client-phone.h"

G_BEGIN_DECLS

/* The telephone of the sample client: its live lists are what a test puts there, and every command is told to its log. */

GListStore *sample_phone_calls (LiaClient *client);   /* of LiaCall */
GListStore *sample_phone_members (LiaClient *client); /* of LiaQueueMember */
LiaCall    *sample_phone_add_caller (LiaClient  *client,
                                     const char *uniqueid,
                                     const char *conversation,
                                     int         waited_s);
void        sample_phone_put_call (LiaClient *client,
                                   LiaCall   *call);
void        sample_phone_set_abilities (LiaClient         *client,
                                        const char *const *abilities);

G_END_DECLS
