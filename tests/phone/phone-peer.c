/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Liaison's own telephone without its window: it is told what to do on standard input, a line a command, and says what happens on standard output.
 *
 *   dial NUMBER · answer N · hangup N · hold N · resume N · mute N · unmute N · keys N KEYS · transfer N NUMBER · join N M · expect MARK · quit
 *
 *   phone ready · call N incoming NUMBER MARK · call N talking · call N ended busy · call N transferred yes · heard 660
 *
 * "heard" is the tone that is heard from then on, 0 for silence; each party of a test says one of its own.
 */

#include "lia-phone.h"

#include <glib-unix.h>
#include <gio/gunixinputstream.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define RATE 8000
#define WINDOW (RATE / 5)
#define CHUNK (RATE / 50)

static const double tones[] = { 350, 500, 550, 660, 760, 820, 880, 1000 }; /* those of tones.py */

typedef struct
{
  GMainLoop        *loop;
  LiaPhone         *phone;
  GPtrArray        *calls; /* N is the position + 1 */
  GDataInputStream *commands;
  gint16            samples[WINDOW];
  guint             count;
  guint             silence;
  double            heard;
} Peer;

static const char *const phone_states[] = { "off", "connecting", "ready", "refused", "unreachable" };
static const char *const call_states[] = { "incoming", "dialling", "ringing", "talking", "held", "ended" };
static const char *const ends[] = { "here", "there", "elsewhere", "busy", "no-answer", "rejected", "no-number", "no-sound", "unreachable", "failed" };

static guint
number_of (Peer         *self,
           LiaPhoneCall *call)
{
  guint index = 0;

  if (!g_ptr_array_find (self->calls, call, &index))
    {
      g_ptr_array_add (self->calls, g_object_ref (call));
      index = self->calls->len - 1;
    }

  return index + 1;
}

static void
on_call_state (LiaPhoneCall *call,
               GParamSpec   *pspec,
               Peer         *self)
{
  const LiaPhoneCallState state = lia_phone_call_get_state (call);

  if (state == LIA_PHONE_CALL_ENDED)
    g_print ("call %u ended %s\n", number_of (self, call), ends[lia_phone_call_get_end (call)]);
  else
    g_print ("call %u %s%s\n", number_of (self, call), call_states[state], lia_phone_call_is_secure (call) ? " enciphered" : "");
}

static void
on_transferred (LiaPhoneCall *call,
                gboolean      taken,
                Peer         *self)
{
  g_print ("call %u transferred %s\n", number_of (self, call), taken ? "yes" : "no");
}

static void
watch_call (Peer         *self,
            LiaPhoneCall *call)
{
  if (g_ptr_array_find (self->calls, call, NULL))
    return;

  number_of (self, call);
  g_signal_connect (call, "notify::state", G_CALLBACK (on_call_state), self);
  g_signal_connect (call, "transferred", G_CALLBACK (on_transferred), self);
}

static void
on_incoming (LiaPhone     *phone,
             LiaPhoneCall *call,
             Peer         *self)
{
  const char *mark = lia_phone_call_get_mark (call);

  watch_call (self, call);
  g_print ("call %u incoming %s %s\n", number_of (self, call), lia_phone_call_get_number (call), mark != NULL ? mark : "-");
}

static void
on_calls_changed (GListModel *calls,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Peer       *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (calls, i);

      watch_call (self, call);
    }
}

static void
on_phone_state (LiaPhone   *phone,
                GParamSpec *pspec,
                Peer       *self)
{
  const char *problem = lia_phone_get_problem (phone);

  g_print ("phone %s%s%s\n", phone_states[lia_phone_get_state (phone)], problem != NULL ? ": " : "", problem != NULL ? problem : "");
}

static double
share_of (const gint16 *samples,
          double        frequency)
{
  const double k = 2 * cos (2 * G_PI * frequency / RATE);
  double       s1 = 0;
  double       s2 = 0;
  double       energy = 0;

  for (guint i = 0; i < WINDOW; i++)
    {
      const double s0 = samples[i] + k * s1 - s2;

      s2 = s1;
      s1 = s0;
      energy += (double)samples[i] * samples[i];
    }

  return energy < 1000.0 * WINDOW ? 0 : (s1 * s1 + s2 * s2 - k * s1 * s2) / (energy * WINDOW / 2);
}

static void
listen (Peer *self)
{
  double heard = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    {
      if (share_of (self->samples, tones[i]) > 0.6)
        heard = tones[i];
    }

  if (heard != self->heard)
    g_print ("heard %.0f\n", heard);
  self->heard = heard;
}

/* Two calls write into one pipe, and the one that is held writes silence: it counts only when there is nothing else. */
static gboolean
on_sound (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  Peer    *self = user_data;
  gint16   chunk[CHUNK];
  gssize   length = read (fd, chunk, sizeof chunk);
  gboolean is_silent = TRUE;

  for (gssize i = 0; i < length / (gssize)sizeof *chunk; i++)
    is_silent &= chunk[i] == 0;
  self->silence = is_silent ? self->silence + 1 : 0;
  if (length <= 0 || (is_silent && self->silence < 4))
    return G_SOURCE_CONTINUE;

  for (gssize i = 0; i < length / (gssize)sizeof *chunk; i++)
    {
      self->samples[self->count++] = chunk[i];
      if (self->count == WINDOW)
        {
          listen (self);
          self->count = 0;
        }
    }

  return G_SOURCE_CONTINUE;
}

