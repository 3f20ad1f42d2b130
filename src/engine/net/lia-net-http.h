/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What libsoup answers with callbacks, for fibers. */

DexFuture *lia_net_send (SoupSession *session,
                         SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
