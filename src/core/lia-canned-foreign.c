/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-foreign.h"

#include "lia-html.h"
#include "lia-template.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Texts of other help desks -> our language of templates. They write placeholders as {{ticket.requester.first_name}} (Zendesk, Freshdesk, Front,
 * Chatwoot, Gorgias, HubSpot, Intercom), #{ticket.customer.firstname} (Zammad) or {%customer.firstName,fallback=there%} (Help Scout), with
 * fallbacks as `| default: "there"` or `| fallback: "there"`, and whom a placeholder is about by paths of words. What is not known becomes a
 * field that the agent fills in, and a note says so: nothing is ever sent with braces.
 */

#define MAX_TEXT_BYTES (256 * 1024)
#define MAX_NAME_BYTES 80

typedef struct
{
  const char *theirs;
  const char *ours;
} Pair;

/* Whom it is about, longer paths first. All words are in lower case, without _ and blanks. */
static const Pair subjects[] = {
  { "ticket.requester", "customer" },
  { "ticket.submitter", "customer" },
  { "ticket.customer", "customer" },
  { "ticket.contact", "customer" },
  { "conversation.customer", "customer" },
  { "requester", "customer" },
  { "customer", "customer" },
  { "contact", "customer" },
  { "recipient", "customer" },
  { "visitor", "customer" },
  { "lead", "customer" },
  { "client", "customer" },
  { "ticket.assignee", "agent" },
  { "ticket.agent", "agent" },
  { "ticket.owner", "agent" },
  { "conversation.assignee", "agent" },
  { "currentuser", "agent" },
  { "currentagent", "agent" },
  { "assignee", "agent" },
  { "agent", "agent" },
  { "teammate", "agent" },
  { "user", "agent" },
  { "ticket.group", "queue" },
  { "ticket.queue", "queue" },
  { "group", "queue" },
  { "inbox", "queue" },
  { "mailbox", "queue" },
  { "ticket", "conversation" },
  { "conversation", "conversation" },
  { "message", "conversation" },
};

static const Pair properties[] = {
  { "customer.name", "customer.name" },
  { "customer.fullname", "customer.name" },
  { "customer.firstname", "customer.first_name" },
  { "customer.lastname", "customer.last_name" },
  { "customer.email", "customer.email" },
  { "customer.handle", "customer.email" },
  { "customer.phone", "customer.phone" },
  { "customer.phonenumber", "customer.phone" },
  { "customer.mobile", "customer.phone" },
  { "customer.company", "customer.company" },
  { "customer.companyname", "customer.company" },
  { "customer.company.name", "customer.company" },
  { "customer.organization", "customer.company" },
  { "customer.organization.name", "customer.company" },
  { "customer.language", "customer.language" },
  { "customer.locale", "customer.language" },
  { "agent.name", "agent.name" },
  { "agent.fullname", "agent.name" },
  { "agent.firstname", "agent.first_name" },
  { "agent.email", "agent.email" },
  { "agent.extension", "agent.extension" },
  { "queue.name", "queue.name" },
  { "conversation.id", "conversation.number" },
  { "conversation.number", "conversation.number" },
  { "conversation.displayid", "conversation.number" },
  { "conversation.publicid", "conversation.number" },
  { "conversation.ticketid", "conversation.number" },
  { "conversation.title", "conversation.subject" },
  { "conversation.subject", "conversation.subject" },
  { "conversation.tags", "conversation.tags" },
  { "conversation.createdat", "conversation.created" },
  { "conversation.created", "conversation.created" },
  { "conversation.createdon", "conversation.created" },
  { "conversation.dueby", "conversation.due" },
  { "conversation.duebytime", "conversation.due" },
  { "conversation.duedate", "conversation.due" },
  { "conversation.organization.name", "customer.company" },
  { "conversation.account", "customer.company" },
  { "account.name", "customer.company" },
  { "firstname", "customer.first_name" },
  { "lastname", "customer.last_name" },
  { "companyname", "customer.company" },
};

static const char *
look_up (const Pair *pairs,
         guint       n_pairs,
         const char *theirs)
{
  for (guint i = 0; i < n_pairs; i++)
    if (strcmp (pairs[i].theirs, theirs) == 0)
      return pairs[i].ours;

  return NULL;
}

/* "Ticket.Requester.First_Name" -> "customer.first_name"; NULL: not known */
static const char *
translate_name (const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at++)
    if (*at != '_' && *at != ' ' && *at != '-')
      g_string_append_c (plain, g_ascii_tolower (*at));

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      gsize            length = strlen (subjects[i].theirs);
      g_autofree char *ours = NULL;
      const char      *found;

      if (strncmp (plain->str, subjects[i].theirs, length) != 0 || plain->str[length] != '.')
        continue;
      ours = g_strconcat (subjects[i].ours, plain->str + length, NULL);
      found = look_up (properties, G_N_ELEMENTS (properties), ours);
      if (found != NULL)
        return found;
    }

  return look_up (properties, G_N_ELEMENTS (properties), plain->str);
}

/* `default: "there"`, `fallback="there"` -> there; NULL: none, or one that says more than a text */
static char *
read_fallback (const char *filter)
{
  static const char *const words[] = { "default", "fallback" };
  g_autofree char         *rest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words) && rest == NULL; i++)
    if (g_ascii_strncasecmp (filter, words[i], strlen (words[i])) == 0)
      rest = g_strdup (filter + strlen (words[i]));
  if (rest == NULL)
    return NULL;

  g_strstrip (rest);
  if (*rest == ':' || *rest == '=')
    *rest = ' ';
  g_strstrip (rest);
  if (strlen (rest) >= 2 && (*rest == '"' || *rest == '\'') && rest[strlen (rest) - 1] == *rest)
    {
      rest[strlen (rest) - 1] = '\0';
      *rest = ' ';
      g_strchug (rest);
    }
  if (strpbrk (rest, "\"\\{}|\r\n") != NULL)
    return NULL;

  return g_steal_pointer (&rest);
}