static LiaPhoneCall *
call_of (Peer       *self,
         const char *number)
{
  guint64 index = number != NULL ? g_ascii_strtoull (number, NULL, 10) : 0;

  return index >= 1 && index <= self->calls->len ? self->calls->pdata[index - 1] : NULL;
}

static void
obey (Peer *self,
      char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  LiaPhoneCall *call = words[0] != NULL ? call_of (self, words[1]) : NULL;
  const char   *more = call != NULL ? words[2] : NULL;

  if (g_str_equal (words[0], "quit"))
    g_main_loop_quit (self->loop);
  else if (g_str_equal (words[0], "dial"))
    {
      LiaPhoneCall *dialled = lia_phone_dial (self->phone, words[1]);

      if (dialled == NULL)
        g_print ("refused\n");
      else
        g_print ("call %u %s\n", number_of (self, dialled), call_states[lia_phone_call_get_state (dialled)]);
    }
  else if (g_str_equal (words[0], "expect"))
    lia_phone_expect (self->phone, words[1]);
  else if (call == NULL)
    g_print ("unknown %s\n", line);
  else if (g_str_equal (words[0], "answer"))
    lia_phone_call_answer (call);
  else if (g_str_equal (words[0], "hangup"))
    lia_phone_call_hang_up (call);
  else if (g_str_equal (words[0], "hold") || g_str_equal (words[0], "resume"))
    lia_phone_call_set_held (call, g_str_equal (words[0], "hold"));
  else if (g_str_equal (words[0], "mute") || g_str_equal (words[0], "unmute"))
    lia_phone_call_set_muted (call, g_str_equal (words[0], "mute"));
  else if (g_str_equal (words[0], "keys"))
    lia_phone_call_send_keys (call, more);
  else if (g_str_equal (words[0], "transfer"))
    lia_phone_call_transfer (call, more);
  else if (g_str_equal (words[0], "join"))
    lia_phone_call_transfer_to (call, call_of (self, more));
  else
    g_print ("unknown %s\n", line);
}

static void
on_line (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Peer            *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (stream), result, NULL, NULL);

  if (line == NULL)
    {
      g_main_loop_quit (self->loop);
      return;
    }

  obey (self, line);
  g_data_input_stream_read_line_async (self->commands, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static LiaPhoneAudio *
make_audio (int tone,
            int pipe)
{
  g_autofree char *source = g_strdup_printf ("audiotestsrc is-live=true freq=%d volume=0.4 ! audio/x-raw,rate=48000,channels=1 ! identity", tone);
  g_autofree char *sink = g_strdup_printf ("audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=%d,channels=1 ! "
                                           "audiobuffersplit output-buffer-duration=1/50 ! fdsink sync=false fd=%d",
                                           RATE, pipe);

  return lia_phone_audio_new_described (source, sink);
}

static gboolean
read_options (int             *argc,
              char          ***argv,
              LiaPhoneAccount *account,
              int             *tone)
{
  g_autofree char   *transport = NULL;
  int                port = 0;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &account->server, "the telephone system", "HOST" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "its port", "N" },
    { "transport", 0, 0, G_OPTION_ARG_STRING, &transport, "udp, tcp or tls", "NAME" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &account->user, "who registers", "NAME" },
    { "secret", 0, 0, G_OPTION_ARG_STRING, &account->secret, "with what", "SECRET" },
    { "authority", 0, 0, G_OPTION_ARG_FILENAME, &account->authority, "certificates to trust", "FILE" },
    { "needs-secure", 0, 0, G_OPTION_ARG_NONE, &account->needs_secure, "only enciphered calls", NULL },
    { "tone", 0, 0, G_OPTION_ARG_INT, tone, "what it says, Hz", "N" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error) || account->user == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--user is missing");
      return FALSE;
    }

  account->port = (guint)port;
  account->transport = g_strcmp0 (transport, "tls") == 0 ? LIA_PHONE_TLS : g_strcmp0 (transport, "tcp") == 0 ? LIA_PHONE_TCP
                                                                                                             : LIA_PHONE_UDP;
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  g_autoptr (LiaPhoneAudio) audio = NULL;
  g_autoptr (GInputStream) input = NULL;
  Peer self = { .heard = 0 };
  int  tone = 500;
  int  fds[2];

  if (!read_options (&argc, &argv, account, &tone) || !g_unix_open_pipe (fds, O_CLOEXEC, NULL))
    return 2;

  setvbuf (stdout, NULL, _IOLBF, 0);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.calls = g_ptr_array_new_with_free_func (g_object_unref);
  audio = make_audio (tone, fds[1]);
  self.phone = lia_phone_new (audio);
  g_unix_fd_add (fds[0], G_IO_IN, on_sound, &self);
  g_signal_connect (self.phone, "notify::state", G_CALLBACK (on_phone_state), &self);
  g_signal_connect (self.phone, "incoming", G_CALLBACK (on_incoming), &self);
  g_signal_connect (lia_phone_get_calls (self.phone), "items-changed", G_CALLBACK (on_calls_changed), &self);
  lia_phone_connect (self.phone, account);

  input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  self.commands = g_data_input_stream_new (input);
  g_data_input_stream_read_line_async (self.commands, G_PRIORITY_DEFAULT, NULL, on_line, &self);
  g_main_loop_run (self.loop);

  g_clear_object (&self.phone);
  g_clear_object (&self.commands);
  g_ptr_array_unref (self.calls);
  /* The stack says goodbye to the telephone system. */
  for (guint i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_main_loop_unref (self.loop);

  return 0;
}
