/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-call-words.h"

#include "lia-agent.h"
#include "lia-phone-number.h"
#include "lia-queue.h"

#include "lia-config.h"

#include <glib/gi18n.h>

/** lia_call_words_span: "0:42", "12:05", "1:02:10": of one width while it grows. */
char *
lia_call_words_span (gint64 span_ms)
{
  gint64 seconds = MAX (0, span_ms) / 1000;
  int    hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60), rest = (int)(seconds % 60);

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d", hours, minutes, rest);

  return g_strdup_printf ("%d:%02d", minutes, rest);
}

/** lia_call_words_title: what kind of call it was for us. */
const char *
lia_call_words_title (LiaCall *call)
{
  if (call->direction == LIA_CALL_INTERNAL)
    return _ ("Internal call");
  if (call->direction == LIA_CALL_OUT)
    return _ ("Outgoing call");
  if (call->ended_ms > 0 && call->answered_ms == 0 && call->outcome != LIA_CALL_OUTCOME_ANSWERED)
    return call->outcome == LIA_CALL_OUTCOME_VOICEMAIL ? _ ("Voicemail") : _ ("Missed call");

  return _ ("Incoming call");
}

static char *
with_span (const char *format,
           gint64      span_ms)
{
  g_autofree char *span = lia_call_words_span (span_ms);
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", span, 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Since the last segment of this kind began, or the call did. */
static gint64
span_in (LiaCall       *call,
         LiaSegmentKind kind,
         gint64         now_ms)
{
  const LiaCallSegment *segment = lia_call_find_segment (call, kind, NULL);

  return now_ms - (segment != NULL ? segment->from_ms : call->created_ms);
}

static const LiaCallRecording *
find_voicemail (LiaCall *call)
{
  for (guint i = call->recordings->len; i-- > 0;)
    {
      const LiaCallRecording *recording = call->recordings->pdata[i];

      if (recording->is_voicemail)
        return recording;
    }

  return NULL;
}

static char *
words_of_voicemail (LiaCall *call,
                    gint64   waited_ms)
{
  const LiaCallRecording *message = find_voicemail (call);
  g_autofree char        *left = waited_ms > 0 ? with_span (_ ("Waited %s, then left a message"), waited_ms) : g_strdup (_ ("Left a message"));
  g_autofree char        *length = message != NULL && message->to_ms > message->from_ms ? lia_call_words_span (message->to_ms - message->from_ms) : NULL;

  return g_strjoin (" · ", left, length, NULL);
}

static char *
words_of_live (LiaCall *call,
               gint64   now_ms)
{
  const LiaCallRecording *message = find_voicemail (call);

  if (message != NULL && message->to_ms == 0)
    return with_span (_ ("Leaves a message %s"), now_ms - message->from_ms);

  switch (call->state)
    {
    case LIA_CALL_WAITING:
      /* Translators: how long a caller has waited */
      return with_span (_ ("Waits %s"), lia_call_waited (call, now_ms));
    case LIA_CALL_RINGING:
      return with_span (_ ("Rings %s"), lia_call_waited (call, now_ms) > 0 ? lia_call_waited (call, now_ms) : now_ms - call->created_ms);
    case LIA_CALL_DIALLING:
      return with_span (_ ("Being called %s"), now_ms - call->created_ms);
    case LIA_CALL_TALKING:
      return with_span (_ ("Talking %s"), now_ms - (call->answered_ms > 0 ? call->answered_ms : call->created_ms));
    case LIA_CALL_HELD:
      return with_span (_ ("On hold %s"), span_in (call, LIA_SEGMENT_HOLD, now_ms));
    case LIA_CALL_CONSULTING:
      return with_span (_ ("Asking a colleague %s"), span_in (call, LIA_SEGMENT_CONSULT, now_ms));
    case LIA_CALL_PARKED:
      return with_span (_ ("Parked %s"), span_in (call, LIA_SEGMENT_PARK, now_ms));
    case LIA_CALL_NEW:
    case LIA_CALL_ENDED:
    default:
      return g_strdup (_ ("Call begins"));
    }
}

static char *
words_of_answered (LiaCall *call)
{
  gint64           until_ms = call->ended_ms > 0 ? call->ended_ms : call->answered_ms;
  gint64           hold_ms = MIN (call->hold_ms, until_ms - call->answered_ms);
  g_autofree char *talked = with_span (_ ("Talked %s"), until_ms - call->answered_ms - MAX (0, hold_ms));
  g_autofree char *waited = call->wait_ms >= 1000 ? with_span (_ ("waited %s"), call->wait_ms) : NULL;
  g_autofree char *held = hold_ms >= 1000 ? with_span (_ ("on hold %s"), hold_ms) : NULL;

  return g_strjoin (" · ", talked, waited != NULL ? waited : held, waited != NULL ? held : NULL, NULL);
}

/** lia_call_words_outcome: how the call ended, or what goes on: "Waited 0:42, then hung up", "Talked 3:05 · waited 0:22". */
char *
lia_call_words_outcome (LiaCall *call,
                        gint64   now_ms)
{
  gint64 waited_ms = lia_call_waited (call, call->ended_ms);

  if (call->ended_ms == 0)
    return words_of_live (call, now_ms);

  switch (call->outcome)
    {
    case LIA_CALL_OUTCOME_ANSWERED:
      return words_of_answered (call);
    case LIA_CALL_OUTCOME_ABANDONED:
      return waited_ms > 0 ? with_span (_ ("Waited %s, then hung up"), waited_ms) : g_strdup (_ ("Hung up before somebody answered"));
    case LIA_CALL_OUTCOME_TIMED_OUT:
      return with_span (_ ("Waited %s, nobody answered"), waited_ms);
    case LIA_CALL_OUTCOME_CLOSED:
      return g_strdup (_ ("Was turned away: closed, or too many waited"));
    case LIA_CALL_OUTCOME_VOICEMAIL:
      return words_of_voicemail (call, waited_ms);
    case LIA_CALL_OUTCOME_BUSY:
      return g_strdup (_ ("The line was busy"));
    case LIA_CALL_OUTCOME_NO_ANSWER:
      return g_strdup (_ ("No answer"));
    case LIA_CALL_OUTCOME_REJECTED:
      return g_strdup (_ ("The call was declined"));
    case LIA_CALL_OUTCOME_UNREACHABLE:
      return g_strdup (_ ("The number could not be reached"));
    case LIA_CALL_OUTCOME_CANCELLED:
      return g_strdup (_ ("We hung up before an answer"));
    case LIA_CALL_OUTCOME_LOST:
    case LIA_CALL_OUTCOME_NONE:
    default:
      return g_strdup (_ ("Ended while nobody could see it"));
    }
}

/** lia_call_words_number: the customer's number, as people write it. */
char *
lia_call_words_number (LiaCall *call)
{
  if (call->withheld)
    return g_strdup (_ ("Number withheld"));
  if (*call->e164 == '\0' && *call->number == '\0')
    return g_strdup (_ ("Unknown number"));

  return lia_phone_number_show (*call->number != '\0' ? call->number : call->e164, NULL);
}

/** lia_call_words_match: why the customer is thought to be this one; "" where there is no doubt, or nobody. */
const char *
lia_call_words_match (LiaCall *call)
{
  if (g_str_equal (call->match_reason, "several"))
    return _ ("Several customers have this number");
  if (g_str_equal (call->match_reason, "same-end"))
    return _ ("The end of the number is the same");
  if (g_str_equal (call->match_reason, "same-national-number"))
    return _ ("The same number without its country");
  if (g_str_equal (call->match_reason, "same-number"))
    return _ ("The same number");

  return "";
}

/** lia_call_words_marks: what one should know before one relies on it; NULL for nothing. */
char *
lia_call_words_marks (LiaCall *call)
{
  const char *tainted = call->tainted ? _ ("Somebody tried to forge this call: do not trust its number and name.") : NULL;
  const char *recovered = call->recovered ? _ ("A part of this call was not seen; times may be missing.") : NULL;

  if (call->offline)
    recovered = _ ("It came while Liaison was offline; the telephone system has told of it since.");
  if (tainted == NULL && recovered == NULL)
    return NULL;

  return g_strjoin (" ", tainted != NULL ? tainted : recovered, tainted != NULL ? recovered : NULL, NULL);
}

/* --- Step by step --- */

typedef struct
{
  LiaCall    *call;
  GListModel *agents;
  GListModel *queues;
  gint64      now_ms;
  GPtrArray  *steps;
} Telling;

static void
step_free (gpointer data)
{
  LiaCallStep *step = data;

  g_free (step->text);
  g_free (step);
}

static char *
dup_agent (Telling    *telling,
           const char *id)
{
  for (guint i = 0; telling->agents != NULL && *id != '\0' && i < g_list_model_get_n_items (telling->agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (telling->agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return g_strdup (agent->name);
    }

  /* Translators: who answered a call, where the name is not known: "Talked with a colleague 3:05" */
  return g_strdup (_ ("a colleague"));
}

static char *
dup_queue (Telling    *telling,
           const char *id)
{
  for (guint i = 0; telling->queues != NULL && i < g_list_model_get_n_items (telling->queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (telling->queues, i);

      if (g_strcmp0 (queue->id, id) == 0)
        return g_strdup (queue->name);
    }

  return g_strdup (_ ("a queue"));
}

/* @format: with %1$s, a name, and %2$s, a duration. Names may hold what looks like a format, so nothing is printed through it. */
static void
tell (Telling    *telling,
      const char *format,
      const char *who,
      gint64      from_ms,
      gint64      to_ms)
{
  LiaCallStep     *step = g_new0 (LiaCallStep, 1);
  g_autofree char *span = lia_call_words_span ((to_ms > 0 ? to_ms : telling->now_ms) - from_ms);
  GString         *text = g_string_new (NULL);

  for (const char *p = format; *p != '\0'; p++)
    {
      gboolean name = g_str_has_prefix (p, "%1$s"), duration = g_str_has_prefix (p, "%2$s");

      if (name || duration)
        {
          g_string_append (text, name ? who : span);
          p += 3;
        }
      else
        {
          g_string_append_c (text, *p);
        }
    }

  step->at_ms = from_ms;
  step->text = g_string_free (text, FALSE);
  g_ptr_array_add (telling->steps, step);
}

static const char *
format_of_wait (const LiaCallWait *wait)
{
  switch (wait->result)
    {
    case LIA_WAIT_OPEN:
      return _ ("Waits in %1$s %2$s");
    case LIA_WAIT_ABANDONED:
      return _ ("Waited in %1$s %2$s, then hung up");
    case LIA_WAIT_TIMED_OUT:
      return _ ("Waited in %1$s %2$s, nobody answered");
    case LIA_WAIT_GRABBED:
      return _ ("Waited in %1$s %2$s, then was taken out of the line");
    case LIA_WAIT_TRANSFERRED:
      return _ ("Waited in %1$s %2$s, then was sent on");
    case LIA_WAIT_CLOSED:
      return _ ("Was turned away from %1$s after %2$s");
    case LIA_WAIT_LOST:
      return _ ("Waited in %1$s %2$s; the end was not seen");
    case LIA_WAIT_ANSWERED:
    default:
      return _ ("Waited in %1$s %2$s");
    }
}

static const char *
format_of_offer (const LiaCallOffer *offer)
{
  switch (offer->result)
    {
    case LIA_OFFER_OPEN:
      return _ ("Rings %1$s %2$s");
    case LIA_OFFER_NO_ANSWER:
      return _ ("Rang %1$s %2$s, no answer");
    case LIA_OFFER_REJECTED:
      return _ ("Rang %1$s %2$s, declined");
    case LIA_OFFER_ELSEWHERE:
      return _ ("Rang %1$s %2$s, somebody else answered");
    case LIA_OFFER_CANCELLED:
      return _ ("Rang %1$s %2$s, the caller hung up");
    case LIA_OFFER_UNREACHABLE:
      return _ ("%1$s could not be reached");
    case LIA_OFFER_ANSWERED:
    default:
      return _ ("Rang %1$s %2$s, answered");
    }
}

static const char *
format_of_segment (const LiaCallSegment *segment,
                   gboolean              handed_over)
{
  gboolean over = segment->to_ms > 0;

  switch (segment->kind)
    {
    case LIA_SEGMENT_TALK:
      if (handed_over)
        return over ? _ ("Transferred to %1$s, talked %2$s") : _ ("Transferred to %1$s, talks %2$s");
      return over ? _ ("Talked with %1$s %2$s") : _ ("Talks with %1$s %2$s");
    case LIA_SEGMENT_HOLD:
      return _ ("On hold %2$s");
    case LIA_SEGMENT_CONSULT:
      return _ ("%1$s asked a colleague %2$s");
    case LIA_SEGMENT_PARK:
      return _ ("Parked %2$s");
    case LIA_SEGMENT_WRAP:
      return _ ("%1$s wrapped up %2$s");
    case LIA_SEGMENT_RING:
    default:
      return NULL;
    }
}

static void
tell_segments (Telling *telling)
{
  const char *talker = NULL;

  for (guint i = 0; i < telling->call->segments->len; i++)
    {
      const LiaCallSegment *segment = telling->call->segments->pdata[i];
      g_autofree char      *who = dup_agent (telling, segment->agent);
      gboolean              talk = segment->kind == LIA_SEGMENT_TALK;
      const char           *format = format_of_segment (segment, talk && talker != NULL && !g_str_equal (talker, segment->agent));

      /* That somebody was rung is told by the offers, with what came of it. */
      if (format != NULL)
        tell (telling, format, who, segment->from_ms, segment->to_ms);
      if (talk)
        talker = segment->agent;
    }
}

/* People who are no agents have no segments: their leg is all that is known of them. */
static void
tell_colleagues (Telling *telling)
{
  for (guint i = 0; i < telling->call->legs->len; i++)
    {
      const LiaCallLeg *leg = telling->call->legs->pdata[i];
      g_autofree char  *who = leg->kind == LIA_LEG_SPY ? dup_agent (telling, leg->agent) : NULL;

      if (leg->kind == LIA_LEG_COLLEAGUE)
        tell (telling, _ ("On the line with somebody else of ours or outside %2$s"), "", leg->started_ms, leg->ended_ms);
      else if (leg->kind == LIA_LEG_SPY)
        tell (telling, _ ("%1$s listened in %2$s"), who, leg->started_ms, leg->ended_ms);
    }
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const LiaCallStep *left = *(const LiaCallStep **)a;
  const LiaCallStep *right = *(const LiaCallStep **)b;

  return left->at_ms < right->at_ms ? -1 : left->at_ms > right->at_ms;
}

/** lia_call_words_steps: (transfer full): of LiaCallStep, in the order in which they began: waits, who was rung, who talked, holds, transfers. */
GPtrArray *
lia_call_words_steps (LiaCall    *call,
                      GListModel *agents,
                      GListModel *queues,
                      gint64      now_ms)
{
  Telling telling = { call, agents, queues, now_ms, g_ptr_array_new_with_free_func (step_free) };

  for (guint i = 0; i < call->waits->len; i++)
    {
      const LiaCallWait *wait = call->waits->pdata[i];
      g_autofree char   *queue = dup_queue (&telling, wait->queue);

      tell (&telling, format_of_wait (wait), queue, wait->from_ms, wait->to_ms);
    }
  for (guint i = 0; i < call->offers->len; i++)
    {
      const LiaCallOffer *offer = call->offers->pdata[i];
      g_autofree char    *who = dup_agent (&telling, offer->agent);

      tell (&telling, format_of_offer (offer), who, offer->from_ms, offer->to_ms);
    }
  tell_segments (&telling);
  tell_colleagues (&telling);
  g_ptr_array_sort (telling.steps, compare_steps);

  return telling.steps;
}
