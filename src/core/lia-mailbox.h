/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_MAILBOX (lia_mailbox_get_type ())

G_DECLARE_FINAL_TYPE (LiaMailbox, lia_mailbox, LIA, MAILBOX, GObject)

/**
 * LiaMailbox:
 *
 * How a mailbox is reached, as discovered or typed in. The password is kept apart. Immutable once published.
 */
struct _LiaMailbox
{
  GObject parent_instance;

  char  *source; /* "autoconfig", "srv", "well-known", "guess", or "" when typed */
  char  *address;
  char  *name;        /* of the mailbox in lists */
  char  *sender_name; /* what customers see */
  char  *login;
  char  *imap_host;
  gint64 imap_port;
  char  *imap_tls; /* "tls" or "starttls" */
  char  *smtp_host;
  gint64 smtp_port;
  char  *smtp_tls;
  char  *ca; /* PEM text of an own authority, or NULL */
};

LiaMailbox *lia_mailbox_new (void);

G_END_DECLS
