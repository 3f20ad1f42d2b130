/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-rights.h"

gboolean
lia_library_supervises (LiaClient *client)
{
  return lia_agent_supervises (lia_client_get_me (client));
}

/** lia_library_may_change: what is reviewed for the team only supervisors change. */
gboolean
lia_library_may_change (LiaClient *client,
                        LiaCanned *canned)
{
  return lia_library_supervises (client) || canned->scope == LIA_CANNED_PRIVATE || canned->state == LIA_CANNED_DRAFT || *canned->id == '\0';
}
