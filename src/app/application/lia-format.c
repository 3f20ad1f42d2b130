/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words for times, states and views, as lists show them. Pure: the present is an argument. Days are the user's local days.
 */
#include "lia-format.h"

#include <glib/gi18n.h>

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

static GDateTime *
local_time (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);

  return utc == NULL ? g_date_time_new_from_unix_local (0) : g_date_time_to_local (utc);
}

/* Whole local days from the day of @from to the day of @to. */
static int
days_between (GDateTime *from,
              GDateTime *to)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (from), g_date_time_get_month (from), g_date_time_get_year (from));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (to), g_date_time_get_month (to), g_date_time_get_year (to));
  return g_date_days_between (&a, &b);
}

/**
 * lia_format_time:
 *
 * Returns: (transfer full): a time in the past as short as a list row needs it: "Now", "5 min", "14:32", "Yesterday", "Mon", "12 Mar", "12 Mar 2024"
 */
char *
lia_format_time (gint64 time_ms,
                 gint64 now_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);
  g_autoptr (GDateTime) now = local_time (now_ms);
  gint64 age_ms = now_ms - time_ms;
  int    days = days_between (time, now);

  if (time_ms <= 0)
    return g_strdup ("");
  if (age_ms < MINUTE_MS && age_ms > -MINUTE_MS)
    return g_strdup (_ ("Now"));
  if (age_ms > 0 && age_ms < HOUR_MS)
    return g_strdup_printf (_ ("%d min"), (int)(age_ms / MINUTE_MS));
  if (days == 0)
    return g_date_time_format (time, _ ("%H:%M"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    return g_date_time_format (time, "%a");
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    return g_date_time_format (time, _ ("%-d %b"));
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/** lia_format_day: (transfer full): a day that fits into a sentence: "12 Mar 2024" */
char *
lia_format_day (gint64 time_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);

  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/**
 * lia_format_moment:
 *
 * Returns: (transfer full): a time with its day, in the past or to come: "14:32", "tomorrow 09:00", "Mon 09:00", "12 Mar 09:00"
 */
char *
lia_format_moment (gint64 time_ms,
                   gint64 now_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);
  g_autoptr (GDateTime) now = local_time (now_ms);
  int days = days_between (now, time);

  if (days == 0)
    return g_date_time_format (time, _ ("%H:%M"));
  if (days == 1)
    return g_date_time_format (time, _ ("tomorrow %H:%M"));
  if (days > 1 && days < 7)
    return g_date_time_format (time, _ ("%a %H:%M"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    return g_date_time_format (time, _ ("%-d %b %H:%M"));
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

/**
 * lia_format_span:
 *
 * Returns: (transfer full): a duration in one unit: "3 min", "2 h", "4 days"
 */
char *
lia_format_span (gint64 span_ms)
{
  if (span_ms < HOUR_MS)
    return g_strdup_printf (_ ("%d min"), (int)MAX (span_ms / MINUTE_MS, 0));
  if (span_ms < 2 * DAY_MS)
    return g_strdup_printf (_ ("%d h"), (int)(span_ms / HOUR_MS));
  return g_strdup_printf (ngettext ("%d day", "%d days", span_ms / DAY_MS), (int)(span_ms / DAY_MS));
}

LiaDueUrgency
lia_due_urgency (LiaConversation *conversation,
                 gint64           now_ms)
{
  if (conversation->state == LIA_CONVERSATION_CLOSED)
    return LIA_DUE_NONE;
  if (conversation->state == LIA_CONVERSATION_SNOOZED && conversation->snooze_until_ms > now_ms)
    return LIA_DUE_SNOOZED;
  if (conversation->due_ms == 0)
    return LIA_DUE_NONE;
  if (conversation->due_ms <= now_ms)
    return LIA_DUE_OVERDUE;
  return conversation->due_ms - now_ms < HOUR_MS ? LIA_DUE_SOON : LIA_DUE_LATER;
}

/**
 * lia_format_due:
 *
 * Returns: (transfer full): what a due pill says; empty when nothing is due
 */
char *
lia_format_due (LiaConversation *conversation,
                gint64           now_ms)
{
  g_autofree char *span = NULL;
  g_autofree char *moment = NULL;

  switch (lia_due_urgency (conversation, now_ms))
    {
    case LIA_DUE_LATER:
    case LIA_DUE_SOON:
      /* To the minute rounded up: "Due in 0 min" helps nobody. */
      span = lia_format_span (conversation->due_ms - now_ms + MINUTE_MS - 1);
      return g_strdup_printf (_ ("Due in %s"), span);
    case LIA_DUE_OVERDUE:
      span = lia_format_span (now_ms - conversation->due_ms);
      return g_strdup_printf (_ ("%s overdue"), span);
    case LIA_DUE_SNOOZED:
      moment = lia_format_moment (conversation->snooze_until_ms, now_ms);
      return g_strdup_printf (_ ("Until %s"), moment);
    case LIA_DUE_NONE:
    default:
      return g_strdup ("");
    }
}

const char *
lia_format_state (LiaConversation *conversation)
{
  switch (conversation->state)
    {
    case LIA_CONVERSATION_PENDING:
      return _ ("Waiting for the customer");
    case LIA_CONVERSATION_SNOOZED:
      return _ ("Snoozed");
    case LIA_CONVERSATION_CLOSED:
      return _ ("Closed");
    case LIA_CONVERSATION_OPEN:
    default:
      return _ ("Open");
    }
}

/** lia_format_customer: (transfer full): the name, else the address; who withholds the number has neither, and who only chats has one for machines. */
char *
lia_format_customer (const LiaAddress *customer)
{
  g_autofree char *name = lia_address_show (customer);

  if (lia_address_find_site (name) != NULL)
    return g_strdup_printf (_ ("Visitor %.4s"), name + strlen (LIA_ADDRESS_VISITOR));

  return g_strdup (*name != '\0' ? name : _ ("Unknown Caller"));
}

/** lia_format_address: (transfer full): a number as people write it; a visitor of a web site has no address but the site. */
char *
lia_format_address (const char *address)
{
  const char *site = lia_address_find_site (address);

  return site != NULL ? g_strdup_printf (_ ("Chat on %s"), site) : lia_address_show_bare (address);
}

/** lia_format_subject: what a conversation is about; calls and chats have no subject until somebody gives them one. */
const char *
lia_format_subject (LiaConversation *conversation)
{
  if (conversation->subject != NULL && *conversation->subject != '\0')
    return conversation->subject;
  if (g_strcmp0 (conversation->channel, "phone") == 0)
    return _ ("Phone call");

  return g_strcmp0 (conversation->channel, "chat") == 0 ? _ ("Chat") : _ ("(no subject)");
}

static const struct
{
  const char *kind;
  const char *title; /* NULL: the engine's name */
  const char *icon;
} view_kinds[] = {
  { "mine", N_ ("My Work"), "avatar-default-symbolic" },
  { "waiting", N_ ("Waiting"), "lia-waiting-symbolic" },
  { "queue", NULL, "lia-queue-symbolic" },
  { "callbacks", N_ ("Callbacks"), "lia-callback-symbolic" },
  { "followups", N_ ("Follow-ups"), "alarm-symbolic" },
  { "closed", N_ ("Closed"), "lia-check-round-symbolic" },
  { "all", N_ ("All Open"), "lia-tray-symbolic" },
};

const char *
lia_view_title (LiaView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (view_kinds); i++)
    if (view_kinds[i].title != NULL && g_strcmp0 (view->kind, view_kinds[i].kind) == 0)
      return _ (view_kinds[i].title);
  return view->name;
}

const char *
lia_view_icon (LiaView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (view_kinds); i++)
    if (g_strcmp0 (view->kind, view_kinds[i].kind) == 0)
      return view_kinds[i].icon;
  return "lia-queue-symbolic";
}

const char *
lia_channel_icon (const char *channel)
{
  if (g_strcmp0 (channel, "phone") == 0)
    return "call-start-symbolic";
  if (g_strcmp0 (channel, "chat") == 0)
    return "lia-chat-symbolic";
  return "lia-mail-symbolic";
}

const char *
lia_channel_title (const char *channel)
{
  if (g_strcmp0 (channel, "phone") == 0)
    return _ ("Phone");
  if (g_strcmp0 (channel, "chat") == 0)
    return _ ("Chat");
  return _ ("E-mail");
}
