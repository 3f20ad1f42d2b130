/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A LiaTracker without the engine: JSON, a line each, in and out.
 *
 * First line: {"kind":"redmine","url":"http://127.0.0.1:3000","project":"shop","type":"","login":"","dialect":"gfm","key":"…","deadline_ms":5000}. Then questions, answered one after the other:
 * {"do":"probe"}, {"do":"find","marker":"…","since":1}, {"do":"file","marker":"…","title":"…","text":"…","since":0},
 * {"do":"summary","key":"1","marker":"…","text":"…"}, {"do":"attach","key":"1","files":[{"name":"…","text":"…"}]}, {"do":"retract","key":"1","title":"…","text":"…"}, {"do":"read","key":"1","validator":""},
 * {"do":"comments","key":"1","since":1}, {"do":"changes","cursor":null}, {"do":"search","text":"…"}, {"do":"releases","validator":""}, {"do":"marker"}.
 *
 * It says {"ok":…}, or {"error":"not-found","message":"…","until":0}.
 */

#include "lia-async.h"
#include "lia-json.h"
#include "lia-tracker-kinds.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_BYTES (1024 * 1024)

typedef struct
{
  GMainLoop        *loop;
  GDataInputStream *lines;
  LiaTracker       *tracker;
} Peer;

static const char *
text_of (JsonObject *line,
         const char *name)
{
  const char *text = NULL;

  lia_json_str (line, name, LIA_JSON_OPTIONAL, MAX_BYTES, &text, NULL);

  return text;
}

static gint64
number_of (JsonObject *line,
           const char *name)
{
  gint64 number = 0;

  lia_json_int (line, name, LIA_JSON_OPTIONAL, 0, G_MAXINT64, &number, NULL);

  return number;
}

static JsonObject *
issue_to_json (LiaIssue *issue)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "key", issue->key);
  json_object_set_string_member (object, "url", issue->url);
  json_object_set_string_member (object, "title", issue->title);
  json_object_set_boolean_member (object, "closed", issue->is_closed);
  json_object_set_string_member (object, "state", issue->state);
  json_object_set_string_member (object, "assignee", issue->assignee);
  json_object_set_string_member (object, "milestone", issue->milestone);
  json_object_set_boolean_member (object, "wants_info", issue->wants_info);
  json_object_set_string_member (object, "validator", issue->validator);

  return object;
}

static JsonArray *
issues_to_json (GPtrArray *issues)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < issues->len; i++)
    json_array_add_object_element (array, issue_to_json (issues->pdata[i]));

  return array;
}

static void
add_files (JsonObject *line,
           GPtrArray  *files)
{
  JsonArray *array = NULL;

  if (!lia_json_arr (line, "files", LIA_JSON_OPTIONAL, 10, &array, NULL) || array == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *file;
      g_autoptr (GBytes) bytes = NULL;

      g_assert_true (lia_json_arr_obj (array, i, &file, NULL));
      bytes = g_bytes_new (text_of (file, "text"), strlen (text_of (file, "text")));
      g_ptr_array_add (files, lia_tracker_file_new (text_of (file, "name"), "text/plain", bytes));
    }
}

static void
set_issue (JsonObject *said,
           LiaIssue   *issue)
{
  if (issue != NULL)
    json_object_set_object_member (said, "ok", issue_to_json (issue));
  else
    json_object_set_null_member (said, "ok");
  g_clear_object (&issue);
}

static void
file (Peer       *peer,
      JsonObject *line,
      JsonObject *said,
      GError    **error)
{
  g_autoptr (LiaTrackerDraft) draft = lia_tracker_draft_new (text_of (line, "marker"), text_of (line, "title"), text_of (line, "text"));

  set_issue (said, lia_tracker_file_once (peer->tracker, draft, number_of (line, "since"), error));
}

static void
attach (Peer       *peer,
        JsonObject *line,
        JsonObject *said,
        GError    **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_tracker_file_free);

  add_files (line, files);
  json_object_set_boolean_member (said, "ok", lia_tracker_attach (peer->tracker, text_of (line, "key"), files->pdata[0], error));
}

