/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of the two hears of a call first is chance: whoever does makes the line, the other one joins it. What belongs together follows from the mark
 * that the telephone system puts on a call that was asked for, else from the numbers, else from there being no other.
 */
#include "lia-phone-station.h"

#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

struct _LiaPhoneStation
{
  GObject parent_instance;

  LiaClient  *client;
  GSettings  *settings;
  GListStore *lines;
  LiaPhone   *phone;     /* or NULL: there is none in this app */
  char       *account;   /* what the telephone was connected with, without the secret */
  char       *address;   /* of its account: "ann@pbx.example.org" */
  char       *authority; /* a file, or NULL */
  gboolean    wraps_up;  /* I was in wrap-up when looked at last */
};

enum {
  PROP_0,
  PROP_PHONE_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_RINGING,
  SIGNAL_TALKING,
  SIGNAL_NOTICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneStation, lia_phone_station, G_TYPE_OBJECT)

static void update (LiaPhoneStation *self);

static LiaPhoneLine *
nth_line (LiaPhoneStation *self,
          guint            position)
{
  g_autoptr (LiaPhoneLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  /* The list keeps it */
  return line;
}

static guint
count_lines (LiaPhoneStation *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}

static void
notify (LiaPhoneStation *self,
        const char      *words)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, words);
}

/* Why nobody was reached; NULL where there is nothing to say */
static const char *
words_of_end (LiaPhoneEnd end)
{
  switch (end)
    {
    case LIA_PHONE_END_BUSY:
      return _ ("The line is busy");
    case LIA_PHONE_END_NO_ANSWER:
      return _ ("Nobody answered");
    case LIA_PHONE_END_REJECTED:
      return _ ("The call was rejected");
    case LIA_PHONE_END_NO_NUMBER:
      return _ ("There is no such number");
    case LIA_PHONE_END_NO_SOUND:
      return _ ("There is no sound: look at the microphone and the loudspeaker in the preferences");
    case LIA_PHONE_END_UNREACHABLE:
      return _ ("The telephone system does not answer");
    case LIA_PHONE_END_FAILED:
      return _ ("The call failed");
    case LIA_PHONE_END_ELSEWHERE:
      return _ ("The call was taken at another telephone");
    case LIA_PHONE_END_HERE:
    case LIA_PHONE_END_THERE:
    default:
      return NULL;
    }
}

static void
remove_line (LiaPhoneStation *self,
             LiaPhoneLine    *line)
{
  guint       position;
  const char *words = words_of_end (lia_phone_line_get_end (line));

  g_signal_handlers_disconnect_by_data (line, self);
  if (g_list_store_find (self->lines, line, &position))
    g_list_store_remove (self->lines, position);
  if (words != NULL)
    notify (self, words);
}

static void
on_state_changed_cb (LiaPhoneStation *self,
                     guint            before,
                     LiaPhoneLine    *line)
{
  LiaLineState state = lia_phone_line_get_state (line);

  if (state == LIA_LINE_RINGING)
    g_signal_emit (self, signals[SIGNAL_RINGING], 0, line);
  else if (state == LIA_LINE_TALKING && before < LIA_LINE_TALKING)
    g_signal_emit (self, signals[SIGNAL_TALKING], 0, line);
  else if (state == LIA_LINE_ENDED)
    remove_line (self, line);
}

