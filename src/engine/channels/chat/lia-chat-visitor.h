/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-jwt.h"
#include "lia-db.h"

G_BEGIN_DECLS

/**
 * LiaChatVisitor:
 *
 * Who speaks on a site. Counted by any thread; immutable.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gint64          channel_id;
  char           *visitor;  /* the address of the kind "chat" */
  gboolean        verified; /* the site's server says who it is */
  char           *name;     /* as typed, or as signed */
  char           *email;
  char           *locale;
  gboolean        stale; /* her token should be touched, so that it lives on */
} LiaChatVisitor;

LiaChatVisitor *lia_chat_visitor_new (gint64      channel_id,
                                      const char *site_key,
                                      const char *name,
                                      const char *email,
                                      const char *locale);
LiaChatVisitor *lia_chat_visitor_new_verified (gint64                 channel_id,
                                               const char            *site_key,
                                               const LiaChatIdentity *identity,
                                               const char            *locale);
LiaChatVisitor *lia_chat_visitor_ref (LiaChatVisitor *self);
void            lia_chat_visitor_unref (LiaChatVisitor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatVisitor, lia_chat_visitor_unref)

/**
 * LiaChatSignIn:
 *
 * A new token of a visitor, on its way into the store.
 */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *hash;
} LiaChatSignIn;

LiaChatSignIn *lia_chat_sign_in_new (LiaChatVisitor *visitor,
                                     const char     *token);
void           lia_chat_sign_in_free (gpointer sign_in);

/* #LiaStoreFunc: */
gboolean lia_chat_sign_in_write (LiaDb    *db,
                                 gpointer  sign_in,
                                 gpointer *result,
                                 GError  **error);
gboolean lia_chat_visitor_read (LiaDb    *db,
                                gpointer  hash,
                                gpointer *visitor,
                                GError  **error);
gboolean lia_chat_visitor_touch (LiaDb    *db,
                                 gpointer  hash,
                                 gpointer *result,
                                 GError  **error);

G_END_DECLS
