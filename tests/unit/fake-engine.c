/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-engine.h"

#include "lia-row-window.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

struct _FakeEngine
{
  SoupServer     *server;
  char           *directory;
  char           *path;
  GSocketAddress *address;
  char           *epoch;
  gint64          seq;
  gint64          least_seq; /* of the journal */
  GPtrArray      *journal;   /* of JsonObject */
  GPtrArray      *rows;
  GPtrArray      *entries;
  GPtrArray      *streams; /* of SoupWebsocketConnection */
  GHashTable     *answers; /* key -> char *: JSON */
  GStrv           watched;
  gboolean        metrics; /* are watched */
  GString        *log;
  JsonObject     *phone;   /* what `live` says: calls and members */
  char           *account; /* the softphone's, or NULL */
  char           *chats;   /* who chats, or NULL */
  char           *body;    /* of the last command */
  FakeEngineRead  read;    /* or NULL */
  gpointer        read_data;

  FakeEngineCommand command; /* or NULL */
  gpointer          command_data;
  guint             token;
  guint             lose_answers;
  guint             delay_ms;
  gboolean          mute;
  int               refuse; /* a LiaProblem, or -1 */
  guint             commands;
  guint             attempts;
  guint             hellos;
  guint             typings;
  guint             chat_readings;
  guint             resumes;
  guint             requests;
  guint             abandoned;
};

static void
answer (SoupServerMessage *message,
        guint              status,
        JsonObject        *object)
{
  char *text = lia_json_to_text (object);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
  json_object_unref (object);
}

static void
answer_problem (SoupServerMessage *message,
                LiaProblem         problem)
{
  g_autoptr (GError) error = g_error_new (LIA_PROBLEM, problem, "refused: %s", lia_problem_to_name (problem));

  answer (message, lia_problem_to_status (problem), lia_wire_encode_problem (error, NULL));
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lia_json_parse (text, -1, LIA_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);

  return object;
}

static JsonObject *
make_view_frame (FakeEngine *self)
{
  JsonObject *object = parse ("{\"t\":\"view\",\"view\":\"mine\",\"up\":[],\"rm\":[],\"unread\":0}");

  json_object_set_int_member (object, "total", self->rows->len);

  return object;
}

static void
send_object (FakeEngine *self,
             JsonObject *object)
{
  g_autofree char *text = lia_json_to_text (object);

  fake_engine_send_frame (self, text);
  json_object_unref (object);
}

void
fake_engine_send_frame (FakeEngine *self,
                        const char *text)
{
  for (guint i = 0; i < self->streams->len && !self->mute; i++)
    {
      SoupWebsocketConnection *stream = self->streams->pdata[i];

      if (soup_websocket_connection_get_state (stream) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_text (stream, text);
    }
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const LiaConversation *row_a = *(LiaConversation *const *)a;
  const LiaConversation *row_b = *(LiaConversation *const *)b;

  return lia_row_compare (row_a->sort, row_a->id, row_b->sort, row_b->id);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const LiaEntry *entry_a = *(LiaEntry *const *)a;
  const LiaEntry *entry_b = *(LiaEntry *const *)b;

  if (entry_a->at_ms != entry_b->at_ms)
    return entry_a->at_ms < entry_b->at_ms ? -1 : 1;

  return entry_a->seq < entry_b->seq ? -1 : entry_a->seq > entry_b->seq;
}

LiaConversation *
fake_engine_get_row (FakeEngine *self,
                     const char *id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (g_str_equal (((LiaConversation *)self->rows->pdata[i])->id, id))
        return self->rows->pdata[i];
    }

  return NULL;
}

void
fake_engine_put_row (FakeEngine      *self,
                     LiaConversation *row)
{
  LiaConversation *known = fake_engine_get_row (self, row->id);
  JsonObject      *frame;
  JsonArray       *up = json_array_new ();

  if (known != NULL)
    g_ptr_array_remove (self->rows, known);
  g_ptr_array_add (self->rows, g_object_ref (row));
  g_ptr_array_sort (self->rows, compare_rows);
  self->seq++;

  frame = make_view_frame (self);
  json_array_add_object_element (up, lia_wire_encode_conversation (row));
  json_object_set_array_member (frame, "up", up);
  send_object (self, frame);
}