static void
announce (LiaPhoneStation *self,
          LiaPhoneLine    *line)
{
  LiaLineState state = lia_phone_line_get_state (line);

  g_signal_connect_object (line, "state-changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->lines, line);
  if (state == LIA_LINE_RINGING)
    g_signal_emit (self, signals[SIGNAL_RINGING], 0, line);
  else if (state == LIA_LINE_TALKING)
    g_signal_emit (self, signals[SIGNAL_TALKING], 0, line);
}

static LiaCall *
find_call (LiaPhoneStation *self,
           LiaCall         *known,
           gboolean (*is_it) (LiaCall *call,
                              LiaCall *known))
{
  GListModel *calls = lia_client_get_calls (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (is_it (call, known))
        return call;
    }

  return NULL;
}

static gboolean
is_same (LiaCall *call,
         LiaCall *known)
{
  return g_str_equal (call->pbx, known->pbx) && g_str_equal (call->uniqueid, known->uniqueid);
}

/* The engine has said something new of this line's call, or nothing any more, or that it is a part of another one. */
static void
follow_call (LiaPhoneStation *self,
             LiaPhoneLine    *line)
{
  LiaCall *known = lia_phone_line_get_call (line);
  LiaCall *call;

  if (known == NULL || !lia_phone_line_is_live (line))
    return;
  call = find_call (self, known, is_same);
  if (call == NULL)
    call = find_call (self, known, lia_line_continues);
  if (call != NULL)
    lia_phone_line_set_call (line, call, TRUE);
  else if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    lia_phone_line_set_call (line, known, FALSE);
}

static gboolean
is_shown (LiaPhoneStation *self,
          LiaCall         *call)
{
  for (guint i = 0; i < count_lines (self); i++)
    {
      LiaCall *known = lia_phone_line_get_call (nth_line (self, i));

      if (known != NULL && (is_same (call, known) || lia_line_continues (call, known)))
        return TRUE;
    }

  return FALSE;
}

static LiaJoin
join_of (LiaPhoneCall *phone_call,
         LiaCall      *call)
{
  const char *number = lia_phone_call_get_number (phone_call);

  return lia_line_join (number != NULL ? number : "", lia_phone_call_get_mark (phone_call), call);
}

/* A line of the telephone that the engine has not told of, which may be this call */
static LiaPhoneLine *
find_line_for_call (LiaPhoneStation *self,
                    LiaCall         *call)
{
  LiaPhoneLine *best = NULL;
  LiaJoin       most = LIA_JOIN_NONE;

  for (guint i = 0; i < count_lines (self); i++)
    {
      LiaPhoneLine *line = nth_line (self, i);
      LiaJoin       join;

      if (lia_phone_line_get_call (line) != NULL || lia_phone_line_get_phone_call (line) == NULL)
        continue;
      join = join_of (lia_phone_line_get_phone_call (line), call);
      if (join > most)
        {
          most = join;
          best = line;
        }
    }

  return best;
}

/* The telephone rings because I asked for this call, and the telephone system says so: nobody has to answer it twice. */
static void
answer_what_was_asked_for (LiaPhoneLine *line)
{
  LiaPhoneCall *phone_call = lia_phone_line_get_phone_call (line);
  LiaCall      *call = lia_phone_line_get_call (line);

  if (phone_call != NULL && call != NULL && lia_phone_call_get_state (phone_call) == LIA_PHONE_CALL_INCOMING && join_of (phone_call, call) == LIA_JOIN_MARK)
    lia_phone_call_answer (phone_call);
}

static void
take_call (LiaPhoneStation *self,
           LiaCall         *call)
{
  LiaAgent     *me = lia_client_get_me (self->client);
  LiaPhoneLine *line;

  if (me == NULL || is_shown (self, call) || !lia_line_is_mine (call, me->id))
    return;
  line = find_line_for_call (self, call);
  if (line != NULL)
    {
      lia_phone_line_set_call (line, call, TRUE);
      answer_what_was_asked_for (line);
    }
  else
    {
      g_autoptr (LiaPhoneLine) made = lia_phone_line_new (self->client);

      lia_phone_line_set_call (made, call, TRUE);
      announce (self, made);
    }
}

/* A line that the engine told of first, which may be this call of the telephone */
static LiaPhoneLine *
find_line_for_phone_call (LiaPhoneStation *self,
                          LiaPhoneCall    *phone_call)
{
  LiaPhoneLine *best = NULL;
  LiaJoin       most = LIA_JOIN_NONE;

  for (guint i = 0; i < count_lines (self); i++)
    {
      LiaPhoneLine *line = nth_line (self, i);
      LiaLineState  state = lia_phone_line_get_state (line);
      LiaJoin       join;

      if (lia_phone_line_get_phone_call (line) == phone_call)
        return line;
      if (lia_phone_line_get_phone_call (line) != NULL || !lia_phone_line_is_live (line))
        continue;
      join = join_of (phone_call, lia_phone_line_get_call (line));
      /* A call that I was done with may come back. */
      if (join > most && (state < LIA_LINE_WRAP_UP || join >= LIA_JOIN_NUMBER))
        {
          most = join;
          best = line;
        }
    }

  return best;
}

static void
take_phone_call (LiaPhoneStation *self,
                 LiaPhoneCall    *phone_call)
{
  LiaPhoneLine *line = find_line_for_phone_call (self, phone_call);

  if (line != NULL)
    {
      lia_phone_line_set_phone_call (line, phone_call);
      answer_what_was_asked_for (line);
    }
  else
    {
      g_autoptr (LiaPhoneLine) made = lia_phone_line_new (self->client);

      lia_phone_line_set_phone_call (made, phone_call);
      announce (self, made);
    }
}

static void
take_phone_calls (LiaPhoneStation *self)
{
  GListModel *calls = self->phone != NULL ? lia_phone_get_calls (self->phone) : NULL;

  for (guint i = 0; calls != NULL && i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (calls, i);

      take_phone_call (self, call);
    }
}

static void
update (LiaPhoneStation *self)
{
  GListModel *calls = lia_client_get_calls (self->client);

  for (guint i = count_lines (self); i-- > 0;)
    follow_call (self, nth_line (self, i));
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      take_call (self, call);
    }
  take_phone_calls (self);
}

