/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-pbx-report.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_AGENT_PHONE_ROW (lia_agent_phone_row_get_type ())

/**
 * LiaAgentPhoneRow:
 *
 * At which telephone an agent sits, by the three names that a PBX has for it. Emits `ring` when it is to ring for a trial. Properties: `test-words`
 * (string): how that went.
 */
G_DECLARE_FINAL_TYPE (LiaAgentPhoneRow, lia_agent_phone_row, LIA, AGENT_PHONE_ROW, AdwExpanderRow)

GtkWidget  *lia_agent_phone_row_new (LiaAgent     *agent,
                                     LiaPbxReport *found);
LiaAgent   *lia_agent_phone_row_get_agent (LiaAgentPhoneRow *self);
const char *lia_agent_phone_row_get_phone (LiaAgentPhoneRow *self);
char       *lia_agent_phone_row_dup_extension (LiaAgentPhoneRow *self);
char       *lia_agent_phone_row_dup_member (LiaAgentPhoneRow *self);
gboolean    lia_agent_phone_row_is_changed (LiaAgentPhoneRow *self);
void        lia_agent_phone_row_set_ringing (LiaAgentPhoneRow *self,
                                             gboolean          ringing,
                                             const char       *words);

/* lia_agent_phone_row_get_phone(): (transfer none): "PJSIP/ann", or "". */

G_END_DECLS