void
fake_engine_remove_row (FakeEngine *self,
                        const char *id)
{
  JsonObject *frame;
  JsonArray  *rm = json_array_new ();

  g_ptr_array_remove (self->rows, fake_engine_get_row (self, id));
  self->seq++;

  frame = make_view_frame (self);
  json_array_add_string_element (rm, id);
  json_object_set_array_member (frame, "rm", rm);
  send_object (self, frame);
}

GPtrArray *
fake_engine_get_rows (FakeEngine *self)
{
  return self->rows;
}

GPtrArray *
fake_engine_get_entries (FakeEngine *self)
{
  return self->entries;
}

gint64
fake_engine_next_seq (FakeEngine *self)
{
  return self->seq + 1;
}

void
fake_engine_add_event (FakeEngine *self,
                       const char *kind,
                       const char *conversation,
                       JsonObject *d)
{
  JsonObject *event = parse ("{\"t\":\"ev\",\"at\":\"2026-11-22T08:00:00.000Z\",\"actor\":\"a_1\",\"key\":null,\"ver\":1}");

  self->seq++;
  json_object_set_int_member (event, "seq", self->seq);
  json_object_set_string_member (event, "k", kind);
  lia_json_set_str (event, "conv", conversation);
  json_object_set_object_member (event, "d", d);
  g_ptr_array_add (self->journal, json_object_ref (event));
  send_object (self, event);
}

void
fake_engine_put_entry (FakeEngine *self,
                       LiaEntry   *entry)
{
  JsonObject *d = json_object_new ();
  gboolean    known = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      if (g_str_equal (((LiaEntry *)self->entries->pdata[i])->id, entry->id))
        {
          g_ptr_array_remove_index (self->entries, i);
          known = TRUE;
          break;
        }
    }
  g_ptr_array_add (self->entries, g_object_ref (entry));
  g_ptr_array_sort (self->entries, compare_entries);

  json_object_set_object_member (d, "entry", lia_wire_encode_entry (entry));
  if (fake_engine_get_row (self, entry->conv) != NULL)
    json_object_set_object_member (d, "row", lia_wire_encode_conversation (fake_engine_get_row (self, entry->conv)));
  fake_engine_add_event (self, known ? "entry.changed" : "entry.added", entry->conv, d);
}

static void
answer_snapshot (FakeEngine        *self,
                 SoupServerMessage *message)
{
  JsonObject *object = parse ("{\"me\":{\"id\":\"a_1\",\"name\":\"Ann\",\"role\":\"admin\",\"availability\":\"available\"},"
                              "\"agents\":[{\"id\":\"a_1\",\"name\":\"Ann\"},{\"id\":\"a_2\",\"name\":\"Bob\"}],"
                              "\"queues\":[{\"id\":\"q_1\",\"name\":\"Support\",\"first_target_s\":60,\"next_target_s\":60}],\"channels\":[],"
                              "\"settings\":{\"undo_send_s\":10,\"signature\":\"Ann\",\"sample\":false}}");
  JsonObject *view = parse ("{\"id\":\"mine\",\"kind\":\"mine\",\"name\":\"My work\",\"unread\":0}");
  JsonArray  *views = json_array_new ();

  json_object_set_int_member (view, "total", self->rows->len);
  json_array_add_object_element (views, view);
  json_object_set_array_member (object, "views", views);
  json_object_set_array_member (object, "calls", json_array_ref (json_object_get_array_member (self->phone, "calls")));
  json_object_set_array_member (object, "members", json_array_ref (json_object_get_array_member (self->phone, "members")));
  json_object_set_string_member (object, "epoch", self->epoch);
  json_object_set_int_member (object, "seq", self->seq);
  answer (message, 200, object);
}

/* Of a page: as the engine does it */
guint
fake_engine_get_limit (GHashTable *query)
{
  const char *limit = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;

  return limit != NULL ? MIN ((guint)atoi (limit), 200) : 50;
}

