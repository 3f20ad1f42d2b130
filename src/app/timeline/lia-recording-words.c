/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-recording-words.h"

#include "lia-agent.h"
#include "lia-entry-words.h"

#include "lia-config.h"

#include <glib/gi18n.h>

/* @format: with one %s. What stands for it may hold what looks like a format, so that nothing is printed through it. */
static char *
with_text (const char *format,
           const char *text)
{
  GString *words = g_string_new (format);

  g_string_replace (words, "%s", text, 1);

  return g_string_free_and_steal (words);
}

static char *
words_of (const LiaCallRecording *recording)
{
  g_autofree char *file = g_strdup_printf ("\u2068%s\u2069", recording->file);

  switch (recording->state)
    {
    case LIA_RECORDING_FETCHING:
      if (*recording->problem != '\0')
        return with_text (recording->is_voicemail ? _ ("The message could not be fetched yet, and is tried again: %s")
                                                  : _ ("The recording could not be fetched yet, and is tried again: %s"),
                          recording->problem);
      return g_strdup (recording->is_voicemail ? _ ("The message is being fetched from the telephone system…") : _ ("The recording is being fetched from the telephone system…"));
    case LIA_RECORDING_REMOTE:
      return with_text (recording->is_voicemail ? _ ("The message stays on the telephone system, as %s") : _ ("The recording stays on the telephone system, as %s"), file);
    case LIA_RECORDING_FAILED:
      return with_text (recording->is_voicemail ? _ ("The message was not fetched: %s") : _ ("The recording was not fetched: %s"), recording->problem);
    case LIA_RECORDING_RUNNING:
    case LIA_RECORDING_KEPT:
    default:
      return NULL;
    }
}

/** lia_recording_words: (nullable): a line for each recording that has no player: where it is, and why. */
char *
lia_recording_words (LiaCall *call)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < call->recordings->len; i++)
    {
      char *words = words_of (call->recordings->pdata[i]);

      if (words != NULL)
        g_strv_builder_take (lines, words);
    }
  all = g_strv_builder_end (lines);

  return all[0] != NULL ? g_strjoinv ("\n", all) : NULL;
}

static char *
dup_name (GListModel *agents,
          const char *id)
{
  for (guint i = 0; agents != NULL && i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, id) == 0)
        return g_strdup (agent->name);
    }

  return g_strdup (_ ("A colleague"));
}

static gboolean
is_recorded (LiaCall *call)
{
  for (guint i = 0; i < call->recordings->len; i++)
    {
      if (!((LiaCallRecording *)call->recordings->pdata[i])->is_voicemail)
        return TRUE;
    }

  return call->recording;
}

static char *
put_in (const char *format,
        const char *time,
        const char *name)
{
  GString *words = g_string_new (format);

  g_string_replace (words, "%2$s", time, 1);
  g_string_replace (words, "%1$s", name, 1);

  return g_string_free_and_steal (words);
}

/** lia_recording_words_consent: (nullable): who asked whether the call may be recorded, and when; or that nobody has said so. Of the last time. */
char *
lia_recording_words_consent (LiaCall    *call,
                             GListModel *agents)
{
  const LiaCallConsent *consent = call->consents->len > 0 ? call->consents->pdata[call->consents->len - 1] : NULL;
  g_autofree char      *name = consent != NULL ? dup_name (agents, consent->agent) : NULL;
  g_autofree char      *time = consent != NULL ? lia_words_time (consent->at_ms) : NULL;

  if (consent == NULL)
    return is_recorded (call) ? g_strdup (_ ("Recorded without a mark of consent")) : NULL;

  /* Translators: %1$s is an agent's name, %2$s a time of day. The name is put in last, as it may hold anything */
  return put_in (_ ("%1$s asked at %2$s, and they agreed to be recorded"), time, name);
}
