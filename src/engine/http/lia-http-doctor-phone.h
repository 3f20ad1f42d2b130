/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-http-resources.h"

G_BEGIN_DECLS

gboolean lia_http_diagnose_pbx (LiaHttpCall *call,
                                const char  *channel,
                                JsonObject  *config,
                                JsonObject  *body,
                                GError     **error);

G_END_DECLS
