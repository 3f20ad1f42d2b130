/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-placeholder.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Every placeholder that there is. A new one is a row here, and a value from whoever fills LiaTemplateValues; `today`, `tomorrow` and `now`
 * come from the clock of the context.
 */

#define NO_HOURS N_ ("none are set for this queue")
#define NO_ISSUE N_ ("no issue is linked")

static const LiaTemplatePlaceholder placeholders[] = {
  { "customer.name", N_ ("The customer’s name"), N_ ("Ann Lee"), LIA_TEMPLATE_TEXT },
  { "customer.first_name", N_ ("The customer’s first name"), N_ ("Ann"), LIA_TEMPLATE_TEXT },
  { "customer.last_name", N_ ("The customer’s last name"), N_ ("Lee"), LIA_TEMPLATE_TEXT },
  { "customer.company", N_ ("The customer’s company"), N_ ("Lee Gardens"), LIA_TEMPLATE_TEXT },
  { "customer.email", N_ ("The customer’s e-mail address"), "ann@example.com", LIA_TEMPLATE_TEXT },
  { "customer.phone", N_ ("The customer’s phone number"), "+49 30 1234567", LIA_TEMPLATE_TEXT },
  { "customer.language", N_ ("The customer’s language"), "de", LIA_TEMPLATE_TEXT },
  { "agent.name", N_ ("Your name"), N_ ("Bob Stone"), LIA_TEMPLATE_TEXT },
  { "agent.first_name", N_ ("Your first name"), N_ ("Bob"), LIA_TEMPLATE_TEXT },
  { "agent.email", N_ ("Your e-mail address"), "bob@example.org", LIA_TEMPLATE_TEXT },
  { "agent.extension", N_ ("Your extension"), "1001", LIA_TEMPLATE_TEXT },
  { "conversation.subject", N_ ("The subject"), N_ ("Printer on fire"), LIA_TEMPLATE_TEXT },
  { "conversation.number", N_ ("The conversation’s number"), "c_1042", LIA_TEMPLATE_TEXT },
  { "conversation.channel", N_ ("The channel: email, chat or phone"), "email", LIA_TEMPLATE_TEXT },
  { "conversation.language", N_ ("The conversation’s language"), "de", LIA_TEMPLATE_TEXT },
  { "conversation.tags", N_ ("The tags"), N_ ("invoice and refund"), LIA_TEMPLATE_LIST },
  { "conversation.created", N_ ("When the conversation began"), N_ ("20 November 2026 at 09:15"), LIA_TEMPLATE_TIME },
  { "conversation.due", N_ ("When an answer is due"), N_ ("22 November 2026 at 17:00"), LIA_TEMPLATE_TIME },
  { "queue.name", N_ ("The queue’s name"), N_ ("Support"), LIA_TEMPLATE_TEXT },
  { "queue.waiting", N_ ("How many callers wait in the queue"), "3", LIA_TEMPLATE_NUMBER },
  { "queue.wait_minutes", N_ ("How many minutes the first of them has waited"), "12", LIA_TEMPLATE_NUMBER },
  { "hours", N_ ("The opening hours"), N_ ("Mon – Fri 09:00 – 17:00"), LIA_TEMPLATE_OPENING_HOURS, NO_HOURS },
  { "hours.open", N_ ("Whether we are open now"), N_ ("yes"), LIA_TEMPLATE_TRUTH },
  { "hours.next_open", N_ ("When we open next"), N_ ("23 November 2026 at 09:00"), LIA_TEMPLATE_TIME, NO_HOURS },
  { "hours.closes", N_ ("When we close, while we are open"), N_ ("22 November 2026 at 17:00"), LIA_TEMPLATE_TIME },
  { "call.number", N_ ("The number of the last call"), "+49 30 1234567", LIA_TEMPLATE_TEXT, N_ ("there was no call") },
  { "issue.key", N_ ("The linked issue’s number"), "#314", LIA_TEMPLATE_TEXT, NO_ISSUE },
  { "issue.title", N_ ("The linked issue’s title"), N_ ("Printer catches fire"), LIA_TEMPLATE_TEXT, NO_ISSUE },
  { "issue.state", N_ ("The linked issue’s state"), N_ ("in progress"), LIA_TEMPLATE_TEXT, NO_ISSUE },
  { "issue.url", N_ ("The linked issue’s address"), "https://example.org/issues/314", LIA_TEMPLATE_TEXT, NO_ISSUE },
  { "issue.release", N_ ("The release with the fix"), "2.4", LIA_TEMPLATE_TEXT, NO_ISSUE },
  { "today", N_ ("Today"), N_ ("22 November 2026"), LIA_TEMPLATE_DATE },
  { "tomorrow", N_ ("Tomorrow"), N_ ("23 November 2026"), LIA_TEMPLATE_DATE },
  { "now", N_ ("Now"), N_ ("22 November 2026 at 14:37"), LIA_TEMPLATE_TIME },
  { "now.hour", N_ ("The hour of the day, 0 to 23"), "14", LIA_TEMPLATE_NUMBER },
};

