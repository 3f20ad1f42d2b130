/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ADDRESS_ENTRY (lia_address_entry_get_type ())

/**
 * LiaAddressEntry:
 *
 * Recipients as chips with completion from the customers. Typed or pasted lists become chips at a comma, semicolon, line end, Tab, Enter, or when
 * the focus leaves.
 *
 * Properties: `client` (LiaClient), `title` (string: what it is called, "To"). Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (LiaAddressEntry, lia_address_entry, LIA, ADDRESS_ENTRY, GtkWidget)

GtkWidget  *lia_address_entry_new (void);
GPtrArray  *lia_address_entry_dup_addresses (LiaAddressEntry *self);
void        lia_address_entry_set_addresses (LiaAddressEntry *self,
                                             GPtrArray       *addresses);
void        lia_address_entry_commit (LiaAddressEntry *self);
gboolean    lia_address_entry_is_empty (LiaAddressEntry *self);
const char *lia_address_entry_find_invalid (LiaAddressEntry *self);

G_END_DECLS
