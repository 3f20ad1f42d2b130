/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-notice-words.h"

#include "lia-format.h"
#include "lia-template-locale.h"
#include "lia-time.h"

#include <glib/gi18n.h>

/** lia_notice_words_icon: of the channel by which they are told, as far as it is known without looking who is there. */
const char *
lia_notice_words_icon (LiaNotice *notice)
{
  switch (lia_notice_get_way (notice, g_str_equal (notice->channel, "chat") && *notice->email == '\0'))
    {
    case LIA_NOTICE_BY_EMAIL:
      return lia_channel_icon ("email");
    case LIA_NOTICE_BY_CHAT:
      return lia_channel_icon ("chat");
    case LIA_NOTICE_BY_PHONE:
      return lia_channel_icon ("phone");
    case LIA_NOTICE_BY_NOTHING:
    default:
      return "dialog-warning-symbolic";
    }
}

/** lia_notice_words_send: what the button says. */
const char *
lia_notice_words_send (LiaNoticeWay way)
{
  switch (way)
    {
    case LIA_NOTICE_BY_CHAT:
      return _ ("_Send to the Chat");
    case LIA_NOTICE_BY_PHONE:
      return _ ("_Plan the Call");
    case LIA_NOTICE_BY_EMAIL:
    case LIA_NOTICE_BY_NOTHING:
    default:
      return _ ("_Send");
    }
}

/** lia_notice_words_name: (transfer full) */
char *
lia_notice_words_name (LiaNotice *notice)
{
  return lia_format_customer (notice->customer);
}

static char *
reach_words (LiaNoticeDraft *draft)
{
  LiaNotice *notice = draft->notice;

  switch (draft->way)
    {
    case LIA_NOTICE_BY_EMAIL:
      /* Translators: how a customer is told; %s is an address */
      return g_str_equal (notice->channel, "chat") ? g_strdup_printf (_ ("Has left the chat, so by e-mail to %s"), notice->email)
                                                   : g_strdup_printf (_ ("By e-mail to %s"), notice->email);
    case LIA_NOTICE_BY_CHAT:
      return g_strdup (_ ("In the chat: they are there now"));
    case LIA_NOTICE_BY_PHONE:
      return g_strdup_printf (_ ("By a call to %s, which somebody gets as work"), notice->phone);
    case LIA_NOTICE_BY_NOTHING:
    default:
      return g_strdup (_ ("No way to reach them is known"));
    }
}

/** lia_notice_words_way: (transfer full): how they are told, and in which language. */
char *
lia_notice_words_way (LiaNoticeDraft *draft)
{
  g_autofree char *reach = reach_words (draft);
  g_autofree char *language = *draft->notice->language != '\0' ? lia_template_locale_language_name (draft->notice->language, g_get_language_names ()[0]) : NULL;

  if (language == NULL || *language == '\0')
    return g_steal_pointer (&reach);

  return g_strdup_printf ("%s · %s", reach, language);
}

static char *
held_words (LiaNotice *notice)
{
  g_autofree char *until = lia_format_moment (notice->held_ms, lia_time_now ());

  /* Translators: %s is a day and a time */
  return g_strdup_printf (_ ("This customer was told of something else a short time ago, and is left alone until %s. You can send it all the same."), until);
}

/** lia_notice_words_warning: (transfer full) (nullable): what is better known before it is sent. */
char *
lia_notice_words_warning (LiaNoticeDraft *draft)
{
  LiaNotice *notice = draft->notice;

  if (*notice->reason != '\0')
    return g_strdup (notice->reason);
  if (notice->state != LIA_NOTICE_DUE)
    return NULL;
  if (draft->way == LIA_NOTICE_BY_NOTHING && g_str_equal (notice->channel, "chat"))
    return g_strdup (_ ("They have left the chat and gave no address. What you send is seen when they come back to it."));
  if (draft->way == LIA_NOTICE_BY_NOTHING)
    return g_strdup (_ ("Neither an address nor a telephone number of this customer is known."));
  if (notice->held_ms != 0)
    return held_words (notice);
  if (draft->n_unfilled > 0)
    return g_strdup (_ ("Something in the message is still to be filled in."));

  return NULL;
}

/** lia_notice_words_issue: (transfer full): what the engineers say of it. */
char *
lia_notice_words_issue (LiaNotice *notice)
{
  LiaIssue *issue = notice->issue;

  if (issue == NULL)
    return g_strdup (_ ("Somebody here has said that it is fixed"));
  if (*issue->milestone != '\0')
    /* Translators: an issue's number, its state and its release */
    return g_strdup_printf (_ ("%s: %s, in %s"), issue->key, issue->state, issue->milestone);

  return g_strdup_printf ("%s: %s", issue->key, issue->state);
}

/** lia_notice_words_state: (transfer full): what has become of it; "" while it is simply to be done. */
char *
lia_notice_words_state (LiaNotice *notice)
{
  const gint64     now_ms = lia_time_now ();
  g_autofree char *moment = notice->told_ms != 0 ? lia_format_moment (notice->told_ms, now_ms) : notice->snooze_ms > now_ms ? lia_format_moment (notice->snooze_ms, now_ms)
                                                                                                                            : NULL;

  switch (notice->state)
    {
    case LIA_NOTICE_SENT:
      return g_strdup_printf (_ ("Told %s"), moment);
    case LIA_NOTICE_SKIPPED:
      return g_strdup (_ ("Not told"));
    case LIA_NOTICE_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    case LIA_NOTICE_DUE:
    default:
      if (moment != NULL)
        return g_strdup_printf (_ ("Later: %s"), moment);
      if (notice->held_ms != 0)
        return g_strdup (_ ("Was told of something else just now"));
      return g_strdup (*notice->reason != '\0' ? _ ("Was not reached") : "");
    }
}

/** lia_notice_words_row: (transfer full): all of a row of the list, for those who hear it. */
char *
lia_notice_words_row (LiaNotice *notice)
{
  g_autofree char *name = lia_notice_words_name (notice);
  g_autofree char *state = lia_notice_words_state (notice);

  if (*state == '\0')
    /* Translators: a customer, a channel, what is fixed */
    return g_strdup_printf (_ ("%s, %s, %s"), name, lia_channel_title (notice->channel), notice->title);

  return g_strdup_printf (_ ("%s, %s, %s, %s"), name, lia_channel_title (notice->channel), notice->title, state);
}
