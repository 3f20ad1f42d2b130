/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-line-words.h"

#include "lia-dial-number.h"
#include "lia-phone-number.h"

#include <glib/gi18n.h>
#include <string.h>

/** lia_line_words_number: (transfer full): as people write it; empty when it is not known. */
char *
lia_line_words_number (LiaPhoneLine *line)
{
  const char *number = lia_phone_line_get_number (line);

  return *number != '\0' ? lia_phone_number_show (number, NULL) : g_strdup ("");
}

/** lia_line_words_who: (transfer full): the customer's name, or else what is known of them. Never empty. */
char *
lia_line_words_who (LiaPhoneLine *line)
{
  LiaCustomer     *customer = lia_phone_line_get_customer (line);
  LiaCall         *call = lia_phone_line_get_call (line);
  const char      *name = lia_phone_line_get_caller_name (line);
  g_autofree char *number = lia_line_words_number (line);

  if (customer != NULL && customer->name != NULL && *customer->name != '\0')
    return g_strdup (customer->name);
  if (*name != '\0' && !g_str_equal (name, lia_phone_line_get_number (line)))
    return g_strdup (name);
  if (*number != '\0')
    return g_steal_pointer (&number);

  return g_strdup (call != NULL && call->withheld ? _ ("Withheld Number") : _ ("Unknown Caller"));
}

/** lia_line_words_match: (nullable): why we think that it is this customer. */
const char *
lia_line_words_match (LiaPhoneLine *line)
{
  LiaCall *call = lia_phone_line_get_call (line);

  if (call == NULL || call->direction == LIA_CALL_INTERNAL)
    return NULL;
  if (g_str_equal (call->match_reason, "several"))
    return _ ("Several customers have this number");

  switch (call->match)
    {
    case LIA_MATCH_EXACT:
      return _ ("Known by this number");
    case LIA_MATCH_LIKELY:
      return _ ("Perhaps known: the same number, without its country");
    case LIA_MATCH_GUESS:
      return _ ("Perhaps known: the number ends alike");
    case LIA_MATCH_NONE:
    default:
      return call->customer[0] != '\0' ? _ ("New customer") : NULL;
    }
}

/* Whose telephone a channel of the PBX is: "bob" of "PJSIP/bob-0000000c" */
static char *
telephone_words (const char *channel)
{
  const char *slash = strchr (channel, '/');
  const char *name = slash != NULL ? slash + 1 : channel;
  const char *dash = strrchr (name, '-');

  return dash != NULL && dash > name ? g_strndup (name, (gsize)(dash - name)) : g_strdup (name);
}

static char *
consult_words (LiaPhoneLine *line)
{
  const char      *channel;
  LiaAgent        *agent = lia_phone_line_get_consulted (line, &channel);
  g_autofree char *telephone = channel != NULL ? telephone_words (channel) : g_strdup (_ ("a colleague"));
  const char      *name = agent != NULL ? agent->name : telephone;

  if (lia_phone_line_get_state (line) == LIA_LINE_CONSULT_RINGING)
    return g_strdup_printf (_ ("Waits with music; it rings at %s"), name);

  return g_strdup_printf (_ ("Waits with music; you speak to %s"), name);
}

/* By Q.850; that somebody is busy and that they declined is often told alike. */
static char *
refusal_words (gint64      cause,
               const char *who,
               const char *customer)
{
  switch (cause)
    {
    case 17:
    case 21:
      /* Translators: a colleague who was asked, and the customer who waited meanwhile */
      return g_strdup_printf (_ ("%1$s is busy or declined. You have %2$s again."), who, customer);
    case 1:
    case 3:
    case 20:
    case 27:
      return g_strdup_printf (_ ("%1$s could not be reached. You have %2$s again."), who, customer);
    default:
      return g_strdup_printf (_ ("%1$s did not answer. You have %2$s again."), who, customer);
    }
}

/**
 * lia_line_words_came_back:
 * @spoke: whom I asked had answered
 *
 * Returns: (transfer full): why I have the customer again, which was not my own doing
 */
char *
lia_line_words_came_back (LiaPhoneLine *line,
                          gboolean      spoke)
{
  const char      *channel;
  gint64           cause;
  LiaAgent        *agent = lia_phone_line_get_asked (line, &channel, &cause);
  g_autofree char *telephone = channel != NULL ? telephone_words (channel) : g_strdup (_ ("Your colleague"));
  g_autofree char *customer = lia_line_words_who (line);
  const char      *who = agent != NULL ? agent->name : telephone;

  if (spoke)
    return g_strdup_printf (_ ("%1$s hung up. You have %2$s again."), who, customer);

  return refusal_words (cause, who, customer);
}

static const char *
talk_words (LiaPhoneLine *line)
{
  LiaPhoneCall *phone_call = lia_phone_line_get_phone_call (line);
  LiaPhoneSound sound = phone_call != NULL ? lia_phone_call_get_sound (phone_call) : LIA_PHONE_SOUND_CHOSEN;

  if (sound == LIA_PHONE_SOUND_NONE)
    return _ ("No sound: neither of you hears the other");
  if (lia_phone_line_is_on (line, LIA_LINE_MUTE))
    return _ ("Does not hear you");
  if (sound == LIA_PHONE_SOUND_DEFAULT)
    return _ ("Talking by the system’s own microphone and loudspeaker: yours failed");

  return _ ("Talking");
}