static void
answer_rows (FakeEngine        *self,
             SoupServerMessage *message,
             GHashTable        *query)
{
  const char *after = query != NULL ? g_hash_table_lookup (query, "after") : NULL;
  JsonObject *object = json_object_new ();
  JsonArray  *rows = json_array_new ();
  guint       limit = fake_engine_get_limit (query);
  guint       i = 0;

  if (after != NULL)
    {
      g_auto (GStrv) key = g_strsplit (after, "|", 2);
      gint64 sort = g_ascii_strtoll (key[0], NULL, 10);

      while (i < self->rows->len && lia_row_compare (((LiaConversation *)self->rows->pdata[i])->sort,
                                                     ((LiaConversation *)self->rows->pdata[i])->id, sort, key[1]) <= 0)
        i++;
    }

  for (; i < self->rows->len && json_array_get_length (rows) < limit; i++)
    json_array_add_object_element (rows, lia_wire_encode_conversation (self->rows->pdata[i]));

  if (i < self->rows->len)
    {
      const LiaConversation *last = self->rows->pdata[i - 1];
      g_autofree char       *next = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", last->sort, last->id);

      json_object_set_string_member (object, "next", next);
    }
  json_object_set_array_member (object, "rows", rows);
  json_object_set_int_member (object, "total", self->rows->len);
  json_object_set_int_member (object, "seq", self->seq);
  answer (message, 200, object);
}

static void
answer_conversation (FakeEngine        *self,
                     SoupServerMessage *message,
                     const char        *id,
                     GHashTable        *query)
{
  const char      *before = query != NULL ? g_hash_table_lookup (query, "before") : NULL;
  LiaConversation *row = fake_engine_get_row (self, id);
  g_autoptr (GPtrArray) mine = g_ptr_array_new ();
  JsonObject *object = json_object_new ();
  JsonArray  *timeline = json_array_new ();
  guint       limit = fake_engine_get_limit (query);
  guint       from;

  if (row == NULL)
    {
      json_object_unref (object);
      json_array_unref (timeline);
      answer_problem (message, LIA_PROBLEM_NOT_FOUND);
      return;
    }

  for (guint i = 0; i < self->entries->len; i++)
    {
      LiaEntry *entry = self->entries->pdata[i];

      if (before != NULL && g_str_equal (before, entry->id))
        break;
      if (g_str_equal (entry->conv, id))
        g_ptr_array_add (mine, entry);
    }
  from = mine->len > limit ? mine->len - limit : 0;
  for (guint i = from; i < mine->len; i++)
    json_array_add_object_element (timeline, lia_wire_encode_entry (mine->pdata[i]));

  lia_json_set_str (object, "next", from > 0 ? ((LiaEntry *)mine->pdata[from])->id : NULL);
  json_object_set_object_member (object, "conversation", lia_wire_encode_conversation (row));
  json_object_set_array_member (object, "timeline", timeline);
  json_object_set_int_member (object, "seq", self->seq);
  json_object_set_int_member (object, "unread_from", 1);
  answer (message, 200, object);
}

/* A note becomes an entry; everything else is done when it is answered */
static char *
carry_out (FakeEngine *self,
           JsonObject *body,
           const char *key)
{
  g_autoptr (JsonObject) reply = parse ("{\"d\":{\"entry\":\"e_new\",\"outbox\":\"o_1\",\"conversation\":\"c_1\",\"channel\":\"h_1\",\"call\":\"lia-1\",\"response\":\"r_1\"}}");
  const char *kind;
  const char *conversation;

  self->commands++;
  g_assert_true (lia_json_str (body, "k", LIA_JSON_REQUIRED, 64, &kind, NULL));
  g_assert_true (lia_json_str (body, "conv", LIA_JSON_OPTIONAL, 64, &conversation, NULL));
  if (g_str_equal (kind, "note.add"))
    {
      g_autofree char *id = g_strdup_printf ("e_%" G_GINT64_FORMAT, fake_engine_next_seq (self));
      g_autoptr (LiaEntry) entry = fake_entry (id, conversation, G_MAXINT32 * G_GINT64_CONSTANT (1000) + self->seq, fake_engine_next_seq (self));

      fake_engine_put_entry (self, entry);
    }

  if (self->command != NULL)
    {
      JsonObject *d;
      JsonObject *own;

      g_assert_true (lia_json_obj (body, "d", LIA_JSON_REQUIRED, &d, NULL));
      own = self->command (kind, d, self->command_data);
      if (own != NULL)
        json_object_set_object_member (reply, "d", own);
    }
  json_object_set_string_member (reply, "key", key);
  json_object_set_int_member (reply, "seq", self->seq);

  return lia_json_to_text (reply);
}

