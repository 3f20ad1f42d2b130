/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_ADDRESS_COMPLETION (lia_address_completion_get_type ())

G_DECLARE_FINAL_TYPE (LiaAddressCompletion, lia_address_completion, LIA, ADDRESS_COMPLETION, GObject)

LiaAddressCompletion *lia_address_completion_new (GtkWidget *text);
void                  lia_address_completion_set_client (LiaAddressCompletion *self,
                                                         LiaClient            *client);
void                  lia_address_completion_ask (LiaAddressCompletion *self,
                                                  const char           *typed);
void                  lia_address_completion_hide (LiaAddressCompletion *self);
gboolean              lia_address_completion_move (LiaAddressCompletion *self,
                                                   int                   rows);
LiaAddress           *lia_address_completion_dup_selected (LiaAddressCompletion *self);
void                  lia_address_completion_detach (LiaAddressCompletion *self);

G_END_DECLS