/* What other help desks call it: responses that come from there get a useful suggestion. In the order in which they are tried. */
static const char *const other_words[][2] = {
  { "contact", "customer" },
  { "recipient", "customer" },
  { "requester", "customer" },
  { "client", "customer" },
  { "ticket.customer", "customer" },
  { "user", "agent" },
  { "owner", "agent" },
  { "assignee", "agent" },
  { "ticket", "conversation" },
  { "inbox", "queue" },
  { "mailbox", "queue" },
  { "group", "queue" },
  { "firstname", "first_name" },
  { "lastname", "last_name" },
  { "organization", "company" },
  { "fullname", "name" },
  { "full_name", "name" },
  { "id", "number" },
  { "title", "subject" },
};

/** lia_template_placeholders: all of them, in the order in which a menu shows them. */
const LiaTemplatePlaceholder *
lia_template_placeholders (guint *n_placeholders)
{
  *n_placeholders = G_N_ELEMENTS (placeholders);

  return placeholders;
}

/** lia_template_placeholder_find: the one of this very name, or NULL. */
const LiaTemplatePlaceholder *
lia_template_placeholder_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      if (strcmp (placeholders[i].name, name) == 0)
        return &placeholders[i];
    }

  return NULL;
}

/**
 * lia_template_word_distance: how many letters one has to change, add, drop or swap with the next to make @b of @a.
 *
 * Bytes, of words up to 40; longer ones are as far as can be.
 */
guint
lia_template_word_distance (const char *a,
                            const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[42][42];

  if (n > 40 || m > 40)
    return G_MAXUINT;

  for (gsize i = 0; i <= n; i++)
    {
      for (gsize j = 0; j <= m; j++)
        {
          if (i == 0 || j == 0)
            {
              rows[i][j] = i + j;
              continue;
            }

          rows[i][j] = MIN (MIN (rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            rows[i][j] = MIN (rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }

  return rows[n][m];
}

/* "Contact.FirstName" -> "customer.first_name": whole parts between dots only */
static char *
in_our_words (const char *name)
{
  g_autoptr (GString) words = g_string_new (".");
  g_autofree char *lower = g_ascii_strdown (name, -1);

  g_string_append (words, lower);
  g_string_append_c (words, '.');
  g_strdelimit (words->str, " -", '_');
  for (guint i = 0; i < G_N_ELEMENTS (other_words); i++)
    {
      g_autofree char *theirs = g_strdup_printf (".%s.", other_words[i][0]);
      g_autofree char *ours = g_strdup_printf (".%s.", other_words[i][1]);

      g_string_replace (words, theirs, ours, 1);
    }
  g_string_truncate (words, words->len - 1);
  g_string_erase (words, 0, 1);

  return g_string_free_and_steal (g_steal_pointer (&words));
}

static const char *
nearest (const char *name)
{
  const char *best = NULL;
  guint       best_distance = MIN (4, strlen (name) / 3 + 1); /* further away it is no slip but another word */

  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    {
      const char *last = strrchr (placeholders[i].name, '.');
      guint       distance = lia_template_word_distance (name, placeholders[i].name);

      /* "first_name" alone means the customer's, which stand first */
      if (last != NULL && strcmp (last + 1, name) == 0)
        distance = 0;
      if (distance < best_distance)
        {
          best = placeholders[i].name;
          best_distance = distance;
        }
    }

  return best;
}

/** lia_template_placeholder_suggest: the placeholder that @name may have meant, with a slip or in another program's words; or NULL. */
const char *
lia_template_placeholder_suggest (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *ours = NULL;
  const char      *found = strlen (name) <= 40 ? nearest (g_strdelimit (lower, " -", '_')) : NULL;

  if (found == NULL && strlen (name) <= 40)
    {
      ours = in_our_words (name);
      found = nearest (ours);
    }

  return found;
}

/** lia_template_placeholder_get_title: in the agent's language. */
const char *
lia_template_placeholder_get_title (const LiaTemplatePlaceholder *self)
{
  return _ (self->title);
}

/** lia_template_placeholder_get_example: what it may look like, in the agent's language. */
const char *
lia_template_placeholder_get_example (const LiaTemplatePlaceholder *self)
{
  return _ (self->example);
}

/** lia_template_placeholder_get_missing: (nullable): why there may be no value, in the agent's language. */
const char *
lia_template_placeholder_get_missing (const LiaTemplatePlaceholder *self)
{
  return self->missing != NULL ? _ (self->missing) : NULL;
}

/** lia_template_placeholder_dup_question: what the agent is asked where there is no value: what it is, and why it is missing. */
char *
lia_template_placeholder_dup_question (const LiaTemplatePlaceholder *self)
{
  if (self->missing == NULL)
    return g_strdup (_ (self->title));

  /* Translators: what is to be filled in by hand, and why: "The linked issue’s number (no issue is linked)". */
  return g_strdup_printf (_ ("%s (%s)"), _ (self->title), _ (self->missing));
}

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz_."

/** lia_template_find_placeholder: (transfer full) (nullable): the first tag in a letter that names a placeholder: it was meant for a response. */
char *
lia_template_find_placeholder (const char *text)
{
  for (const char *tag = strstr (text, "{{"); tag != NULL; tag = strstr (tag + 2, "{{"))
    {
      const char      *start = tag + 2 + strspn (tag + 2, " ");
      g_autofree char *name = g_strndup (start, strspn (start, NAME_LETTERS));
      const char      *end = strstr (start, "}}");

      if (end != NULL && lia_template_placeholder_find (name) != NULL)
        return g_strndup (tag, end + 2 - tag);
    }

  return NULL;
}