static void
note (GPtrArray  *notes,
      const char *text)
{
  if (!g_ptr_array_find_with_equal_func (notes, text, g_str_equal, NULL))
    g_ptr_array_add (notes, g_strdup (text));
}

/* Braces that are meant; also the one in front of a tag, with which it would be three */
static void
append_braces (GString *out,
               gsize    n)
{
  g_string_append (out, "{{\"");
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, '{');
  g_string_append (out, "\"}}");
}

static void
before_tag (GString *out)
{
  if (!g_str_has_suffix (out->str, "{"))
    return;

  g_string_truncate (out, out->len - 1);
  append_braces (out, 1);
}

/* What stands there instead asks the agent */
static void
append_field (GString    *out,
              const char *name,
              const char *as_written,
              GPtrArray  *notes)
{
  g_autofree char *label = g_strdelimit (g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME_BYTES)), "_.\"\\{}\r\n", ' ');
  g_autofree char *text = NULL;

  g_strstrip (label);
  g_string_append_printf (out, "{{ask \"%s\"}}", *label != '\0' ? label : "?");
  text = g_strdup_printf (_ ("%s is not known here. It has become a field to fill in."), as_written);
  note (notes, text);
}

/* The inside of a placeholder */
static void
append_placeholder (GString    *out,
                    const char *inside,
                    const char *as_written,
                    GPtrArray  *notes)
{
  g_auto (GStrv) parts = g_strsplit_set (inside, "|,", 2);
  g_autofree char *fallback = NULL;
  const char      *ours;

  if (parts[0] == NULL)
    {
      note (notes, _ ("An empty placeholder was left out."));
      return;
    }
  g_strstrip (parts[0]);
  if (parts[1] != NULL)
    fallback = read_fallback (g_strstrip (parts[1]));

  before_tag (out);
  ours = translate_name (parts[0]);
  if (ours == NULL)
    append_field (out, parts[0], as_written, notes);
  else if (fallback != NULL)
    g_string_append_printf (out, "{{%s|\"%s\"}}", ours, fallback);
  else
    g_string_append_printf (out, "{{%s}}", ours);
}

typedef struct
{
  const char *open;
  const char *close;
} Marks;

static const Marks marks[] = { { "{{{", "}}}" }, { "{{", "}}" }, { "#{", "}" }, { "{%", "%}" } };

/* Conditions and loops of another language: their marks would go out to customers as words. */
static gboolean
is_statement (const char *inside)
{
  static const char *const words[] = { "if", "elsif", "else", "endif", "case", "when", "endcase", "assign", "for", "endfor", "unless", "endunless", "comment", "endcomment", "capture", "endcapture" };
  g_autofree char         *word = g_strdup (inside + strspn (inside, " \t\n-#/^"));

  word[strcspn (word, " \t\n-")] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;

  return FALSE;
}

/* @at is at opening marks, or not. Returns: behind the closing ones, or NULL */
static const char *
take_tag (const char *at,
          GString    *out,
          GPtrArray  *notes)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gsize            open = strlen (marks[i].open);
      const char      *inside = at + open;
      const char      *end = strncmp (at, marks[i].open, open) == 0 ? strstr (inside, marks[i].close) : NULL;
      const char      *line = end != NULL ? memchr (inside, '\n', end - inside) : NULL;
      g_autofree char *name = NULL;
      g_autofree char *as_written = NULL;

      if (end == NULL || line != NULL || end - inside > 500)
        continue;
      name = g_strndup (inside, end - inside);
      as_written = g_strndup (at, end + strlen (marks[i].close) - at);
      if (is_statement (name))
        {
          g_autofree char *text = g_strdup_printf (_ ("The condition %s cannot be taken over. Write it anew."), as_written);

          note (notes, text);
        }
      else
        append_placeholder (out, name, as_written, notes);

      return end + strlen (marks[i].close);
    }

  return NULL;
}

static gboolean
looks_like_html (const char *text)
{
  static const char *const tags[] = { "<p>", "<p ", "<div", "<br", "<ul>", "<ol>", "<span", "<a href", "<strong", "<b>", "<em>", "<table", "&nbsp;" };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (strstr (text, tags[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* As it is, if our language understands it. */
static gboolean
is_ours (const char *text)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = NULL;

  if (strstr (text, "#{") != NULL || strstr (text, "{%") != NULL)
    return FALSE;
  template = lia_template_parse (text, &errors);

  return template != NULL;
}

/**
 * lia_canned_foreign_translate:
 * @text: UTF-8, plain or HTML
 * @notes: char *, what could not be taken over is added, in plain words and the agent's language
 *
 * Returns: (transfer full): the text in our language of templates; the same, if it is so already
 */
char *
lia_canned_foreign_translate (const char *text,
                              GPtrArray  *notes)
{
  g_autofree char *plain = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  if (looks_like_html (text))
    {
      if (strstr (text, "<img") != NULL)
        note (notes, _ ("A picture in the text was left out."));
      text = plain = g_strchomp (lia_html_to_text (text, strlen (text), MAX_TEXT_BYTES));
    }
  if (is_ours (text))
    return g_strdup (text);

  while (*text != '\0')
    {
      const char *after = take_tag (text, out, notes);

      if (after == NULL)
        {
          gsize opening = strspn (text, "{");

          if (opening >= 2)
            append_braces (out, opening);
          else
            g_string_append_c (out, *text);
          after = text + MAX (opening, 1);
        }
      text = after;
    }

  return g_string_free_and_steal (g_steal_pointer (&out));
}
