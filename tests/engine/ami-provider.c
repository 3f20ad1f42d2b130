/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * LiaAmiProvider without the engine: JSON, a line each, in and out.
 *
 * First line: {"pbx":{…},"password":"…","agents":[…],"calls":[…],"audit":60000}, `calls` being what is to be restored. Then commands:
 * {"id":1,"run":"transfer","uniqueid":"…","phone":"PJSIP/alice","target":"202","queue":"","text":"","conversation":"","number":0,"mode":"listen","on":true},
 * {"all":true}, {"quit":true}.
 *
 * It says {"link":"up","reason":"","detail":""}, {"call":{…}}, {"gone":"…","into":"…"}, {"member":{…}}, {"member-gone":"…","queue":"…"}, {"queue":"…"},
 * {"done":1,"error":"gone","message":"…"}, and {"calls":[…],"members":[…],"queues":[…]}: before each "up", and when asked for all.
 */

#include "lia-ami-provider.h"
#include "lia-async.h"
#include "lia-json.h"
#include "lia-wire.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <unistd.h>

typedef struct
{
  GMainLoop        *loop;
  GDataInputStream *lines;
  LiaPhoneProvider *provider;
} Peer;

static void
say (JsonObject *object)
{
  g_autofree char *text = lia_json_to_text (object);

  puts (text);
  fflush (stdout);
  json_object_unref (object);
}

static void
say_with (const char *name,
          JsonObject *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, name, value);
  say (object);
}

static void
say_two (const char *name,
         const char *value,
         const char *other,
         const char *other_value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, name, value);
  json_object_set_string_member (object, other, other_value);
  say (object);
}

/* What the provider says ---------------------------------------------------------------------------------------------------------------- */

static void
say_all (LiaPhoneProvider *provider)
{
  g_autoptr (GPtrArray) calls = lia_phone_provider_dup_calls (provider);
  g_autoptr (GPtrArray) members = lia_phone_provider_dup_members (provider);
  g_auto (GStrv) queues = lia_phone_provider_dup_queues (provider);
  JsonObject *object = json_object_new ();
  JsonArray  *list = json_array_new ();

  for (guint i = 0; i < calls->len; i++)
    json_array_add_object_element (list, lia_wire_encode_call (calls->pdata[i]));
  json_object_set_array_member (object, "calls", list);
  list = json_array_new ();
  for (guint i = 0; i < members->len; i++)
    json_array_add_object_element (list, lia_wire_encode_queue_member (members->pdata[i]));
  json_object_set_array_member (object, "members", list);
  list = json_array_new ();
  for (guint i = 0; queues[i] != NULL; i++)
    json_array_add_string_element (list, queues[i]);
  json_object_set_array_member (object, "queues", list);
  say (object);
}

static void
on_link (LiaPhoneProvider *provider,
         Peer             *peer)
{
  static const char *const states[] = { "down", "connecting", "syncing", "up" };
  const LiaPhoneLink      *link = lia_phone_provider_get_link (provider);
  JsonObject              *object = json_object_new ();

  json_object_set_string_member (object, "link", states[link->state]);
  json_object_set_string_member (object, "reason", link->reason);
  json_object_set_string_member (object, "detail", link->detail);
  if (link->state == LIA_PHONE_LINK_UP)
    say_all (provider);
  say (object);
}

static void
on_call (LiaPhoneProvider *provider,
         LiaCall          *call,
         Peer             *peer)
{
  say_with ("call", lia_wire_encode_call (call));
}

static void
on_gone (LiaPhoneProvider *provider,
         const char       *uniqueid,
         const char       *into,
         Peer             *peer)
{
  say_two ("gone", uniqueid, "into", into);
}

static void
on_member (LiaPhoneProvider *provider,
           LiaQueueMember   *member,
           Peer             *peer)
{
  say_with ("member", lia_wire_encode_queue_member (member));
}

static void
on_member_gone (LiaPhoneProvider *provider,
                const char       *queue,
                const char       *interface,
                Peer             *peer)
{
  say_two ("member-gone", interface, "queue", queue);
}

static void
on_queue (LiaPhoneProvider *provider,
          const char       *queue,
          Peer             *peer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "queue", queue);
  say (object);
}

/* Commands ------------------------------------------------------------------------------------------------------------------------------ */

static int
find_word (const char *const *words,
           const char        *word)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (g_strcmp0 (words[i], word) == 0)
        return i;
    }
  g_error ("there is no “%s”", word);
}

static void
take_text (JsonObject *line,
           const char *name,
           char      **text)
{
  g_set_str (text, json_object_get_string_member_with_default (line, name, ""));
}

static LiaPhoneCommand *
read_command (JsonObject *line)
{
  static const char *const kinds[] = { "dial", "answer", "hangup", "hold", "mute", "dtmf", "transfer", "consult", "complete", "cancel", "park", "record", "take", "supervise", "pause", "login", "move", "priority", NULL };
  static const char *const modes[] = { "listen", "whisper", "barge", NULL };
  LiaPhoneCommand         *command = lia_phone_command_new (find_word (kinds, json_object_get_string_member (line, "run")));

  take_text (line, "uniqueid", &command->uniqueid);
  take_text (line, "phone", &command->phone);
  take_text (line, "target", &command->target);
  take_text (line, "queue", &command->queue);
  take_text (line, "text", &command->text);
  take_text (line, "name", &command->name);
  take_text (line, "conversation", &command->conversation);
  command->number = json_object_get_int_member_with_default (line, "number", 0);
  command->mode = find_word (modes, json_object_get_string_member_with_default (line, "mode", "listen"));
  command->on = json_object_get_boolean_member_with_default (line, "on", TRUE);

  return command;
}