static void
tell_changes (Peer       *peer,
              JsonObject *line,
              JsonObject *said,
              GError    **error)
{
  g_autoptr (LiaTrackerChanges) changes = lia_tracker_changed_since (peer->tracker, text_of (line, "cursor"), error);

  if (changes == NULL)
    return;
  json_object_set_array_member (said, "ok", issues_to_json (changes->issues));
  json_object_set_string_member (said, "cursor", changes->cursor);
  json_object_set_boolean_member (said, "more", changes->more);
}

static void
tell_comments (Peer       *peer,
               JsonObject *line,
               JsonObject *said,
               GError    **error)
{
  g_autoptr (LiaTrackerComments) comments = lia_tracker_comments (peer->tracker, text_of (line, "key"), number_of (line, "since"), error);
  JsonArray *array = json_array_new ();

  for (guint i = 0; comments != NULL && i < comments->items->len; i++)
    {
      const LiaTrackerComment *comment = comments->items->pdata[i];
      JsonObject              *object = json_object_new ();

      json_object_set_string_member (object, "key", comment->key);
      json_object_set_string_member (object, "author", comment->author);
      json_object_set_string_member (object, "text", comment->text);
      json_object_set_boolean_member (object, "own", comment->is_own);
      json_object_set_int_member (object, "at", comment->at_ms);
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (said, "ok", array);
  json_object_set_string_member (said, "login", comments != NULL ? comments->login : "");
}

static void
search (Peer       *peer,
        JsonObject *line,
        JsonObject *said,
        GError    **error)
{
  g_autoptr (GPtrArray) issues = lia_tracker_search (peer->tracker, text_of (line, "text"), error);

  if (issues != NULL)
    json_object_set_array_member (said, "ok", issues_to_json (issues));
}

static void
tell_releases (Peer       *peer,
               JsonObject *line,
               JsonObject *said,
               GError    **error)
{
  g_autofree char *validator = g_strdup (text_of (line, "validator"));
  g_autoptr (GHashTable) names = lia_tracker_releases (peer->tracker, &validator, error);
  g_autoptr (GList) sorted = names != NULL ? g_list_sort (g_hash_table_get_keys (names), (GCompareFunc)g_strcmp0) : NULL;
  JsonArray *array = json_array_new ();

  for (GList *at = sorted; at != NULL; at = at->next)
    json_array_add_string_element (array, at->data);
  json_object_set_array_member (said, "names", array);
  json_object_set_boolean_member (said, "ok", names != NULL);
  json_object_set_string_member (said, "validator", validator);
}

static void
probe (Peer       *peer,
       JsonObject *said,
       GError    **error)
{
  g_autoptr (LiaTrackerProbe) known = lia_tracker_probe (peer->tracker, error);

  if (known == NULL)
    return;
  json_object_set_string_member (said, "ok", known->project);
  json_object_set_string_member (said, "login", known->login);
}

static void
answer (Peer       *peer,
        JsonObject *line,
        JsonObject *said,
        GError    **error)
{
  const char *what = text_of (line, "do");

  if (g_str_equal (what, "probe"))
    probe (peer, said, error);
  else if (g_str_equal (what, "find"))
    set_issue (said, lia_tracker_find_by_marker (peer->tracker, text_of (line, "marker"), number_of (line, "since"), error));
  else if (g_str_equal (what, "file"))
    file (peer, line, said, error);
  else if (g_str_equal (what, "summary"))
    json_object_set_boolean_member (said, "ok", lia_tracker_upsert_summary (peer->tracker, text_of (line, "key"), text_of (line, "marker"), text_of (line, "text"), error));
  else if (g_str_equal (what, "attach"))
    attach (peer, line, said, error);
  else if (g_str_equal (what, "retract"))
    json_object_set_boolean_member (said, "ok", lia_tracker_retract (peer->tracker, text_of (line, "key"), text_of (line, "title"), text_of (line, "text"), error));
  else if (g_str_equal (what, "read"))
    set_issue (said, lia_tracker_read (peer->tracker, text_of (line, "key"), text_of (line, "validator"), error));
  else if (g_str_equal (what, "releases"))
    tell_releases (peer, line, said, error);
  else if (g_str_equal (what, "comments"))
    tell_comments (peer, line, said, error);
  else if (g_str_equal (what, "changes"))
    tell_changes (peer, line, said, error);
  else
    search (peer, line, said, error);
}

static void
say (JsonObject *said,
     GError     *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      json_object_set_string_member (said, "error", lia_tracker_error_to_name (error->code));
      json_object_set_string_member (said, "message", error->message);
      json_object_set_int_member (said, "until", lia_tracker_error_get_until (error));
    }
  text = lia_json_to_text (said);
  puts (text);
  fflush (stdout);
}

