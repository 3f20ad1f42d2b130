/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*LiaTagsEdited) (gpointer    owner,
                               const char *conversation,
                               GStrv       tags);

void  lia_tags_dialog_present (GtkWidget       *owner,
                               LiaConversation *conversation,
                               LiaTagsEdited    edited);
GStrv lia_tags_parse (const char *text);

G_END_DECLS
