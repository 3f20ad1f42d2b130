/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host with a script in the engine's place, which ends as it is told to by a file in the workspace. */

#include "lia-test-wait.h"
#include "lia-engine-host.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Writes its pid, so that the test can count starts; then does what `mode` says. What it leaves behind when it is killed holds nobody up. */
static const char script[] = "#!/bin/sh\n"
                             "directory=${1#--data=}\n"
                             "[ \"$1\" != \"$directory\" ] && [ \"$LIAISON_LISTEN_FD\" = 3 ] && [ -S /proc/self/fd/3 ] || exit 99\n"
                             "echo $$ >>\"$directory/starts\"\n"
                             "read -r mode status words <\"$directory/mode\"\n"
                             "[ \"$mode\" = serve ] || { echo \"$words\" >&2; exit \"$status\"; }\n"
                             "trap 'kill $child; exit 0' TERM\n"
                             "while :; do sleep 60 >/dev/null 2>&1 & child=$!; wait; done\n";

typedef struct
{
  char          *directory;
  char          *program;
  LiaEngineHost *host;
} Fixture;

static void
set_mode (Fixture    *self,
          const char *mode)
{
  g_autofree char *path = g_build_filename (self->directory, "mode", NULL);

  g_assert_true (g_file_set_contents (path, mode, -1, NULL));
}

static GStrv
get_starts (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->directory, "starts", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  g_strchomp (text);

  return g_strsplit (text, "\n", -1);
}

static guint
count_starts (Fixture *self)
{
  g_auto (GStrv) starts = get_starts (self);

  return g_strv_length (starts);
}

static pid_t
get_last_pid (Fixture *self)
{
  g_auto (GStrv) starts = get_starts (self);

  return atoi (starts[g_strv_length (starts) - 1]);
}

static gboolean
is_running (LiaEngineHost *host)
{
  gboolean running;

  g_object_get (host, "running", &running, NULL);

  return running;
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->directory = g_dir_make_tmp ("liaison-host-XXXXXX", NULL);
  self->program = g_build_filename (self->directory, "liaisond", NULL);
  g_assert_true (g_file_set_contents_full (self->program, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("LIAISON_ENGINE", self->program, TRUE);
  set_mode (self, "serve 0");
  self->host = lia_engine_host_new (self->directory);
}

static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lia_engine_host_start (self->host, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  static const char *const names[] = { "liaisond", "mode", "starts" };

  g_assert_finalize_object (self->host);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->directory);
  g_free (self->program);
  g_free (self->directory);
}

static void
test_start_stop (Fixture      *self,
                 gconstpointer data)
{
  g_autofree char *path = NULL;
  pid_t            pid;

  start (self);
  wait_until (count_starts (self) == 1);
  g_assert_true (is_running (self->host));
  g_assert_null (lia_engine_host_get_problem (self->host));
  path = g_socket_connectable_to_string (lia_engine_host_get_address (self->host));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  pid = get_last_pid (self);
  lia_engine_host_stop (self->host);
  g_assert_false (is_running (self->host));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  wait_until (kill (pid, 0) != 0);
  g_assert_cmpuint (count_starts (self), ==, 1);
}

static void
test_respawn (Fixture      *self,
              gconstpointer data)
{
  start (self);
  wait_until (count_starts (self) == 1);
  kill (get_last_pid (self), SIGKILL);
  wait_until (count_starts (self) == 2);
  g_assert_true (is_running (self->host));
  g_assert_null (lia_engine_host_get_problem (self->host));
}

static void
test_crash_loop (Fixture      *self,
                 gconstpointer data)
{
  set_mode (self, "end 1 liaisond: failed: the moon is full");
  start (self);
  wait_until (lia_engine_host_get_problem (self->host) != NULL);
  g_assert_nonnull (strstr (lia_engine_host_get_problem (self->host), "the moon is full"));
  g_assert_cmpuint (count_starts (self), ==, 5);
  g_assert_false (is_running (self->host));
}

static void
test_newer (Fixture      *self,
            gconstpointer data)
{
  set_mode (self, "end 13 liaisond: store-newer: schema 9, this program knows 4");
  start (self);
  wait_until (lia_engine_host_get_problem (self->host) != NULL);
  g_assert_nonnull (strstr (lia_engine_host_get_problem (self->host), "newer version"));
  g_usleep (600000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count_starts (self), ==, 1);
}

static void
test_no_program (Fixture      *self,
                 gconstpointer data)
{
  g_setenv ("LIAISON_ENGINE", "/nowhere/liaisond", TRUE);
  start (self);
  g_assert_nonnull (lia_engine_host_get_problem (self->host));
}

/* The app crashed and was started again: the engine that it left behind is joined; when that one ends, it is replaced */
static void
test_join (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (LiaEngineHost) later = lia_engine_host_new (self->directory);
  g_autoptr (GError) error = NULL;
  pid_t pid;

  start (self);
  wait_until (count_starts (self) == 1);
  g_assert_true (lia_engine_host_start (later, &error));
  g_assert_true (is_running (later));
  g_usleep (300000);
  g_assert_cmpuint (count_starts (self), ==, 1);

  pid = get_last_pid (self);
  lia_engine_host_stop (self->host);
  wait_until (kill (pid, 0) != 0);
  wait_until (count_starts (self) == 2);
  g_assert_true (is_running (later));
  lia_engine_host_stop (later);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *runtime = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  runtime = g_strdup (g_get_user_runtime_dir ());
  g_mkdir_with_parents (runtime, 0700);

#define ADD(name, function) g_test_add ("/engine-host/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("start-stop", test_start_stop);
  ADD ("respawn", test_respawn);
  ADD ("crash-loop", test_crash_loop);
  ADD ("newer", test_newer);
  ADD ("no-program", test_no_program);
  ADD ("join", test_join);

  return g_test_run ();
}
