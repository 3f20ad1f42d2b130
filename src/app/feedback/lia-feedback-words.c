/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-config.h"

#include "lia-feedback-words.h"

#include "lia-entry-words.h"
#include "lia-push-words.h"

#include <glib/gi18n.h>

#define LATELY 4 /* weeks */

const char *
lia_feedback_words_icon (LiaFindingKind kind)
{
  switch (kind)
    {
    case LIA_FINDING_USABILITY:
      return "face-confused-symbolic";
    case LIA_FINDING_NEED:
      return "lia-wish-symbolic";
    case LIA_FINDING_PRAISE:
      return "emote-love-symbolic";
    case LIA_FINDING_SITE_FAILED:
      return "web-browser-symbolic";
    case LIA_FINDING_BUG:
    default:
      return "lia-bug-symbolic";
    }
}

const char *
lia_feedback_words_state (LiaFindingState state)
{
  switch (state)
    {
    case LIA_FINDING_LINKED:
      return _ ("With the engineers");
    case LIA_FINDING_FIXED:
      return _ ("Fixed");
    case LIA_FINDING_TOLD:
      return _ ("Customers told");
    case LIA_FINDING_NEW:
    default:
      /* Translators: a finding of which the engineers do not know yet */
      return C_ ("finding", "New");
    }
}

/* To this customer */
const char *
lia_feedback_words_importance (LiaImportance importance)
{
  switch (importance)
    {
    case LIA_IMPORTANCE_LOW:
      return _ ("Would be nice");
    case LIA_IMPORTANCE_BLOCKING:
      return _ ("Cannot go on without it");
    case LIA_IMPORTANCE_NORMAL:
    default:
      return _ ("Matters");
    }
}

/** lia_feedback_words_customers: (transfer full): how many say so */
char *
lia_feedback_words_customers (LiaFinding *finding)
{
  return g_strdup_printf (ngettext ("%d customer", "%d customers", (gulong)finding->customers), (int)finding->customers);
}

/** lia_feedback_words_trend: (transfer full): whether it is said more often of late: the last four weeks and the four before */
char *
lia_feedback_words_trend (LiaFinding *finding)
{
  gint64           before = 0;
  gint64           now = 0;
  g_autofree char *lately = NULL;

  for (guint i = 0; i < LIA_FINDING_WEEKS; i++)
    {
      if (i < LIA_FINDING_WEEKS - LATELY)
        before += finding->weeks[i];
      else
        now += finding->weeks[i];
    }
  if (now == 0)
    return g_strdup (_ ("Not said in four weeks"));

  /* Translators: said by customers, %d times in four weeks */
  lately = g_strdup_printf (ngettext ("%d time in four weeks", "%d times in four weeks", (gulong)now), (int)now);

  /* Translators: "3 times in four weeks", and in the four before */
  return before == 0 ? g_steal_pointer (&lately) : g_strdup_printf (_ ("%s, %d before"), lately, (int)before);
}

/** lia_feedback_words_about: (transfer full): its kind, product and state, and the issue that it became, as the small line below its title */
char *
lia_feedback_words_about (LiaFinding *finding)
{
  g_autoptr (GString) text = g_string_new (lia_words_finding_kind (finding->kind));
  g_autofree char *standing = lia_push_words_standing (finding);

  if (*finding->product != '\0')
    g_string_append_printf (text, " · %s", finding->product);
  g_string_append_printf (text, " · %s", lia_feedback_words_state (finding->state));
  if (standing != NULL)
    g_string_append_printf (text, " · %s", standing);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** lia_feedback_words_second: (transfer full): where in a call */
char *
lia_feedback_words_second (gint64 second)
{
  /* Translators: minutes and seconds of a call */
  return g_strdup_printf (_ ("At %d:%02d of the call"), (int)(second / 60), (int)(second % 60));
}
