/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-entry-words.h"

#include "lia-agent.h"
#include "lia-call-words.h"
#include "lia-entry-details.h"
#include "lia-finding-enums.h"
#include "lia-template-locale.h"
#include "lia-time.h"

#include "lia-config.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#define ROW_TEXT_CHARS 160

static GDateTime *
local_time (gint64 time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time_ms * 1000);

  return utc != NULL ? g_date_time_to_local (utc) : g_date_time_new_from_unix_local (0);
}

static int
day_number (GDateTime *time)
{
  GDate date;
  int   year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);

  return (int)g_date_get_julian (&date);
}

/** lia_words_day: a heading for all entries of that day: "Today", "Yesterday", "Monday", "12 March", "12 March 2025". */
char *
lia_words_day (gint64 time_ms,
               gint64 now_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);
  g_autoptr (GDateTime) now = local_time (now_ms);
  int days = day_number (now) - day_number (time);

  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < 7)
    return g_date_time_format (time, "%A");
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a date without its year, as in "Thursday, 12 March" */
    return g_date_time_format (time, _ ("%A, %-d %B"));

  /* Translators: a date with its year, as in "12 March 2025" */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

/** lia_words_time: the time of day, with 12 or 24 hours as the locale has it. */
char *
lia_words_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);
  const char *format = nl_langinfo (T_FMT);
  gboolean    half_days = strstr (format, "%p") != NULL || strstr (format, "%r") != NULL || strstr (format, "%I") != NULL;

  return g_date_time_format (time, half_days ? "%-I:%M\u202f%p" : "%H:%M");
}

char *
lia_words_full_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = local_time (time_ms);
  g_autofree char *clock = lia_words_time (time_ms);
  /* Translators: a date and its weekday, before a time of day */
  g_autofree char *date = g_date_time_format (time, _ ("%A, %-d %B %Y"));

  /* Translators: a date and a time of day */
  return g_strdup_printf (_ ("%s, %s"), date, clock);
}

gboolean
lia_words_same_day (gint64 a_ms,
                    gint64 b_ms)
{
  g_autoptr (GDateTime) a = NULL;
  g_autoptr (GDateTime) b = NULL;

  if (ABS (a_ms - b_ms) > 25 * 3600 * G_GINT64_CONSTANT (1000))
    return FALSE;

  a = local_time (a_ms);
  b = local_time (b_ms);

  return day_number (a) == day_number (b);
}

const char *
lia_words_kind (LiaEntry *entry)
{
  switch (entry->kind)
    {
    case LIA_ENTRY_EMAIL:
      return _ ("E-Mail");
    case LIA_ENTRY_CHAT:
      return _ ("Chat message");
    case LIA_ENTRY_CALL:
      return _ ("Call");
    case LIA_ENTRY_VOICEMAIL:
      return _ ("Voicemail");
    case LIA_ENTRY_NOTE:
      return _ ("Internal note");
    case LIA_ENTRY_STATE:
      return _ ("Change");
    case LIA_ENTRY_VISIT:
      return _ ("Page visit");
    case LIA_ENTRY_FINDING:
      return _ ("Feedback");
    case LIA_ENTRY_PROMISE:
      return _ ("Promise");
    case LIA_ENTRY_SURVEY:
      return _ ("Survey answer");
    default:
      return "";
    }
}

/** lia_words_finding_kind: of feedback, for a button. */
const char *
lia_words_finding_kind (LiaFindingKind kind)
{
  switch (kind)
    {
    case LIA_FINDING_USABILITY:
      return _ ("Hard to use");
    case LIA_FINDING_NEED:
      return _ ("Wish");
    case LIA_FINDING_PRAISE:
      return _ ("Praise");
    case LIA_FINDING_SITE_FAILED:
      return _ ("Site failed");
    case LIA_FINDING_BUG:
    default:
      return _ ("Fault");
    }
}

