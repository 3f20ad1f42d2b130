/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-client.h"

G_BEGIN_DECLS

/* What lia-ami-client.c, the connection, and lia-ami-open.c, how it begins, share. */

struct _LiaAmiClient
{
  GObject parent_instance;

  LiaPbx            *pbx;
  GSocketConnection *tcp;
  GIOStream         *io; /* tcp, or TLS over it */
  LiaAmiParser      *parser;
  LiaAmiClock        clock;
  GByteArray        *banner;   /* bytes before the first message, until its line is complete */
  GHashTable        *pending;  /* char *, ActionID (owned by the value) -> Pending * */
  GByteArray        *outgoing; /* not handed to the socket yet */
  gboolean           writing;
  DexPromise        *greeted; /* by the PBX */
  DexPromise        *booted;  /* resolved once the PBX has said that it has started */
  DexPromise        *ended;
  GError            *end; /* why, or NULL */
  gboolean           logged_in;
  guint              deadline_ms;
  guint              ping_ms;
  gboolean           numbered;
  guint              last_number;
};

DexFuture *lia_ami_client_reader_fiber (gpointer data);
DexFuture *lia_ami_client_keep_alive_fiber (gpointer data);
DexFuture *lia_ami_client_ask (LiaAmiClient *self,
                               LiaAmiAction *action,
                               gboolean      is_list) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_ami_client_await (DexFuture *future,
                                 guint      timeout_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
