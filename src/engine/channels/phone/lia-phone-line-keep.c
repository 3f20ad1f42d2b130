/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-line-private.h"

#include "lia-async.h"
#include "lia-id.h"
#include "lia-phone-line-call.h"

/*
 * What is known of each call, for as long as it goes on, and keeping it in the store. A call's writes are in order, because the store has one
 * writer; so each may be on its way before the one before it is done. An ended call stays here until it is written and nobody wraps it up; what could
 * not be written, on a full disk say, is tried again until it is.
 */

#define RETRY_MS 3000

void
lia_phone_live_free (gpointer data)
{
  LiaPhoneLive *live = data;

  g_clear_object (&live->call);
  g_clear_object (&live->ended);
  g_free (live->marks);
  g_hash_table_unref (live->freed);
  g_ptr_array_unref (live->wraps);
  g_free (live);
}

LiaPhoneLive *
lia_phone_line_ensure (LiaPhoneLine *self,
                       const char   *uniqueid)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live == NULL)
    {
      live = g_new0 (LiaPhoneLive, 1);
      live->freed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      live->wraps = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_segment_unref);
      g_hash_table_insert (self->lives, g_strdup (uniqueid), live);
    }

  return live;
}

/* Keeping ---------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_wrapped (LiaPhoneLive *live)
{
  for (guint i = 0; i < live->wraps->len; i++)
    {
      if (((LiaCallSegment *)live->wraps->pdata[i])->to_ms == 0)
        return FALSE;
    }

  return TRUE;
}

void
lia_phone_line_forget_ended (LiaPhoneLine *self,
                             const char   *uniqueid)
{
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, uniqueid);

  if (live != NULL && live->call != NULL && live->call->ended_ms != 0 && live->writing == 0 && live->holds == 0 && !live->unkept && is_wrapped (live))
    g_hash_table_remove (self->lives, uniqueid);
}

typedef struct
{
  LiaPhoneLine *line;
  char         *uniqueid;
} Written;

static void
written_free (gpointer data)
{
  Written *written = data;

  g_object_unref (written->line);
  g_free (written->uniqueid);
  g_free (written);
}

static gboolean
is_news (LiaCall *call,
         LiaCall *known)
{
  return !g_str_equal (call->id, known->id) || !g_str_equal (call->disposition, known->disposition) || !lia_effort_equal (call->effort, known->effort);
}

static void write_call (LiaPhoneLine *self,
                        LiaPhoneLive *live);

static gboolean
retry_cb (gpointer data)
{
  LiaPhoneLine  *self = data;
  GHashTableIter iter;
  LiaPhoneLive  *live;

  self->retry = 0;
  g_hash_table_iter_init (&iter, self->lives);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&live))
    {
      if (live->unkept && live->writing == 0)
        write_call (self, live);
    }

  return G_SOURCE_REMOVE;
}

static void
note_result (LiaPhoneLine *self,
             LiaPhoneLive *live,
             GError       *error)
{
  if (error != NULL && !live->unkept)
    g_message ("a call could not be kept yet: %s", error->message);
  live->unkept = error != NULL;
  if (live->unkept && self->retry == 0)
    self->retry = g_timeout_add (RETRY_MS, retry_cb, self);
}

static DexFuture *
on_written (DexFuture *future,
            gpointer   data)
{
  Written      *written = data;
  LiaPhoneLine *self = written->line;
  LiaPhoneLive *live = g_hash_table_lookup (self->lives, written->uniqueid);
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaCall) known = lia_store_take (future, &error);

  lia_phone_fetcher_wake (self->fetcher);
  /* The last writes may end after the engine. */
  if (live == NULL || self->stopped)
    return dex_future_new_for_boolean (TRUE);

  live->writing--;
  note_result (self, live, error);
  if (known != NULL && live->call != NULL && is_news (live->call, known))
    {
      LiaCall *call = lia_call_copy (live->call);

      lia_phone_line_call_take_identity (call, known);
      g_set_object (&live->call, call);
      g_object_unref (call);
      if (live->call->ended_ms == 0)
        lia_phone_line_tell_call (self, live->call);
    }
  lia_phone_line_forget_ended (self, written->uniqueid);

  return dex_future_new_for_boolean (TRUE);
}

static void
add_members (LiaPhoneLine *self,
             const char   *queue,
             GArray       *agents)
{
  GHashTableIter  iter;
  LiaQueueMember *member;
  gint64          agent = 0;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&member))
    {
      if (g_str_equal (member->queue, queue) && lia_id_parse (member->agent, "a", &agent))
        g_array_append_val (agents, agent);
    }
}

LiaPhoneRecord *
lia_phone_line_new_record (LiaPhoneLine *self,
                           LiaCall      *call)
{
  LiaPhoneRecord *record = lia_phone_record_new (self->channel_id, self->pbx->country, call);

  record->can_fetch = lia_phone_provider_can_fetch (self->provider);
  add_members (self, call->queue, record->members);

  return record;
}

static void
write_call (LiaPhoneLine *self,
            LiaPhoneLive *live)
{
  LiaPhoneRecord *record = lia_phone_line_new_record (self, live->call);
  Written        *written = g_new0 (Written, 1);
  DexFuture      *future;

  record->agent_id = live->agent_id;
  record->conversation_id = live->conversation_id;
  written->line = g_object_ref (self);
  written->uniqueid = g_strdup (live->call->uniqueid);
  live->writing++;
  future = lia_store_write (lia_engine_get_store (self->engine), lia_phone_record_write, record, lia_phone_record_free, g_object_unref);
  dex_future_disown (dex_future_finally (future, on_written, written, written_free));
}

/* What is in the store is kept to its end. */
static gboolean
is_begun (LiaPhoneLive *live)
{
  return live->marks != NULL || live->call->id[0] != '\0';
}

void
lia_phone_line_keep (LiaPhoneLine *self,
                     LiaPhoneLive *live)
{
  g_autofree char *marks = NULL;

  if (live->call->direction == LIA_CALL_INTERNAL || (live->is_others && !is_begun (live)))
    {
      lia_phone_line_forget_ended (self, live->call->uniqueid);
      return;
    }
  /* The caller hears a menu, say: into whose queue it leads is not known. Who was there before us may leave a message already. */
  if (live->call->state == LIA_CALL_NEW && !live->call->recovered && !is_begun (live))
    return;
  /* Only our own telephone rings yet: whose call it is, is not known. */
  if (live->call->direction == LIA_CALL_OUT && live->call->number[0] == '\0' && live->conversation_id == 0 && live->call->ended_ms == 0)
    return;

  marks = lia_phone_line_call_milestones (live->call);
  if (g_strcmp0 (live->marks, marks) == 0)
    return;
  g_set_str (&live->marks, marks);
  write_call (self, live);
}
