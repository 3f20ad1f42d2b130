/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"
#include "lia-phone-provider.h"

G_BEGIN_DECLS

#define LIA_TYPE_AMI_PROVIDER (lia_ami_provider_get_type ())

/**
 * LiaAmiProvider:
 *
 * An Asterisk as a telephone system: its manager interface is the connection, the call model makes calls and members of what it says, and commands
 * are its actions together with Liaison's part of the dialplan (data/asterisk). After an outage, and whenever something cannot be believed, it asks
 * for everything anew; what only a person can remove is tried again every five minutes.
 */
G_DECLARE_FINAL_TYPE (LiaAmiProvider, lia_ami_provider, LIA, AMI_PROVIDER, GObject)

LiaPhoneProvider *lia_ami_provider_new (const char *pbx_id,
                                        LiaPbx     *pbx,
                                        const char *password,
                                        const char *recordings_password);
void              lia_ami_provider_set_audit (LiaAmiProvider *self,
                                              guint           audit_ms);

G_END_DECLS
