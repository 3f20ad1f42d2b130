/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-finding-csv.h"

#include "lia-csv.h"
#include "lia-issue.h"
#include "lia-time.h"

#define MINUTE_MS 60000

static const char *const names[] = {
  "id", "title", "kind", "product", "url", "state", "customers", "blocked", "quotes", "four_weeks", "four_weeks_before",
  "contact_minutes", "said_first", "said_last", "linked", "fixed", "told", "issues"
};

static char *
number (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
moment (gint64 at_ms)
{
  return at_ms != 0 ? lia_time_to_string (at_ms) : g_strdup ("");
}

static char *
minutes (gint64 span_ms)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.1f", (double)span_ms / MINUTE_MS));
}

/* Of the last weeks, and of as many before. */
static char *
weeks (LiaFinding *finding,
       guint       first)
{
  gint64 n = 0;

  for (guint i = 0; i < LIA_FINDING_WEEKS / 2; i++)
    n += finding->weeks[first + i];

  return number (n);
}

static char *
issues (LiaFinding *finding)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < finding->issues->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((LiaIssue *)finding->issues->pdata[i])->url);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** lia_finding_csv_append_header: with a mark of byte order, by which spreadsheets know UTF-8. */
void
lia_finding_csv_append_header (GString *csv)
{
  g_string_append (csv, "\xef\xbb\xbf");
  lia_csv_append (csv, names, G_N_ELEMENTS (names));
}

void
lia_finding_csv_append (GString    *csv,
                        LiaFinding *finding)
{
  g_auto (GStrv) cells = g_new0 (char *, G_N_ELEMENTS (names) + 1);
  guint n = 0;

  cells[n++] = g_strdup (finding->id);
  cells[n++] = g_strdup (finding->title);
  cells[n++] = g_strdup (lia_finding_kind_to_string (finding->kind));
  cells[n++] = g_strdup (finding->product);
  cells[n++] = g_strdup (finding->url);
  cells[n++] = g_strdup (lia_finding_state_to_string (finding->state));
  cells[n++] = number (finding->customers);
  cells[n++] = number (finding->blocked);
  cells[n++] = number (finding->quotes);
  cells[n++] = weeks (finding, LIA_FINDING_WEEKS / 2);
  cells[n++] = weeks (finding, 0);
  cells[n++] = minutes (finding->phone_ms);
  cells[n++] = moment (finding->first_ms);
  cells[n++] = moment (finding->last_ms);
  cells[n++] = moment (finding->linked_ms);
  cells[n++] = moment (finding->fixed_ms);
  cells[n++] = moment (finding->told_ms);
  cells[n++] = issues (finding);
  lia_csv_append_words (csv, (const char *const *)cells, n);
}
