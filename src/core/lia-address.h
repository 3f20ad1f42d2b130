/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_ADDRESS_VISITOR "visitor-"

#define LIA_TYPE_ADDRESS (lia_address_get_type ())

/**
 * LiaAddress:
 * @name: the display name, UTF-8, may be empty, never NULL
 * @address: the address as it was written: an e-mail address, a phone number, never NULL
 *
 * Who something is from or to. An immutable, reference-counted value.
 */
typedef struct
{
  const char *name;
  const char *address;
} LiaAddress;

GType       lia_address_get_type (void);
LiaAddress *lia_address_new (const char *name,
                             const char *address);
LiaAddress *lia_address_ref (LiaAddress *self);
void        lia_address_unref (LiaAddress *self);
gboolean    lia_address_equal (const LiaAddress *a,
                               const LiaAddress *b);
char       *lia_address_fold (const char *address);
gboolean    lia_address_is_valid_email (const char *address);
char       *lia_address_to_string (const LiaAddress *self);
const char *lia_address_display_name (const LiaAddress *self);
char       *lia_address_show (const LiaAddress *self);
char       *lia_address_show_bare (const char *address);
const char *lia_address_find_site (const char *address);
GPtrArray  *lia_address_parse_list (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAddress, lia_address_unref)

G_END_DECLS
