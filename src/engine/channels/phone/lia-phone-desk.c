/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-desk-private.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-time.h"

#define ECHO_MS 2000 /* for so long after we asked for something else, a PBX may still tell how it was before */

static void
seat_clear (gpointer data)
{
  LiaPhoneSeat *seat = data;

  g_hash_table_unref (seat->wishes);
  g_clear_object (&seat->line);
  g_free (seat->agent);
  g_free (seat->availability);
  g_free (seat->reason);
  g_free (seat->uniqueid);
  g_free (seat->after);
  g_free (seat->after_reason);
}

LiaPhoneSeat *
lia_phone_seat_ref (LiaPhoneSeat *self)
{
  return g_rc_box_acquire (self);
}

void
lia_phone_seat_unref (LiaPhoneSeat *self)
{
  g_rc_box_release_full (self, seat_clear);
}

/* Only answers of a PBX may still know it. */
static void
seat_leave (gpointer data)
{
  LiaPhoneSeat *seat = data;

  seat->desk = NULL;
  g_clear_handle_id (&seat->timer, g_source_remove);
  g_hash_table_remove_all (seat->wishes);
  lia_phone_seat_unref (seat);
}

static LiaPhoneSeat *
find_seat (LiaPhoneDesk *self,
           const char   *agent_id)
{
  LiaPhoneSeat *seat = g_hash_table_lookup (self->seats, agent_id);
  LiaAgent     *agent = self->setup != NULL ? lia_phone_setup_find_agent (self->setup, agent_id) : NULL;

  if (seat != NULL || agent == NULL)
    return seat;

  seat = g_rc_box_new0 (LiaPhoneSeat);
  seat->desk = self;
  seat->agent = g_strdup (agent_id);
  seat->availability = g_strdup (agent->availability);
  seat->reason = g_strdup (agent->reason);
  seat->since_ms = agent->since_ms;
  seat->until_ms = agent->until_ms;
  seat->after = g_strdup (agent->after);
  seat->after_reason = g_strdup (agent->after_reason);
  seat->wishes = lia_phone_wishes_new ();
  g_hash_table_insert (self->seats, seat->agent, seat);

  return seat;
}

static void
set_state (LiaPhoneSeat *seat,
           const char   *availability,
           const char   *reason)
{
  if (!g_str_equal (seat->availability, availability) || !g_str_equal (seat->reason, reason))
    seat->since_ms = lia_time_now ();
  g_set_str (&seat->availability, availability);
  g_set_str (&seat->reason, reason);
}

/* Into the journal ------------------------------------------------------------------------------------------------------------------------ */

static gboolean
append (LiaDb    *db,
        gpointer  data,
        gpointer *result,
        GError  **error)
{
  LiaJournalEvent event = { .kind = "agent.changed", .data = data };

  return lia_journal_append (db, &event, error) != 0;
}

static DexFuture *
on_written (DexFuture *future,
            gpointer   data)
{
  LiaPhoneSeat *seat = data;

  seat->n_writing--;

  return dex_ref (future);
}

/** lia_phone_seat_become: what the desk, and not the agent herself, says of her. */
void
lia_phone_seat_become (LiaPhoneSeat *self,
                       const char   *availability,
                       const char   *reason)
{
  g_autoptr (JsonObject) data = json_object_new ();
  gint64 number = 0;

  set_state (self, availability, reason);
  lia_id_parse (self->agent, "a", &number);
  json_object_set_int_member (data, "agent", number);
  json_object_set_string_member (data, "availability", availability);
  json_object_set_string_member (data, "reason", reason);
  if (g_str_equal (availability, "wrap-up"))
    {
      json_object_set_int_member (data, "until", self->until_ms);
      json_object_set_string_member (data, "after", self->after);
      json_object_set_string_member (data, "after_reason", self->after_reason);
    }
  self->n_writing++;
  dex_future_disown (dex_future_finally (lia_store_write (lia_engine_get_store (self->desk->engine), append, lia_json_to_text (data), g_free, NULL), on_written,
                                         lia_phone_seat_ref (self), (GDestroyNotify)lia_phone_seat_unref));
}

/* Wrap-up --------------------------------------------------------------------------------------------------------------------------------- */

static gint64
last_part_ms (LiaCall    *call,
              const char *agent)
{
  gint64 at_ms = 0;

  for (guint i = 0; i < call->segments->len; i++)
    {
      const LiaCallSegment *segment = call->segments->pdata[i];

      if (segment->kind != LIA_SEGMENT_WRAP && g_str_equal (segment->agent, agent))
        at_ms = MAX (at_ms, segment->to_ms);
    }

  return at_ms;
}

/* Of a call whose end was not seen, the wrap-up may be over as well. */
static gint64
wrapup_length (LiaPhoneDesk *self,
               LiaCall      *call,
               const char   *agent)
{
  LiaQueue *queue = lia_phone_setup_find_queue (self->setup, call->queue);
  gint64    length_ms = queue != NULL ? queue->wrapup_ms : 0;

  if (call->outcome == LIA_CALL_OUTCOME_LOST || call->recovered)
    length_ms -= lia_time_now () - last_part_ms (call, agent);

  return length_ms;
}

