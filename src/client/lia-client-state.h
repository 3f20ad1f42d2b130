/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LiaClientState:
 * @LIA_CLIENT_OFFLINE: not started, or the engine cannot be reached; what is shown is stale
 * @LIA_CLIENT_CONNECTING: on the way
 * @LIA_CLIENT_RESYNCING: connected, lists are being read again; what is shown is stale
 * @LIA_CLIENT_LIVE: what is shown is true
 */
typedef enum {
  LIA_CLIENT_OFFLINE,
  LIA_CLIENT_CONNECTING,
  LIA_CLIENT_RESYNCING,
  LIA_CLIENT_LIVE,
} LiaClientState;

#define LIA_TYPE_CLIENT_STATE (lia_client_state_get_type ())
GType lia_client_state_get_type (void);

G_END_DECLS