static DexFuture *
on_done (DexFuture *future,
         gpointer   id)
{
  static const char *const codes[] = { "down", "gone", "busy", "state", "no-target", "unreachable", "refused", "timeout", "unsupported" };
  JsonObject              *object = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_int_member (object, "done", GPOINTER_TO_INT (id));
  if (dex_future_get_value (future, &error) == NULL)
    {
      g_assert_true (error->domain == LIA_PHONE_ERROR);
      json_object_set_string_member (object, "error", codes[error->code]);
      json_object_set_string_member (object, "message", error->message);
    }
  say (object);

  return dex_future_new_for_boolean (TRUE);
}

static void
run (Peer       *peer,
     JsonObject *line)
{
  g_autoptr (LiaPhoneCommand) command = read_command (line);
  gpointer id = GINT_TO_POINTER (json_object_get_int_member (line, "id"));

  dex_future_disown (dex_future_finally (lia_phone_provider_run (peer->provider, command), on_done, id, NULL));
}

/* From begin to end ----------------------------------------------------------------------------------------------------------------------- */

typedef gpointer (*Decode) (JsonObject *object,
                            GError    **error);

static GPtrArray *
decode_all (JsonObject *line,
            const char *name,
            Decode      decode)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array = json_object_has_member (line, name) ? json_object_get_array_member (line, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (values, decode (json_array_get_object_element (array, i), &error));
      g_assert_no_error (error);
    }

  return values;
}

static void
start (Peer       *peer,
       JsonObject *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaPbx) pbx = lia_wire_decode_pbx (json_object_get_object_member (line, "pbx"), &error);
  g_autoptr (GPtrArray) agents = decode_all (line, "agents", (Decode)lia_wire_decode_agent);
  g_autoptr (GPtrArray) calls = decode_all (line, "calls", (Decode)lia_wire_decode_call);

  g_assert_no_error (error);
  peer->provider = lia_ami_provider_new ("h_1", pbx, json_object_get_string_member (line, "password"), NULL);
  if (json_object_has_member (line, "audit"))
    lia_ami_provider_set_audit (LIA_AMI_PROVIDER (peer->provider), (guint)json_object_get_int_member (line, "audit"));
  g_signal_connect (peer->provider, "link-changed", G_CALLBACK (on_link), peer);
  g_signal_connect (peer->provider, "call-changed", G_CALLBACK (on_call), peer);
  g_signal_connect (peer->provider, "call-gone", G_CALLBACK (on_gone), peer);
  g_signal_connect (peer->provider, "member-changed", G_CALLBACK (on_member), peer);
  g_signal_connect (peer->provider, "member-gone", G_CALLBACK (on_member_gone), peer);
  g_signal_connect (peer->provider, "queue-changed", G_CALLBACK (on_queue), peer);
  lia_phone_provider_set_agents (peer->provider, agents);
  lia_phone_provider_restore (peer->provider, calls);
  lia_phone_provider_connect (peer->provider);
}

/* FALSE: that was all. */
static gboolean
take_line (Peer       *peer,
           const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) line = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);
  if (json_object_has_member (line, "quit"))
    return FALSE;
  if (json_object_has_member (line, "pbx"))
    start (peer, line);
  else if (json_object_has_member (line, "all"))
    say_all (peer->provider);
  else
    run (peer, line);

  return TRUE;
}

static void
on_line (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Peer            *peer = data;
  g_autofree char *text = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);

  if (text != NULL && take_line (peer, text))
    g_data_input_stream_read_line_async (peer->lines, G_PRIORITY_DEFAULT, NULL, on_line, peer);
  else
    g_main_loop_quit (peer->loop);
}

static DexFuture *
on_disconnected (DexFuture *future,
                 gpointer   data)
{
  g_main_loop_quit (data);

  return dex_future_new_for_boolean (TRUE);
}

static void
finish (Peer *peer)
{
  g_autoptr (DexFuture) end = dex_future_finally (lia_phone_provider_disconnect (peer->provider), on_disconnected, peer->loop, NULL);

  if (dex_future_is_pending (end))
    g_main_loop_run (peer->loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (peer->provider);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  Peer peer = { 0 };

  dex_init ();
  peer.loop = g_main_loop_new (NULL, FALSE);
  peer.lines = g_data_input_stream_new (input);
  g_data_input_stream_read_line_async (peer.lines, G_PRIORITY_DEFAULT, NULL, on_line, &peer);
  g_main_loop_run (peer.loop);
  if (peer.provider != NULL)
    finish (&peer);
  g_object_unref (peer.lines);
  g_main_loop_unref (peer.loop);

  return 0;
}
