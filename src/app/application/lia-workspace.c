/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-workspace.h"

#include "lia-config.h"

#include "lia-async.h"
#include "lia-engine-host.h"
#include "lia-sample.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define ENGINE_ENDS_WITHIN_US (30 * G_USEC_PER_SEC)
#define LOOK_AGAIN_US (20 * 1000)

struct _LiaWorkspace
{
  GObject parent_instance;

  char            *directory;
  gboolean         sample;
  LiaEngineHost   *host;     /* NULL while stopped */
  LiaClient       *client;   /* NULL while stopped */
  LiaPhoneStation *station;  /* NULL while stopped */
  DexFuture       *deletion; /* NULL: it was never deleted */
  char            *problem;
};

enum {
  PROP_0,
  PROP_CLIENT,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LiaWorkspace, lia_workspace, G_TYPE_OBJECT)

static void
set_problem (LiaWorkspace *self,
             const char   *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
on_problem_changed_cb (LiaWorkspace *self)
{
  set_problem (self, lia_engine_host_get_problem (self->host));
}

static void
lia_workspace_dispose (GObject *object)
{
  lia_workspace_stop (LIA_WORKSPACE (object));
  G_OBJECT_CLASS (lia_workspace_parent_class)->dispose (object);
}

static void
lia_workspace_finalize (GObject *object)
{
  LiaWorkspace *self = LIA_WORKSPACE (object);

  dex_clear (&self->deletion);
  g_free (self->directory);
  g_free (self->problem);
  G_OBJECT_CLASS (lia_workspace_parent_class)->finalize (object);
}

static void
lia_workspace_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  LiaWorkspace *self = LIA_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_CLIENT:
      g_value_set_object (value, self->client);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lia_workspace_class_init (LiaWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_workspace_dispose;
  object_class->finalize = lia_workspace_finalize;
  object_class->get_property = lia_workspace_get_property;

  properties[PROP_CLIENT] = g_param_spec_object ("client", NULL, NULL, LIA_TYPE_CLIENT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_workspace_init (LiaWorkspace *self)
{
}

static LiaWorkspace *
workspace_new (const char *name,
               gboolean    sample)
{
  LiaWorkspace *self = g_object_new (LIA_TYPE_WORKSPACE, NULL);
  const char   *root = g_getenv ("LIAISON_DATA");

  self->directory = root != NULL ? g_build_filename (root, name, NULL) : g_build_filename (g_get_user_data_dir (), "liaison", name, NULL);
  self->sample = sample;
  return self;
}

LiaWorkspace *
lia_workspace_new_default (void)
{
  return workspace_new ("default", FALSE);
}

LiaWorkspace *
lia_workspace_new_sample (void)
{
  return workspace_new ("sample", TRUE);
}

static gboolean
is_being_deleted (LiaWorkspace *self)
{
  return self->deletion != NULL && dex_future_is_pending (self->deletion);
}

/**
 * lia_workspace_exists:
 *
 * Returns: whether an engine has ever worked here, and it is not being deleted
 */
gboolean
lia_workspace_exists (LiaWorkspace *self)
{
  return !is_being_deleted (self) && g_file_test (self->directory, G_FILE_TEST_IS_DIR);
}

gboolean
lia_workspace_is_sample (LiaWorkspace *self)
{
  return self->sample;
}

const char *
lia_workspace_get_directory (LiaWorkspace *self)
{
  return self->directory;
}

const char *
lia_workspace_get_problem (LiaWorkspace *self)
{
  return self->problem;
}

/**
 * lia_workspace_get_client:
 *
 * Returns: (transfer none) (nullable): the session, while started
 */
LiaClient *
lia_workspace_get_client (LiaWorkspace *self)
{
  return self->client;
}

/**
 * lia_workspace_get_station:
 *
 * Returns: (transfer none) (nullable): the telephone, while started
 */
LiaPhoneStation *
lia_workspace_get_station (LiaWorkspace *self)
{
  return self->station;
}

/**
 * lia_workspace_start:
 *
 * Starts the engine and the session with it. When that fails `problem` says why, and `client` stays NULL.
 */
void
lia_workspace_start (LiaWorkspace *self)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (self->host != NULL)
    return;

  self->host = lia_engine_host_new (self->directory);
  g_signal_connect_object (self->host, "notify::problem", G_CALLBACK (on_problem_changed_cb), self, G_CONNECT_SWAPPED);
  if (!lia_engine_host_start (self->host, &error))
    {
      g_signal_handlers_disconnect_by_data (self->host, self);
      g_clear_object (&self->host);
      set_problem (self, error->message);
      return;
    }
  set_problem (self, lia_engine_host_get_problem (self->host));
  settings = g_settings_new (LIA_APP_ID);
  self->client = lia_client_new (lia_engine_host_get_address (self->host), NULL);
  self->station = lia_phone_station_new (self->client, settings);
  lia_client_start (self->client);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
}

void
lia_workspace_stop (LiaWorkspace *self)
{
  g_autoptr (LiaClient) client = g_steal_pointer (&self->client);

  if (client == NULL)
    return;

  g_clear_object (&self->station);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLIENT]);
  lia_client_stop (client);
  if (self->host != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->host, self);
      lia_engine_host_stop (self->host);
    }
  g_clear_object (&self->host);
}

