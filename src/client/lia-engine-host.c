/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The embedded engine is a process of its own: a crash of the app loses no call and no message, a crash of the engine does not close the
 * window. The app binds the socket and the engine gets it as descriptor 3, so requests that come while it starts again wait in the backlog.
 * An engine outlives an app that crashed; the next app finds its socket and joins it.
 *
 *   start -> [somebody answers] -> joined -> [that engine ends] -.
 *        '-> listen -> spawn -> running -> [it ends] -> wait ----+-> spawn …      five times in a minute, or the store: stopped, problem
 */

#include "lia-engine-host.h"

#include "lia-config.h"

#include "lia-engine-socket.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#define LISTEN_FD 3
#define WAIT_LEAST_MS 200
#define WAIT_MOST_MS 5000
#define WAIT_FOR_SPACE_MS 30000
#define MOST_CRASHES 5
#define CRASHES_WITHIN_US (60 * G_USEC_PER_SEC)
#define SETTLED_US (10 * G_USEC_PER_SEC)
#define REJOIN_MS 1000

/* liaisond's exit statuses: see the table in its main.c */
enum {
  EXIT_STORE_FULL = 10,
  EXIT_STORE_READ_ONLY = 11,
  EXIT_STORE_CORRUPT = 12,
  EXIT_STORE_NEWER = 13,
  EXIT_STORE_IN_USE = 14,
};

struct _LiaEngineHost
{
  GObject parent_instance;

  char            *workspace;
  LiaEngineSocket *place;
  GSocket         *listening; /* NULL while joined */
  GSocket         *joined;
  GSource         *joined_source;
  GSubprocess     *engine;
  GCancellable    *cancellable; /* of the wait for the engine's end */
  guint            timer;       /* of the next spawn or look */
  gint64           spawned_us;  /* monotonic */
  gint64           crashes_us[MOST_CRASHES];
  guint            wait_ms;
  gboolean         started;
  gboolean         running;
  char            *problem;
};

G_DEFINE_FINAL_TYPE (LiaEngineHost, lia_engine_host, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_RUNNING,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static gboolean serve (LiaEngineHost *self,
                       GError       **error);
static void     spawn (LiaEngineHost *self);

static void
set_running (LiaEngineHost *self,
             gboolean       running)
{
  if (self->running == running)
    return;

  self->running = running;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
set_problem (LiaEngineHost *self,
             const char    *problem)
{
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
on_timer_cb (gpointer data)
{
  LiaEngineHost *self = data;
  g_autoptr (GError) error = NULL;

  self->timer = 0;
  if (self->listening != NULL)
    spawn (self);
  else if (!serve (self, &error))
    set_problem (self, error->message);

  return G_SOURCE_REMOVE;
}

static void
set_timer (LiaEngineHost *self,
           guint          wait_ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (wait_ms, on_timer_cb, self);
}

/* What only a person can mend. NULL: worth another try. */
static const char *
get_store_problem (int status)
{
  switch (status)
    {
    case EXIT_STORE_FULL:
      return _ ("The disk is full. Make some room; Liaison goes on by itself.");
    case EXIT_STORE_READ_ONLY:
      return _ ("The folder with your conversations cannot be written to. Check its permissions and whether the disk is read-only.");
    case EXIT_STORE_CORRUPT:
      return _ ("The store is damaged. Nothing more is written to it. Restore a backup, or copy the folder to a safe place and ask for help.");
    case EXIT_STORE_NEWER:
      return _ ("The store was written by a newer version of Liaison. Install that version to open it.");
    default:
      return NULL;
    }
}

/* Of the last crashes, each in its place in turn: whether the oldest one is recent, too */
static gboolean
note_crash (LiaEngineHost *self)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = MOST_CRASHES - 1; i > 0; i--)
    self->crashes_us[i] = self->crashes_us[i - 1];
  self->crashes_us[0] = now_us;

  return self->crashes_us[MOST_CRASHES - 1] != 0 && now_us - self->crashes_us[MOST_CRASHES - 1] < CRASHES_WITHIN_US;
}

/* The last words of the engine, for the problem's text */
static char *
read_last_line (LiaEngineHost *self)
{
  g_autofree char *text = NULL;
  char            *line;

  if (!g_file_get_contents (self->place->log_path, &text, NULL, NULL))
    return g_strdup ("");

  g_strchomp (text);
  line = strrchr (text, '\n');

  return g_utf8_make_valid (line != NULL ? line + 1 : text, -1);
}

static void
respawn_later (LiaEngineHost *self)
{
  if (g_get_monotonic_time () - self->spawned_us > SETTLED_US)
    self->wait_ms = WAIT_LEAST_MS;

  if (note_crash (self))
    {
      g_autofree char *line = read_last_line (self);
      /* Translators: %s is the last line that the engine wrote, in English */
      g_autofree char *problem = g_strdup_printf (_ ("Liaison’s engine stopped five times within a minute. It last said: %s"), line);

      set_problem (self, problem);
      return;
    }

  set_timer (self, self->wait_ms);
  self->wait_ms = MIN (self->wait_ms * 2, WAIT_MOST_MS);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static gpointer
weak_ref_new (gpointer object)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, object);

  return weak;
}

