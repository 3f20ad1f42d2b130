/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ADDRESS_CHIP (lia_address_chip_get_type ())

G_DECLARE_FINAL_TYPE (LiaAddressChip, lia_address_chip, LIA, ADDRESS_CHIP, GtkWidget)

GtkWidget  *lia_address_chip_new (LiaAddress *address);
LiaAddress *lia_address_chip_get_address (LiaAddressChip *self);
gboolean    lia_address_chip_is_valid (LiaAddressChip *self);

G_END_DECLS
