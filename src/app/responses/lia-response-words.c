/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-words.h"

#include "lia-snooze.h"
#include "lia-template-locale.h"
#include "lia-template-placeholder.h"
#include "lia-zone.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

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

static char *
show_moment (gint64 time_ms)
{
  g_autofree char *locale_name = g_strndup (g_get_language_names ()[0], strcspn (g_get_language_names ()[0], ".@"));
  g_autoptr (LiaTemplateLocale) locale = lia_template_locale_new (locale_name);
  g_autoptr (LiaTemplateValue) value = lia_template_value_new_time (time_ms);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return lia_template_locale_format (locale, value, LIA_TEMPLATE_AS_DATE_AND_TIME, zone);
}

/* A time is shown as it will be, in the agent's words; what is none just so. */
static char *
snooze_words (const char *when)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64           until_ms = lia_snooze_until (when, now);
  g_autofree char *shown = until_ms > 0 ? show_moment (until_ms) : NULL;

  return shown != NULL ? g_strdup_printf (_ ("Snoozes until %s"), shown) : g_strdup_printf (_ ("Snoozes until “%s”, which is no time"), when);
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
    return snooze_words (action->value);
  if (g_str_equal (action->kind, "assign"))
    return valued && g_ascii_strcasecmp (action->value, "me") != 0 ? g_strdup_printf (_ ("Hands the conversation to %s"), action->value)
                                                                   : g_strdup (_ ("Makes the conversation yours"));
  if (g_str_equal (action->kind, "issue"))
    return valued ? g_strdup_printf (_ ("Counts the customer for the issue %s"), action->value) : g_strdup (_ ("Links no issue: none is named"));

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

/** lia_response_words_missing: what the text asks for because there is none, where one may wonder why; or NULL. */
char *
lia_response_words_missing (LiaResponseWording *wording)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; wording->result != NULL && i < wording->result->spans->len; i++)
    {
      const LiaTemplateSpan        *span = wording->result->spans->pdata[i];
      const LiaTemplatePlaceholder *placeholder = span->kind == LIA_TEMPLATE_SPAN_UNFILLED ? lia_template_placeholder_find (span->field->key) : NULL;
      const char                   *missing = placeholder != NULL ? lia_template_placeholder_get_missing (placeholder) : NULL;
      g_autofree char              *words = NULL;

      if (missing == NULL)
        continue;
      /* Translators: "The linked issue’s number is missing: no issue is linked" */
      words = g_strdup_printf (_ ("%s is missing: %s"), lia_template_placeholder_get_title (placeholder), missing);
      add_once (parts, words);
    }

  return parts->len > 0 ? join (parts, "\n") : NULL;
}

static gboolean
tells_time (LiaTemplateResult *result)
{
  for (guint i = 0; result != NULL && i < result->spans->len; i++)
    {
      const LiaTemplateSpan        *span = result->spans->pdata[i];
      const LiaTemplatePlaceholder *placeholder = span->kind == LIA_TEMPLATE_SPAN_VALUE && span->name != NULL ? lia_template_placeholder_find (span->name) : NULL;

      if (placeholder != NULL && (placeholder->type == LIA_TEMPLATE_TIME || placeholder->type == LIA_TEMPLATE_DATE))
        return TRUE;
    }

  return FALSE;
}

/** lia_response_words_zone: where the times in the text are, and how that is known; NULL: there are none. */
char *
lia_response_words_zone (LiaResponseWording *wording)
{
  /* Translators: %s is a city, or "GMT+05:30". */
  static const char *const sources[] = {
    [LIA_ZONE_SAID] = N_ ("Times as in %s, which is set for the customer"),
    [LIA_ZONE_NUMBER] = N_ ("Times as in %s, where the customer’s telephone number is from"),
    [LIA_ZONE_CLOCK] = N_ ("Times as in %s, by the clock of the customer’s last mail"),
    [LIA_ZONE_QUEUE] = N_ ("Times as in %s, as the queue’s hours: it is not known where the customer is"),
    [LIA_ZONE_OURS] = N_ ("Times as in %s, as here: it is not known where the customer is"),
  };
  g_autoptr (GString) words = NULL;
  g_autofree char *place = NULL;

  if (!tells_time (wording->result))
    return NULL;

  place = lia_zone_show (wording->result->context->zone, wording->result->context->now_ms, g_get_language_names ()[0]);
  words = g_string_new (_ (sources[wording->zone_source]));
  g_string_replace (words, "%s", place, 1);

  return g_string_free_and_steal (g_steal_pointer (&words));
}

/** lia_response_words_formality: how the text addresses the customer, and why; NULL where it makes no difference. */
char *
lia_response_words_formality (LiaResponseWording *wording)
{
  LiaCannedFormality formality = wording->variant != NULL ? wording->variant->formality : LIA_CANNED_FORMALITY_ANY;
  const char        *form = formality == LIA_CANNED_FORMALITY_FORMAL ? _ ("Formal") : _ ("Informal");

  if (formality == LIA_CANNED_FORMALITY_ANY)
    return NULL;
  if (formality != wording->formality)
    return g_strdup (form);

  /* Translators: %s is “Formal” or “Informal”. */
  return g_strdup_printf (wording->formality_said ? _ ("%s, as is set for the customer") : _ ("%s, as here before"), form);
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