static void
on_ended_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (LiaEngineHost) self = g_weak_ref_get (data);
  GSubprocess *engine = G_SUBPROCESS (object);
  gboolean     ended = g_subprocess_wait_finish (engine, result, NULL);
  const char  *problem;
  int          status;

  weak_ref_free (data);
  if (!ended || self == NULL || self->engine != engine)
    return;

  g_clear_handle_id (&self->timer, g_source_remove);
  status = g_subprocess_get_if_exited (engine) ? g_subprocess_get_exit_status (engine) : -1;
  g_clear_object (&self->engine);
  lia_engine_socket_set_pid (self->place, NULL);
  set_running (self, FALSE);

  problem = get_store_problem (status);
  if (problem != NULL)
    set_problem (self, problem);

  if (status == EXIT_STORE_FULL || status == EXIT_STORE_READ_ONLY)
    set_timer (self, WAIT_FOR_SPACE_MS);
  else if (problem == NULL)
    respawn_later (self);
}

/* It opened its store when it still runs after a moment */
static gboolean
on_settled_cb (gpointer data)
{
  LiaEngineHost *self = data;

  self->timer = 0;
  set_problem (self, NULL);

  return G_SOURCE_REMOVE;
}

static void
spawn (LiaEngineHost *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  g_autofree char *installed = g_build_filename (LIA_LIBEXECDIR, "liaisond", NULL);
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  const char *program = g_getenv ("LIAISON_ENGINE");
  const char *credentials = g_getenv ("LIAISON_CREDENTIALS_FILE");

  g_ptr_array_add (args, g_strdup (program != NULL ? program : installed));
  g_ptr_array_add (args, g_strconcat ("--data=", self->workspace, NULL));
  if (credentials != NULL) /* where there is no secret service */
    g_ptr_array_add (args, g_strconcat ("--credentials-file=", credentials, NULL));
  g_ptr_array_add (args, NULL);

  /* To a file, not a pipe: an engine that outlives us must not die of a broken pipe. The file has the words since its start. */
  g_subprocess_launcher_set_stderr_file_path (launcher, self->place->log_path);
  g_subprocess_launcher_setenv (launcher, "LIAISON_LISTEN_FD", G_STRINGIFY (LISTEN_FD), TRUE);
  g_subprocess_launcher_take_fd (launcher, fcntl (g_socket_get_fd (self->listening), F_DUPFD_CLOEXEC, LISTEN_FD), LISTEN_FD);

  self->spawned_us = g_get_monotonic_time ();
  self->engine = g_subprocess_launcher_spawnv (launcher, (const char *const *)args->pdata, &error);
  if (self->engine == NULL)
    {
      set_problem (self, error->message);
      set_timer (self, WAIT_FOR_SPACE_MS);
      return;
    }

  lia_engine_socket_set_pid (self->place, g_subprocess_get_identifier (self->engine));
  set_running (self, TRUE);
  g_subprocess_wait_async (self->engine, self->cancellable, on_ended_cb, weak_ref_new (self));
  if (self->problem != NULL)
    self->timer = g_timeout_add (2 * WAIT_LEAST_MS, on_settled_cb, self);
}

static void
leave (LiaEngineHost *self)
{
  if (self->joined_source != NULL)
    g_source_destroy (self->joined_source);
  g_clear_pointer (&self->joined_source, g_source_unref);
  g_clear_object (&self->joined);
}

/* The engine that we joined closed our connection: it ended, or it was only tired of waiting for a request */
static gboolean
on_joined_ended_cb (GSocket     *socket,
                    GIOCondition condition,
                    gpointer     data)
{
  LiaEngineHost *self = data;

  leave (self);
  set_timer (self, REJOIN_MS);

  return G_SOURCE_REMOVE;
}

