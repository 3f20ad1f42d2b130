/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_AUDIT_DIALOG (lia_audit_dialog_get_type ())

/**
 * LiaAuditDialog:
 *
 * The audit log: who did what to whom, newest first, of everybody or of one person.
 */
G_DECLARE_FINAL_TYPE (LiaAuditDialog, lia_audit_dialog, LIA, AUDIT_DIALOG, AdwDialog)

AdwDialog *lia_audit_dialog_new (LiaClient *client);

G_END_DECLS
