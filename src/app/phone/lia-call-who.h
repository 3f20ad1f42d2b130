/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CALL_WHO (lia_call_who_get_type ())

/**
 * LiaCallWho:
 *
 * Who is in a call, how it stands, why we think that it is this customer, and what they have been through.
 */
G_DECLARE_FINAL_TYPE (LiaCallWho, lia_call_who, LIA, CALL_WHO, AdwBin)

void lia_call_who_fill (LiaCallWho   *self,
                        LiaPhoneLine *line);
void lia_call_who_tick (LiaCallWho   *self,
                        LiaPhoneLine *line);

G_END_DECLS