static void
take (char      **member,
      const char *text)
{
  g_free (*member);
  *member = g_strdup (text != NULL ? text : "");
}

static LiaTrackerSetup *
read_setup (JsonObject *line)
{
  LiaTrackerSetup *setup = lia_tracker_setup_new ();

  take (&setup->kind, text_of (line, "kind"));
  take (&setup->url, text_of (line, "url"));
  take (&setup->project, text_of (line, "project"));
  take (&setup->type, text_of (line, "type"));
  take (&setup->login, text_of (line, "login"));
  lia_dialect_from_string (text_of (line, "dialect"), &setup->dialect);
  setup->is_near = TRUE;

  return setup;
}

static void
set_up (Peer       *peer,
        JsonObject *line)
{
  g_autoptr (LiaTrackerSetup) setup = read_setup (line);
  g_autoptr (LiaNetGuard) guard = lia_net_guard_new ();
  g_autoptr (LiaTrackerWeb) web = lia_tracker_web_new (guard);
  g_autoptr (GError) error = NULL;

  lia_tracker_kinds_vouch (guard, setup);
  if (number_of (line, "deadline_ms") != 0)
    lia_tracker_web_set_deadline (web, (guint)number_of (line, "deadline_ms"));
  peer->tracker = lia_tracker_kinds_open (web, setup, text_of (line, "key"), &error);
  g_assert_no_error (error);
}

static void
take_line (Peer       *peer,
           JsonObject *line)
{
  g_autoptr (JsonObject) said = json_object_new ();
  g_autoptr (GError) error = NULL;

  if (peer->tracker == NULL)
    {
      set_up (peer, line);
      return;
    }
  if (g_str_equal (text_of (line, "do"), "marker"))
    {
      g_autofree char *marker = lia_tracker_marker_new ();

      json_object_set_string_member (said, "ok", marker);
    }
  else
    answer (peer, line, said, &error);
  say (said, error);
}

typedef struct
{
  Peer       *peer;
  JsonObject *line;
} Turn;

static void on_line (GObject      *object,
                     GAsyncResult *result,
                     gpointer      data);

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  json_object_unref (turn->line);
  g_free (turn);
}

static DexFuture *
turn_fiber (gpointer data)
{
  Turn *turn = data;

  take_line (turn->peer, turn->line);
  g_data_input_stream_read_line_async (turn->peer->lines, G_PRIORITY_DEFAULT, NULL, on_line, turn->peer);

  return dex_future_new_for_boolean (TRUE);
}

static void
on_line (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  Peer            *peer = data;
  g_autofree char *text = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
  JsonObject      *line = text != NULL ? lia_json_parse (text, -1, MAX_BYTES, NULL) : NULL;
  Turn            *turn;

  if (line == NULL)
    {
      g_main_loop_quit (peer->loop);
      return;
    }
  turn = g_new0 (Turn, 1);
  turn->peer = peer;
  turn->line = line;
  dex_future_disown (lia_spawn (turn_fiber, turn, turn_free));
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
  g_clear_object (&peer.tracker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (peer.lines);
  g_main_loop_unref (peer.loop);

  return 0;
}
