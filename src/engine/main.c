/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * liaisond: the engine as a program. Embedded it is started by the app, which passes a listening unix socket (LIAISON_LISTEN_FD); by itself it
 * listens on loopback. When the app goes away without a word it works on: mail goes on being recorded, what was written goes on being sent.
 *
 * It ends with one plain line on stderr, `liaisond: WORD: what happened`, and the status that belongs to the word (the table `endings`).
 */

#include "lia-config.h"

#include "lia-auth.h"
#include "lia-chat-hub.h"
#include "lia-descriptors.h"
#include "lia-engine.h"
#include "lia-interface-list.h"
#include "lia-listen.h"
#include "lia-parse-worker.h"
#include "lia-secrets.h"
#include "lia-subcommands.h"

#include <glib-unix.h>
#include <locale.h>
#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

typedef struct
{
  char    *data;
  char    *listen;
  char    *credentials_file;
  char    *chat;
  char    *chat_proxy;
  gboolean version;
  gboolean list_interface;
} Options;

typedef struct
{
  Options    options;
  GMainLoop *loop;
  GSocket   *socket;
  GSocket   *chat; /* or NULL */
  LiaStore  *store;
  LiaEngine *engine;
  DexFuture *running;
  int        status;
} Program;

/* What LiaEngineHost in the app tells apart. */
static const struct
{
  int         code; /* LIA_STORE_ERROR_*, or -1 */
  const char *word;
  int         status;
} endings[] = {
  { LIA_STORE_ERROR_FULL, "store-full", 10 },
  { LIA_STORE_ERROR_READ_ONLY, "store-read-only", 11 },
  { LIA_STORE_ERROR_CORRUPT, "store-corrupt", 12 },
  { LIA_STORE_ERROR_NEWER, "store-newer", 13 },
  { LIA_STORE_ERROR_IN_USE, "store-in-use", 14 },
  { -1, "failed", 1 },
};

static int
report (const GError *error)
{
  guint i = 0;

  while (endings[i].code != -1 && !g_error_matches (error, LIA_STORE_ERROR, endings[i].code))
    i++;
  g_printerr ("liaisond: %s: %s\n", endings[i].word, error->message);
  return endings[i].status;
}

/* Passwords and customers' mail are in our memory: no core files, nobody's debugger, and files that are only ours. */
static void
harden (void)
{
  static const struct rlimit none = { 0, 0 };

  umask (077);
  if (g_getenv ("LIAISON_DEBUG") != NULL)
    return;
  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
}

/*
 * Messages pass through in pieces of some ten to hundred kilobytes. Glibc learns from the first large one to keep all that size for later, between
 * what stays, and never gives it back.
 */
static void
give_memory_back (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 128 * 1024);
  mallopt (M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt (M_ARENA_MAX, 4);
#endif
}

