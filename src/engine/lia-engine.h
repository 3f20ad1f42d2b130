/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-store.h"

G_BEGIN_DECLS

#define LIA_TYPE_ENGINE (lia_engine_get_type ())

/**
 * LiaEngine:
 *
 * The context that everything in the engine hangs off: the store, the secrets, the channels, the hub that tells the streams. Passed, never global.
 */
G_DECLARE_FINAL_TYPE (LiaEngine, lia_engine, LIA, ENGINE, GObject)

typedef struct _LiaSecrets LiaSecrets;
typedef struct _LiaMailHub LiaMailHub; /* all mailboxes: channels/mail/lia-mail-hub.h */

LiaStore   *lia_engine_get_store (LiaEngine *self);
LiaSecrets *lia_engine_get_secrets (LiaEngine *self);
LiaMailHub *lia_engine_get_mail (LiaEngine *self);
void        lia_engine_send_ephemeral (LiaEngine  *self,
                                       const char *kind,
                                       const char *data);

G_END_DECLS
