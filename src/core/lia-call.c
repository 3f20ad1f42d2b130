/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-call.h"

G_DEFINE_FINAL_TYPE (LiaCall, lia_call, G_TYPE_OBJECT)

/* The texts, so that making, copying and freeing cannot forget one */
static const gsize text_offsets[] = {
  G_STRUCT_OFFSET (LiaCall, pbx),
  G_STRUCT_OFFSET (LiaCall, uniqueid),
  G_STRUCT_OFFSET (LiaCall, did),
  G_STRUCT_OFFSET (LiaCall, queue),
  G_STRUCT_OFFSET (LiaCall, number),
  G_STRUCT_OFFSET (LiaCall, e164),
  G_STRUCT_OFFSET (LiaCall, name),
  G_STRUCT_OFFSET (LiaCall, slot),
  G_STRUCT_OFFSET (LiaCall, id),
  G_STRUCT_OFFSET (LiaCall, conv),
  G_STRUCT_OFFSET (LiaCall, customer),
  G_STRUCT_OFFSET (LiaCall, match_reason),
  G_STRUCT_OFFSET (LiaCall, disposition),
};

static char **
text_at (LiaCall *self,
         guint    i)
{
  return (char **)G_STRUCT_MEMBER_P (self, text_offsets[i]);
}

static void
lia_call_finalize (GObject *object)
{
  LiaCall *self = (LiaCall *)object;

  for (guint i = 0; i < G_N_ELEMENTS (text_offsets); i++)
    g_clear_pointer (text_at (self, i), g_free);
  g_clear_pointer (&self->linked, g_strfreev);
  g_clear_pointer (&self->legs, g_ptr_array_unref);
  g_clear_pointer (&self->segments, g_ptr_array_unref);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_pointer (&self->waits, g_ptr_array_unref);
  g_clear_pointer (&self->recordings, g_ptr_array_unref);
  g_clear_pointer (&self->consents, g_ptr_array_unref);
  g_clear_pointer (&self->effort, g_free);

  G_OBJECT_CLASS (lia_call_parent_class)->finalize (object);
}

static void
lia_call_class_init (LiaCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_call_finalize;
}

static void
lia_call_init (LiaCall *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_offsets); i++)
    *text_at (self, i) = g_strdup ("");
  self->linked = g_new0 (char *, 1);
  self->legs = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_leg_unref);
  self->segments = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_segment_unref);
  self->offers = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_offer_unref);
  self->waits = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_wait_unref);
  self->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_recording_unref);
  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_call_consent_unref);
}

/** lia_call_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaCall *
lia_call_new (void)
{
  return g_object_new (LIA_TYPE_CALL, NULL);
}

static void
copy_parts (GPtrArray *to,
            GPtrArray *from,
            GCopyFunc  copy)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, copy (from->pdata[i], NULL));
}

/**
 * lia_call_copy:
 *
 * Returns: (transfer full): a call of its own with parts of its own, for a change
 */
LiaCall *
lia_call_copy (LiaCall *self)
{
  LiaCall *copy = lia_call_new ();

  for (guint i = 0; i < G_N_ELEMENTS (text_offsets); i++)
    g_set_str (text_at (copy, i), *text_at (self, i));
  g_strfreev (copy->linked);
  copy->linked = g_strdupv (self->linked);
  copy->created_ms = self->created_ms;
  copy->answered_ms = self->answered_ms;
  copy->ended_ms = self->ended_ms;
  copy->wait_ms = self->wait_ms;
  copy->hold_ms = self->hold_ms;
  copy->direction = self->direction;
  copy->state = self->state;
  copy->outcome = self->outcome;
  copy->withheld = self->withheld;
  copy->recording = self->recording;
  copy->tainted = self->tainted;
  copy->recovered = self->recovered;
  copy->offline = self->offline;
  copy->match = self->match;
  copy->effort = lia_effort_copy (self->effort);
  copy_parts (copy->legs, self->legs, (GCopyFunc)(GCallback)lia_call_leg_copy);
  copy_parts (copy->segments, self->segments, (GCopyFunc)(GCallback)lia_call_segment_copy);
  copy_parts (copy->offers, self->offers, (GCopyFunc)(GCallback)lia_call_offer_copy);
  copy_parts (copy->waits, self->waits, (GCopyFunc)(GCallback)lia_call_wait_copy);
  copy_parts (copy->recordings, self->recordings, (GCopyFunc)(GCallback)lia_call_recording_copy);
  copy_parts (copy->consents, self->consents, (GCopyFunc)(GCallback)lia_call_consent_copy);

  return copy;
}

/**
 * lia_call_find_segment:
 * @agent: (nullable): whose, NULL = anybody's
 *
 * Returns: (transfer none) (nullable): the last segment of this kind
 */
LiaCallSegment *
lia_call_find_segment (LiaCall       *self,
                       LiaSegmentKind kind,
                       const char    *agent)
{
  for (guint i = self->segments->len; i-- > 0;)
    {
      LiaCallSegment *segment = self->segments->pdata[i];

      if (segment->kind == kind && (agent == NULL || g_str_equal (segment->agent, agent)))
        return segment;
    }

  return NULL;
}

/** lia_call_last_wait: (nullable): the queue it stands in, or the last one it stood in. */
LiaCallWait *
lia_call_last_wait (LiaCall *self)
{
  return self->waits->len > 0 ? self->waits->pdata[self->waits->len - 1] : NULL;
}

/** lia_call_find_recording: (nullable): the recording in the file of this name. */
LiaCallRecording *
lia_call_find_recording (LiaCall    *self,
                         const char *file)
{
  for (guint i = 0; i < self->recordings->len; i++)
    {
      LiaCallRecording *recording = self->recordings->pdata[i];

      if (g_str_equal (recording->file, file))
        return recording;
    }

  return NULL;
}

/**
 * lia_call_time_in:
 * @agent: (nullable): whose, NULL = everybody's, added up
 * @now_ms: the end of what still goes on
 *
 * Returns: milliseconds spent in segments of this kind
 */
gint64
lia_call_time_in (LiaCall       *self,
                  LiaSegmentKind kind,
                  const char    *agent,
                  gint64         now_ms)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      const LiaCallSegment *segment = self->segments->pdata[i];

      if (segment->kind == kind && (agent == NULL || g_str_equal (segment->agent, agent)))
        sum += MAX (0, (segment->to_ms > 0 ? segment->to_ms : now_ms) - segment->from_ms);
    }

  return sum;
}

/**
 * lia_call_waited:
 * @now_ms: the end of a wait that still goes on
 *
 * Returns: milliseconds in queues until the first answer or the end, whether they are counted already or still grow
 */
gint64
lia_call_waited (LiaCall *self,
                 gint64   now_ms)
{
  gint64 sum = 0;

  if (self->wait_ms > 0)
    return self->wait_ms;

  for (guint i = 0; i < self->waits->len; i++)
    {
      const LiaCallWait *wait = self->waits->pdata[i];

      if (self->answered_ms == 0 || wait->from_ms < self->answered_ms)
        sum += MAX (0, (wait->to_ms > 0 ? wait->to_ms : now_ms) - wait->from_ms);
    }

  return sum;
}

/** lia_call_is_waiting: the customer stands in a queue and nobody has answered; an agent's telephone may ring. */
gboolean
lia_call_is_waiting (LiaCall *self)
{
  LiaCallWait *wait = lia_call_last_wait (self);

  return self->ended_ms == 0 && wait != NULL && wait->to_ms == 0 && (self->state == LIA_CALL_WAITING || self->state == LIA_CALL_RINGING);
}
