/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CANNED_CONTEXT (lia_canned_context_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedContext, lia_canned_context, LIA, CANNED_CONTEXT, GObject)

/**
 * LiaCannedContext:
 *
 * Who looks for a canned response, and for which conversation. Immutable once used: another conversation or a new message is a new value. What
 * is unknown is "".
 */
struct _LiaCannedContext
{
  GObject parent_instance;

  char    *agent; /* an agent's id: others' private responses are not found */
  char    *channel;
  char    *queue;
  char    *language; /* BCP 47 */
  char    *product;
  char    *message; /* what the customer wrote last */
  gint64   now_ms;
  gboolean retired; /* retired responses are found as well */
};

LiaCannedContext *lia_canned_context_new (void);

G_END_DECLS
