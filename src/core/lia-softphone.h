/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_SOFTPHONE (lia_softphone_get_type ())

G_DECLARE_FINAL_TYPE (LiaSoftphone, lia_softphone, LIA, SOFTPHONE, GObject)

/**
 * LiaSoftphone:
 *
 * Where the telephone that is built into an agent's app registers, and as whom. Holds a secret: it is never logged and never in an event.
 * Immutable once published. Texts but `ca` are never NULL once decoded.
 */
struct _LiaSoftphone
{
  GObject parent_instance;

  char  *server;
  gint64 port;      /* 0: the transport's usual one */
  char  *transport; /* "tls", "tcp" or "udp" */
  char  *user;
  char  *secret;
  char  *ca; /* PEM text of an own authority, or NULL */
};

LiaSoftphone *lia_softphone_new (void);

G_END_DECLS
