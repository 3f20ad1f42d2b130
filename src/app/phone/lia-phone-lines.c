/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of the two hears of a call first is chance: whoever does makes the line, the other one joins it. What belongs together follows from the Call-ID,
 * where the telephone system tells it, else from the mark that it puts on a call that was asked for, else from the numbers, else from there being no
 * other.
 */
#include "lia-phone-lines.h"

#include "lia-line-words.h"

struct _LiaPhoneLines
{
  GObject parent_instance;

  LiaClient  *client;
  GListStore *lines;
  GListModel *phone_calls; /* of the telephone in the app, or NULL */
  char       *expected;    /* the mark of the call with which I am going to listen, or NULL */
  gboolean    wraps_up;    /* I was in wrap-up when looked at last */
};

enum {
  SIGNAL_RINGING,
  SIGNAL_TALKING,
  SIGNAL_NOTICE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPhoneLines, lia_phone_lines, G_TYPE_OBJECT)

/** lia_phone_lines_nth: (transfer none). */
LiaPhoneLine *
lia_phone_lines_nth (LiaPhoneLines *self,
                     guint          position)
{
  g_autoptr (LiaPhoneLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  /* The list keeps it */
  return line;
}

guint
lia_phone_lines_count (LiaPhoneLines *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->lines));
}

static void
remove_line (LiaPhoneLines *self,
             LiaPhoneLine  *line)
{
  guint       position;
  const char *words = lia_line_words_end (lia_phone_line_get_end (line));

  g_signal_handlers_disconnect_by_data (line, self);
  if (g_list_store_find (self->lines, line, &position))
    g_list_store_remove (self->lines, position);
  if (words != NULL)
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, words);
}

/* Another call begins: what was written of the ones before is kept, and their bars make room. */
static void
leave_wrap_ups (LiaPhoneLines *self)
{
  for (guint i = lia_phone_lines_count (self); i-- > 0;)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self, i);

      if (lia_phone_line_get_state (line) != LIA_LINE_WRAP_UP)
        continue;
      if (lia_phone_line_is_touched (line))
        lia_phone_line_finish (line);
      else
        lia_phone_line_end_wrap_up (line);
    }
}

static void
begin_talk (LiaPhoneLines *self,
            LiaPhoneLine  *line)
{
  leave_wrap_ups (self);
  g_signal_emit (self, signals[SIGNAL_TALKING], 0, line);
}

static void
on_state_changed_cb (LiaPhoneLines *self,
                     guint          before,
                     LiaPhoneLine  *line)
{
  LiaLineState state = lia_phone_line_get_state (line);

  if (state == LIA_LINE_RINGING)
    g_signal_emit (self, signals[SIGNAL_RINGING], 0, line);
  else if (state == LIA_LINE_TALKING && before < LIA_LINE_TALKING)
    begin_talk (self, line);
  else if (state == LIA_LINE_ENDED)
    remove_line (self, line);
}

static void
on_came_back_cb (LiaPhoneLines *self,
                 gboolean       spoke,
                 LiaPhoneLine  *line)
{
  g_autofree char *words = lia_line_words_came_back (line, spoke);

  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, words);
}

