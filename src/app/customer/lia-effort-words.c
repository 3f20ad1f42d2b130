/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-effort-words.h"

#include <glib/gi18n.h>

#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* @parts: nothing is added to them any more */
static char *
join (GPtrArray *parts)
{
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **)parts->pdata);
}

static char *
dup_calls (const LiaEffort *effort)
{
  g_autofree char *calls = g_strdup_printf (ngettext ("%d call today", "%d calls today", (gulong)effort->calls_today), (int)effort->calls_today);

  if (effort->answered_today == 0)
    /* Translators: "3 calls today, none answered" */
    return g_strdup_printf (_ ("%s, none answered"), calls);

  /* Translators: "3 calls today, 1 answered" */
  return g_strdup_printf (_ ("%1$s, %2$d answered"), calls, (int)effort->answered_today);
}

/* Half a minute is nothing to speak of. */
static int
minutes (gint64 span_ms)
{
  return (int)((span_ms + MINUTE_MS / 2) / MINUTE_MS);
}

static void
add_times (GPtrArray *parts,
           gint64     waited_ms,
           gint64     talked_ms)
{
  if (minutes (waited_ms) > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("waited %d min"), minutes (waited_ms)));
  if (minutes (talked_ms) > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("talked %d min"), minutes (talked_ms)));
}

/**
 * lia_effort_words_call:
 * @effort: (nullable): NULL: nothing is known
 *
 * Returns: (transfer full): what stands beside who calls: "3 calls today, 1 answered · waited 12 min · 7 contacts in 30 days". Empty for who has
 *   been through nothing but this call.
 */
char *
lia_effort_words_call (const LiaEffort *effort)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (effort == NULL)
    return g_strdup ("");

  if (effort->calls_today > 1)
    g_ptr_array_add (parts, dup_calls (effort));
  add_times (parts, effort->waited_today_ms, effort->talked_today_ms);
  if (effort->contacts > MAX (effort->calls_today, 1))
    g_ptr_array_add (parts, g_strdup_printf (_ ("%d contacts in 30 days"), (int)effort->contacts));
  if (effort->open > 1)
    g_ptr_array_add (parts, g_strdup_printf (_ ("%d open conversations"), (int)effort->open));

  return join (parts);
}

/** lia_effort_words_today: (transfer full): for the customer's card: "3 calls today, 1 answered · waited 12 min · talked 4 min". */
char *
lia_effort_words_today (const LiaEffort *effort)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (effort->calls_today > 0)
    g_ptr_array_add (parts, dup_calls (effort));
  add_times (parts, effort->waited_today_ms, effort->talked_today_ms);

  return parts->len > 0 ? join (parts) : g_strdup (_ ("No calls today"));
}

/** lia_effort_words_recent: (transfer full): "7 contacts · handed on 2 times · waited 21 min". */
char *
lia_effort_words_recent (const LiaEffort *effort)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (parts, g_strdup_printf (ngettext ("%d contact", "%d contacts", (gulong)effort->contacts), (int)effort->contacts));
  if (effort->transfers > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("handed on once", "handed on %d times", (gulong)effort->transfers), (int)effort->transfers));
  add_times (parts, effort->waited_ms, 0);

  return join (parts);
}
