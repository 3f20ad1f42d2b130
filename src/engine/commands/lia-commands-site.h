/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-command.h"

G_BEGIN_DECLS

gboolean lia_command_site_read (JsonObject  *d,
                                JsonObject **config,
                                char       **name,
                                GError     **error);
gboolean lia_command_site_is_new (LiaDb      *db,
                                  gint64      channel_id,
                                  JsonObject *config,
                                  GError    **error);
gboolean lia_command_site_has_keys (LiaCommandCall *call);
gboolean lia_command_site_keep_keys (LiaCommandCall *call,
                                     const char     *account,
                                     GError        **error);
char    *lia_command_site_secret (const char *kid);

G_END_DECLS