/* (transfer full): what the engineers have of it, "" for nothing */
static char *
finding_issue (LiaEntryDetails *details)
{
  if (*details->key == '\0')
    return g_strdup ("");
  if (*details->release == '\0')
    /* Translators: after what feedback is about: an issue of the engineers, its state in their tracker's own word */
    return g_strdup_printf (_ (" · issue %s: %s"), details->key, details->to);

  /* Translators: after what feedback is about: an issue of the engineers, its state in their tracker's own word, the release that it is planned for */
  return g_strdup_printf (_ (" · issue %s: %s, in %s"), details->key, details->to, details->release);
}

/* What the visitor of a chat said when we had closed it. */
static const char *
survey_caption (LiaEntry *entry)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);

  if (g_str_equal (details->kind, "good"))
    return _ ("It helped");
  if (g_str_equal (details->kind, "fair"))
    return _ ("It helped in part");

  return g_str_equal (details->kind, "bad") ? _ ("It did not help") : lia_words_kind (entry);
}

static char *
finding_caption (LiaEntry *entry)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);
  LiaFindingKind   kind = LIA_FINDING_BUG;
  g_autofree char *issue = finding_issue (details);
  g_autofree char *about = NULL;

  lia_finding_kind_from_string (details->kind, &kind);
  about = g_strdup_printf ("%s · %s%s", lia_words_finding_kind (kind), details->title, issue);
  if (entry->send_state == LIA_SEND_CANCELLED)
    /* Translators: feedback that was taken back: its kind and what it was about */
    return g_strdup_printf (_ ("Taken back: %s"), about);
  if (details->second < 0)
    return g_steal_pointer (&about);

  /* Translators: feedback: what it is about, then minutes and seconds */
  return g_strdup_printf (_ ("%s · at %d:%02d of the call"), about, (int)(details->second / 60), (int)(details->second % 60));
}

static void
append_people (GString    *text,
               const char *label,
               GPtrArray  *people)
{
  if (people == NULL || people->len == 0)
    return;

  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, label);
  g_string_append_c (text, ' ');

  for (guint i = 0; i < MIN (people->len, 4); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", lia_address_display_name (people->pdata[i]));
  if (people->len > 4)
    g_string_append_printf (text, " +%u", people->len - 4);
}

static char *
call_caption (LiaEntry *entry)
{
  g_autoptr (LiaCall) call = lia_entry_details_call (entry);
  g_autofree char *number = call != NULL ? lia_call_words_number (call) : NULL;

  if (call == NULL)
    return g_strdup (lia_words_kind (entry));

  return g_strdup_printf ("%s · %s", entry->kind == LIA_ENTRY_VOICEMAIL ? lia_words_kind (entry) : lia_call_words_title (call), number);
}

/* What an engineer wants to know is no note of ours */
static char *
note_caption (LiaEntry *entry)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);

  if (!g_str_equal (details->what, "question"))
    return g_strdup (_ ("Internal note"));

  return g_strdup_printf (details->settled ? _ ("Question of the engineers in issue %s · done") : _ ("Question of the engineers in issue %s"), details->key);
}

/** lia_words_caption: the small line under the author: to whom a mail went, what kind of call it was; NULL for none. */
char *
lia_words_caption (LiaEntry *entry)
{
  GString *text;

  switch (entry->kind)
    {
    case LIA_ENTRY_NOTE:
      return note_caption (entry);
    case LIA_ENTRY_CALL:
    case LIA_ENTRY_VOICEMAIL:
      return call_caption (entry);
    case LIA_ENTRY_EMAIL:
      text = g_string_new (NULL);
      append_people (text, _ ("to"), entry->to);
      append_people (text, _ ("cc"), entry->cc);
      append_people (text, _ ("bcc"), entry->bcc);
      return g_string_free (text, FALSE);
    case LIA_ENTRY_CHAT:
      return NULL;
    case LIA_ENTRY_FINDING:
      return finding_caption (entry);
    case LIA_ENTRY_STATE:
    case LIA_ENTRY_VISIT:
    case LIA_ENTRY_PROMISE:
      return g_strdup (lia_words_kind (entry));
    case LIA_ENTRY_SURVEY:
      return g_strdup (survey_caption (entry));
    default:
      return g_strdup (lia_words_kind (entry));
    }
}

