/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-transcript.h"

#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* The server is written with blocking calls, on purpose: its order is the transcript's. A complaint is kept and told on the test's thread. */

#define DEADLINE_S 15
#define MAX_CHUNK_BYTES 40

typedef enum {
  STEP_SAY,
  STEP_HEAR,
  STEP_TLS,
  STEP_CLOSE,
} StepKind;

typedef struct
{
  StepKind kind;
  GString *bytes;
} Step;

struct _LiaTranscript
{
  GHashTable      *fields;
  GPtrArray       *steps;
  LiaTranscriptCut cut;
  GSocket         *listener;
  GThread         *thread;
  GSocket         *socket;
  GIOStream       *stream; /* TCP, or TLS over it */
  GRand           *random;
  char            *complaint; /* or NULL */
};

static GTlsCertificate *certificate; /* of all servers of this program */
static char            *certificate_pem;

static void
step_free (Step *step)
{
  g_string_free (step->bytes, TRUE);
  g_free (step);
}

/* Reading --------------------------------------------------------------------------------------------------------------------------- */

static void
add_step (LiaTranscript *self,
          StepKind       kind,
          const char    *bytes,
          const char    *end)
{
  Step *last = self->steps->len > 0 ? g_ptr_array_index (self->steps, self->steps->len - 1) : NULL;

  if (last == NULL || last->kind != kind)
    {
      last = g_new0 (Step, 1);
      last->kind = kind;
      last->bytes = g_string_new (NULL);
      g_ptr_array_add (self->steps, last);
    }
  g_string_append (last->bytes, bytes);
  g_string_append (last->bytes, end);
}

static void
read_line (LiaTranscript *self,
           const char    *line)
{
  if (line[0] == '#' || line[0] == '\0')
    return;
  if (g_str_equal (line, "S:") || g_str_has_prefix (line, "S: "))
    add_step (self, STEP_SAY, line[2] != '\0' ? line + 3 : "", "\r\n");
  else if (g_str_equal (line, "C:") || g_str_has_prefix (line, "C: "))
    add_step (self, STEP_HEAR, line[2] != '\0' ? line + 3 : "", "\r\n");
  else if (g_str_has_prefix (line, "s: "))
    {
      g_autofree char *bytes = g_strcompress (line + 3);
      add_step (self, STEP_SAY, bytes, "");
    }
  else if (g_str_equal (line, "TLS"))
    add_step (self, STEP_TLS, "", "");
  else if (g_str_equal (line, "CLOSE"))
    add_step (self, STEP_CLOSE, "", "");
  else
    {
      const char *colon = strstr (line, ": ");

      if (colon == NULL)
        g_error ("not a line of a transcript: %s", line);
      g_hash_table_insert (self->fields, g_strndup (line, colon - line), g_strdup (colon + 2));
    }
}

LiaTranscript *
lia_transcript_read (const char *path)
{
  LiaTranscript   *self = g_new0 (LiaTranscript, 1);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (self, lines[i]);
  if (g_str_equal (lia_transcript_get (self, "tls", "tls"), "tls"))
    {
      Step *step = g_new0 (Step, 1);
      step->kind = STEP_TLS;
      step->bytes = g_string_new (NULL);
      g_ptr_array_insert (self->steps, 0, step);
    }

  return self;
}

void
lia_transcript_free (LiaTranscript *self)
{
  g_hash_table_unref (self->fields);
  g_ptr_array_unref (self->steps);
  g_clear_object (&self->listener);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_rand_free (self->random);
  g_free (self->complaint);
  g_free (self);
}

const char *
lia_transcript_get (LiaTranscript *self,
                    const char    *name,
                    const char    *otherwise)
{
  const char *value = g_hash_table_lookup (self->fields, name);

  return value != NULL ? value : otherwise;
}

/* The server ------------------------------------------------------------------------------------------------------------------------ */

