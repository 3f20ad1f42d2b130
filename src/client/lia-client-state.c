/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-client-state.h"

GType
lia_client_state_get_type (void)
{
  static const GEnumValue values[] = {
    { LIA_CLIENT_OFFLINE, "LIA_CLIENT_OFFLINE", "offline" },
    { LIA_CLIENT_CONNECTING, "LIA_CLIENT_CONNECTING", "connecting" },
    { LIA_CLIENT_RESYNCING, "LIA_CLIENT_RESYNCING", "resyncing" },
    { LIA_CLIENT_LIVE, "LIA_CLIENT_LIVE", "live" },
    { 0, NULL, NULL },
  };
  static GType type;

  if (g_once_init_enter_pointer (&type))
    g_once_init_leave_pointer (&type, g_enum_register_static ("LiaClientState", values));

  return type;
}
