/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-action.h"
#include "lia-ami-parser.h"
#include "lia-pbx.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_AMI_CLIENT (lia_ami_client_get_type ())

/**
 * LiaAmiClient:
 *
 * One connection to an Asterisk's manager interface, from its begin to its end: it does not connect again, as what happened in between has to be
 * asked for first, which is its owner's to decide. The owner waits lia_ami_client_backoff() before the next one. Errors are of
 * %LIA_AMI_ERROR, and of %LIA_NET_ERROR before there is a connection.
 *
 * Signals: "events" (GPtrArray of LiaAmiMessage), what the PBX tells by itself, in its order, tainted messages included; emitted from the reader,
 * which must not be kept waiting. "closed" (GError), once, when a connection that was logged in ends.
 */
G_DECLARE_FINAL_TYPE (LiaAmiClient, lia_ami_client, LIA, AMI_CLIENT, GObject)

LiaAmiClient       *lia_ami_client_new (LiaPbx *pbx);
void                lia_ami_client_set_pace (LiaAmiClient *self,
                                             guint         deadline_ms,
                                             guint         ping_ms);
void                lia_ami_client_set_numbered (LiaAmiClient *self);
gboolean            lia_ami_client_open (LiaAmiClient *self,
                                         const char   *password,
                                         GError      **error);
DexFuture          *lia_ami_client_send (LiaAmiClient *self,
                                         LiaAmiAction *action) G_GNUC_WARN_UNUSED_RESULT;
DexFuture          *lia_ami_client_list (LiaAmiClient *self,
                                         LiaAmiAction *action) G_GNUC_WARN_UNUSED_RESULT;
gboolean            lia_ami_client_has_booted (LiaAmiClient *self);
DexFuture          *lia_ami_client_await_boot (LiaAmiClient *self,
                                               guint         timeout_ms) G_GNUC_WARN_UNUSED_RESULT;
const LiaAmiCounts *lia_ami_client_get_counts (LiaAmiClient *self);
gint64              lia_ami_client_get_offset (LiaAmiClient *self);
void                lia_ami_client_close (LiaAmiClient *self);
guint               lia_ami_client_backoff (guint failures);

G_END_DECLS
