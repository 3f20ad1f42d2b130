/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"
#include "lia-phone-provider.h"

#include <libdex.h>

G_BEGIN_DECLS

DexFuture *lia_ami_diagnose (LiaPbx             *pbx,
                             const char         *password,
                             const char         *recordings_password,
                             GPtrArray          *agents,
                             const LiaPhoneLink *link,
                             const char         *phone) G_GNUC_WARN_UNUSED_RESULT;

/*
 * lia_ami_diagnose(): tests a telephone system step by step, and looks what there is: resolves to a LiaPbxReport, all steps of API.md in order.
 * @recordings_password: (nullable): of @pbx->recordings_login. @agents: of LiaAgent, whose telephones should be there. @link: (nullable): how it
 * stands with the PBX so far. @phone: NULL, or "PJSIP/ann": rings this telephone instead and lets whoever answers hear a
 * tone. Nothing is changed on the PBX.
 */

G_END_DECLS
