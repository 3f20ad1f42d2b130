/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-http-call.h"

G_BEGIN_DECLS

/* Ending a call whose body has not come (whole): libsoup would read it to its end, however long that is. */

gboolean lia_http_check_framing (SoupMessageHeaders *headers,
                                 GError            **error);
gsize    lia_http_body_limit (LiaHttpCall *call);
void     lia_http_set_too_large (LiaHttpCall *call,
                                 GError     **error);
void     lia_http_refuse (LiaHttpCall  *call,
                          const GError *error);
void     lia_http_turn_away (LiaHttpCall  *call,
                             const GError *error);
void     lia_http_limit_body_time (LiaHttpCall *call,
                                   guint        seconds);

G_END_DECLS