static void
announce (LiaPhoneLines *self,
          LiaPhoneLine  *line)
{
  LiaLineState state = lia_phone_line_get_state (line);

  g_signal_connect_object (line, "state-changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "came-back", G_CALLBACK (on_came_back_cb), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->lines, line);
  if (state == LIA_LINE_RINGING)
    g_signal_emit (self, signals[SIGNAL_RINGING], 0, line);
  else if (state == LIA_LINE_TALKING)
    begin_talk (self, line);
}

static LiaCall *
find_call (LiaPhoneLines *self,
           LiaCall       *known,
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
follow_call (LiaPhoneLines *self,
             LiaPhoneLine  *line)
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
is_shown (LiaPhoneLines *self,
          LiaCall       *call)
{
  for (guint i = 0; i < lia_phone_lines_count (self); i++)
    {
      LiaCall *known = lia_phone_line_get_call (lia_phone_lines_nth (self, i));

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

  return lia_line_join (number != NULL ? number : "", lia_phone_call_get_mark (phone_call), lia_phone_call_get_sip_id (phone_call), call);
}

/* A line of the telephone that the engine has not told of, which may be this call */
static LiaPhoneLine *
find_line_for_call (LiaPhoneLines *self,
                    LiaCall       *call)
{
  LiaPhoneLine *best = NULL;
  LiaJoin       most = LIA_JOIN_NONE;

  for (guint i = 0; i < lia_phone_lines_count (self); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self, i);
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

  if (phone_call != NULL && call != NULL && lia_phone_call_get_state (phone_call) == LIA_PHONE_CALL_INCOMING &&
      lia_line_is_marked (call, lia_phone_call_get_mark (phone_call)))
    lia_phone_call_answer (phone_call);
}

static void
take_call (LiaPhoneLines *self,
           LiaCall       *call)
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
find_line_for_phone_call (LiaPhoneLines *self,
                          LiaPhoneCall  *phone_call)
{
  LiaPhoneLine *best = NULL;
  LiaJoin       most = LIA_JOIN_NONE;

  for (guint i = 0; i < lia_phone_lines_count (self); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self, i);
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

/** lia_phone_lines_expect: the telephone is going to ring with this mark, for me to listen to others. Nobody but who asked can know it. */
void
lia_phone_lines_expect (LiaPhoneLines *self,
                        const char    *mark)
{
  g_set_str (&self->expected, mark);
}

static LiaPhoneLine *
make_line (LiaPhoneLines *self,
           LiaPhoneCall  *phone_call)
{
  LiaPhoneLine *line = lia_phone_line_new (self->client);

  if (self->expected != NULL && g_strcmp0 (lia_phone_call_get_mark (phone_call), self->expected) == 0)
    {
      g_clear_pointer (&self->expected, g_free);
      lia_phone_line_set_listens (line);
    }
  lia_phone_line_set_phone_call (line, phone_call);

  return line;
}

static void
take_phone_call (LiaPhoneLines *self,
                 LiaPhoneCall  *phone_call)
{
  LiaPhoneLine *line = find_line_for_phone_call (self, phone_call);

  if (line != NULL)
    {
      lia_phone_line_set_phone_call (line, phone_call);
      answer_what_was_asked_for (line);
    }
  else
    {
      g_autoptr (LiaPhoneLine) made = make_line (self, phone_call);

      announce (self, made);
    }
}

static void
take_phone_calls (LiaPhoneLines *self)
{
  for (guint i = 0; self->phone_calls != NULL && i < g_list_model_get_n_items (self->phone_calls); i++)
    {
      g_autoptr (LiaPhoneCall) call = g_list_model_get_item (self->phone_calls, i);

      take_phone_call (self, call);
    }
}

/* The telephone's call that the telephone system says is this one */
static LiaPhoneCall *
find_phone_call (LiaPhoneLines *self,
                 LiaCall       *call)
{
  for (guint i = 0; self->phone_calls != NULL && i < g_list_model_get_n_items (self->phone_calls); i++)
    {
      g_autoptr (LiaPhoneCall) phone_call = g_list_model_get_item (self->phone_calls, i);

      /* The list keeps it */
      if (lia_line_has_sip (call, lia_phone_call_get_sip_id (phone_call)))
        return phone_call;
    }

  return NULL;
}

static LiaPhoneLine *
find_holder (LiaPhoneLines *self,
             LiaPhoneCall  *phone_call)
{
  for (guint i = 0; i < lia_phone_lines_count (self); i++)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self, i);

      if (lia_phone_line_get_phone_call (line) == phone_call)
        return line;
    }

  return NULL;
}

/* What the engine does not tell of any more may have become a part of another call, whose line is still to get the telephone. */
static gboolean
is_right (LiaPhoneLine *line)
{
  LiaPhoneCall *phone_call = lia_phone_line_get_phone_call (line);
  LiaCall      *call = lia_phone_line_is_live (line) ? lia_phone_line_get_call (line) : NULL;

  return phone_call != NULL && call != NULL && lia_line_has_sip (call, lia_phone_call_get_sip_id (phone_call));
}

/* What was joined by its number, or for want of another, may turn out to be another call when the Call-ID is known. */
static void
put_right (LiaPhoneLines *self,
           LiaPhoneLine  *line)
{
  LiaCall      *call = line != NULL && lia_phone_line_is_live (line) ? lia_phone_line_get_call (line) : NULL;
  LiaPhoneCall *mine = call != NULL && !is_right (line) ? find_phone_call (self, call) : NULL;
  LiaPhoneLine *holder = mine != NULL ? find_holder (self, mine) : NULL;

  if (mine == NULL || (holder != NULL && is_right (holder)))
    return;
  /* A line of which the engine has told nothing ends with that. */
  if (holder != NULL)
    lia_phone_line_set_phone_call (holder, NULL);
  lia_phone_line_set_phone_call (line, mine);
  answer_what_was_asked_for (line);
}

static void
update (LiaPhoneLines *self)
{
  GListModel *calls = lia_client_get_calls (self->client);

  for (guint i = lia_phone_lines_count (self); i-- > 0;)
    follow_call (self, lia_phone_lines_nth (self, i));
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      take_call (self, call);
    }
  for (guint i = lia_phone_lines_count (self); i-- > 0;)
    put_right (self, lia_phone_lines_nth (self, i));
  take_phone_calls (self);
}

/* Where the telephone system ends the wrap-up by itself, its bar goes too, unless something is being written there: the bar knows that. */
static void
follow_wrap_up (LiaPhoneLines *self)
{
  LiaAgent *me = lia_client_get_me (self->client);
  gboolean  wraps_up = me != NULL && g_strcmp0 (me->availability, "wrap-up") == 0;

  for (guint i = lia_phone_lines_count (self); i-- > 0 && self->wraps_up && !wraps_up;)
    {
      LiaPhoneLine *line = lia_phone_lines_nth (self, i);

      if (!lia_phone_line_is_touched (line))
        lia_phone_line_end_wrap_up (line);
    }
  self->wraps_up = wraps_up;
  for (guint i = lia_phone_lines_count (self); i-- > 0;)
    lia_phone_line_tell_until (lia_phone_lines_nth (self, i));
}

static void
on_me_changed_cb (LiaPhoneLines *self)
{
  follow_wrap_up (self);
  update (self);
}

/** lia_phone_lines_follow_phone: @calls: (nullable): of LiaPhoneCall, those of the telephone in the app. */
void
lia_phone_lines_follow_phone (LiaPhoneLines *self,
                              GListModel    *calls)
{
  if (self->phone_calls != NULL)
    g_signal_handlers_disconnect_by_data (self->phone_calls, self);
  g_set_object (&self->phone_calls, calls);
  if (calls != NULL)
    g_signal_connect_object (calls, "items-changed", G_CALLBACK (take_phone_calls), self, G_CONNECT_SWAPPED);
  take_phone_calls (self);
}

/** lia_phone_lines_get_model: (transfer none): the oldest first. */
GListModel *
lia_phone_lines_get_model (LiaPhoneLines *self)
{
  return G_LIST_MODEL (self->lines);
}

LiaPhoneLines *
lia_phone_lines_new (LiaClient *client)
{
  LiaPhoneLines *self = g_object_new (LIA_TYPE_PHONE_LINES, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (on_me_changed_cb), self, G_CONNECT_SWAPPED);
  on_me_changed_cb (self);

  return self;
}

static void
lia_phone_lines_dispose (GObject *object)
{
  LiaPhoneLines *self = LIA_PHONE_LINES (object);

  if (self->lines != NULL)
    g_list_store_remove_all (self->lines);
  g_clear_object (&self->lines);
  g_clear_object (&self->phone_calls);
  g_clear_pointer (&self->expected, g_free);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_phone_lines_parent_class)->dispose (object);
}

static void
lia_phone_lines_class_init (LiaPhoneLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_lines_dispose;

  signals[SIGNAL_RINGING] = g_signal_new ("ringing", LIA_TYPE_PHONE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_LINE);
  signals[SIGNAL_TALKING] = g_signal_new ("talking", LIA_TYPE_PHONE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_PHONE_LINE);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", LIA_TYPE_PHONE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lia_phone_lines_init (LiaPhoneLines *self)
{
  self->lines = g_list_store_new (LIA_TYPE_PHONE_LINE);
}
