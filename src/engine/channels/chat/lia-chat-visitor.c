/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Visitors and their tokens. One whom nobody vouches for is `visitor-…#SITE`, one of the site's own people is `SUBJECT@SITE`: what stands between name
 * and site says which, and neither can be the other, as a site's key has no such sign. So no guessed token ever opens a signed-in customer's thread.
 */

#include "lia-chat-visitor.h"

#include "lia-address.h"
#include "lia-auth.h"
#include "lia-problem.h"
#include "lia-time.h"

#define TOKEN_LIFE_MS (90 * G_GINT64_CONSTANT (86400000))
#define TOUCH_MS G_GINT64_CONSTANT (86400000) /* a day more or less is no write worth */

static LiaChatVisitor *
visitor_new (gint64      channel_id,
             char       *visitor,
             gboolean    verified,
             const char *name,
             const char *email,
             const char *locale)
{
  LiaChatVisitor *self = g_new0 (LiaChatVisitor, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->channel_id = channel_id;
  self->visitor = visitor;
  self->verified = verified;
  self->name = g_strdup (name != NULL ? name : "");
  self->email = g_strdup (email != NULL ? email : "");
  self->locale = g_strdup (locale != NULL ? locale : "");

  return self;
}

/** lia_chat_visitor_new: somebody of whom nothing is known but what she says. */
LiaChatVisitor *
lia_chat_visitor_new (gint64      channel_id,
                      const char *site_key,
                      const char *name,
                      const char *email,
                      const char *locale)
{
  g_autofree char *random = lia_auth_random_token ("");
  g_autofree char *hash = lia_auth_token_hash (random);

  return visitor_new (channel_id, g_strdup_printf (LIA_ADDRESS_VISITOR "%.16s#%s", hash, site_key), FALSE, name, email, locale);
}

/** lia_chat_visitor_new_verified: whom the site's own server knows. */
LiaChatVisitor *
lia_chat_visitor_new_verified (gint64                 channel_id,
                               const char            *site_key,
                               const LiaChatIdentity *identity,
                               const char            *locale)
{
  return visitor_new (channel_id, g_strdup_printf ("%s@%s", identity->subject, site_key), TRUE, identity->name, identity->email, locale);
}

LiaChatVisitor *
lia_chat_visitor_ref (LiaChatVisitor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lia_chat_visitor_unref (LiaChatVisitor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->visitor);
  g_free (self->name);
  g_free (self->email);
  g_free (self->locale);
  g_free (self);
}

LiaChatSignIn *
lia_chat_sign_in_new (LiaChatVisitor *visitor,
                      const char     *token)
{
  LiaChatSignIn *self = g_new0 (LiaChatSignIn, 1);

  self->visitor = lia_chat_visitor_ref (visitor);
  self->hash = lia_auth_token_hash (token);
  return self;
}

void
lia_chat_sign_in_free (gpointer sign_in)
{
  LiaChatSignIn *self = sign_in;

  lia_chat_visitor_unref (self->visitor);
  g_free (self->hash);
  g_free (self);
}

/** lia_chat_sign_in_write: keeps what is needed to know the token again, and forgets those that nobody used for long. */
gboolean
lia_chat_sign_in_write (LiaDb    *db,
                        gpointer  sign_in,
                        gpointer *result,
                        GError  **error)
{
  LiaChatSignIn  *self = sign_in;
  LiaChatVisitor *visitor = self->visitor;
  gint64          now_ms = lia_time_now ();

  return lia_db_exec (db, error, "DELETE FROM chat_token WHERE used_at < $1", "i", now_ms - TOKEN_LIFE_MS) &&
         lia_db_exec (db, error,
                      "INSERT INTO chat_token (hash, channel_id, visitor, verified, name, email, locale, created_at, used_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
                      "titittti", self->hash, visitor->channel_id, visitor->visitor, (gint64)visitor->verified, visitor->name, visitor->email,
                      visitor->locale, now_ms);
}

/**
 * lia_chat_visitor_read:
 * @hash: of her token
 * @visitor: (out) (transfer full): a #LiaChatVisitor
 *
 * %LIA_PROBLEM_UNAUTHORIZED for one that is not known.
 */
gboolean
lia_chat_visitor_read (LiaDb    *db,
                       gpointer  hash,
                       gpointer *visitor,
                       GError  **error)
{
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;
  LiaChatVisitor *found;
  gint64          now_ms = lia_time_now ();

  rows = lia_db_query (db, error, "SELECT channel_id, visitor, verified, name, email, locale, used_at FROM chat_token WHERE hash = $1 AND used_at >= $2",
                       "ti", hash, now_ms - TOKEN_LIFE_MS);
  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &failure))
    {
      if (failure == NULL)
        g_set_error_literal (&failure, LIA_PROBLEM, LIA_PROBLEM_UNAUTHORIZED, "This token is not known, or not any more.");
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  found = visitor_new (lia_rows_int (rows, 0), g_strdup (lia_rows_text (rows, 1)), lia_rows_int (rows, 2) != 0, lia_rows_text (rows, 3),
                       lia_rows_text (rows, 4), lia_rows_text (rows, 5));
  found->stale = now_ms - lia_rows_int (rows, 6) >= TOUCH_MS;
  *visitor = found;

  return TRUE;
}

/** lia_chat_visitor_touch: @hash: of a token that is used, and so lives on. */
gboolean
lia_chat_visitor_touch (LiaDb    *db,
                        gpointer  hash,
                        gpointer *result,
                        GError  **error)
{
  return lia_db_exec (db, error, "UPDATE chat_token SET used_at = $2 WHERE hash = $1", "ti", hash, lia_time_now ());
}