/* Whether the test wants this request, a command or a reading, to be refused; the snapshot is the session's and never is. */
static gboolean
refused (FakeEngine        *self,
         SoupServerMessage *message)
{
  if (self->refuse < 0)
    return FALSE;

  answer_problem (message, self->refuse);
  self->refuse = -1;

  return TRUE;
}

static void
answer_command (FakeEngine        *self,
                SoupServerMessage *message)
{
  SoupMessageBody *bytes = soup_server_message_get_request_body (message);
  g_autoptr (JsonObject) body = lia_json_parse (bytes->data, bytes->length, LIA_JSON_MAX_BYTES, NULL);
  const char *key;
  const char *text;

  self->attempts++;
  if (refused (self, message))
    return;

  g_assert_true (lia_json_str (body, "key", LIA_JSON_REQUIRED, 64, &key, NULL));
  g_assert_true (lia_json_str (body, "k", LIA_JSON_REQUIRED, 64, &text, NULL));
  g_string_append_printf (self->log, "%s ", text);
  g_free (self->body);
  self->body = g_strndup (bytes->data, bytes->length);
  if (!g_hash_table_contains (self->answers, key))
    g_hash_table_insert (self->answers, g_strdup (key), carry_out (self, body, key));

  if (self->lose_answers > 0)
    {
      g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

      self->lose_answers--;
      g_io_stream_close (stream, NULL, NULL);
      return;
    }

  text = g_hash_table_lookup (self->answers, key);
  answer (message, 200, parse (text));
}

typedef struct
{
  FakeEngine        *self;
  SoupServerMessage *message;
  char              *path;
  GHashTable        *query;
} Delayed;

static void
answer_typing (FakeEngine        *self,
               SoupServerMessage *message)
{
  g_assert_true (soup_server_message_get_method (message) == SOUP_METHOD_POST);
  self->typings++;
  answer (message, 200, json_object_new ());
}

static void
answer_reading (FakeEngine        *self,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query)
{
  JsonObject *other;

  if (g_str_equal (path, "/v1/views/mine/rows"))
    answer_rows (self, message, query);
  else if (g_str_equal (path, "/v1/phone/account") && self->account != NULL)
    answer (message, 200, parse (self->account));
  else if (g_str_has_suffix (path, "/typing"))
    answer_typing (self, message);
  else if (g_str_has_prefix (path, "/v1/conversations/"))
    answer_conversation (self, message, path + strlen ("/v1/conversations/"), query);
  else if (self->read != NULL && (other = self->read (path, query, self->read_data)) != NULL)
    answer (message, 200, other);
  else
    answer_problem (message, LIA_PROBLEM_NOT_FOUND);
}

static void
route (FakeEngine        *self,
       SoupServerMessage *message,
       const char        *path,
       GHashTable        *query)
{
  if (g_str_equal (path, "/v1/snapshot"))
    answer_snapshot (self, message);
  else if (g_str_equal (path, "/v1/commands"))
    answer_command (self, message);
  else if (!refused (self, message))
    answer_reading (self, message, path, query);
}

static gboolean
on_delayed_cb (gpointer data)
{
  Delayed *delayed = data;
  GSocket *socket = soup_server_message_get_socket (delayed->message);

  /* libsoup does not look at the socket of a message that is paused */
  if (socket == NULL || (g_socket_condition_check (socket, G_IO_HUP) & G_IO_HUP) != 0)
    delayed->self->abandoned++;
  route (delayed->self, delayed->message, delayed->path, delayed->query);
  soup_server_message_unpause (delayed->message);

  return G_SOURCE_REMOVE;
}

static void
delayed_free (gpointer data)
{
  Delayed *delayed = data;

  g_object_unref (delayed->message);
  g_clear_pointer (&delayed->query, g_hash_table_unref);
  g_free (delayed->path);
  g_free (delayed);
}

