/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-agent.h"
#include "lia-db.h"
#include "lia-queue.h"

G_BEGIN_DECLS

/**
 * LiaPhoneSetup:
 * @agents: of LiaAgent
 * @queues: of LiaQueue
 *
 * Whose telephones and which queues there are, as the store says. Counted, immutable.
 */
typedef struct
{
  GPtrArray *agents;
  GPtrArray *queues;
} LiaPhoneSetup;

/* #LiaStoreFunc; @result: a LiaPhoneSetup, to be freed by lia_phone_setup_unref(). */
gboolean       lia_phone_setup_read (LiaDb    *db,
                                     gpointer  unused,
                                     gpointer *result,
                                     GError  **error);
LiaPhoneSetup *lia_phone_setup_ref (LiaPhoneSetup *self);
void           lia_phone_setup_unref (LiaPhoneSetup *self);
LiaAgent      *lia_phone_setup_find_agent (LiaPhoneSetup *self,
                                           const char    *id);
const char    *lia_phone_setup_member_of (LiaAgent *agent);
LiaQueue      *lia_phone_setup_find_queue (LiaPhoneSetup *self,
                                           const char    *id);
LiaQueue      *lia_phone_setup_find_phone_queue (LiaPhoneSetup *self,
                                                 const char    *channel,
                                                 const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPhoneSetup, lia_phone_setup_unref)

G_END_DECLS
