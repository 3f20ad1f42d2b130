/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_CA_ROW (lia_ca_row_get_type ())

/**
 * LiaCaRow:
 *
 * A certificate authority of the company's own, from a file, or none.
 */
G_DECLARE_FINAL_TYPE (LiaCaRow, lia_ca_row, LIA, CA_ROW, AdwActionRow)

void        lia_ca_row_set_ca (LiaCaRow   *self,
                               const char *ca);
const char *lia_ca_row_get_ca (LiaCaRow *self);

/* lia_ca_row_get_ca(): (transfer none) (nullable): PEM text. */

G_END_DECLS