static gboolean
has_token (FakeEngine        *self,
           SoupServerMessage *message)
{
  g_autofree char *token = g_strdup_printf ("Bearer lia_a_%u", self->token);

  return g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"), token) == 0;
}

/* Each connection asks for it by itself: it is neither counted with what a test asks for, nor refused or delayed. */
static void
answer_chats (FakeEngine        *self,
              SoupServerMessage *message)
{
  self->chat_readings++;
  if (has_token (self, message))
    answer (message, 200, parse (self->chats != NULL ? self->chats : "{\"chats\":[]}"));
  else
    answer_problem (message, LIA_PROBLEM_UNAUTHORIZED);
}

static void
on_request_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           data)
{
  FakeEngine *self = data;

  if (g_str_equal (path, "/v1/chats"))
    {
      answer_chats (self, message);
      return;
    }

  self->requests++;
  if (g_str_equal (path, "/v1/auth/local"))
    {
      JsonObject      *object = json_object_new ();
      g_autofree char *token = g_strdup_printf ("lia_a_%u", self->token);

      json_object_set_string_member (object, "token", token);
      answer (message, 200, object);
    }
  else if (!has_token (self, message))
    {
      answer_problem (message, LIA_PROBLEM_UNAUTHORIZED);
    }
  else if (self->delay_ms > 0)
    {
      Delayed *delayed = g_new0 (Delayed, 1);

      delayed->self = self;
      delayed->message = g_object_ref (message);
      delayed->path = g_strdup (path);
      delayed->query = query != NULL ? g_hash_table_ref (query) : NULL;
      g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay_ms, on_delayed_cb, delayed, delayed_free);
      soup_server_message_pause (message);
    }
  else
    {
      route (self, message, path, query);
    }
}

static void
send_phone (FakeEngine              *self,
            SoupWebsocketConnection *stream)
{
  g_autofree char *phone = lia_json_to_text (self->phone);
  g_autofree char *text = g_strdup_printf ("{\"t\":\"live\",\"k\":\"all\",\"d\":%s}", phone);

  soup_websocket_connection_send_text (stream, text);
}

static void
greet (FakeEngine              *self,
       SoupWebsocketConnection *stream,
       JsonObject              *hello)
{
  g_autoptr (JsonObject) greeting = json_object_new ();
  g_autofree char *text = NULL;
  const char      *epoch;
  gint64           since;
  gboolean         known;

  g_assert_true (lia_json_str (hello, "epoch", LIA_JSON_OPTIONAL, 64, &epoch, NULL));
  g_assert_true (lia_json_int (hello, "since", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &since, NULL));
  known = g_strcmp0 (epoch, self->epoch) == 0 && since >= self->least_seq;

  json_object_set_string_member (greeting, "t", known ? "welcome" : "resync");
  json_object_set_string_member (greeting, "epoch", self->epoch);
  json_object_set_int_member (greeting, "seq", self->seq);
  json_object_set_int_member (greeting, "ping_s", 1);
  json_object_set_boolean_member (greeting, "resumed", known);
  text = lia_json_to_text (greeting);
  soup_websocket_connection_send_text (stream, text);
  self->resumes += known;

  for (guint i = 0; known && i < self->journal->len; i++)
    {
      g_autofree char *event = NULL;
      gint64           seq;

      g_assert_true (lia_json_int (self->journal->pdata[i], "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &seq, NULL));
      if (seq <= since)
        continue;
      event = lia_json_to_text (self->journal->pdata[i]);
      soup_websocket_connection_send_text (stream, event);
    }

  send_phone (self, stream);
}

static void
on_message_cb (SoupWebsocketConnection *stream,
               SoupWebsocketDataType    type,
               GBytes                  *bytes,
               FakeEngine              *self)
{
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonObject) object = lia_json_parse (text, (gssize)length, LIA_JSON_MAX_BYTES, NULL);
  const char *name;
  JsonArray  *views;

  g_assert_true (lia_json_str (object, "t", LIA_JSON_REQUIRED, 64, &name, NULL));
  if (self->mute)
    return;

  if (g_str_equal (name, "ping"))
    soup_websocket_connection_send_text (stream, "{\"t\":\"pong\"}");

  if (g_str_equal (name, "hello"))
    {
      self->hellos++;
      greet (self, stream, object);
      g_ptr_array_add (self->streams, g_object_ref (stream));
    }

  g_assert_true (lia_json_arr (object, "views", LIA_JSON_OPTIONAL, 100, &views, NULL));
  if (views != NULL)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint i = 0; i < json_array_get_length (views); i++)
        {
          const char *view;

          g_assert_true (lia_json_arr_str (views, i, 64, &view, NULL));
          g_strv_builder_add (builder, view);
        }
      g_clear_pointer (&self->watched, g_strfreev);
      self->watched = g_strv_builder_end (builder);
      g_assert_true (lia_json_bool (object, "metrics", LIA_JSON_OPTIONAL, &self->metrics, NULL));
    }
}

