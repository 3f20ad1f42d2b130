/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-template-known.h"

#include "lia-phone-number.h"

#include <string.h>

/*
 * The values of placeholders from the values of core. Issues are added by whoever knows them.
 *
 * Senders write one name, in any shape. A first name is only made of it where that is sure: "Hello Dr.," or "Hello Support," is worse than the
 * fallback, so in doubt there is none.
 */

/* Compared without dots, in lower case */
static const char *const titles[] = {
  "dr",
  "prof",
  "mr",
  "mrs",
  "ms",
  "miss",
  "mx",
  "sir",
  "herr",
  "frau",
  "dipl-ing",
  "ing",
  "mag",
  "m",
  "mme",
  "mlle",
  "sr",
  "sra",
  "sig",
  "rev",
};
static const char *const suffixes[] = { "jr", "sr", "ii", "iii", "phd", "md", "msc", "bsc", "mba" };
static const char *const no_people[] = {
  "gmbh",
  "ag",
  "kg",
  "ohg",
  "ug",
  "ev",
  "inc",
  "ltd",
  "llc",
  "plc",
  "corp",
  "co",
  "company",
  "sa",
  "sarl",
  "srl",
  "spa",
  "bv",
  "nv",
  "oy",
  "ab",
  "as",
  "support",
  "team",
  "service",
  "services",
  "info",
  "office",
  "sales",
  "billing",
  "noreply",
  "no-reply",
  "admin",
  "the",
  "and",
  "und",
  "&",
};
static const char *const particles[] = { "van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "al", "el", "bin", "ibn", "ter", "ten", "st" };

static gboolean
is_one_of (const char        *word,
           const char *const *words,
           guint              n_words)
{
  g_autofree char *plain = g_utf8_strdown (word, -1);
  char            *to = plain;

  for (const char *from = plain; *from != '\0'; from++)
    {
      if (*from != '.' && *from != ',')
        *to++ = *from;
    }
  *to = '\0';

  for (guint i = 0; i < n_words; i++)
    {
      if (strcmp (plain, words[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* In these scripts, as good as always, the family's name stands first, or there are no blanks. */
static gboolean
family_first (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = g_unichar_get_script (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA || script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL)
        return TRUE;
    }

  return FALSE;
}

/* "Lee, Ann" -> "Ann Lee"; "Ann Lee, PhD" -> "Ann Lee" */
static char *
in_order (const char *name)
{
  const char      *comma = strchr (name, ',');
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;

  if (comma == NULL)
    return g_strdup (name);

  family = g_strstrip (g_strndup (name, comma - name));
  given = g_strstrip (g_strdup (comma + 1));

  return is_one_of (given, suffixes, G_N_ELEMENTS (suffixes)) ? g_steal_pointer (&family) : g_strdup_printf ("%s %s", given, family);
}

static gboolean
is_decoration (const char *word,
               gboolean    last)
{
  return last ? is_one_of (word, suffixes, G_N_ELEMENTS (suffixes)) : is_one_of (word, titles, G_N_ELEMENTS (titles));
}

/* The words of a person's name without titles, at least two of them; NULL if it may be no person's */
static GStrv
split_name (const char *name)
{
  g_autofree char *ordered = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  if (name == NULL || strlen (name) > 200 || !g_utf8_validate (name, -1, NULL) || strpbrk (name, "@0123456789()[]<>\"/|:;+") != NULL || family_first (name))
    return NULL;

  ordered = in_order (name);
  words = g_strsplit_set (ordered, " \t\r\n", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (is_one_of (words[i], no_people, G_N_ELEMENTS (no_people)))
        return NULL;
      if (words[i][0] != '\0' && !is_decoration (words[i], words[i + 1] == NULL && i > 0))
        g_strv_builder_add (builder, words[i]);
    }

  kept = g_strv_builder_end (builder);

  return g_strv_length (kept) >= 2 ? g_steal_pointer (&kept) : NULL;
}

/** lia_template_first_name: of "Ann Lee", "Lee, Ann" or "Dr. Ann Lee": "Ann". NULL where that is not sure. */
char *
lia_template_first_name (const char *name)
{
  g_auto (GStrv) words = split_name (name);

  if (words == NULL || g_utf8_strlen (words[0], -1) < 2 || g_str_has_suffix (words[0], "."))
    return NULL;

  return g_strdup (words[0]);
}

/** lia_template_last_name: of "Ann van der Lee": "van der Lee". NULL where that is not sure. */
char *
lia_template_last_name (const char *name)
{
  g_auto (GStrv) words = split_name (name);
  guint n = words != NULL ? g_strv_length (words) : 0;
  guint from = n - 1;

  if (words == NULL)
    return NULL;

  while (from > 1 && is_one_of (words[from - 1], particles, G_N_ELEMENTS (particles)))
    from--;

  return g_strjoinv (" ", words + from);
}

static void
take_text (LiaTemplateMap *self,
           const char     *name,
           const char     *text)
{
  lia_template_map_take (self, name, lia_template_value_new_text (text));
}

static void
take_person (LiaTemplateMap *self,
             const char     *name,
             const char     *first_key,
             const char     *last_key)
{
  g_autofree char *first = lia_template_first_name (name);
  g_autofree char *last = lia_template_last_name (name);

  take_text (self, first_key, first);
  if (last_key != NULL)
    take_text (self, last_key, last);
}

static const char *
first_address (LiaCustomer *customer,
               const char  *kind)
{
  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      const LiaAddress *address = g_ptr_array_index (customer->addresses, i);

      if (g_strcmp0 (address->name, kind) == 0)
        return address->address;
    }

  return NULL;
}

/** lia_template_map_add_customer: also the conversation's language, if nobody knows it better. */
void
lia_template_map_add_customer (LiaTemplateMap *self,
                               LiaCustomer    *customer)
{
  take_text (self, "customer.name", customer->name);
  take_person (self, customer->name, "customer.first_name", "customer.last_name");
  take_text (self, "customer.company", customer->org);
  take_text (self, "customer.email", first_address (customer, "email"));
  take_text (self, "customer.phone", first_address (customer, "phone"));
  take_text (self, "customer.language", customer->lang);
  take_text (self, "conversation.language", customer->lang);
}

/** lia_template_map_add_agent: who writes. */
void
lia_template_map_add_agent (LiaTemplateMap *self,
                            LiaAgent       *agent)
{
  take_text (self, "agent.name", agent->name);
  take_person (self, agent->name, "agent.first_name", NULL);
  take_text (self, "agent.email", agent->address);
  take_text (self, "agent.extension", agent->extension);
}

/** lia_template_map_add_conversation: its customer is added apart. */
void
lia_template_map_add_conversation (LiaTemplateMap  *self,
                                   LiaConversation *conversation)
{
  take_text (self, "conversation.subject", conversation->subject);
  take_text (self, "conversation.number", conversation->id);
  take_text (self, "conversation.channel", conversation->channel);
  take_text (self, "conversation.language", conversation->language);
  lia_template_map_take (self, "conversation.tags", lia_template_value_new_list ((const char *const *)conversation->tags));
  lia_template_map_take (self, "conversation.created", lia_template_value_new_time (conversation->created_ms));
  lia_template_map_take (self, "conversation.due", lia_template_value_new_time (conversation->due_ms));
}

static void
take_hours (LiaTemplateMap *self,
            LiaHours       *hours,
            gint64          now_ms)
{
  LiaHoursState state = lia_hours_at (hours, now_ms);

  lia_template_map_take (self, "hours", lia_template_value_new_hours (hours, now_ms));
  lia_template_map_take (self, "hours.open", lia_template_value_new_truth (state.open));
  lia_template_map_take (self, "hours.next_open", lia_template_value_new_time (state.opens_ms));
  lia_template_map_take (self, "hours.closes", lia_template_value_new_time (state.closes_ms));
}

/** lia_template_map_add_queue: the queue that the conversation is in. Of one without hours no more is promised than that somebody is there. */
void
lia_template_map_add_queue (LiaTemplateMap *self,
                            LiaQueue       *queue,
                            gint64          now_ms)
{
  take_text (self, "queue.name", queue->name);
  if (queue->hours != NULL)
    take_hours (self, queue->hours, now_ms);
  else
    lia_template_map_take (self, "hours.open", lia_template_value_new_truth (TRUE));
}

/** lia_template_map_add_callers: who waits on the telephone in the conversation's queue. @longest_ms: how long the first in line has waited. */
void
lia_template_map_add_callers (LiaTemplateMap *self,
                              guint           n_waiting,
                              gint64          longest_ms)
{
  lia_template_map_take (self, "queue.waiting", lia_template_value_new_number (n_waiting));
  lia_template_map_take (self, "queue.wait_minutes", lia_template_value_new_number ((double)((longest_ms + 59999) / 60000)));
}

/** lia_template_map_add_issue: the newest one that something said in the conversation became. */
void
lia_template_map_add_issue (LiaTemplateMap *self,
                            LiaIssue       *issue)
{
  take_text (self, "issue.key", issue->key);
  take_text (self, "issue.title", issue->title);
  take_text (self, "issue.state", issue->state);
  take_text (self, "issue.url", issue->url);
  take_text (self, "issue.release", issue->milestone);
}

/** lia_template_map_add_call: @number: of the other end of the conversation's last call, as the PBX told it. */
void
lia_template_map_add_call (LiaTemplateMap *self,
                           const char     *number)
{
  g_autofree char *shown = lia_phone_number_is_withheld (number) ? NULL : lia_phone_number_format (number, NULL);

  take_text (self, "call.number", shown);
}
