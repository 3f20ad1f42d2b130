/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-words.h"

#include "lia-template-locale.h"

#include <glib/gi18n.h>
#include <math.h>

/* What is said of canned responses, in plain words. Pure. */

#define MAX_LANGUAGES 3
#define SIMILAR 0.38 /* as much is shown unasked */

static char *
join (GPtrArray  *parts,
      const char *separator)
{
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (separator, (char **)parts->pdata);
}

static const char *
match_words (const LiaCannedHit *hit)
{
  static const char *const words[] = {
    [LIA_CANNED_MATCH_EXACT] = N_ ("whole words"),
    [LIA_CANNED_MATCH_BEGINNING] = N_ ("beginning of a word"),
    [LIA_CANNED_MATCH_FORM] = N_ ("another form of the word"),
    [LIA_CANNED_MATCH_INITIALS] = N_ ("first letters"),
    [LIA_CANNED_MATCH_LETTERS] = N_ ("letters of a word"),
    [LIA_CANNED_MATCH_TYPO] = N_ ("almost the same letters"),
    [LIA_CANNED_MATCH_BODY] = N_ ("occurs in the text"),
  };

  return hit->match < G_N_ELEMENTS (words) && words[hit->match] != NULL ? _ (words[hit->match]) : NULL;
}

/* The sendings fade with time, so that their number is of late. */
static void
add_uses (GPtrArray          *parts,
          const LiaCannedHit *hit)
{
  const gulong own = (gulong)lround (hit->own_use);
  const gulong team = (gulong)lround (hit->team_use);

  if (own > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("used about %lu time lately by you", "used about %lu times lately by you", own), own));
  else if (team > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("used about %lu time lately by the team", "used about %lu times lately by the team", team), team));
}

static void
add_fits (GPtrArray          *parts,
          const LiaCannedHit *hit)
{
  static const struct
  {
    LiaCannedFit bit;
    const char  *words;
  } fits[] = {
    { LIA_CANNED_FIT_QUEUE, N_ ("same queue") },
    { LIA_CANNED_FIT_CHANNEL, N_ ("same channel") },
    { LIA_CANNED_FIT_LANGUAGE, N_ ("in the customer’s language") },
    { LIA_CANNED_FIT_PRODUCT, N_ ("same product") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      if ((hit->fit & fits[i].bit) != 0)
        g_ptr_array_add (parts, g_strdup (_ (fits[i].words)));
    }
}

/** lia_response_words_reason: why @hit stands where it stands, most important first. */
char *
lia_response_words_reason (LiaCannedHit *hit)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  const char *match = match_words (hit);

  if (hit->partial)
    g_ptr_array_add (parts, g_strdup (_ ("not all the words")));
  else if (match != NULL)
    g_ptr_array_add (parts, g_strdup (match));
  if (hit->suggested || hit->similarity >= SIMILAR)
    g_ptr_array_add (parts, g_strdup (_ ("like what the customer wrote")));
  add_uses (parts, hit);
  add_fits (parts, hit);

  return join (parts, " · ");
}

/** lia_response_words_place: the folder, and what has to be known before it is used. */
char *
lia_response_words_place (LiaCanned *canned)
{
  g_auto (GStrv) folders = g_strsplit (canned->folder, "/", -1);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (*canned->folder != '\0')
    g_ptr_array_add (parts, g_strjoinv (" › ", folders));
  if (canned->scope == LIA_CANNED_PRIVATE)
    g_ptr_array_add (parts, g_strdup (_ ("only mine")));
  if (canned->state == LIA_CANNED_DRAFT)
    g_ptr_array_add (parts, g_strdup (_ ("draft")));
  if (canned->state == LIA_CANNED_RETIRED)
    g_ptr_array_add (parts, g_strdup (_ ("retired")));

  return join (parts, " · ");
}

static gboolean
add_once (GPtrArray  *parts,
          const char *text)
{
  for (guint i = 0; i < parts->len; i++)
    {
      if (g_str_equal (parts->pdata[i], text))
        return FALSE;
    }
  g_ptr_array_add (parts, g_strdup (text));

  return TRUE;
}

static GPtrArray *
list_languages (LiaCanned *canned)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = canned->variants->pdata[i];

      if (*variant->language != '\0')
        add_once (parts, variant->language);
    }

  return parts;
}

/** lia_response_words_languages: in which languages there is a text, as "de en +2"; "" if that does not matter. */
char *
lia_response_words_languages (LiaCanned *canned)
{
  g_autoptr (GPtrArray) parts = list_languages (canned);

  if (parts->len > MAX_LANGUAGES)
    {
      guint more = parts->len - (MAX_LANGUAGES - 1);

      g_ptr_array_set_size (parts, MAX_LANGUAGES - 1);
      g_ptr_array_add (parts, g_strdup_printf ("+%u", more));
    }

  return join (parts, " ");
}