static void
on_closed_cb (SoupWebsocketConnection *stream,
              FakeEngine              *self)
{
  g_signal_handlers_disconnect_by_data (stream, self);
  g_ptr_array_remove (self->streams, stream);
  g_object_unref (stream);
}

static void
on_stream_cb (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *stream,
              gpointer                 data)
{
  FakeEngine *self = data;

  g_object_ref (stream);
  g_signal_connect (stream, "message", G_CALLBACK (on_message_cb), self);
  g_signal_connect (stream, "closed", G_CALLBACK (on_closed_cb), self);
}

/* A handshake without a token is refused before it becomes a WebSocket */
static void
on_early_cb (SoupServer        *server,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           data)
{
  if (!has_token (data, message))
    answer_problem (message, LIA_PROBLEM_UNAUTHORIZED);
}

FakeEngine *
fake_engine_new (void)
{
  FakeEngine *self = g_new0 (FakeEngine, 1);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  char *protocols[] = { (char *)"liaison.v1", NULL };

  self->directory = g_dir_make_tmp ("liaison-fake-XXXXXX", NULL);
  self->path = g_build_filename (self->directory, "engine.sock", NULL);
  self->address = g_unix_socket_address_new (self->path);
  self->epoch = g_strdup ("k1");
  self->token = 1;
  self->refuse = -1;
  self->seq = 100;
  self->log = g_string_new (NULL);
  self->phone = parse ("{\"calls\":[],\"members\":[]}");
  self->journal = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
  soup_server_add_early_handler (self->server, "/v1/stream", on_early_cb, self, NULL);
  soup_server_add_websocket_handler (self->server, "/v1/stream", NULL, protocols, on_stream_cb, self, NULL);

  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, self->address, FALSE, &error));
  g_assert_true (g_socket_listen (socket, &error));
  g_assert_true (soup_server_listen_socket (self->server, socket, 0, &error));

  return self;
}

void
fake_engine_free (FakeEngine *self)
{
  for (guint i = 0; i < self->streams->len; i++)
    g_signal_handlers_disconnect_by_data (self->streams->pdata[i], self);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->address);
  g_ptr_array_unref (self->journal);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->streams);
  g_hash_table_unref (self->answers);
  g_strfreev (self->watched);
  g_string_free (self->log, TRUE);
  json_object_unref (self->phone);
  g_free (self->account);
  g_free (self->chats);
  g_free (self->body);
  g_unlink (self->path);
  g_rmdir (self->directory);
  g_free (self->path);
  g_free (self->directory);
  g_free (self->epoch);
  g_free (self);
}

/* @text: an object with `calls` and `members`. Nobody is told of it before the next stream. */
void
fake_engine_set_phone (FakeEngine *self,
                       const char *text)
{
  json_object_unref (self->phone);
  self->phone = parse (text);
}

void
fake_engine_set_account (FakeEngine *self,
                         const char *text)
{
  g_set_str (&self->account, text);
}

void
fake_engine_set_read (FakeEngine    *self,
                      FakeEngineRead read,
                      gpointer       data)
{
  self->read = read;
  self->read_data = data;
}

GSocketConnectable *
fake_engine_get_address (FakeEngine *self)
{
  return G_SOCKET_CONNECTABLE (self->address);
}

