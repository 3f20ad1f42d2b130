/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Two homes for secrets, one face: libsecret (asynchronous, may show the keyring's unlock prompt), or a JSON file {account: {kind: secret}}
 * of mode 0600 that is replaced as a whole. The file is read and written on worker threads, one at a time.
 */

#include "lia-secrets.h"

#include "lia-async.h"
#include "lia-json.h"
#include "lia-problem.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/stat.h>

#define PROMPT_TIMEOUT_MS (120 * 1000)
#define MAX_FILE_BYTES (1024 * 1024)

struct _LiaSecrets
{
  GObject parent_instance;

  char  *workspace;
  char  *file; /* NULL = libsecret */
  GMutex file_lock;
};

G_DEFINE_FINAL_TYPE (LiaSecrets, lia_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "org.liaisondesk.Liaison",
  SECRET_SCHEMA_NONE,
  {
      { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "channel", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "kind", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

static void
lia_secrets_finalize (GObject *object)
{
  LiaSecrets *self = LIA_SECRETS (object);

  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->file, g_free);
  g_mutex_clear (&self->file_lock);

  G_OBJECT_CLASS (lia_secrets_parent_class)->finalize (object);
}

static void
lia_secrets_class_init (LiaSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_secrets_finalize;
}

static void
lia_secrets_init (LiaSecrets *self)
{
  g_mutex_init (&self->file_lock);
}

/* A file that others can read is not a place for secrets: refused instead of repaired, so that its owner learns of it. */
static gboolean
check_file (const char *file,
            GError    **error)
{
  struct stat status;

  if (stat (file, &status) != 0)
    {
      if (errno == ENOENT)
        return TRUE;
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "The credentials file %s cannot be read: %s.", file, g_strerror (errno));
      return FALSE;
    }
  if (S_ISREG (status.st_mode) && (status.st_mode & 077) == 0 && status.st_uid == geteuid ())
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
               "The credentials file %s must be yours and of mode 0600: others could read the passwords in it.", file);
  return FALSE;
}

/**
 * lia_secrets_new:
 * @workspace: what tells this store's secrets from another's
 * @credentials_file: (nullable): keep them in this file instead of libsecret; made when it is not there
 *
 * Returns: (nullable): NULL when the file may be read by others
 */
LiaSecrets *
lia_secrets_new (const char *workspace,
                 const char *credentials_file,
                 GError    **error)
{
  LiaSecrets *self;

  if (credentials_file != NULL && !check_file (credentials_file, error))
    return NULL;

  self = g_object_new (LIA_TYPE_SECRETS, NULL);
  self->workspace = g_strdup (workspace);
  self->file = g_strdup (credentials_file);
  return self;
}

typedef struct
{
  LiaSecrets *self;
  char       *account;
  char       *kind;
  char       *secret; /* NULL = forget the account */
} FileWork;

static void
file_work_free (FileWork *work)
{
  g_object_unref (work->self);
  g_free (work->account);
  g_free (work->kind);
  g_free (work->secret);
  g_free (work);
}

static FileWork *
file_work_new (LiaSecrets *self,
               const char *account,
               const char *kind,
               const char *secret)
{
  FileWork *work = g_new0 (FileWork, 1);

  work->self = g_object_ref (self);
  work->account = g_strdup (account);
  work->kind = g_strdup (kind);
  work->secret = g_strdup (secret);
  return work;
}

static JsonObject *
read_file (LiaSecrets *self,
           GError    **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length;

  if (!check_file (self->file, error))
    return NULL;

  if (!g_file_get_contents (self->file, &text, &length, &failure))
    {
      if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return json_object_new ();
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return lia_json_parse (length > 0 ? text : "{}", length > 0 ? (gssize)length : 2, MAX_FILE_BYTES, error);
}

static gboolean
write_file (LiaSecrets *self,
            JsonObject *accounts,
            GError    **error)
{
  g_autofree char *text = lia_json_to_text (accounts);

  return g_file_set_contents_full (self->file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static DexFuture *
file_change_fiber (gpointer data)
{
  FileWork *work = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&work->self->file_lock);
  g_autoptr (JsonObject) accounts = NULL;
  GError *error = NULL;

  accounts = read_file (work->self, &error);
  if (accounts == NULL)
    return dex_future_new_for_error (error);

  if (work->secret == NULL)
    {
      if (json_object_has_member (accounts, work->account))
        json_object_remove_member (accounts, work->account);
    }
  else
    {
      JsonObject *kinds = NULL;

      if (!lia_json_obj (accounts, work->account, LIA_JSON_OPTIONAL, &kinds, NULL) || kinds == NULL)
        {
          kinds = json_object_new ();
          json_object_set_object_member (accounts, work->account, kinds);
        }
      json_object_set_string_member (kinds, work->kind, work->secret);
    }

  if (!write_file (work->self, accounts, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

static DexFuture *
not_found (void)
{
  return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no password for this channel.");
}

static DexFuture *
file_lookup_fiber (gpointer data)
{
  FileWork *work = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&work->self->file_lock);
  g_autoptr (JsonObject) accounts = NULL;
  JsonObject *kinds = NULL;
  const char *secret = NULL;
  GError     *error = NULL;

  accounts = read_file (work->self, &error);
  if (accounts == NULL ||
      !lia_json_obj (accounts, work->account, LIA_JSON_OPTIONAL, &kinds, &error) ||
      (kinds != NULL && !lia_json_str (kinds, work->kind, LIA_JSON_OPTIONAL, MAX_FILE_BYTES, &secret, &error)))
    return dex_future_new_for_error (error);

  return secret != NULL ? dex_future_new_for_string (secret) : not_found ();
}

/* Blocking work: a fiber of the thread pool, which never awaits. */
static DexFuture *
in_thread (DexFiberFunc func,
           FileWork    *work)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, func, work, (GDestroyNotify)file_work_free);
}

/* Whatever is wrong with the password store, the user hears what to do about it. */
static void
reject (DexPromise *promise,
        GError     *cause)
{
  dex_promise_reject (promise, g_error_new (LIA_PROBLEM, LIA_PROBLEM_CHANNEL_DOWN,
                                            "The system's password store cannot be used (%s). Unlock it, or install one such as GNOME Keyring.",
                                            cause->message));
  g_error_free (cause);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    reject (promise, error);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;
  char   *secret = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    reject (promise, error);
  else if (secret == NULL)
    dex_promise_reject (promise, g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no password for this channel."));
  else
    dex_promise_resolve_string (promise, g_strdup (secret));
  secret_password_free (secret);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (DexPromise) promise = data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    dex_promise_resolve_boolean (promise, TRUE);
  else
    reject (promise, error);
}

/**
 * lia_secrets_store:
 * @label: what the user sees in the password manager
 *
 * Keeps a secret, in place of an earlier one.
 */
DexFuture *
lia_secrets_store (LiaSecrets *self,
                   const char *account,
                   const char *kind,
                   const char *label,
                   const char *secret)
{
  DexPromise *promise;

  if (self->file != NULL)
    return in_thread (file_change_fiber, file_work_new (self, account, kind, secret));

  promise = dex_promise_new_cancellable ();
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, secret, dex_promise_get_cancellable (promise), on_stored,
                         dex_ref (promise), "workspace", self->workspace, "channel", account, "kind", kind, NULL);
  return lia_with_timeout (DEX_FUTURE (promise), PROMPT_TIMEOUT_MS);
}

/** lia_secrets_lookup: resolves to the secret, or rejects with %G_IO_ERROR_NOT_FOUND. */
DexFuture *
lia_secrets_lookup (LiaSecrets *self,
                    const char *account,
                    const char *kind)
{
  DexPromise *promise;

  if (self->file != NULL)
    return in_thread (file_lookup_fiber, file_work_new (self, account, kind, NULL));

  promise = dex_promise_new_cancellable ();
  secret_password_lookup (&schema, dex_promise_get_cancellable (promise), on_looked_up, dex_ref (promise),
                          "workspace", self->workspace, "channel", account, "kind", kind, NULL);
  return lia_with_timeout (DEX_FUTURE (promise), PROMPT_TIMEOUT_MS);
}

/** lia_secrets_forget: removes all secrets of an account. */
DexFuture *
lia_secrets_forget (LiaSecrets *self,
                    const char *account)
{
  DexPromise *promise;

  if (self->file != NULL)
    return in_thread (file_change_fiber, file_work_new (self, account, NULL, NULL));

  promise = dex_promise_new_cancellable ();
  secret_password_clear (&schema, dex_promise_get_cancellable (promise), on_cleared, dex_ref (promise),
                         "workspace", self->workspace, "channel", account, NULL);
  return lia_with_timeout (DEX_FUTURE (promise), PROMPT_TIMEOUT_MS);
}