static char *
dup_language_name (const char *tag)
{
  return lia_template_locale_language_name (tag, g_get_language_names ()[0]);
}

static char *
dup_language_names (LiaCanned *canned)
{
  g_autoptr (GPtrArray) tags = list_languages (canned);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < tags->len; i++)
    g_ptr_array_add (names, dup_language_name (tags->pdata[i]));

  return join (names, ", ");
}

/** lia_response_words_spoken: all that a row shows, for who does not see it. */
char *
lia_response_words_spoken (LiaCannedHit *hit)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  LiaCanned       *canned = hit->canned;
  g_autofree char *place = lia_response_words_place (canned);
  g_autofree char *languages = dup_language_names (canned);

  g_ptr_array_add (parts, g_strdup (canned->title));
  if (*canned->shortcut != '\0')
    g_ptr_array_add (parts, g_strdup_printf (_ ("shortcut %s"), canned->shortcut));
  if (*place != '\0')
    g_ptr_array_add (parts, g_steal_pointer (&place));
  if (*languages != '\0')
    g_ptr_array_add (parts, g_steal_pointer (&languages));

  return join (parts, ", ");
}

/** lia_response_words_action: what else happens when the response is sent. */
char *
lia_response_words_action (const LiaCannedAction *action)
{
  const gboolean valued = *action->value != '\0';

  if (g_str_equal (action->kind, "close"))
    return g_strdup (_ ("Closes the conversation"));
  if (g_str_equal (action->kind, "tag"))
    return valued ? g_strdup_printf (_ ("Adds the tag “%s”"), action->value) : g_strdup (_ ("Adds a tag"));
  if (g_str_equal (action->kind, "snooze"))
    return valued ? g_strdup_printf (_ ("Snoozes the conversation for %s"), action->value) : g_strdup (_ ("Snoozes the conversation"));
  if (g_str_equal (action->kind, "assign"))
    return valued ? g_strdup_printf (_ ("Hands the conversation to %s"), action->value) : g_strdup (_ ("Hands the conversation over"));
  if (g_str_equal (action->kind, "issue"))
    return valued ? g_strdup_printf (_ ("Links the issue %s"), action->value) : g_strdup (_ ("Links an issue"));

  return g_strdup_printf ("%s %s", action->kind, action->value);
}

/** lia_response_words_misses: what the text lacks that is chosen for this customer, or NULL. */
char *
lia_response_words_misses (LiaResponseWording *wording)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (wording->variant == NULL)
    return g_strdup (_ ("This response has no text"));

  if (wording->misses & LIA_TEMPLATE_MISSES_LANGUAGE)
    {
      g_autofree char *wanted = dup_language_name (wording->language);
      g_autofree char *written = dup_language_name (wording->variant->language);

      /* Translators: both are names of languages. */
      g_ptr_array_add (parts, g_strdup_printf (_ ("There is no text in %s yet: this one is in %s"), wanted, written));
    }
  if (wording->misses & LIA_TEMPLATE_MISSES_FORMALITY)
    g_ptr_array_add (parts, g_strdup (_ ("It addresses the customer in another way than wanted")));
  if (wording->misses & LIA_TEMPLATE_MISSES_CHANNEL)
    g_ptr_array_add (parts, g_strdup (_ ("It was written for another channel")));

  return parts->len > 0 ? join (parts, "\n") : NULL;
}

/** lia_response_words_error: the first thing that is wrong with the text, or NULL. */
char *
lia_response_words_error (LiaResponseWording *wording)
{
  const LiaTemplateError *error = wording->errors->len > 0 ? wording->errors->pdata[0] : NULL;

  return error != NULL ? g_strdup_printf (_ ("This response has a mistake and cannot be inserted: %s"), error->message) : NULL;
}

/** lia_response_words_field: the kind of a field, as a chip has it. */
const char *
lia_response_words_field (const LiaTemplateField *field)
{
  static const char *const kinds[] = {
    [LIA_TEMPLATE_FIELD_TEXT] = N_ ("text"),
    [LIA_TEMPLATE_FIELD_NUMBER] = N_ ("number"),
    [LIA_TEMPLATE_FIELD_DATE] = N_ ("date"),
    [LIA_TEMPLATE_FIELD_CHOICE] = N_ ("choice"),
    [LIA_TEMPLATE_FIELD_OPTIONAL] = N_ ("optional"),
  };

  return _ (kinds[field->kind]);
}

/**
 * lia_response_words_bold:
 * @marks: of LiaTokenRange
 * @offset: bytes that stand before the marked text
 */
PangoAttrList *
lia_response_words_bold (const GArray *marks,
                         gsize         offset)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      LiaTokenRange   range = g_array_index (marks, LiaTokenRange, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = (guint)(offset + range.start);
      bold->end_index = (guint)(offset + range.end);
      pango_attr_list_insert (attributes, bold);
    }

  return attributes;
}