/* Where the telephone system ends the wrap-up by itself, its bar goes too, unless something is being written there: the bar knows that. */
static void
follow_wrap_up (LiaPhoneStation *self)
{
  LiaAgent *me = lia_client_get_me (self->client);
  gboolean  wraps_up = me != NULL && g_strcmp0 (me->availability, "wrap-up") == 0;

  for (guint i = count_lines (self); i-- > 0 && self->wraps_up && !wraps_up;)
    {
      LiaPhoneLine *line = nth_line (self, i);

      if (*lia_phone_line_get_note (line) == '\0')
        lia_phone_line_end_wrap_up (line);
    }
  self->wraps_up = wraps_up;
}

static void
on_phone_state_changed_cb (LiaPhoneStation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHONE_STATE]);
}

static void
drop_phone (LiaPhoneStation *self)
{
  if (self->phone == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->phone, self);
  g_signal_handlers_disconnect_by_data (lia_phone_get_calls (self->phone), self);
  lia_phone_disconnect (self->phone);
  g_clear_object (&self->phone);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->address, g_free);
  on_phone_state_changed_cb (self);
}

/**
 * lia_phone_station_use_phone:
 * @phone: connected, or about to be
 *
 * From now on this is the telephone in the app.
 */
void
lia_phone_station_use_phone (LiaPhoneStation *self,
                             LiaPhone        *phone)
{
  drop_phone (self);
  self->phone = g_object_ref (phone);
  g_signal_connect_object (lia_phone_get_calls (phone), "items-changed", G_CALLBACK (take_phone_calls), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (phone, "notify::state", G_CALLBACK (on_phone_state_changed_cb), self, G_CONNECT_SWAPPED);
  on_phone_state_changed_cb (self);
  take_phone_calls (self);
}

static LiaPhone *
make_phone (LiaPhoneStation *self)
{
  g_autoptr (LiaPhoneAudio) audio = lia_phone_audio_new ();

  g_settings_bind (self->settings, "phone-microphone", audio, "microphone", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-loudspeaker", audio, "loudspeaker", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-ringer", audio, "ringer", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "phone-cancel-echo", audio, "cancels-echo", G_SETTINGS_BIND_GET);

  return lia_phone_new (audio);
}

static void
forget_authority (LiaPhoneStation *self)
{
  if (self->authority != NULL)
    g_unlink (self->authority);
  g_clear_pointer (&self->authority, g_free);
}

/* The telephone wants a file. */
static void
write_authority (LiaPhoneStation *self,
                 const char      *pem)
{
  g_autoptr (GError) error = NULL;
  int file;

  forget_authority (self);
  if (pem == NULL)
    return;
  file = g_file_open_tmp ("liaison-authority-XXXXXX.pem", &self->authority, &error);
  if (file < 0 || !g_close (file, &error) || !g_file_set_contents (self->authority, pem, -1, &error))
    g_warning ("The telephone’s authority cannot be kept: %s", error->message);
}

static void
connect_phone (LiaPhoneStation *self,
               LiaSoftphone    *softphone)
{
  g_autoptr (LiaPhoneAccount) account = g_new0 (LiaPhoneAccount, 1);
  LiaAgent *me = lia_client_get_me (self->client);

  write_authority (self, softphone->ca);
  g_free (self->address);
  self->address = g_strdup_printf ("%s@%s", softphone->user, softphone->server);
  account->server = g_strdup (softphone->server);
  account->port = (guint)softphone->port;
  account->transport = g_str_equal (softphone->transport, "tls") ? LIA_PHONE_TLS : g_str_equal (softphone->transport, "tcp") ? LIA_PHONE_TCP
                                                                                                                             : LIA_PHONE_UDP;
  account->user = g_strdup (softphone->user);
  account->secret = g_strdup (softphone->secret);
  account->name = me != NULL ? g_strdup (me->name) : NULL;
  account->authority = g_strdup (self->authority);
  lia_phone_connect (self->phone, account);
}

static char *
fingerprint (LiaSoftphone *softphone)
{
  g_autofree char *all = g_strdup_printf ("%s\n%d\n%s\n%s\n%s\n%s", softphone->server, (int)softphone->port, softphone->transport, softphone->user,
                                          softphone->secret, softphone->ca != NULL ? softphone->ca : "");

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

static void
account_loaded_cb (gpointer      owner,
                   const GValue *value,
                   GError       *error,
                   gpointer      data)
{
  LiaPhoneStation *self = owner;
  g_autofree char *account = NULL;

  if (g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    {
      drop_phone (self);
      return;
    }
  /* No answer: what is connected stays so. */
  if (error != NULL)
    return;

  account = fingerprint (g_value_get_object (value));
  if (self->phone != NULL && g_strcmp0 (account, self->account) == 0)
    return;
  if (self->phone == NULL)
    {
      g_autoptr (LiaPhone) phone = make_phone (self);

      lia_phone_station_use_phone (self, phone);
    }
  self->account = g_steal_pointer (&account);
  connect_phone (self, g_value_get_object (value));
}

static void
load_account (LiaPhoneStation *self)
{
  if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    lia_then (lia_client_get_softphone (self->client), self, account_loaded_cb, NULL, NULL);
}

static void
on_client_state_changed_cb (LiaPhoneStation *self)
{
  load_account (self);
  update (self);
}

static void
on_me_changed_cb (LiaPhoneStation *self)
{
  follow_wrap_up (self);
  load_account (self);
  update (self);
}

LiaClient *
lia_phone_station_get_client (LiaPhoneStation *self)
{
  return self->client;
}

/** lia_phone_station_get_lines: (transfer none): the oldest first. */
GListModel *
lia_phone_station_get_lines (LiaPhoneStation *self)
{
  return G_LIST_MODEL (self->lines);
}

/** lia_phone_station_find: (transfer none) (nullable): the line of that id. */
LiaPhoneLine *
lia_phone_station_find (LiaPhoneStation *self,
                        const char      *id)
{
  for (guint i = 0; i < count_lines (self); i++)
    {
      LiaPhoneLine *line = nth_line (self, i);

      if (g_str_equal (lia_phone_line_get_id (line), id))
        return line;
    }

  return NULL;
}

static gboolean
suits (LiaPhoneLine *line,
       LiaLineAction action)
{
  LiaLineState state = lia_phone_line_get_state (line);

  if (action == LIA_LINE_ANSWER)
    return state == LIA_LINE_RINGING;
  if (action == LIA_LINE_FINISH)
    return state == LIA_LINE_WRAP_UP;

  return lia_phone_line_can (line, action, NULL);
}

/**
 * lia_phone_station_find_for:
 *
 * Returns: (transfer none) (nullable): the line that a key means: of those with which it can be done whoever is being spoken to, else the newest
 */
LiaPhoneLine *
lia_phone_station_find_for (LiaPhoneStation *self,
                            LiaLineAction    action)
{
  LiaPhoneLine *found = NULL;

  for (guint i = 0; i < count_lines (self); i++)
    {
      LiaPhoneLine *line = nth_line (self, i);
      LiaLineState  state = lia_phone_line_get_state (line);

      if (!suits (line, action))
        continue;
      found = line;
      if (state == LIA_LINE_TALKING || state == LIA_LINE_CONSULTING)
        break;
    }

  return found;
}

/** lia_phone_station_get_phone_state: %LIA_PHONE_OFF where there is none in this app. */
LiaPhoneState
lia_phone_station_get_phone_state (LiaPhoneStation *self)
{
  return self->phone != NULL ? lia_phone_get_state (self->phone) : LIA_PHONE_OFF;
}

/** lia_phone_station_get_phone_problem: (nullable): why it is not ready, in plain words. */
const char *
lia_phone_station_get_phone_problem (LiaPhoneStation *self)
{
  return self->phone != NULL ? lia_phone_get_problem (self->phone) : NULL;
}

/** lia_phone_station_get_phone_address: (nullable): as whom, and where, the telephone in this app registers: "ann@pbx.example.org". */
const char *
lia_phone_station_get_phone_address (LiaPhoneStation *self)
{
  return self->address;
}

static DexFuture *
account_set_cb (DexFuture *future,
                gpointer   user_data)
{
  LiaPhoneStation *self = user_data;

  /* Also where nothing has changed: one that was refused is to try again. */
  g_clear_pointer (&self->account, g_free);
  load_account (self);

  return dex_future_new_true ();
}

/**
 * lia_phone_station_set_account:
 * @account: (nullable): NULL: the telephone on the desk is used
 *
 * Has the engine keep where the telephone in this app registers, and connects it. That drops calls, so it is refused with
 * %LIA_PROBLEM_VALIDATION while there is one.
 */
DexFuture *
lia_phone_station_set_account (LiaPhoneStation *self,
                               LiaSoftphone    *account)
{
  LiaAgent *me = lia_client_get_me (self->client);

  if (self->phone != NULL && g_list_model_get_n_items (lia_phone_get_calls (self->phone)) > 0)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "%s", _ ("you are in a call"));
  if (me == NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "There is no connection to the engine");

  return dex_future_then (lia_client_set_softphone (self->client, me->id, account), account_set_cb, g_object_ref (self), g_object_unref);
}

static gboolean
has_phone (LiaPhoneStation *self)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return self->phone != NULL || (me != NULL && me->phone != NULL && *me->phone != '\0');
}

/** lia_phone_station_can_dial: @why_not: (out) (optional): as a sentence for the agent. */
gboolean
lia_phone_station_can_dial (LiaPhoneStation *self,
                            const char     **why_not)
{
  const char *reason = NULL;

  if (!has_phone (self))
    reason = _ ("No telephone is set up for you");
  else if (self->phone != NULL && lia_phone_get_state (self->phone) != LIA_PHONE_READY)
    reason = _ ("Your telephone is not connected");
  else if (self->phone != NULL && g_list_model_get_n_items (lia_phone_get_calls (self->phone)) >= LIA_PHONE_MAX_CALLS)
    reason = _ ("You have two calls already");
  else if (self->phone == NULL && lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
    reason = _ ("The connection to Liaison’s engine is lost");
  if (why_not != NULL)
    *why_not = reason;

  return reason == NULL;
}

/* The telephone may have been rung before this answer came. */
static void
expect (LiaPhoneStation *self,
        const char      *mark)
{
  GListModel *calls = lia_phone_get_calls (self->phone);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (calls, i);

      if (g_strcmp0 (lia_phone_call_get_mark (call), mark) == 0)
        {
          lia_phone_call_answer (call);
          return;
        }
    }
  lia_phone_expect (self->phone, mark);
}

static void
dialled_cb (gpointer      owner,
            const GValue *value,
            GError       *error,
            gpointer      data)
{
  LiaPhoneStation *self = owner;

  if (error != NULL)
    {
      g_autofree char *words = lia_problem_words (error);
      g_autofree char *text = g_strdup_printf (_ ("The call could not be made: %s"), words);

      notify (self, text);
    }
  else if (self->phone != NULL)
    expect (self, g_value_get_string (value));
}

/**
 * lia_phone_station_dial:
 * @conversation: (nullable): which the call becomes a part of
 *
 * Calls @number. What becomes of it is seen in the lines.
 */
void
lia_phone_station_dial (LiaPhoneStation *self,
                        const char      *number,
                        const char      *conversation)
{
  const char *why_not;

  if (!lia_phone_station_can_dial (self, &why_not))
    notify (self, why_not);
  else if (lia_client_get_state (self->client) == LIA_CLIENT_LIVE)
    lia_then (lia_client_dial (self->client, number, conversation), self, dialled_cb, NULL, NULL);
  else if (lia_phone_dial (self->phone, number) == NULL)
    notify (self, _ ("The call could not be made"));
}

static void
taken_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  if (error != NULL)
    {
      g_autofree char *words = lia_problem_words (error);
      g_autofree char *text = g_strdup_printf (_ ("The caller could not be taken: %s"), words);

      notify (owner, text);
    }
}

