/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-imap.h"

G_BEGIN_DECLS

/* What lia-imap.c, the session, and lia-imap-login.c, how it begins, share. */

struct _LiaImap
{
  GObject parent_instance;

  LiaMailStream  *stream;
  LiaImapParser  *parser;
  GHashTable     *capabilities; /* of upper-case names */
  GPtrArray      *commands;     /* of LiaImapCommand, borrowed: those that have not ended */
  guint           last_tag;
  char           *continuation; /* text of a "+" that nobody took yet */
  gboolean        starting_tls;
  gboolean        greeted;
  LiaImapStatus   greeting;
  char           *bye;
  LiaImapHandler  handler;
  gpointer        handler_data;
  LiaImapCommand *idle;
};

gboolean        lia_imap_pump (LiaImap *self,
                               guint    timeout_ms,
                               GError **error);
LiaImapCommand *lia_imap_send_line (LiaImap    *self,
                                    const char *line,
                                    const char *shown,
                                    GError    **error);
gboolean        lia_imap_await_continuation (LiaImap        *self,
                                             LiaImapCommand *command,
                                             guint           timeout_ms,
                                             GError        **error);
gboolean        lia_imap_check_status (const LiaImapCommand *command,
                                       GError              **error);

G_END_DECLS