static const char *
agent_name (GListModel *agents,
            const char *id)
{
  for (guint i = 0; agents != NULL && i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      /* Borrowed from the list, which outlives this line. */
      if (g_strcmp0 (agent->id, id) == 0)
        return agent->name;
    }

  return NULL;
}

static char *
assigned (LiaEntry        *entry,
          LiaEntryDetails *details,
          GListModel      *agents)
{
  const char *by = lia_address_display_name (entry->author);
  const char *name = agent_name (agents, details->assignee);

  if (g_strcmp0 (entry->author_id, details->assignee) == 0 && *by != '\0')
    /* Translators: an agent took a conversation */
    return g_strdup_printf (_ ("%s took this"), by);
  if (name != NULL && *by != '\0')
    /* Translators: whom a conversation was given to, and by whom */
    return g_strdup_printf (_ ("%2$s gave this to %1$s"), name, by);
  if (name != NULL)
    return g_strdup_printf (_ ("Given to %s"), name);

  return g_strdup (_ ("Given to a colleague"));
}

static char *
by_somebody (LiaEntry   *entry,
             const char *with_name,
             const char *without)
{
  g_autoptr (GString) text = NULL;
  const char *by = entry->author_kind == LIA_AUTHOR_SYSTEM ? "" : lia_address_display_name (entry->author);

  if (*by == '\0')
    return g_strdup (without);

  text = g_string_new (with_name);
  g_string_replace (text, "%s", by, 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
answered_in (const char *language)
{
  g_autofree char *name = *language != '\0' ? lia_template_locale_language_name (language, g_get_language_names ()[0]) : NULL;

  /* Translators: a language */
  return name != NULL ? g_strdup_printf (_ ("Answered in %s from now on"), name) : g_strdup (_ ("Answered in the language that the customer writes"));
}

/* Whether a customer has heard that what they asked for is fixed */
static char *
told (const LiaEntryDetails *details)
{
  if (g_str_equal (details->to, "skipped"))
    /* Translators: what a customer reported; why they do not hear that it is fixed */
    return g_strdup_printf (_ ("Not told that “%s” is fixed: %s"), details->title, details->reason);
  if (g_str_equal (details->to, "cancelled"))
    return g_strdup_printf (_ ("There is nothing to tell of “%s” any more"), details->title);
  if (g_str_equal (details->to, "phone"))
    return g_strdup_printf (_ ("A call is planned: “%s” is fixed"), details->title);

  return g_strdup_printf (_ ("Told that “%s” is fixed"), details->title);
}

/* How much something matters to the customer, as somebody has found out since */
static char *
weighed (LiaEntry              *entry,
         const LiaEntryDetails *details)
{
  g_autofree char *by = by_somebody (entry, _ ("%s noted"), _ ("Noted"));
  LiaImportance    importance = LIA_IMPORTANCE_NORMAL;

  lia_importance_from_string (details->to, &importance);
  switch (importance)
    {
    case LIA_IMPORTANCE_LOW:
      /* Translators: “Ann noted”; what a customer reported */
      return g_strdup_printf (_ ("%s of “%s” that it would be nice for the customer"), by, details->title);
    case LIA_IMPORTANCE_BLOCKING:
      return g_strdup_printf (_ ("%s of “%s” that the customer cannot go on without it"), by, details->title);
    case LIA_IMPORTANCE_NORMAL:
    default:
      return g_strdup_printf (_ ("%s of “%s” that it matters to the customer"), by, details->title);
    }
}

/* A page of our web site that is open during a call */
static char *
looked_at (const LiaEntryDetails *details)
{
  const char *page = *details->title != '\0' ? details->title : details->url;

  if (*page == '\0')
    /* Translators: six digits */
    return g_strdup_printf (_ ("Is on our web site (code %s)"), details->code);

  /* Translators: the title of a page; six digits */
  return g_strdup_printf (_ ("Looked at “%s” (code %s)"), page, details->code);
}

/** lia_words_state: what happened, as one sentence without a full stop. */
char *
lia_words_state (LiaEntry   *entry,
                 GListModel *agents)
{
  g_autoptr (LiaEntryDetails) details = lia_entry_details_new (entry);
  const char *what = details->what;

  if (g_str_equal (what, "assigned"))
    return assigned (entry, details, agents);
  if (g_str_equal (what, "released"))
    return by_somebody (entry, _ ("%s put this back for everybody"), _ ("Put back for everybody"));
  if (g_str_equal (what, "snoozed") && details->until_ms > 0)
    {
      g_autofree char *until = lia_words_full_time (details->until_ms);
      g_autofree char *text = by_somebody (entry, _ ("%s snoozed this"), _ ("Snoozed"));

      /* Translators: who snoozed it; until when */
      return g_strdup_printf (_ ("%s until %s"), text, until);
    }
  if (g_str_equal (what, "woken"))
    return g_strdup (_ ("Came back from snoozing"));
  if (g_str_equal (what, "closed"))
    return by_somebody (entry, _ ("%s closed this"), _ ("Closed"));
  if (g_str_equal (what, "reopened"))
    return by_somebody (entry, _ ("%s reopened this"), _ ("Reopened"));
  if (g_str_equal (what, "tagged"))
    return by_somebody (entry, _ ("%s changed the tags"), _ ("Tags changed"));
  if (g_str_equal (what, "renamed") && *details->subject != '\0')
    return g_strdup_printf (_ ("The subject is now “%s”"), details->subject);
  if (g_str_equal (what, "moved") && *details->queue_name != '\0')
    /* Translators: a queue */
    return g_strdup_printf (_ ("Moved to %s"), details->queue_name);
  if (g_str_equal (what, "language"))
    return answered_in (details->language);
  if (g_str_equal (what, "issue") && details->is_released && *details->release != '\0')
    /* Translators: an issue of the engineers, then the release that has it */
    return g_strdup_printf (_ ("The engineers’ issue %s is released in %s"), details->key, details->release);
  if (g_str_equal (what, "issue") && *details->to != '\0')
    /* Translators: an issue of the engineers, then its state in their tracker's own word */
    return g_strdup_printf (_ ("The engineers’ issue %s is “%s” now"), details->key, details->to);
  if (g_str_equal (what, "notice"))
    return told (details);
  if (g_str_equal (what, "importance"))
    return weighed (entry, details);
  if (g_str_equal (what, "page-code"))
    return looked_at (details);
  if (g_str_equal (what, "call-offered"))
    return by_somebody (entry, _ ("%s offered a call"), _ ("A call was offered"));
  if (g_str_equal (what, "call-declined"))
    return by_somebody (entry, _ ("%s does not want to be called"), _ ("No call is wanted"));
  if (g_str_equal (what, "joined"))
    return g_strdup_printf (*details->customer != '\0' ? _ ("Found to be the same customer by the code %s") : _ ("Joined by the code %s, which was read out in a call"),
                            details->code);
  if (entry->text != NULL && *entry->text != '\0')
    return g_strndup (entry->text, strcspn (entry->text, "\n"));

  return by_somebody (entry, _ ("%s changed this"), _ ("Changed"));
}

static const char *
without_prefixes (const char *subject)
{
  static const char *const prefixes[] = { "re:", "aw:", "fw:", "fwd:", "wg:", "sv:", "antw:", "rif:", "ref:" };
  gboolean                 found = TRUE;

  while (found)
    {
      found = FALSE;
      while (g_ascii_isspace (*subject))
        subject++;
      for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
        {
          if (g_ascii_strncasecmp (subject, prefixes[i], strlen (prefixes[i])) == 0)
            {
              subject += strlen (prefixes[i]);
              found = TRUE;
            }
        }
    }

  return subject;
}

/** lia_words_subject: the subject where it is news: NULL when @previous, the last one before, is the same but for "Re:". */
char *
lia_words_subject (LiaEntry   *entry,
                   const char *previous)
{
  const char *subject = entry->subject != NULL ? without_prefixes (entry->subject) : "";

  if (entry->kind != LIA_ENTRY_EMAIL || *subject == '\0')
    return NULL;
  if (previous != NULL && strcmp (without_prefixes (previous), subject) == 0)
    return NULL;

  return g_strdup (entry->subject);
}

static void
append_beginning (GString  *text,
                  LiaEntry *entry)
{
  const char *p = entry->text;
  gboolean    blank = FALSE;

  for (int n = 0; p != NULL && *p != '\0' && n < ROW_TEXT_CHARS; n++, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          blank = TRUE;
          continue;
        }
      if (blank)
        g_string_append_c (text, ' ');
      blank = FALSE;
      g_string_append_unichar (text, c);
    }

  if (p != NULL && *p != '\0')
    g_string_append (text, "…");
}

/**
 * lia_words_chat_state:
 * @seen: seq of the last entry that the visitor has seen, or 0
 *
 * Returns: (nullable): how far our chat message got, as long as nothing is wrong with it; NULL for what is none
 */
const char *
lia_words_chat_state (LiaEntry *entry,
                      gint64    seen)
{
  if (entry->kind != LIA_ENTRY_CHAT || entry->direction != LIA_DIRECTION_OUT)
    return NULL;
  if (entry->send_state != LIA_SEND_SENT && entry->send_state != LIA_SEND_DELIVERED)
    return NULL;
  if (entry->seq <= seen)
    return _ ("Seen");

  return entry->send_state == LIA_SEND_DELIVERED ? _ ("Delivered") : _ ("Sent");
}

/** lia_words_row: the whole entry for somebody who listens: author, kind, time, start of the text. */
char *
lia_words_row (LiaEntry   *entry,
               GListModel *agents)
{
  g_autofree char *time = lia_words_full_time (entry->at_ms);
  g_autofree char *author = lia_address_show (entry->author);
  GString         *text;

  if (entry->kind == LIA_ENTRY_STATE)
    {
      g_autofree char *state = lia_words_state (entry, agents);

      return g_strdup_printf ("%s, %s", state, time);
    }

  text = g_string_new (author);
  g_string_append_printf (text, ", %s, %s", lia_words_kind (entry), time);

  if (entry->kind == LIA_ENTRY_CALL || entry->kind == LIA_ENTRY_VOICEMAIL)
    {
      g_autoptr (LiaCall) call = lia_entry_details_call (entry);
      g_autofree char *caption = lia_words_caption (entry);
      g_autofree char *outcome = call != NULL ? lia_call_words_outcome (call, lia_time_now ()) : NULL;

      g_string_append_printf (text, ", %s", caption);
      if (outcome != NULL)
        g_string_append_printf (text, ", %s", outcome);
    }
  if (entry->attachments != NULL && entry->attachments->len > 0)
    {
      g_string_append (text, ", ");
      g_string_append_printf (text, ngettext ("%u attachment", "%u attachments", entry->attachments->len), entry->attachments->len);
    }
  if (entry->problem != NULL)
    g_string_append_printf (text, ", %s", entry->problem);
  if (entry->text != NULL && *entry->text != '\0')
    {
      g_string_append (text, ": ");
      append_beginning (text, entry);
    }

  return g_string_free (text, FALSE);
}
