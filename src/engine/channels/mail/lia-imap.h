/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-imap-parse.h"
#include "lia-mail-stream.h"
#include "lia-mailbox.h"
#include "lia-sasl.h"

G_BEGIN_DECLS

#define LIA_TYPE_IMAP (lia_imap_get_type ())

/**
 * LiaImap:
 *
 * A session with an IMAP server (RFC 3501, 9051), logged in. Commands may be sent before earlier ones have ended; what comes unasked goes to
 * the handler. For one fiber at a time.
 */
G_DECLARE_FINAL_TYPE (LiaImap, lia_imap, LIA, IMAP, GObject)

/** LiaImapHandler: gets each untagged response, data and status alike. */
typedef void (*LiaImapHandler) (const LiaImapResponse *response,
                                gpointer               data);

typedef struct
{
  char         *tag;
  gboolean      done;
  LiaImapStatus status;
  char         *code;
  char         *code_args;
  char         *text;
} LiaImapCommand;

#define LIA_IMAP_COMMAND_MS (60 * 1000)
#define LIA_IMAP_TRANSFER_MS (5 * 60 * 1000)

LiaImap        *lia_imap_connect (LiaMailbox *mailbox,
                                  GError    **error);
gboolean        lia_imap_log_in (LiaImap    *self,
                                 const char *login,
                                 const char *password,
                                 GError    **error);
gboolean        lia_imap_authenticate (LiaImap *self,
                                       LiaSasl *sasl,
                                       GError **error);
LiaImap        *lia_imap_open (LiaMailbox *mailbox,
                               const char *password,
                               GError    **error);
void            lia_imap_close (LiaImap *self);
LiaMailStream  *lia_imap_get_stream (LiaImap *self);
gboolean        lia_imap_has (LiaImap    *self,
                              const char *capability);
void            lia_imap_set_handler (LiaImap       *self,
                                      LiaImapHandler handler,
                                      gpointer       data);
LiaImapCommand *lia_imap_send (LiaImap    *self,
                               GError    **error,
                               const char *format,
                               ...) G_GNUC_PRINTF (3, 4);
gboolean        lia_imap_finish (LiaImap        *self,
                                 LiaImapCommand *command,
                                 guint           timeout_ms,
                                 GError        **error);
gboolean        lia_imap_run (LiaImap    *self,
                              GError    **error,
                              const char *format,
                              ...) G_GNUC_PRINTF (3, 4);
gboolean        lia_imap_append (LiaImap    *self,
                                 const char *path,
                                 const char *flags,
                                 gint64      date_ms,
                                 GBytes     *message,
                                 GError    **error);
gboolean        lia_imap_process (LiaImap *self,
                                  GError **error);
gboolean        lia_imap_idle_begin (LiaImap *self,
                                     GError **error);
gboolean        lia_imap_idle_end (LiaImap *self,
                                   GError **error);
char           *lia_imap_quote (const char *text);
void            lia_imap_command_free (LiaImapCommand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapCommand, lia_imap_command_free)

G_END_DECLS
