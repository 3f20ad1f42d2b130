/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-cursor.h"

#include <stdio.h>

#define OVERLAP_MS (2 * 60 * 1000) /* a tracker's clock counts whole seconds at best, and a change may become visible late */

/** lia_tracker_cursor_parse: FALSE when @text (nullable) is none. */
gboolean
lia_tracker_cursor_parse (LiaTrackerCursor *self,
                          const char       *text)
{
  return text != NULL && sscanf (text, "%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, &self->since_ms, &self->offset, &self->newest_ms) == 3;
}

static LiaTrackerChanges *
new_changes (GPtrArray              *issues,
             const LiaTrackerCursor *cursor,
             gboolean                more)
{
  LiaTrackerChanges *changes = g_new0 (LiaTrackerChanges, 1);

  changes->issues = issues;
  changes->more = more;
  changes->cursor = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, cursor->since_ms, cursor->offset, cursor->newest_ms);

  return changes;
}

static int
compare_updated (gconstpointer a,
                 gconstpointer b)
{
  const gint64 left = (*(LiaIssue *const *)a)->updated_ms;
  const gint64 right = (*(LiaIssue *const *)b)->updated_ms;

  return (left > right) - (left < right);
}

/** lia_tracker_cursor_begin: (transfer full): no changes yet; @newest: (transfer full): a list with the issue in it that changed last, if there is one */
LiaTrackerChanges *
lia_tracker_cursor_begin (GPtrArray *newest)
{
  LiaTrackerCursor cursor = { 0 };

  for (guint i = 0; i < newest->len; i++)
    cursor.newest_ms = MAX (cursor.newest_ms, ((LiaIssue *)newest->pdata[i])->updated_ms);
  cursor.since_ms = MAX (cursor.newest_ms - OVERLAP_MS, 0);
  g_ptr_array_set_size (newest, 0);

  return new_changes (newest, &cursor, FALSE);
}

/**
 * lia_tracker_cursor_advance:
 * @issues: (transfer full): a page of changes
 * @step: by how much the offset grows for the next page
 * @more: whether there is one
 *
 * Returns: (transfer full): the changes, with where we are after them: at the next page, or at the newest change and a little before it
 */
LiaTrackerChanges *
lia_tracker_cursor_advance (const LiaTrackerCursor *self,
                            GPtrArray              *issues,
                            gint64                  step,
                            gboolean                more)
{
  LiaTrackerCursor next = *self;

  for (guint i = 0; i < issues->len; i++)
    next.newest_ms = MAX (next.newest_ms, ((LiaIssue *)issues->pdata[i])->updated_ms);
  g_ptr_array_sort (issues, compare_updated);
  next.offset += step;
  if (!more)
    next = (LiaTrackerCursor){ .since_ms = MAX (next.newest_ms - OVERLAP_MS, 0), .newest_ms = next.newest_ms };

  return new_changes (issues, &next, more);
}