/**
 * lia_workspace_retry:
 *
 * Starts the engine again after the user has done something about `problem`. The session stays the same object.
 */
void
lia_workspace_retry (LiaWorkspace *self)
{
  g_autoptr (GError) error = NULL;

  if (self->host == NULL)
    {
      lia_workspace_start (self);
      return;
    }
  lia_engine_host_stop (self->host);
  set_problem (self, NULL);
  if (!lia_engine_host_start (self->host, &error))
    set_problem (self, error->message);
}

/* What is gone already is deleted, too. */
static gboolean
delete_tree (GFile   *file,
             GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;
  g_autoptr (GError) refused = NULL;

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children != NULL)
    {
      GFile *child;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
        return FALSE;
      if (child == NULL)
        break;
      if (!delete_tree (child, error))
        return FALSE;
    }
  if (g_file_delete (file, NULL, &refused) || g_error_matches (refused, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

/* An engine that was told to end writes until it has. Its lock on the store's directory is the last that it lets go of; while we have that, no other one begins. */
static gboolean
take_from_engine (int      directory,
                  GError **error)
{
  gint64 end_us = g_get_monotonic_time () + ENGINE_ENDS_WITHIN_US;

  while (flock (directory, LOCK_EX | LOCK_NB) != 0)
    {
      int reason = errno;

      if (reason != EWOULDBLOCK || g_get_monotonic_time () > end_us)
        {
          g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (reason), g_strerror (reason));
          return FALSE;
        }
      g_usleep (LOOK_AGAIN_US);
    }
  return TRUE;
}

static void
delete_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  g_autoptr (GFile) directory = g_file_new_for_path (task_data);
  g_autofd int locked = g_open (task_data, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  g_autoptr (GError) error = NULL;

  if ((locked >= 0 && !take_from_engine (locked, &error)) || !delete_tree (directory, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
delete_directory (const char *path)
{
  DexPromise *promise = dex_promise_new ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, deleted_cb, dex_ref (promise));

  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, delete_thread);
  return DEX_FUTURE (promise);
}

/**
 * lia_workspace_delete:
 *
 * Stops the engine and deletes the store as soon as that has ended.
 */
DexFuture *
lia_workspace_delete (LiaWorkspace *self)
{
  lia_workspace_stop (self);
  dex_clear (&self->deletion);
  self->deletion = delete_directory (self->directory);
  return dex_ref (self->deletion);
}

static DexFuture *
make_sample_fiber (gpointer user_data)
{
  LiaWorkspace    *self = user_data;
  g_autofree char *unfinished = g_strconcat (self->directory, ".new", NULL);
  g_autoptr (GError) error = NULL;

  if (self->deletion != NULL)
    dex_await (dex_ref (self->deletion), NULL);
  if (lia_workspace_exists (self))
    return dex_future_new_for_boolean (TRUE);
  if (!dex_await (delete_directory (unfinished), &error) || !dex_await (lia_sample_make (unfinished), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (g_rename (unfinished, self->directory) != 0)
    return dex_future_new_for_errno (errno);
  return dex_future_new_for_boolean (TRUE);
}

/**
 * lia_workspace_make_sample:
 *
 * Fills the workspace with sample data unless it exists, once what is being deleted there has gone. Made beside it and renamed, so that it is there whole or not at all.
 */
DexFuture *
lia_workspace_make_sample (LiaWorkspace *self)
{
  return lia_spawn (make_sample_fiber, g_object_ref (self), g_object_unref);
}