/** lia_line_words_listening: (transfer full): to whom I listen, and who hears me. */
char *
lia_line_words_listening (LiaPhoneLine *line)
{
  const char      *mode = lia_phone_line_get_mode (line);
  LiaAgent        *agent = lia_phone_line_get_listened (line);
  const char      *name = agent != NULL ? agent->name : _ ("a colleague");
  g_autofree char *who = lia_line_words_who (line);

  if (*mode == '\0')
    return g_strdup (_ ("Listening begins…"));
  if (g_str_equal (mode, "whisper"))
    /* Translators: an agent, and the customer who does not hear it */
    return g_strdup_printf (_ ("Whispering to %1$s, who talks with %2$s"), name, who);
  if (g_str_equal (mode, "barge"))
    return g_strdup_printf (_ ("In the call of %1$s with %2$s"), name, who);

  return g_strdup_printf (_ ("Listening to %1$s with %2$s"), name, who);
}

/** lia_line_words_state: (transfer full): how it stands. */
char *
lia_line_words_state (LiaPhoneLine *line)
{
  LiaCall *call = lia_phone_line_get_call (line);

  switch (lia_phone_line_get_state (line))
    {
    case LIA_LINE_RINGING:
      return g_strdup (_ ("Calls you"));
    case LIA_LINE_DIALLING:
      return g_strdup (_ ("Being called"));
    case LIA_LINE_TALKING:
      return g_strdup (talk_words (line));
    case LIA_LINE_HELD:
      return g_strdup (_ ("On hold, with music"));
    case LIA_LINE_CONSULT_RINGING:
    case LIA_LINE_CONSULTING:
      return consult_words (line);
    case LIA_LINE_LISTENING:
      return lia_line_words_listening (line);
    case LIA_LINE_PARKED:
      return call != NULL && *call->slot != '\0' ? g_strdup_printf (_ ("Parked at %s"), call->slot) : g_strdup (_ ("Parked"));
    case LIA_LINE_WRAP_UP:
      return g_strdup (_ ("What did it come to?"));
    case LIA_LINE_ENDED:
    default:
      return g_strdup (_ ("The call is over"));
    }
}

/** lia_line_words_end: (nullable): why nobody was reached; NULL where there is nothing to say. */
const char *
lia_line_words_end (LiaPhoneEnd end)
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

const char *
lia_line_words_state_icon (LiaPhoneLine *line)
{
  switch (lia_phone_line_get_state (line))
    {
    case LIA_LINE_RINGING:
      return "call-incoming-symbolic";
    case LIA_LINE_DIALLING:
      return "call-outgoing-symbolic";
    case LIA_LINE_HELD:
    case LIA_LINE_CONSULT_RINGING:
    case LIA_LINE_CONSULTING:
      return "media-playback-pause-symbolic";
    case LIA_LINE_LISTENING:
      return "audio-headphones-symbolic";
    case LIA_LINE_PARKED:
      return "lia-park-symbolic";
    case LIA_LINE_WRAP_UP:
    case LIA_LINE_ENDED:
      return "call-stop-symbolic";
    case LIA_LINE_TALKING:
    default:
      return "call-start-symbolic";
    }
}

/** lia_line_words_time: (transfer full): "0:05", "12:40", "1:02:03". */
char *
lia_line_words_time (gint64 span_ms)
{
  int seconds = (int)(MAX (span_ms, 0) / 1000);

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);

  return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
}

/** lia_line_words_wrap_up: (transfer full): how much of it is left, or, where nothing ends it, how long it has been. */
char *
lia_line_words_wrap_up (LiaPhoneLine *line,
                        gint64        now_ms)
{
  const gint64     until_ms = lia_phone_line_get_until_ms (line);
  g_autofree char *time = lia_line_words_time (until_ms != 0 ? until_ms - now_ms + 999 : now_ms - lia_phone_line_get_since_ms (line));

  /* Translators: how much of the time for the wrap-up of a call is left: "0:24" */
  return until_ms != 0 ? g_strdup_printf (_ ("Wrap-up · %s left"), time) : g_strdup_printf (_ ("Wrap-up · %s"), time);
}

/** lia_line_words_is_number: whether somebody who typed this means to dial it. */
gboolean
lia_line_words_is_number (const char *typed)
{
  g_autofree char *number = lia_dial_number (typed);

  return number != NULL;
}

/**
 * lia_line_words_is_colleague:
 * @me: (nullable): who is none
 *
 * Whether @agent can be called, and may be meant by who typed this.
 */
gboolean
lia_line_words_is_colleague (LiaAgent   *agent,
                             LiaAgent   *me,
                             const char *typed)
{
  if (agent->extension == NULL || *agent->extension == '\0' || (me != NULL && g_str_equal (agent->id, me->id)))
    return FALSE;

  return *typed == '\0' || g_str_match_string (typed, agent->name, TRUE) || g_str_has_prefix (agent->extension, typed);
}
