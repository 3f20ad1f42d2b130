/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-phone-station.h"

#include "lia-dial-alone.h"
#include "lia-phone-keeper.h"
#include "lia-phone-lines.h"
#include "lia-phone-number.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaPhoneStation
{
  GObject parent_instance;

  LiaClient      *client;
  LiaPhoneKeeper *keeper;
  LiaPhoneLines  *lines;
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

static void
notify (LiaPhoneStation *self,
        const char      *words)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, words);
}

static void
on_ringing_cb (LiaPhoneStation *self,
               LiaPhoneLine    *line)
{
  g_signal_emit (self, signals[SIGNAL_RINGING], 0, line);
}

static void
on_talking_cb (LiaPhoneStation *self,
               LiaPhoneLine    *line)
{
  g_signal_emit (self, signals[SIGNAL_TALKING], 0, line);
}

static void
on_phone_changed_cb (LiaPhoneStation *self)
{
  LiaPhone *phone = lia_phone_keeper_get_phone (self->keeper);

  lia_phone_lines_follow_phone (self->lines, phone != NULL ? lia_phone_get_calls (phone) : NULL);
}

static void
on_keeper_changed_cb (LiaPhoneStation *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PHONE_STATE]);
}

static LiaPhone *
get_phone (LiaPhoneStation *self)
{
  return lia_phone_keeper_get_phone (self->keeper);
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
  lia_phone_keeper_use_phone (self->keeper, phone);
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
  return lia_phone_lines_get_model (self->lines);
}

/** lia_phone_station_find: (transfer none) (nullable): the line of that id. */
LiaPhoneLine *
lia_phone_station_find (LiaPhoneStation *self,
                        const char      *id)
{
  for (guint i = 0; i < lia_phone_lines_count (self->lines); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self->lines, i);

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

  for (guint i = 0; i < lia_phone_lines_count (self->lines); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self->lines, i);
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
  return get_phone (self) != NULL ? lia_phone_get_state (get_phone (self)) : LIA_PHONE_OFF;
}

/** lia_phone_station_get_phone_problem: (nullable): why it is not ready, in plain words. */
const char *
lia_phone_station_get_phone_problem (LiaPhoneStation *self)
{
  return get_phone (self) != NULL ? lia_phone_get_problem (get_phone (self)) : NULL;
}

/** lia_phone_station_get_phone_address: (nullable): as whom, and where, the telephone in this app registers: "ann@pbx.example.org". */
const char *
lia_phone_station_get_phone_address (LiaPhoneStation *self)
{
  return lia_phone_keeper_get_address (self->keeper);
}

/** lia_phone_station_try_again: with the telephone in the app, when it was refused, or did not reach the telephone system. */
void
lia_phone_station_try_again (LiaPhoneStation *self)
{
  lia_phone_keeper_try_again (self->keeper);
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
  return lia_phone_keeper_set_account (self->keeper, account);
}

static gboolean
has_phone (LiaPhoneStation *self)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return get_phone (self) != NULL || (me != NULL && me->phone != NULL && *me->phone != '\0');
}

/** lia_phone_station_can_dial: @why_not: (out) (optional): as a sentence for the agent. */
gboolean
lia_phone_station_can_dial (LiaPhoneStation *self,
                            const char     **why_not)
{
  const char *reason = NULL;

  if (!has_phone (self))
    reason = _ ("No telephone is set up for you");
  else if (get_phone (self) != NULL && lia_phone_get_state (get_phone (self)) != LIA_PHONE_READY)
    reason = _ ("Your telephone is not connected");
  else if (lia_phone_keeper_count_calls (self->keeper) >= LIA_PHONE_MAX_CALLS)
    reason = _ ("You have two calls already");
  else if (get_phone (self) == NULL && lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
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
  GListModel *calls = lia_phone_get_calls (get_phone (self));

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (calls, i);

      if (g_strcmp0 (lia_phone_call_get_mark (call), mark) == 0)
        {
          lia_phone_call_answer (call);
          return;
        }
    }
  lia_phone_expect (get_phone (self), mark);
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
  else if (get_phone (self) != NULL)
    expect (self, g_value_get_string (value));
}