static gboolean
parse_options (Options *options,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Where the store is (default: liaison/default in the user's data)", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Listen on loopback: 127.0.0.1:PORT or [::1]:PORT; port 0 takes a free one", "ADDRESS" },
    { "credentials-file", 0, 0, G_OPTION_ARG_FILENAME, &options->credentials_file,
      "Keep passwords in this file (mode 0600) instead of the system's password store", "FILE" },
    { "chat", 0, 0, G_OPTION_ARG_STRING, &options->chat, "Take chats of web sites, through a proxy: 127.0.0.1:PORT, [::1]:PORT or unix:PATH", "ADDRESS" },
    { "chat-proxy", 0, 0, G_OPTION_ARG_STRING, &options->chat_proxy,
      "The proxy's address, or “unix”: only it is believed for whom it speaks (X-Forwarded-For)", "ADDRESS" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version and end", NULL },
    { "list-interface", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->list_interface, "Print every call and command and end", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[COMMAND] — the engine of Liaison");

  g_option_context_set_summary (context, "Without a COMMAND it serves until it is told to end (SIGTERM).");
  g_option_context_set_description (context,
                                    "Commands:\n"
                                    "  rebuild       Make everything that follows from the journal anew\n"
                                    "  sample        Fill an empty store with a sample workspace\n"
                                    "  parse-worker  Parse mail on standard input (started by the engine itself)\n\n"
                                    "Environment:\n"
                                    "  LIAISON_LISTEN_FD  The number of a unix socket that listens already\n"
                                    "  LIAISON_DEBUG      Allow core files and debuggers\n");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static const char *
data_directory (Options *options)
{
  if (options->data == NULL)
    options->data = g_build_filename (g_get_user_data_dir (), "liaison", "default", NULL);
  return options->data;
}

static GSocket *
make_socket (Program *self,
             GError **error)
{
  const char *fd = g_getenv ("LIAISON_LISTEN_FD");

  if (fd != NULL)
    return lia_listen_descriptor (fd, error);
  if (self->options.listen != NULL)
    return lia_listen_loopback (self->options.listen, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "nothing to listen on: use --listen, or start the app");
  return NULL;
}

/* Whoever can read this may sign in. */
static gboolean
announce (Program *self,
          GError **error)
{
  g_autofree char *url = NULL;

  if (g_socket_get_family (self->socket) == G_SOCKET_FAMILY_UNIX)
    return TRUE;

  url = lia_listen_describe (self->socket, error);
  if (url == NULL)
    return FALSE;
  g_print ("listening on %s\nsecret %s\n", url, lia_auth_make_secret (lia_engine_get_auth (self->engine)));
  fflush (stdout);
  return TRUE;
}

/* The visitors' side; its address is told like ours. */
static gboolean
listen_for_chats (Program *self,
                  GError **error)
{
  g_autofree char *url = NULL;

  if (self->chat == NULL)
    return TRUE;
  if (!lia_chat_hub_listen (lia_engine_get_chat (self->engine), self->chat, self->options.chat_proxy, error))
    return FALSE;
  if (g_socket_get_family (self->chat) == G_SOCKET_FAMILY_UNIX)
    return TRUE;
  url = lia_listen_describe (self->chat, error);
  if (url == NULL)
    return FALSE;
  g_print ("chat on %s\n", url);
  fflush (stdout);

  return TRUE;
}

static DexFuture *
on_started (DexFuture *future,
            gpointer   data)
{
  Program *self = data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL &&
      lia_engine_listen (self->engine, self->socket, &error) &&
      announce (self, &error) &&
      listen_for_chats (self, &error))
    return dex_future_new_for_boolean (TRUE);

  self->status = report (error);
  g_main_loop_quit (self->loop);
  return dex_future_new_for_boolean (FALSE);
}

static DexFuture *
on_stopped (DexFuture *future,
            gpointer   data)
{
  Program *self = data;

  g_main_loop_quit (self->loop);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
on_signal (gpointer data)
{
  Program *self = data;

  dex_clear (&self->running);
  self->running = dex_future_finally (lia_engine_stop (self->engine), on_stopped, self, NULL);
  return G_SOURCE_REMOVE;
}

/* Mail is parsed by another process of this program. */
static char *
find_worker (GError **error)
{
  return g_file_read_link ("/proc/self/exe", error);
}

static gboolean
open_engine (Program *self,
             GError **error)
{
  g_autoptr (LiaSecrets) secrets = NULL;
  g_autofree char *worker = find_worker (error);
  const char      *directory = data_directory (&self->options);

  if (worker == NULL)
    return FALSE;
  give_memory_back ();
  lia_descriptors_raise ();
  secrets = lia_secrets_new (directory, self->options.credentials_file, error);
  if (secrets == NULL)
    return FALSE;
  self->store = lia_store_open (directory, error);
  if (self->store == NULL)
    return FALSE;

  self->engine = lia_engine_new (self->store, secrets, worker);
  return TRUE;
}

static int
serve (Program *self)
{
  g_autoptr (GError) error = NULL;

  /* First, as it changes nothing where it is refused. Who connects already waits. */
  self->socket = make_socket (self, &error);
  if (self->socket != NULL && self->options.chat != NULL)
    self->chat = lia_listen_local (self->options.chat, &error);
  if (self->socket == NULL || (self->chat == NULL && self->options.chat != NULL) || !open_engine (self, &error))
    {
      g_clear_object (&self->socket);
      g_clear_object (&self->chat);
      return report (error);
    }

  self->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_signal, self);
  g_unix_signal_add (SIGINT, on_signal, self);
  self->running = dex_future_finally (lia_engine_start (self->engine), on_started, self, NULL);
  g_main_loop_run (self->loop);

  dex_clear (&self->running);
  g_clear_object (&self->engine);
  lia_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->socket);
  g_clear_object (&self->chat);
  g_main_loop_unref (self->loop);
  return self->status;
}

static int
run (Program *self,
     int      argc,
     char   **argv)
{
  g_autoptr (GError) error = NULL;
  const LiaSubcommand *subcommand;

  if (!parse_options (&self->options, &argc, &argv, &error))
    return report (error);
  if (self->options.version)
    {
      g_print ("liaisond %s\n", LIA_VERSION);
      return 0;
    }
  if (self->options.list_interface)
    {
      lia_interface_print ();
      return 0;
    }
  if (argc < 2)
    return serve (self);
  if (g_str_equal (argv[1], "parse-worker"))
    return lia_parse_worker_main ();

  subcommand = lia_subcommand_find (argv[1]);
  if (subcommand == NULL)
    {
      g_set_error (&error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "there is no command “%s”; see --help", argv[1]);
      return report (error);
    }
  return subcommand->run (data_directory (&self->options), &error) ? 0 : report (error);
}

int
main (int    argc,
      char **argv)
{
  Program program = { 0 };
  int     status;

  setlocale (LC_ALL, "");
  harden ();
  dex_init ();
  g_set_prgname ("liaisond");
  status = run (&program, argc, argv);
  g_free (program.options.data);
  g_free (program.options.listen);
  g_free (program.options.credentials_file);
  g_free (program.options.chat);
  g_free (program.options.chat_proxy);
  return status;
}