void
lia_phone_desk_agent_free (LiaPhoneDesk *self,
                           LiaPhoneLine *line,
                           const char   *agent,
                           LiaCall      *call)
{
  const gint64  length_ms = wrapup_length (self, call, agent);
  LiaPhoneSeat *seat = find_seat (self, agent);

  if (seat != NULL && length_ms > 0)
    lia_phone_seat_begin_wrapup (seat, line, call->uniqueid, length_ms);
}

void
lia_phone_desk_calls_changed (LiaPhoneDesk *self)
{
  /* What is told now may make seats. */
  g_autoptr (GPtrArray) seats = g_hash_table_get_values_as_ptr_array (self->seats);

  for (guint i = 0; i < seats->len; i++)
    lia_phone_seat_settle_wrapup (seats->pdata[i]);
}

void
lia_phone_desk_wrap_found (LiaPhoneDesk *self,
                           LiaPhoneLine *line,
                           const char   *agent,
                           LiaCall      *call,
                           gint64        from_ms)
{
  LiaQueue     *queue = lia_phone_setup_find_queue (self->setup, call->queue);
  const gint64  length_ms = queue != NULL ? queue->wrapup_ms : 0;
  LiaPhoneSeat *seat = find_seat (self, agent);

  if (seat != NULL)
    lia_phone_seat_take_wrapup (seat, line, call->uniqueid, from_ms, length_ms);
  else
    lia_phone_line_end_wrap (line, call->uniqueid, agent, MIN (from_ms + length_ms, lia_time_now ()));
}

void
lia_phone_desk_end_wrapup (LiaPhoneDesk *self,
                           const char   *agent)
{
  LiaPhoneSeat *seat = find_seat (self, agent);

  if (seat != NULL)
    lia_phone_seat_end_wrapup (seat);
}

gboolean
lia_phone_desk_extend_wrapup (LiaPhoneDesk *self,
                              const char   *agent,
                              gint64        by_ms)
{
  LiaPhoneSeat *seat = find_seat (self, agent);

  return seat != NULL && lia_phone_seat_extend_wrapup (seat, by_ms);
}

DexFuture *
lia_phone_desk_stop (LiaPhoneDesk *self)
{
  g_autoptr (GPtrArray) seats = g_hash_table_get_values_as_ptr_array (self->seats);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < seats->len; i++)
    {
      lia_phone_seat_end_wrapup (seats->pdata[i]);
      lia_phone_seat_add_asked (seats->pdata[i], asked);
    }

  return asked->len > 0 ? dex_future_allv ((DexFuture *const *)asked->pdata, asked->len) : dex_future_new_for_boolean (TRUE);
}

/* From agents and from the PBX ------------------------------------------------------------------------------------------------------------ */

void
lia_phone_desk_set_availability (LiaPhoneDesk *self,
                                 const char   *agent,
                                 const char   *availability,
                                 const char   *reason)
{
  LiaPhoneSeat *seat = find_seat (self, agent);

  if (seat == NULL)
    return;
  if (g_str_equal (seat->availability, "wrap-up") && !g_str_equal (availability, "available"))
    {
      g_set_str (&seat->after, availability);
      g_set_str (&seat->after_reason, reason);
      return;
    }

  lia_phone_seat_drop_wrapup (seat);
  /* What a PBX said while this was written may stand behind it in the journal. */
  if (seat->n_writing > 0)
    lia_phone_seat_become (seat, availability, reason);
  else
    set_state (seat, availability, reason);
  lia_phone_seat_wish (seat);
}

static gboolean
is_paused_anywhere (LiaPhoneDesk *self,
                    const char   *agent)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      GHashTableIter  iter;
      LiaQueueMember *member;

      g_hash_table_iter_init (&iter, lia_phone_line_get_members (self->lines->pdata[i]));
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&member))
        {
          if (member->paused && g_str_equal (member->agent, agent))
            return TRUE;
        }
    }

  return FALSE;
}

/* A telephone has come into a queue of its own accord. FALSE: as any other change. */
static gboolean
greet_member (LiaPhoneSeat   *seat,
              LiaPhoneLine   *line,
              LiaQueueMember *member)
{
  /* Who signs in at the telephone is there. */
  const gboolean comes = g_str_equal (seat->availability, "offline") && !is_paused_anywhere (seat->desk, seat->agent);

  if (!lia_phone_seat_is_away (seat) || comes || (member->paused && g_str_equal (member->reason, lia_phone_seat_get_pause (seat))))
    return FALSE;
  lia_phone_seat_wish_of (seat, line);

  return TRUE;
}

/* Of a wrap-up that is over. */
static gboolean
is_left_over (LiaPhoneSeat   *seat,
              LiaQueueMember *member)
{
  return member->paused && g_str_equal (member->reason, LIA_WRAPUP_REASON) && !g_str_equal (seat->availability, "wrap-up");
}