static void
dial_alone (LiaPhoneStation *self,
            const char      *to)
{
  const char      *why_not;
  g_autofree char *number = lia_dial_alone (self->client, to, &why_not);

  if (number == NULL)
    notify (self, why_not);
  else if (lia_phone_dial (get_phone (self), number) == NULL)
    notify (self, _ ("The call could not be made"));
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
  else
    dial_alone (self, number);
}

/** lia_phone_station_find_listening: (transfer none) (nullable): the line with which I listen to others. */
LiaPhoneLine *
lia_phone_station_find_listening (LiaPhoneStation *self)
{
  for (guint i = 0; i < lia_phone_lines_count (self->lines); i++)
    if (lia_phone_line_listens (lia_phone_lines_nth (self->lines, i)))
      return lia_phone_lines_nth (self->lines, i);

  return NULL;
}

/**
 * lia_phone_station_listen:
 * @agent: who talks in @call
 * @mode: "listen", "whisper" or "barge"
 *
 * My telephone rings for it; the one in this app answers by itself, as it knows the name that the ringing is given here. Whoever listens to another
 * call leaves that one. Resolves when the telephone system has agreed.
 */
DexFuture *
lia_phone_station_listen (LiaPhoneStation *self,
                          LiaCall         *call,
                          const char      *agent,
                          const char      *mode)
{
  LiaPhoneLine    *line = lia_phone_station_find_listening (self);
  LiaCall         *heard = line != NULL ? lia_phone_line_get_call (line) : NULL;
  const gboolean   goes_on = heard != NULL && g_str_equal (heard->pbx, call->pbx) && g_str_equal (heard->uniqueid, call->uniqueid);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat ("lia-spy-", uuid, NULL);

  if (line != NULL && !goes_on)
    lia_phone_line_hang_up (line);
  if (!goes_on && get_phone (self) != NULL)
    {
      lia_phone_lines_expect (self->lines, name);
      lia_phone_expect (get_phone (self), name);
    }

  return lia_client_supervise_call (self->client, call, agent, mode, name);
}

/**
 * lia_phone_station_switch:
 *
 * To the call that is on hold; whom I speak to waits then.
 *
 * Returns: FALSE when there is none
 */
gboolean
lia_phone_station_switch (LiaPhoneStation *self)
{
  LiaPhoneLine *held = NULL;
  LiaPhoneLine *talking = NULL;

  for (guint i = 0; i < lia_phone_lines_count (self->lines); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self->lines, i);

      if (held == NULL && lia_phone_line_get_state (line) == LIA_LINE_HELD && lia_phone_line_can (line, LIA_LINE_HOLD, NULL))
        held = line;
      if (lia_phone_line_get_state (line) == LIA_LINE_TALKING)
        talking = line;
    }
  if (held == NULL)
    return FALSE;

  /* The telephone in the app does that by itself. */
  if (talking != NULL && lia_phone_line_get_phone_call (talking) == NULL)
    lia_phone_line_set_on (talking, LIA_LINE_HOLD, TRUE);
  lia_phone_line_set_on (held, LIA_LINE_HOLD, FALSE);

  return TRUE;
}

static void
use_number (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_free (lia_phone_number_show ("+12125550123", NULL));
}

/* What reads numbers takes some 20 ms to make its tables when it is first used: not while somebody rings. */
static gboolean
warm_up_cb (gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, use_number);

  return G_SOURCE_REMOVE;
}

LiaPhoneStation *
lia_phone_station_new (LiaClient *client,
                       GSettings *settings)
{
  LiaPhoneStation *self = g_object_new (LIA_TYPE_PHONE_STATION, NULL);

  self->client = g_object_ref (client);
  self->lines = lia_phone_lines_new (client);
  self->keeper = lia_phone_keeper_new (client, settings);
  g_signal_connect_object (self->lines, "ringing", G_CALLBACK (on_ringing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "talking", G_CALLBACK (on_talking_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "notice", G_CALLBACK (notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "notify::phone", G_CALLBACK (on_phone_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (on_keeper_changed_cb), self, G_CONNECT_SWAPPED);
  on_phone_changed_cb (self);
  g_idle_add_full (G_PRIORITY_LOW, warm_up_cb, NULL, NULL);

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

  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
  g_clear_object (&self->lines);
  g_clear_object (&self->client);
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
}