static gboolean
complain (LiaTranscript *self,
          const char    *what,
          const GString *expected,
          const GString *heard)
{
  g_autofree char *wanted = expected != NULL ? g_strescape (expected->str, NULL) : NULL;
  g_autofree char *came = heard != NULL ? g_strescape (heard->str, NULL) : NULL;

  if (self->complaint == NULL)
    self->complaint = g_strdup_printf ("%s\n  expected: %s\n  heard:    %s", what, wanted != NULL ? wanted : "", came != NULL ? came : "");
  return FALSE;
}

static gsize
piece_length (LiaTranscript *self,
              gsize          left)
{
  gsize chunk = g_rand_int_range (self->random, 1, MAX_CHUNK_BYTES);

  switch (self->cut)
    {
    case LIA_TRANSCRIPT_BYTES:
      return 1;
    case LIA_TRANSCRIPT_CHUNKS:
      return MIN (left, chunk);
    case LIA_TRANSCRIPT_WHOLE:
    default:
      return left;
    }
}

static gboolean
say (LiaTranscript *self,
     const GString *bytes)
{
  for (gsize offset = 0; offset < bytes->len;)
    {
      gsize length = piece_length (self, bytes->len - offset);
      g_autoptr (GError) error = NULL; /* not looked at, but without it the TLS library leaks its own */

      if (!g_output_stream_write_all (g_io_stream_get_output_stream (self->stream), bytes->str + offset, length, NULL, NULL, &error))
        return TRUE; /* the client left; whether that is right is seen by what it says of it */
      offset += length;
    }

  return TRUE;
}

static gboolean
hear (LiaTranscript *self,
      const GString *expected)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  char buffer[4096];

  while (heard->len < expected->len)
    {
      g_autoptr (GError) error = NULL; /* as above */
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream), buffer, MIN (sizeof buffer, expected->len - heard->len), NULL, &error);

      if (n <= 0)
        return complain (self, "the client said no more", expected, heard);
      g_string_append_len (heard, buffer, n);
      if (memcmp (heard->str, expected->str, heard->len) != 0)
        return complain (self, "the client said something else", expected, heard);
    }

  return TRUE;
}

static gboolean
start_tls (LiaTranscript *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (self->stream, certificate, &error);

  g_assert_no_error (error);
  gboolean done = g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error);
  gboolean expected = !g_str_equal (lia_transcript_get (self, "handshake", "done"), "refused");

  if (done != expected)
    return complain (self, done ? "the client believed the certificate" : error->message, NULL, NULL);
  if (done)
    g_set_object (&self->stream, tls);

  return done;
}

/* Reads until the client goes. What it says in the meantime is one too many, unless we have gone before. */
static void
await_end (LiaTranscript *self,
           gboolean       closed)
{
  char buffer[4096];

  if (closed)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  for (;;)
    {
      g_autoptr (GError) error = NULL; /* as above */
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (self->stream), buffer, sizeof buffer, NULL, &error);

      if (n <= 0)
        return;
      if (!closed)
        {
          g_autoptr (GString) heard = g_string_new_len (buffer, n);
          complain (self, "the client said more", NULL, heard);
        }
    }
}

static gboolean
play_step (LiaTranscript *self,
           const Step    *step)
{
  switch (step->kind)
    {
    case STEP_SAY:
      return say (self, step->bytes);
    case STEP_HEAR:
      return hear (self, step->bytes);
    case STEP_TLS:
      return start_tls (self);
    case STEP_CLOSE:
    default:
      return FALSE;
    }
}

static gpointer
server_thread (gpointer data)
{
  LiaTranscript *self = data;
  g_autoptr (GError) error = NULL;
  gboolean going = TRUE;

  self->socket = g_socket_accept (self->listener, NULL, &error);
  if (self->socket == NULL)
    {
      complain (self, error->message, NULL, NULL);
      return NULL;
    }
  g_socket_set_timeout (self->socket, DEADLINE_S);
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (self->socket));
  for (guint i = 0; i < self->steps->len && going; i++)
    going = play_step (self, g_ptr_array_index (self->steps, i));
  await_end (self, !going);
  g_socket_close (self->socket, NULL);

  return NULL;
}