/* Whether the pause that a PBX tells of is another one than the agent's. */
static gboolean
is_other_pause (LiaPhoneSeat   *seat,
                LiaQueueMember *member)
{
  if (!member->paused || !lia_phone_seat_is_away (seat))
    return member->paused;

  return g_str_equal (seat->availability, "paused") && !g_str_equal (seat->reason, member->reason) && !g_str_equal (lia_phone_seat_get_pause (seat), member->reason);
}

void
lia_phone_desk_member_changed (LiaPhoneDesk   *self,
                               LiaPhoneLine   *line,
                               LiaQueueMember *member,
                               gboolean        is_new)
{
  LiaPhoneSeat *seat = member->agent[0] != '\0' ? find_seat (self, member->agent) : NULL;

  if (seat == NULL || (is_new && greet_member (seat, line, member)) || lia_phone_seat_is_owed (seat, line) || lia_time_now () - seat->asked_ms < ECHO_MS)
    return;

  if (is_left_over (seat, member))
    {
      lia_phone_seat_wish_of (seat, line);
    }
  else if (is_other_pause (seat, member))
    {
      lia_phone_seat_become (seat, "paused", member->reason);
    }
  else if (!member->paused && lia_phone_seat_is_away (seat) && !is_paused_anywhere (self, seat->agent))
    {
      lia_phone_seat_drop_wrapup (seat);
      lia_phone_seat_become (seat, "available", "");
    }
}

/*
 * What has happened at the PBX while it was not heard is news only when it is newer than what the agent has said. Of a pause the PBX knows since when
 * it is; that somebody does not pause may as well be because the PBX has forgotten it. Only who was not here may have come.
 */
static void
compare_member (LiaPhoneSeat   *seat,
                LiaPhoneLine   *line,
                LiaQueueMember *member)
{
  if (is_left_over (seat, member))
    {
      lia_phone_seat_wish_of (seat, line);
    }
  else if (is_other_pause (seat, member))
    {
      if (member->since_ms == 0 || member->since_ms >= seat->since_ms)
        lia_phone_seat_become (seat, "paused", member->reason);
      else
        lia_phone_seat_wish_of (seat, line);
    }
  else if (!member->paused && lia_phone_seat_is_away (seat))
    {
      if (!g_str_equal (seat->availability, "offline"))
        lia_phone_seat_wish_of (seat, line);
      else if (!is_paused_anywhere (seat->desk, seat->agent))
        lia_phone_seat_become (seat, "available", "");
    }
}

static GPtrArray *
dup_members (LiaPhoneLine *line)
{
  GPtrArray     *members = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer       member;

  g_hash_table_iter_init (&iter, lia_phone_line_get_members (line));
  while (g_hash_table_iter_next (&iter, NULL, &member))
    g_ptr_array_add (members, g_object_ref (member));

  return members;
}

void
lia_phone_desk_members_listed (LiaPhoneDesk *self,
                               LiaPhoneLine *line)
{
  /* What is asked for now may change both tables at once. */
  g_autoptr (GPtrArray) seats = g_hash_table_get_values_as_ptr_array (self->seats);
  g_autoptr (GPtrArray) members = dup_members (line);

  for (guint i = 0; i < seats->len; i++)
    {
      if (lia_phone_seat_is_owed (seats->pdata[i], line))
        lia_phone_seat_wish_of (seats->pdata[i], line);
    }
  for (guint i = 0; i < members->len; i++)
    {
      LiaQueueMember *member = members->pdata[i];
      LiaPhoneSeat   *seat = member->agent[0] != '\0' ? find_seat (self, member->agent) : NULL;

      if (seat != NULL && !lia_phone_seat_is_owed (seat, line))
        compare_member (seat, line, member);
    }
}

gboolean
lia_phone_desk_is_away (LiaPhoneDesk *self,
                        const char   *agent)
{
  LiaPhoneSeat *seat = find_seat (self, agent);

  return seat != NULL && lia_phone_seat_is_away (seat);
}

void
lia_phone_desk_set_setup (LiaPhoneDesk  *self,
                          LiaPhoneSetup *setup)
{
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  self->setup = lia_phone_setup_ref (setup);
  for (guint i = 0; i < setup->agents->len; i++)
    {
      LiaAgent *agent = setup->agents->pdata[i];

      if (g_str_equal (agent->availability, "wrap-up") && !g_hash_table_contains (self->seats, agent->id))
        lia_phone_seat_recall_wrapup (find_seat (self, agent->id));
    }
}

LiaPhoneDesk *
lia_phone_desk_new (LiaEngine *engine,
                    GPtrArray *lines)
{
  LiaPhoneDesk *self = g_new0 (LiaPhoneDesk, 1);

  self->engine = engine;
  self->lines = lines;
  self->seats = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, seat_leave);

  return self;
}

void
lia_phone_desk_free (LiaPhoneDesk *self)
{
  g_hash_table_unref (self->seats);
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  g_free (self);
}
