/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-findings-watch.h"

#include "lia-client-private.h"

struct _LiaFindingsWatch
{
  GObject parent_instance;

  gboolean changed; /* since it was told */
};

G_DEFINE_FINAL_TYPE (LiaFindingsWatch, lia_findings_watch, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_journal_event_cb (LiaClient        *client,
                     LiaEvent         *event,
                     LiaFindingsWatch *self)
{
  if (g_str_has_prefix (event->kind, "finding.") || g_str_has_prefix (event->kind, "push.") || g_str_has_prefix (event->kind, "issue.") || (event->entry != NULL && event->entry->kind == LIA_ENTRY_FINDING))
    self->changed = TRUE;
}

static void
on_missed_cb (LiaClient        *client,
              gint64            rows,
              gint64            entries,
              LiaFindingsWatch *self)
{
  self->changed = TRUE;
}

static void
on_publish_cb (LiaFindingsWatch *self)
{
  gboolean changed = self->changed;

  self->changed = FALSE;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
lia_findings_watch_class_init (LiaFindingsWatchClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_FINDINGS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_findings_watch_init (LiaFindingsWatch *self)
{
}

LiaFindingsWatch *
lia_findings_watch_new (LiaClient *client)
{
  LiaFindingsWatch *self = g_object_new (LIA_TYPE_FINDINGS_WATCH, NULL);

  g_signal_connect_object (client, "journal-event", G_CALLBACK (on_journal_event_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (client, "publish", G_CALLBACK (on_publish_cb), self, G_CONNECT_SWAPPED);

  return self;
}
