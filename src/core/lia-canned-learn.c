/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-learn.h"

#include "lia-canned-change.h"
#include "lia-greeting.h"
#include "lia-language.h"
#include "lia-reply.h"

#include <string.h>

#define MAX_TITLE_CHARACTERS 80

/**
 * lia_canned_take_edit:
 * @suggestion: of %LIA_SUGGESTION_EDITED
 *
 * Returns: (transfer full) (nullable): @canned with the edit in each of its texts that has the sentence; NULL where none has it any more, or it is not
 *   known what it should become
 */
LiaCanned *
lia_canned_take_edit (LiaCanned     *canned,
                      LiaSuggestion *suggestion)
{
  LiaCannedEdit edit = { suggestion->before, suggestion->after };
  g_autoptr (LiaCanned) changed = lia_canned_copy (canned);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);
  gboolean is_changed = FALSE;

  for (guint i = 0; i < canned->variants->len && suggestion->after != NULL; i++)
    {
      LiaCannedVariant *text = canned->variants->pdata[i];
      g_autofree char  *body = lia_canned_apply_edit (text->body, &edit);
      LiaCannedVariant *copy = lia_canned_variant_copy (text);

      if (body != NULL)
        g_set_str (&copy->body, body);
      is_changed |= body != NULL;
      g_ptr_array_add (texts, copy);
    }
  if (!is_changed)
    return NULL;

  g_ptr_array_unref (changed->variants);
  changed->variants = g_steal_pointer (&texts);

  return g_steal_pointer (&changed);
}

/* Who was greeted is a placeholder: the next customer has another name. */
static char *
greet_anybody (const char *text)
{
  g_autoptr (LiaGreeting) greeting = lia_greeting_find (text);
  g_autofree char *before = NULL;
  const char      *name;

  if (greeting == NULL)
    return g_strdup (text);

  before = g_utf8_substring (text, 0, greeting->start);
  name = greeting->titled ? "{{customer.last_name}}" : strchr (greeting->name, ' ') != NULL ? "{{customer.name}}"
                                                                                            : "{{customer.first_name}}";

  return g_strconcat (before, name, g_utf8_offset_to_pointer (text, greeting->end), NULL);
}

/* In the language of responses two braces are the beginning of something. */
static char *
keep_braces (const char *text)
{
  GString *kept = g_string_new (text);

  g_string_replace (kept, "{{", "{{\"{{\"}}", 0);

  return g_string_free_and_steal (kept);
}

static char *
cut (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
  g_autofree char *start = g_utf8_substring (line, 0, MIN (MAX_TITLE_CHARACTERS, g_utf8_strlen (line, -1)));

  return g_strdup (g_strstrip (start));
}

/* What it is about, else its first line that is not a greeting */
static char *
suggest_title (LiaSuggestion *suggestion)
{
  g_autofree char *reply = lia_reply_subject (suggestion->subject, "reply");
  g_autofree char *subject = cut (reply + strlen ("Re: "));
  g_autoptr (LiaGreeting) greeting = lia_greeting_find (suggestion->text);
  const char *body = suggestion->text + strspn (suggestion->text, "\r\n");

  if (*subject != '\0')
    return g_steal_pointer (&subject);
  if (greeting != NULL)
    body += strcspn (body, "\r\n");

  return cut (body + strspn (body, "\r\n "));
}

/**
 * lia_canned_from_answer:
 * @suggestion: of %LIA_SUGGESTION_BY_HAND
 *
 * Returns: (transfer full): a draft for the team without an id, that says what was written by hand
 */
LiaCanned *
lia_canned_from_answer (LiaSuggestion *suggestion)
{
  LiaCanned        *canned = lia_canned_new ();
  LiaCannedVariant *text = lia_canned_variant_new ();
  const char       *language = lia_language_of (suggestion->text);
  g_autofree char  *kept = keep_braces (suggestion->text);

  g_free (canned->title);
  canned->title = suggest_title (suggestion);
  canned->scope = LIA_CANNED_TEAM;
  canned->state = LIA_CANNED_DRAFT;
  g_set_str (&text->language, language != NULL ? language : "");
  g_free (text->body);
  text->body = greet_anybody (kept);
  g_ptr_array_add (canned->variants, text);

  return canned;
}
