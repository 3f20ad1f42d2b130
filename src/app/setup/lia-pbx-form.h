/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_PBX_FORM (lia_pbx_form_get_type ())

/**
 * LiaPbxForm:
 *
 * How a telephone system is reached. Properties: `valid` (boolean).
 */
G_DECLARE_FINAL_TYPE (LiaPbxForm, lia_pbx_form, LIA, PBX_FORM, AdwBin)

void        lia_pbx_form_set_pbx (LiaPbxForm *self,
                                  LiaPbx     *pbx);
LiaPbx     *lia_pbx_form_dup_pbx (LiaPbxForm *self);
const char *lia_pbx_form_get_password (LiaPbxForm *self);
const char *lia_pbx_form_get_recordings_password (LiaPbxForm *self);
gboolean    lia_pbx_form_get_valid (LiaPbxForm *self);

/*
 * lia_pbx_form_set_pbx(): one that is changed: an empty password then keeps the old one.
 * lia_pbx_form_get_password(): (transfer none) (nullable): NULL keeps the old one.
 */

G_END_DECLS