/* A certificate for localhost that is its own authority, made anew by each program: no key lies around, and none expires. */
static void
make_certificate (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char  *folder = g_dir_make_tmp ("liaison-certificate-XXXXXX", &error);
  g_autofree char  *path = g_build_filename (folder, "both.pem", NULL);
  g_autofree char  *messages = NULL;
  const char *const arguments[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", path, NULL };

  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &messages, NULL, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  g_object_get (certificate, "certificate-pem", &certificate_pem, NULL);
  g_remove (path);
  g_rmdir (folder);
}

/** lia_transcript_start: from now on the server listens. Returns: (transfer full): how it is reached */
LiaMailbox *
lia_transcript_start (LiaTranscript   *self,
                      LiaTranscriptCut cut)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  if (certificate == NULL)
    make_certificate ();
  self->cut = cut;
  self->random = g_rand_new_with_seed (g_test_rand_int ());
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->listener, address, FALSE, NULL) && g_socket_listen (self->listener, NULL));
  g_socket_set_timeout (self->listener, DEADLINE_S);

  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (self->listener, NULL);
  LiaMailbox *mailbox = lia_mailbox_new ();
  mailbox->address = g_strdup ("ann@example.org");
  mailbox->login = g_strdup (lia_transcript_get (self, "login", "ann@example.org"));
  mailbox->imap_host = g_strdup ("localhost");
  mailbox->smtp_host = g_strdup ("localhost");
  mailbox->imap_port = mailbox->smtp_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  mailbox->imap_tls = g_strdup (lia_transcript_get (self, "tls", "tls"));
  mailbox->smtp_tls = g_strdup (mailbox->imap_tls);
  mailbox->ca = g_strdup (certificate_pem);
  self->thread = g_thread_new ("server", server_thread, self);

  return mailbox;
}

/** lia_transcript_finish: everything was said, nothing else was said, and @result is what the file expects. */
void
lia_transcript_finish (LiaTranscript *self,
                       const char    *result)
{
  g_thread_join (g_steal_pointer (&self->thread));
  if (self->complaint != NULL)
    g_test_message ("%s; the client's view: %s", self->complaint, result);
  g_assert_null (self->complaint);
  g_assert_cmpstr (result, ==, lia_transcript_get (self, "result", "ok"));
}

/* Tests ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  char             *path;
  LiaTranscriptCut  cut;
  LiaTranscriptFunc func;
} Test;

static void
test_free (gpointer data)
{
  Test *test = data;

  g_free (test->path);
  g_free (test);
}

static void
run_test (gconstpointer data)
{
  const Test *test = data;
  g_autoptr (LiaTranscript) transcript = lia_transcript_read (test->path);
  g_autoptr (LiaMailbox) mailbox = lia_transcript_start (transcript, test->cut);
  g_autofree char *result = test->func (transcript, mailbox);

  lia_transcript_finish (transcript, result);
}

/** lia_transcript_add_tests: one for each file of @folder (beside this one) and each way to cut the server's bytes. */
void
lia_transcript_add_tests (const char       *folder,
                          LiaTranscriptFunc func)
{
  static const char *const cuts[] = { "whole", "bytes", "chunks" };
  g_autofree char         *path = g_test_build_filename (G_TEST_DIST, folder, NULL);
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (files);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      for (guint cut = 0; cut < G_N_ELEMENTS (cuts); cut++)
        {
          g_autofree char *test_path = g_strdup_printf ("/%s/%s/%s", folder, name, cuts[cut]);
          Test            *test = g_new0 (Test, 1);

          test->path = g_build_filename (path, name, NULL);
          test->cut = cut;
          test->func = func;
          g_test_add_data_func_full (test_path, test, run_test, test_free);
        }
    }
}