/** lia_phone_station_take: this waiting caller, for me: my telephone rings, and takes the call by itself where it is the one in the app. */
void
lia_phone_station_take (LiaPhoneStation *self,
                        LiaCall         *call)
{
  if (self->phone != NULL)
    lia_phone_expect (self->phone, call->uniqueid);
  lia_then (lia_client_take_call (self->client, call), self, taken_cb, NULL, NULL);
}

LiaPhoneStation *
lia_phone_station_new (LiaClient *client,
                       GSettings *settings)
{
  LiaPhoneStation *self = g_object_new (LIA_TYPE_PHONE_STATION, NULL);

  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (on_client_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (on_me_changed_cb), self, G_CONNECT_SWAPPED);
  on_me_changed_cb (self);

  return self;
}

static void
lia_phone_station_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_int (value, (int)lia_phone_station_get_phone_state (LIA_PHONE_STATION (object)));
}

static void
lia_phone_station_dispose (GObject *object)
{
  LiaPhoneStation *self = LIA_PHONE_STATION (object);

  if (self->lines != NULL)
    {
      drop_phone (self);
      g_list_store_remove_all (self->lines);
    }
  forget_authority (self);
  g_clear_object (&self->lines);
  g_clear_object (&self->client);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (lia_phone_station_parent_class)->dispose (object);
}

static void
lia_phone_station_class_init (LiaPhoneStationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_phone_station_dispose;
  object_class->get_property = lia_phone_station_get_property;

  properties[PROP_PHONE_STATE] = g_param_spec_int ("phone-state", NULL, NULL, 0, LIA_PHONE_UNREACHABLE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RINGING] =
      g_signal_new ("ringing", LIA_TYPE_PHONE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_LINE);
  signals[SIGNAL_TALKING] =
      g_signal_new ("talking", LIA_TYPE_PHONE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_LINE);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", LIA_TYPE_PHONE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_phone_station_init (LiaPhoneStation *self)
{
  self->lines = g_list_store_new (LIA_TYPE_PHONE_LINE);
}
