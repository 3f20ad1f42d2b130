/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-client.h"
#include "lia-async.h"
#include "lia-net.h"
#include "lia-test-store.h"
#include "lia-transcript.h"

#include <string.h>

/*
 * Fields: password, ca ("none"), host, client-tls (as told to the client, when the server does something else), ping (ms), deadline (ms; of the actions where there are some). Once
 * logged in: actions, all sent at once ("Name Header=value | *Name", * for a list), and answers; then, then-answers: the same after those; wait: until an
 * event of this name has come; events: all that came, with ! when tainted; until: closed.
 */

#define PATIENT_MS 10000 /* no test waits so long */

typedef struct
{
  LiaTranscript *transcript;
  LiaMailbox    *server;
  LiaAmiClient  *client;
  GString       *events;
  DexPromise    *waited;
  DexPromise    *closed;
  char          *result;
} Play;

static const char *
code_of (const GError *error)
{
  static const char *const codes[] = { "login-refused", "permission", "gone", "refused", "timeout", "closed", "protocol" };
  static const char *const net_codes[] = { "no-such-host", "unreachable", "no-answer", "no-tls", "wrong-host", "expired", "unknown-ca" };

  if (error->domain == LIA_NET_ERROR && (guint)error->code < G_N_ELEMENTS (net_codes))
    return net_codes[error->code];
  g_assert_true (error->domain == LIA_AMI_ERROR && (guint)error->code < G_N_ELEMENTS (codes));

  return codes[error->code];
}

static const char *
field (Play       *play,
       const char *name)
{
  return lia_transcript_get (play->transcript, name, "");
}

static void
on_events_cb (LiaAmiClient *client,
              GPtrArray    *events,
              Play         *play)
{
  for (guint i = 0; i < events->len; i++)
    {
      const LiaAmiMessage *event = g_ptr_array_index (events, i);
      const char          *name = lia_ami_message_get_name (event);

      g_string_append_printf (play->events, "%s%s%s", play->events->len > 0 ? " " : "", name, lia_ami_message_get_taint (event) != 0 ? "!" : "");
      if (strcmp (name, field (play, "wait")) == 0)
        dex_promise_resolve_boolean (play->waited, TRUE);
    }
}

static void
on_closed_cb (LiaAmiClient *client,
              const GError *error,
              Play         *play)
{
  dex_promise_reject (play->closed, g_error_copy (error));
}

/* "Name Header=value", with C's escapes. */
static LiaAmiAction *
make_action (const char *text)
{
  g_autofree char *plain = g_strcompress (text);
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);
  LiaAmiAction *action = lia_ami_action_new (words[0]);

  for (guint i = 1; words[i] != NULL; i++)
    {
      char *value = strchr (words[i], '=');

      *value = '\0';
      lia_ami_action_add (action, words[i], value + 1);
    }

  return action;
}

static void
append_answer (GString   *answers,
               DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (answers->len > 0)
    g_string_append_c (answers, ' ');
  if (value == NULL)
    g_string_append (answers, code_of (error));
  else if (G_VALUE_HOLDS (value, LIA_TYPE_AMI_MESSAGE))
    g_string_append (answers, lia_ami_message_get_name (g_value_get_boxed (value)));
  else
    {
      GPtrArray *items = g_value_get_boxed (value);

      g_string_append_c (answers, '[');
      for (guint i = 0; i < items->len; i++)
        g_string_append_printf (answers, "%s%s", i > 0 ? " " : "", lia_ami_message_get_name (g_ptr_array_index (items, i)));
      g_string_append_c (answers, ']');
    }
}

static void
act (Play       *play,
     const char *actions,
     const char *expected)
{
  g_auto (GStrv) texts = g_strsplit (actions, " | ", -1);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GString) answers = g_string_new (NULL);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (texts[i][0] == '*')
        g_ptr_array_add (futures, lia_ami_client_list (play->client, make_action (texts[i] + 1)));
      else
        g_ptr_array_add (futures, lia_ami_client_send (play->client, make_action (texts[i])));
    }
  for (guint i = 0; i < futures->len; i++)
    {
      DexFuture *future = g_ptr_array_index (futures, i);

      dex_await (dex_ref (future), NULL);
      append_answer (answers, future);
    }
  g_assert_cmpstr (answers->str, ==, expected);
}

static guint
number (Play       *play,
        const char *name,
        guint       otherwise)
{
  return *field (play, name) != '\0' ? (guint)g_ascii_strtoull (field (play, name), NULL, 10) : otherwise;
}

static void
set_pace (Play *play,
          guint deadline_ms)
{
  lia_ami_client_set_pace (play->client, deadline_ms, number (play, "ping", 10 * PATIENT_MS));
}

static gboolean
live (Play    *play,
      GError **error)
{
  g_autofree char *password = g_strcompress (lia_transcript_get (play->transcript, "password", "secret"));

  if (!lia_ami_client_open (play->client, password, error))
    return FALSE;
  set_pace (play, number (play, "deadline", PATIENT_MS));
  act (play, field (play, "actions"), field (play, "answers"));
  if (*field (play, "then") != '\0')
    set_pace (play, PATIENT_MS);
  act (play, field (play, "then"), field (play, "then-answers"));
  if (*field (play, "wait") != '\0')
    dex_await (dex_ref (DEX_FUTURE (play->waited)), NULL);

  return *field (play, "until") == '\0' || dex_await (dex_ref (DEX_FUTURE (play->closed)), error);
}

static DexFuture *
play_fiber (gpointer data)
{
  Play *play = data;
  g_autoptr (GError) error = NULL;

  play->result = g_strdup (live (play, &error) ? "ok" : code_of (error));
  if (error != NULL)
    g_test_message ("%s", error->message);
  g_assert_cmpstr (play->events->str, ==, field (play, "events"));
  lia_ami_client_close (play->client);

  return dex_future_new_for_boolean (TRUE);
}

static LiaPbx *
make_pbx (Play *play)
{
  const char *tls = lia_transcript_get (play->transcript, "tls", "tls");
  LiaPbx     *pbx = lia_pbx_new ();

  pbx->host = g_strdup (lia_transcript_get (play->transcript, "host", "localhost"));
  pbx->port = play->server->imap_port;
  pbx->tls = g_strdup (lia_transcript_get (play->transcript, "client-tls", tls));
  pbx->login = g_strdup ("liaison");
  pbx->ca = g_strdup (g_str_equal (field (play, "ca"), "none") ? NULL : play->server->ca);

  return pbx;
}

static char *
play (LiaTranscript *transcript,
      LiaMailbox    *server)
{
  Play play = { transcript, server };
  g_autoptr (LiaPbx) pbx = make_pbx (&play);

  play.client = lia_ami_client_new (pbx);
  play.events = g_string_new (NULL);
  play.waited = dex_promise_new ();
  play.closed = dex_promise_new ();
  lia_ami_client_set_numbered (play.client);
  set_pace (&play, *field (&play, "actions") != '\0' ? PATIENT_MS : number (&play, "deadline", PATIENT_MS));
  g_signal_connect (play.client, "events", G_CALLBACK (on_events_cb), &play);
  g_signal_connect (play.client, "closed", G_CALLBACK (on_closed_cb), &play);

  g_autoptr (DexFuture) fiber = lia_spawn (play_fiber, &play, NULL);
  test_settle (fiber);
  g_clear_pointer (&fiber, dex_unref);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (play.client);
  g_string_free (play.events, TRUE);
  dex_clear (&play.waited);
  dex_clear (&play.closed);

  return play.result;
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  lia_transcript_add_tests ("ami", play);

  return g_test_run ();
}