static void
join (LiaEngineHost *self,
      GSocket       *socket)
{
  leave (self);
  self->joined = socket;
  self->joined_source = g_socket_create_source (socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
  g_source_set_callback (self->joined_source, G_SOURCE_FUNC (on_joined_ended_cb), self, NULL);
  g_source_attach (self->joined_source, NULL);
  set_running (self, TRUE);
}

/* Joins the engine that is there, or takes its place */
static gboolean
serve (LiaEngineHost *self,
       GError       **error)
{
  g_autofd int lock = lia_engine_socket_lock (self->place);
  GSocket     *other = lia_engine_socket_join (self->place);

  if (other != NULL)
    {
      join (self, other);
      return TRUE;
    }

  self->listening = lia_engine_socket_listen (self->place, error);
  if (self->listening == NULL)
    return FALSE;
  spawn (self);

  return TRUE;
}

static void
lia_engine_host_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  LiaEngineHost *self = LIA_ENGINE_HOST (object);

  switch (property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lia_engine_host_dispose (GObject *object)
{
  lia_engine_host_stop (LIA_ENGINE_HOST (object));

  G_OBJECT_CLASS (lia_engine_host_parent_class)->dispose (object);
}

static void
lia_engine_host_finalize (GObject *object)
{
  LiaEngineHost *self = LIA_ENGINE_HOST (object);

  g_clear_pointer (&self->place, lia_engine_socket_free);
  g_free (self->workspace);
  g_free (self->problem);

  G_OBJECT_CLASS (lia_engine_host_parent_class)->finalize (object);
}

static void
lia_engine_host_class_init (LiaEngineHostClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lia_engine_host_get_property;
  object_class->dispose = lia_engine_host_dispose;
  object_class->finalize = lia_engine_host_finalize;

  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_engine_host_init (LiaEngineHost *self)
{
  self->wait_ms = WAIT_LEAST_MS;
}

/** lia_engine_host_new: for the workspace in that directory, which the engine makes when it is not there. */
LiaEngineHost *
lia_engine_host_new (const char *workspace_directory)
{
  LiaEngineHost *self;

  g_return_val_if_fail (workspace_directory != NULL, NULL);

  self = g_object_new (LIA_TYPE_ENGINE_HOST, NULL);
  self->workspace = g_strdup (workspace_directory);

  return self;
}

/**
 * lia_engine_host_start:
 *
 * Starts the engine, or joins the one that serves the workspace. What goes wrong later is told by `problem`. Fails with %G_IO_ERROR when
 * there can be no socket.
 */
gboolean
lia_engine_host_start (LiaEngineHost *self,
                       GError       **error)
{
  g_return_val_if_fail (LIA_IS_ENGINE_HOST (self), FALSE);
  g_return_val_if_fail (!self->started, TRUE);

  if (self->place == NULL)
    self->place = lia_engine_socket_new (self->workspace, error);
  if (self->place == NULL)
    return FALSE;

  self->started = TRUE;
  self->cancellable = g_cancellable_new ();
  if (!serve (self, error))
    {
      lia_engine_host_stop (self);
      return FALSE;
    }

  return TRUE;
}

/** lia_engine_host_stop: tells the engine to finish what it does and end; does not wait for it. */
void
lia_engine_host_stop (LiaEngineHost *self)
{
  int pid;

  g_return_if_fail (LIA_IS_ENGINE_HOST (self));

  if (!self->started)
    return;

  self->started = FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  if (self->engine != NULL)
    g_subprocess_send_signal (self->engine, SIGTERM);
  else if (self->joined != NULL && (pid = lia_engine_socket_get_pid (self->place)) > 0)
    kill (pid, SIGTERM);
  g_clear_object (&self->engine);
  leave (self);

  if (self->listening != NULL)
    g_unlink (self->place->path);
  g_clear_object (&self->listening);
  lia_engine_socket_set_pid (self->place, NULL);
  set_problem (self, NULL); /* so that the same one is said again after another start */
  set_running (self, FALSE);
}

/** lia_engine_host_get_address: (transfer none) (nullable): for lia_client_new(); NULL before a successful start. */
GSocketConnectable *
lia_engine_host_get_address (LiaEngineHost *self)
{
  g_return_val_if_fail (LIA_IS_ENGINE_HOST (self), NULL);

  return self->place != NULL ? G_SOCKET_CONNECTABLE (self->place->address) : NULL;
}

/** lia_engine_host_get_problem: (nullable): why there is no engine, in plain words. */
const char *
lia_engine_host_get_problem (LiaEngineHost *self)
{
  g_return_val_if_fail (LIA_IS_ENGINE_HOST (self), NULL);

  return self->problem;
}
