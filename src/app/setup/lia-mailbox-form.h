/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_MAILBOX_FORM (lia_mailbox_form_get_type ())

/**
 * LiaMailboxForm:
 *
 * The servers of a mailbox, to be looked at and corrected. Properties: `valid` (boolean).
 */
G_DECLARE_FINAL_TYPE (LiaMailboxForm, lia_mailbox_form, LIA, MAILBOX_FORM, AdwBin)

void        lia_mailbox_form_set_mailbox (LiaMailboxForm *self,
                                          LiaMailbox     *mailbox);
LiaMailbox *lia_mailbox_form_dup_mailbox (LiaMailboxForm *self);
gboolean    lia_mailbox_form_get_valid (LiaMailboxForm *self);

G_END_DECLS
