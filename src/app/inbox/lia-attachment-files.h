/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"
#include "lia-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lia_attachment_open (GtkWidget     *owner,
                          LiaClient     *client,
                          LiaAttachment *attachment);
void lia_attachment_save (GtkWidget     *owner,
                          LiaClient     *client,
                          LiaAttachment *attachment);

G_END_DECLS