void
fake_engine_set_command (FakeEngine       *self,
                         FakeEngineCommand command,
                         gpointer          data)
{
  self->command = command;
  self->command_data = data;
}

void
fake_engine_lose_answers (FakeEngine *self,
                          guint       n)
{
  self->lose_answers = n;
}

/* As when the process is killed: no close frame */
void
fake_engine_drop_streams (FakeEngine *self)
{
  while (self->streams->len > 0)
    {
      g_autoptr (SoupWebsocketConnection) stream = g_object_ref (self->streams->pdata[0]);

      g_io_stream_close (soup_websocket_connection_get_io_stream (stream), NULL, NULL);
      g_signal_handlers_disconnect_by_data (stream, self);
      g_ptr_array_remove (self->streams, stream);
      g_object_unref (stream);
    }
}

/* Restored from a backup, or too long ago: nobody can resume */
void
fake_engine_forget_journal (FakeEngine *self)
{
  g_autofree char *old = g_steal_pointer (&self->epoch);

  self->epoch = g_strconcat (old, "x", NULL);
  self->least_seq = self->seq;
  g_ptr_array_set_size (self->journal, 0);
}

void
fake_engine_forget_tokens (FakeEngine *self)
{
  self->token++;
}

void
fake_engine_set_mute (FakeEngine *self,
                      gboolean    mute)
{
  self->mute = mute;
}

void
fake_engine_set_delay (FakeEngine *self,
                       guint       delay_ms)
{
  self->delay_ms = delay_ms;
}

void
fake_engine_refuse_next (FakeEngine *self,
                         LiaProblem  problem)
{
  self->refuse = problem;
}

guint
fake_engine_count_commands (FakeEngine *self)
{
  return self->commands;
}

guint
fake_engine_count_attempts (FakeEngine *self)
{
  return self->attempts;
}

guint
fake_engine_count_hellos (FakeEngine *self)
{
  return self->hellos;
}

guint
fake_engine_count_resumes (FakeEngine *self)
{
  return self->resumes;
}

guint
fake_engine_count_requests (FakeEngine *self)
{
  return self->requests;
}

guint
fake_engine_count_abandoned (FakeEngine *self)
{
  return self->abandoned;
}

const char *
fake_engine_get_log (FakeEngine *self)
{
  return self->log->str;
}

const char *
fake_engine_get_body (FakeEngine *self)
{
  return self->body;
}

/* fake_engine_set_chats: what it says of who chats, once it is asked. */
void
fake_engine_set_chats (FakeEngine *self,
                       const char *text)
{
  g_set_str (&self->chats, text);
}

guint
fake_engine_count_chat_readings (FakeEngine *self)
{
  return self->chat_readings;
}

guint
fake_engine_count_typings (FakeEngine *self)
{
  return self->typings;
}

gboolean
fake_engine_is_metrics_watched (FakeEngine *self)
{
  return self->metrics;
}

GStrv
fake_engine_dup_watched (FakeEngine *self)
{
  return g_strdupv (self->watched);
}

LiaConversation *
fake_row (const char *id,
          gint64      sort,
          gint64      ver)
{
  LiaConversation *row = lia_conversation_new ();

  row->id = g_strdup (id);
  row->sort = sort;
  row->ver = ver;
  row->subject = g_strdup_printf ("%s at %" G_GINT64_FORMAT, id, sort);
  row->customer_id = g_strdup ("k_1");
  row->customer = lia_address_new ("Ann", "ann@example.com");
  row->channel = g_strdup ("email");
  row->queue = g_strdup ("q_1");
  row->tags = g_new0 (char *, 1);
  row->snippet = g_strdup ("");
  row->sending = g_strdup ("");

  return row;
}

LiaEntry *
fake_entry (const char *id,
            const char *conversation,
            gint64      at_ms,
            gint64      seq)
{
  g_autoptr (JsonObject) object = json_object_new ();
  LiaEntry *entry;

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "conv", conversation);
  json_object_set_string_member (object, "kind", "note");
  json_object_set_int_member (object, "seq", seq);
  lia_json_set_time (object, "at", at_ms);
  entry = lia_wire_decode_entry (object, NULL);
  g_assert_nonnull (entry);

  return entry;
}
