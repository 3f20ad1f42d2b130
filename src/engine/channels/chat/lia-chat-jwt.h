/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaChatIdentity:
 *
 * Who a visitor is, as the site's own server says.
 */
typedef struct
{
  char *subject; /* the site's own name of that person */
  char *name;    /* or "" */
  char *email;   /* or "" */
} LiaChatIdentity;

void lia_chat_identity_free (LiaChatIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatIdentity, lia_chat_identity_free)

/** LiaChatKeyFunc: (transfer none) (nullable): the secret of that name. */
typedef const char *(*LiaChatKeyFunc) (const char *kid,
                                       gpointer    data);

LiaChatIdentity *lia_chat_jwt_read (const char    *token,
                                    const char    *audience,
                                    LiaChatKeyFunc key,
                                    gpointer       data,
                                    gint64         now_ms,
                                    GError       **error);

G_END_DECLS
