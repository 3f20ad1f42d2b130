/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-desk.h"

#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-time.h"

#define WRAPUP_REASON "Wrap-up"
#define ECHO_MS 2000 /* for so long after we asked for something else, a PBX may still tell how it was before */

typedef struct
{
  LiaPhoneDesk *desk;
  char         *agent;
  char         *availability;
  char         *reason;
  gint64        asked_ms; /* when a PBX was last asked to pause or go on */
  guint         timer;    /* of the wrap-up */
  LiaPhoneLine *line;     /* of the call that is wrapped up; NULL = none is */
  char         *uniqueid;
  char         *after; /* the wrap-up */
  char         *after_reason;
} Seat;

struct _LiaPhoneDesk
{
  LiaEngine     *engine;
  GPtrArray     *lines;
  LiaPhoneSetup *setup;
  GHashTable    *seats; /* char *: agent's id -> Seat */
};

static void
seat_free (gpointer data)
{
  Seat *seat = data;

  g_clear_handle_id (&seat->timer, g_source_remove);
  g_clear_object (&seat->line);
  g_free (seat->agent);
  g_free (seat->availability);
  g_free (seat->reason);
  g_free (seat->uniqueid);
  g_free (seat->after);
  g_free (seat->after_reason);
  g_free (seat);
}

static Seat *
find_seat (LiaPhoneDesk *self,
           const char   *agent_id)
{
  Seat     *seat = g_hash_table_lookup (self->seats, agent_id);
  LiaAgent *agent = self->setup != NULL ? lia_phone_setup_find_agent (self->setup, agent_id) : NULL;

  if (seat != NULL || agent == NULL)
    return seat;

  seat = g_new0 (Seat, 1);
  seat->desk = self;
  seat->agent = g_strdup (agent_id);
  seat->availability = g_strdup (agent->availability);
  seat->reason = g_strdup (agent->reason);
  g_hash_table_insert (self->seats, seat->agent, seat);

  return seat;
}

static gboolean
is_away (const char *availability)
{
  return !g_str_equal (availability, "available");
}

/* To the PBX ------------------------------------------------------------------------------------------------------------------------------ */

static DexFuture *
on_paused (DexFuture *future,
           gpointer   unused)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_message ("pausing a telephone: %s", error->message);

  return dex_future_new_for_boolean (TRUE);
}

static void
ask_pbx (Seat       *seat,
         gboolean    on,
         const char *reason)
{
  LiaAgent   *agent = lia_phone_setup_find_agent (seat->desk->setup, seat->agent);
  const char *member = agent != NULL ? lia_phone_setup_member_of (agent) : NULL;

  if (member == NULL || member[0] == '\0')
    return;

  seat->asked_ms = lia_time_now ();
  for (guint i = 0; i < seat->desk->lines->len; i++)
    {
      LiaPhoneLine *line = seat->desk->lines->pdata[i];
      g_autoptr (LiaPhoneCommand) command = lia_phone_command_new (LIA_PHONE_PAUSE);

      g_set_str (&command->target, member);
      g_set_str (&command->text, on ? reason : "");
      command->on = on;
      dex_future_disown (dex_future_finally (lia_phone_provider_run (lia_phone_line_get_provider (line), command), on_paused, NULL, NULL));
    }
}

