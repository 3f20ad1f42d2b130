/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-async.h"
#include "lia-smtp.h"
#include "lia-transcript.h"

#include <string.h>

/* Fields: from, to (with spaces between), message (\n between lines), count. */

typedef struct
{
  LiaTranscript *transcript;
  LiaMailbox    *mailbox;
  GString       *result;
} Play;

static gboolean
on_phase_cb (const char *phase,
             gpointer    data)
{
  Play *play = data;

  return !g_str_equal (lia_transcript_get (play->transcript, "stop", ""), phase);
}

static void
send_one (Play    *play,
          LiaSmtp *smtp)
{
  static const char *const outcomes[] = { "accepted", "later", "refused", "unknown" };
  g_auto (GStrv) recipients = g_strsplit (lia_transcript_get (play->transcript, "to", "bob@example.com"), " ", -1);
  g_autofree char *text = g_strcompress (lia_transcript_get (play->transcript, "message", "Subject: Hello\\r\\n\\r\\nHello\\r\\n"));
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));
  g_autoptr (LiaSmtpResult) sent = lia_smtp_send (smtp, lia_transcript_get (play->transcript, "from", "ann@example.org"), (const char *const *)recipients,
                                                  message, on_phase_cb, play);

  g_string_append_printf (play->result, "%s%s", play->result->len > 0 ? "; " : "", outcomes[sent->outcome]);
  if (sent->code > 0)
    g_string_append_printf (play->result, " %d", sent->code);
  if (sent->auth)
    g_string_append (play->result, " auth");
  for (guint i = 0; i < sent->recipients->len; i++)
    {
      LiaSmtpRecipient *recipient = g_ptr_array_index (sent->recipients, i);
      if (recipient->code > 0)
        g_string_append_printf (play->result, " %s=%d", recipient->address, recipient->code);
    }
}

static DexFuture *
play_fiber (gpointer data)
{
  Play *play = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaSmtp) smtp = lia_smtp_open (play->mailbox, lia_transcript_get (play->transcript, "password", "secret"), &error);
  guint count = g_ascii_strtoull (lia_transcript_get (play->transcript, "count", "1"), NULL, 10);

  if (smtp == NULL)
    g_string_append (play->result, lia_mail_error_to_code (error));
  for (guint i = 0; smtp != NULL && i < count && lia_smtp_is_usable (smtp); i++)
    send_one (play, smtp);
  if (smtp != NULL && !lia_smtp_is_usable (smtp))
    g_string_append (play->result, "; gone");
  if (smtp != NULL)
    lia_smtp_close (smtp);

  return dex_future_new_for_boolean (TRUE);
}

static char *
play (LiaTranscript *transcript,
      LiaMailbox    *mailbox)
{
  Play all = { transcript, mailbox, g_string_new (NULL) };
  g_autoptr (DexFuture) fiber = lia_spawn (play_fiber, &all, NULL);

  while (dex_future_is_pending (fiber))
    g_main_context_iteration (NULL, TRUE);

  return g_string_free (all.result, FALSE);
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  lia_transcript_add_tests ("smtp", play);

  return g_test_run ();
}
