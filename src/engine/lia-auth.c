/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tokens of the store, mirrored in memory by their hash. Main context only. */

#include "lia-auth.h"

#include "lia-async.h"
#include "lia-time.h"

#include <sys/random.h>

#define TOKEN_PREFIX "lia_a_"
#define SECRET_BYTES 32
#define TOKEN_LIFE_MS (30 * G_GINT64_CONSTANT (86400000))

struct _LiaAuth
{
  GObject parent_instance;

  LiaStore   *store;
  GHashTable *agents; /* char * (hash) -> gint64 * (agent) */
  char       *secret; /* of --listen, or NULL */
};

G_DEFINE_FINAL_TYPE (LiaAuth, lia_auth, G_TYPE_OBJECT)

enum {
  SIGNAL_REVOKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
lia_auth_finalize (GObject *object)
{
  LiaAuth *self = LIA_AUTH (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->agents, g_hash_table_unref);
  g_clear_pointer (&self->secret, g_free);

  G_OBJECT_CLASS (lia_auth_parent_class)->finalize (object);
}

static void
lia_auth_class_init (LiaAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_auth_finalize;

  signals[SIGNAL_REVOKED] =
      g_signal_new ("revoked", LIA_TYPE_AUTH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_auth_init (LiaAuth *self)
{
  self->agents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LiaAuth *
lia_auth_new (LiaStore *store)
{
  LiaAuth *self = g_object_new (LIA_TYPE_AUTH, NULL);

  self->store = g_object_ref (store);
  return self;
}

/** lia_auth_random_token: (transfer full): 256 bits that nobody can guess, as text. */
char *
lia_auth_random_token (const char *prefix)
{
  guint8           bytes[SECRET_BYTES];
  g_autofree char *text = NULL;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("no random bytes from the kernel: %s", g_strerror (errno));

  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  g_strdelimit (text, "=", '\0');
  return g_strconcat (prefix, text, NULL);
}

/** lia_auth_token_hash: (transfer full): what is kept of a token. */
char *
lia_auth_token_hash (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

static void
remember (LiaAuth *self,
          char    *hash,
          gint64   agent_id)
{
  gint64 *value = g_new (gint64, 1);

  *value = agent_id;
  g_hash_table_replace (self->agents, hash, value);
}

typedef struct
{
  char  *hash;
  gint64 agent_id;
} Token;

static void
token_free (Token *token)
{
  g_free (token->hash);
  g_free (token);
}

static Token *
token_new (char  *hash,
           gint64 agent_id)
{
  Token *token = g_new0 (Token, 1);

  token->hash = hash;
  token->agent_id = agent_id;
  return token;
}

static gboolean
load_tokens (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func ((GDestroyNotify)token_free);
  g_autoptr (LiaRows) rows = NULL;
  g_autoptr (GError) failure = NULL;

  if (!lia_db_exec (db, error, "DELETE FROM token WHERE created_at < $1", "i", lia_time_now () - TOKEN_LIFE_MS))
    return FALSE;

  rows = lia_db_query (db, error, "SELECT hash, agent_id FROM token", "");
  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &failure))
    g_ptr_array_add (tokens, token_new (g_strdup (lia_rows_text (rows, 0)), lia_rows_int (rows, 1)));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  *result = g_steal_pointer (&tokens);
  return TRUE;
}

static DexFuture *
load_fiber (gpointer data)
{
  LiaAuth *self = data;
  g_autoptr (GPtrArray) tokens = NULL;
  GError *error = NULL;

  tokens = lia_store_await (lia_store_write (self->store, load_tokens, NULL, NULL, (GDestroyNotify)g_ptr_array_unref), &error);
  if (tokens == NULL)
    return dex_future_new_for_error (error);

  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = g_ptr_array_index (tokens, i);

      remember (self, g_strdup (token->hash), token->agent_id);
    }
  return dex_future_new_for_boolean (TRUE);
}

/** lia_auth_load: reads the tokens that are still valid; before the first call is taken. */
DexFuture *
lia_auth_load (LiaAuth *self)
{
  return lia_spawn (load_fiber, g_object_ref (self), g_object_unref);
}

static gboolean
insert_token (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Token *token = data;

  return lia_db_exec (db, error, "INSERT INTO token(hash, agent_id, created_at) VALUES($1, $2, $3)", "tii",
                      token->hash, token->agent_id, lia_time_now ());
}

typedef struct
{
  LiaAuth *self;
  gint64   agent_id;
} Issue;

static void
issue_free (Issue *issue)
{
  g_object_unref (issue->self);
  g_free (issue);
}

static DexFuture *
issue_fiber (gpointer data)
{
  Issue           *issue = data;
  g_autofree char *token = lia_auth_random_token (TOKEN_PREFIX);
  g_autofree char *hash = lia_auth_token_hash (token);
  GError          *error = NULL;

  if (!dex_await (lia_store_write (issue->self->store, insert_token, token_new (g_strdup (hash), issue->agent_id),
                                   (GDestroyNotify)token_free, NULL),
                  &error))
    return dex_future_new_for_error (error);

  remember (issue->self, g_steal_pointer (&hash), issue->agent_id);
  return dex_future_new_take_string (g_steal_pointer (&token));
}

/** lia_auth_issue: resolves to a new token of an agent, once it is kept. */
DexFuture *
lia_auth_issue (LiaAuth *self,
                gint64   agent_id)
{
  Issue *issue = g_new0 (Issue, 1);

  issue->self = g_object_ref (self);
  issue->agent_id = agent_id;
  return lia_spawn (issue_fiber, issue, (GDestroyNotify)issue_free);
}

static gboolean
delete_token (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  return lia_db_exec (db, error, "DELETE FROM token WHERE hash = $1", "t", (const char *)data);
}

/** lia_auth_revoke: the token ends now; resolves when that is kept. */
DexFuture *
lia_auth_revoke (LiaAuth    *self,
                 const char *token)
{
  g_autofree char *hash = lia_auth_token_hash (token);

  g_hash_table_remove (self->agents, hash);
  g_signal_emit (self, signals[SIGNAL_REVOKED], 0, token);
  return lia_store_write (self->store, delete_token, g_steal_pointer (&hash), g_free, NULL);
}

/** lia_auth_check: the agent whose token it is; 0 for one that is not valid. */
gint64
lia_auth_check (LiaAuth    *self,
                const char *token)
{
  g_autofree char *hash = lia_auth_token_hash (token);
  gint64          *agent = g_hash_table_lookup (self->agents, hash);

  return agent != NULL ? *agent : 0;
}

/** lia_auth_make_secret: the line that `--listen` prints: who can read our output may sign in. */
const char *
lia_auth_make_secret (LiaAuth *self)
{
  if (self->secret == NULL)
    self->secret = lia_auth_random_token ("");
  return self->secret;
}

/** lia_auth_check_secret: in a time that does not depend on how much of it is right. */
gboolean
lia_auth_check_secret (LiaAuth    *self,
                       const char *secret)
{
  guint difference = 0;

  if (self->secret == NULL || secret == NULL || strlen (secret) != strlen (self->secret))
    return FALSE;

  for (gsize i = 0; self->secret[i] != '\0'; i++)
    difference |= (guint)(self->secret[i] ^ secret[i]);
  return difference == 0;
}
