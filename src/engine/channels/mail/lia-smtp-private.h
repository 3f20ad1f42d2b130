/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-smtp.h"

G_BEGIN_DECLS

/* What lia-smtp.c, the session, and lia-smtp-send.c, what is sent in it, share. */

#define LIA_SMTP_REPLY_MS (60 * 1000)

struct _LiaSmtp
{
  GObject parent_instance;

  LiaMailStream *stream;
  GPtrArray     *extensions; /* of char *, upper case: "SIZE 26214400" */
  gint64         max_size;   /* 0 = not said */
  gboolean       broken;
};

typedef struct
{
  int   code; /* 0 = none came */
  char *text; /* lines joined by a space */
} LiaSmtpReply;

void lia_smtp_reply_clear (LiaSmtpReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaSmtpReply, lia_smtp_reply_clear)

gboolean    lia_smtp_read_reply (LiaSmtp      *self,
                                 LiaSmtpReply *reply,
                                 GPtrArray    *lines,
                                 guint         timeout_ms,
                                 GError      **error);
gboolean    lia_smtp_command (LiaSmtp      *self,
                              LiaSmtpReply *reply,
                              GPtrArray    *lines,
                              const char   *line,
                              GError      **error);
const char *lia_smtp_find_extension (LiaSmtp    *self,
                                     const char *name);
gboolean    lia_smtp_is_safe_address (const char *address);

G_END_DECLS