/* What a PBX shows as the reason */
static const char *
reason_for (const char *availability,
            const char *reason)
{
  if (reason != NULL && reason[0] != '\0')
    return reason;

  return availability;
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

static void
become (Seat       *seat,
        const char *availability,
        const char *reason)
{
  g_autoptr (JsonObject) data = json_object_new ();
  gint64 number = 0;

  g_set_str (&seat->availability, availability);
  g_set_str (&seat->reason, reason);
  lia_id_parse (seat->agent, "a", &number);
  json_object_set_int_member (data, "agent", number);
  json_object_set_string_member (data, "availability", availability);
  json_object_set_string_member (data, "reason", reason);
  dex_future_disown (lia_store_write (lia_engine_get_store (seat->desk->engine), append, lia_json_to_text (data), g_free, NULL));
}

/* Wrap-up --------------------------------------------------------------------------------------------------------------------------------- */

/* The call's own part of it; what the agent is then is the caller's business. */
static void
close_wrapup (Seat *seat)
{
  g_autoptr (LiaPhoneLine) line = g_steal_pointer (&seat->line);
  g_autofree char *uniqueid = g_steal_pointer (&seat->uniqueid);

  g_clear_handle_id (&seat->timer, g_source_remove);
  if (line != NULL)
    lia_phone_line_wrap (line, uniqueid, seat->agent, FALSE);
}

static void
end_wrapup (Seat *seat)
{
  if (seat->line == NULL)
    return;

  close_wrapup (seat);
  become (seat, seat->after, seat->after_reason);
  ask_pbx (seat, is_away (seat->after), reason_for (seat->after, seat->after_reason));
}

static gboolean
on_wrapup_over_cb (gpointer data)
{
  Seat *seat = data;

  seat->timer = 0;
  end_wrapup (seat);

  return G_SOURCE_REMOVE;
}

void
lia_phone_desk_agent_free (LiaPhoneDesk *self,
                           LiaPhoneLine *line,
                           const char   *agent,
                           LiaCall      *call)
{
  LiaQueue *queue = lia_phone_setup_find_queue (self->setup, call->queue);
  Seat     *seat = find_seat (self, agent);

  if (seat == NULL || queue == NULL || queue->wrapup_ms == 0)
    return;

  if (seat->line != NULL)
    {
      close_wrapup (seat);
    }
  else
    {
      g_set_str (&seat->after, seat->availability);
      g_set_str (&seat->after_reason, seat->reason);
      become (seat, "wrap-up", "");
      ask_pbx (seat, TRUE, WRAPUP_REASON);
    }
  seat->line = g_object_ref (line);
  seat->uniqueid = g_strdup (call->uniqueid);
  seat->timer = g_timeout_add ((guint)MIN (queue->wrapup_ms, G_MAXINT), on_wrapup_over_cb, seat);
  lia_phone_line_wrap (line, call->uniqueid, agent, TRUE);
}

void
lia_phone_desk_end_wrapup (LiaPhoneDesk *self,
                           const char   *agent)
{
  Seat *seat = find_seat (self, agent);

  if (seat != NULL)
    end_wrapup (seat);
}

/* From agents and from the PBX ------------------------------------------------------------------------------------------------------------ */

void
lia_phone_desk_set_availability (LiaPhoneDesk *self,
                                 const char   *agent,
                                 const char   *availability,
                                 const char   *reason)
{
  Seat *seat = find_seat (self, agent);

  if (seat == NULL)
    return;
  if (seat->line != NULL && is_away (availability))
    {
      g_set_str (&seat->after, availability);
      g_set_str (&seat->after_reason, reason);
      return;
    }

  close_wrapup (seat);
  g_set_str (&seat->availability, availability);
  g_set_str (&seat->reason, reason);
  ask_pbx (seat, is_away (availability), reason_for (availability, reason));
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

void
lia_phone_desk_member_changed (LiaPhoneDesk   *self,
                               LiaQueueMember *member)
{
  Seat *seat = member->agent[0] != '\0' ? find_seat (self, member->agent) : NULL;

  if (seat == NULL || lia_time_now () - seat->asked_ms < ECHO_MS)
    return;

  if (member->paused && g_str_equal (member->reason, WRAPUP_REASON) && seat->line == NULL)
    {
      /* Left over from before the engine ended. */
      become (seat, "available", "");
      ask_pbx (seat, FALSE, "");
    }
  else if (member->paused && (!is_away (seat->availability) || (g_str_equal (seat->availability, "paused") && !g_str_equal (seat->reason, member->reason))))
    {
      become (seat, "paused", member->reason);
    }
  else if (!member->paused && is_away (seat->availability) && !is_paused_anywhere (self, seat->agent))
    {
      close_wrapup (seat);
      become (seat, "available", "");
    }
}

void
lia_phone_desk_set_setup (LiaPhoneDesk  *self,
                          LiaPhoneSetup *setup)
{
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  self->setup = lia_phone_setup_ref (setup);
}

LiaPhoneDesk *
lia_phone_desk_new (LiaEngine *engine,
                    GPtrArray *lines)
{
  LiaPhoneDesk *self = g_new0 (LiaPhoneDesk, 1);

  self->engine = engine;
  self->lines = lines;
  self->seats = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, seat_free);

  return self;
}

void
lia_phone_desk_free (LiaPhoneDesk *self)
{
  g_hash_table_unref (self->seats);
  g_clear_pointer (&self->setup, lia_phone_setup_unref);
  g_free (self);
}
