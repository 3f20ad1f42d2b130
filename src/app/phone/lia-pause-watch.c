/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the telephone system's queues do what the agent has said. The engine asks for a pause until the telephone system agrees; one that refuses it
 * goes on ringing an agent who believes to be away, and who has to know that.
 */
#include "lia-pause-watch.h"

#include "lia-queue-member.h"

#include <glib/gi18n.h>

struct _LiaPauseWatch
{
  GObject parent_instance;

  LiaClient  *client;
  guint       patience_ms;
  const char *doubt; /* what is wrong now, which may be a matter of a moment */
  const char *problem;
  guint       timeout;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaPauseWatch, lia_pause_watch, G_TYPE_OBJECT)

static const char *
find_doubt (LiaPauseWatch *self)
{
  GListModel *members = lia_client_get_members (self->client);
  LiaAgent   *me = lia_client_get_me (self->client);

  for (guint i = 0; me != NULL && i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);
      const gboolean is_here = g_strcmp0 (me->availability, "available") == 0;

      if (!g_str_equal (member->agent, me->id) || member->paused != is_here)
        continue;
      return is_here ? _ ("The telephone system still keeps callers from you. If it stays so, please tell your supervisor.")
                     : _ ("The telephone system has not paused you: it may still ring. If it stays so, please tell your supervisor.");
    }

  return NULL;
}

static void
set_problem (LiaPauseWatch *self,
             const char    *problem)
{
  if (self->problem == problem)
    return;
  self->problem = problem;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_patience_over_cb (gpointer data)
{
  LiaPauseWatch *self = data;

  self->timeout = 0;
  set_problem (self, self->doubt);
}

static void
look (LiaPauseWatch *self)
{
  const char *doubt = find_doubt (self);

  if (doubt == self->doubt)
    return;
  self->doubt = doubt;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (doubt != NULL)
    self->timeout = g_timeout_add_once (self->patience_ms, on_patience_over_cb, self);
  set_problem (self, NULL);
}

static void
lia_pause_watch_dispose (GObject *object)
{
  LiaPauseWatch *self = LIA_PAUSE_WATCH (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_pause_watch_parent_class)->dispose (object);
}

static void
lia_pause_watch_class_init (LiaPauseWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_pause_watch_dispose;

  /* LiaPauseWatch::changed: there is a problem now, or none any more. */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LIA_TYPE_PAUSE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_pause_watch_init (LiaPauseWatch *self)
{
}

/** lia_pause_watch_get_problem: (nullable): what the agent should know, as a sentence. */
const char *
lia_pause_watch_get_problem (LiaPauseWatch *self)
{
  return self->problem;
}

/** lia_pause_watch_new: @patience_ms: how long the telephone system may take before anybody is alarmed. */
LiaPauseWatch *
lia_pause_watch_new (LiaClient *client,
                     guint      patience_ms)
{
  LiaPauseWatch *self = g_object_new (LIA_TYPE_PAUSE_WATCH, NULL);

  self->client = g_object_ref (client);
  self->patience_ms = patience_ms;
  g_signal_connect_object (client, "notify::me", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_members (client), "items-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);

  return self;
}
