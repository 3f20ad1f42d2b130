/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-queue-notifier.h"

#include "lia-call-words.h"
#include "lia-callers.h"
#include "lia-entry-details.h"
#include "lia-line-state.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define MISSED "missed-calls"
#define MISSED_MS 3000 /* they come one after the other: they are told of together */

struct _LiaQueueNotifier
{
  GApplication *application; /* not owned: it owns us */
  LiaClient    *client;
  GSettings    *settings;
  gboolean (*is_active) (gpointer data);
  gpointer data;

  GHashTable *late;         /* char* uniqueid: callers who were late, and wait still */
  guint       next_late;    /* until the next one is */
  guint       tells_missed; /* until it is told how many called meanwhile */
  gboolean    started;
};

static gboolean
may_tell (LiaQueueNotifier *self)
{
  return g_settings_get_boolean (self->settings, "notifications") && !self->is_active (self->data);
}

/* Who is too late --- */

static gboolean
is_member (LiaQueueNotifier *self,
           const char       *queue,
           LiaAgent         *me)
{
  GListModel *members = lia_client_get_members (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_str_equal (member->queue, queue) && g_str_equal (member->agent, me->id))
        return TRUE;
    }
  return FALSE;
}

/* I take calls from where they wait, and they do not ring here already. */
static gboolean
concerns_me (LiaQueueNotifier *self,
             LiaCall          *call)
{
  LiaAgent *me = lia_client_get_me (self->client);

  return me != NULL && g_strcmp0 (me->availability, "offline") != 0 && !lia_line_is_mine (call, me->id) &&
         is_member (self, lia_call_last_wait (call)->queue, me);
}

static void
announce_late (LiaQueueNotifier *self,
               LiaCall          *call)
{
  g_autoptr (LiaQueue) queue = lia_callers_find_queue (lia_client_get_queues (self->client), lia_call_last_wait (call)->queue);
  g_autofree char *number = lia_call_words_number (call);
  g_autofree char *waited = lia_call_words_span (lia_call_waited (call, lia_time_now ()));
  /* Translators: who calls, and how long they have waited: “Ann Lee has waited 0:30” */
  g_autofree char *title = g_strdup_printf (_ ("%s has waited %s"), *call->name != '\0' && !call->tainted ? call->name : number, waited);
  g_autofree char *body = g_strjoin (" · ", number, queue != NULL ? queue->name : NULL, NULL);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_category (notification, "call.incoming");
  if (*call->conv != '\0')
    g_notification_set_default_action_and_target (notification, "app.open-conversation", "s", call->conv);
  g_notification_add_button_with_target (notification, _ ("Take Call"), "app.take-call", "s", call->uniqueid);
  g_application_send_notification (self->application, call->uniqueid, notification);
}

/* Takes back what was told of who waits no longer. */
static void
withdraw_others (LiaQueueNotifier *self,
                 GHashTable       *waiting)
{
  GHashTableIter iter;
  gpointer       id;

  g_hash_table_iter_init (&iter, self->late);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (waiting, id))
      {
        g_application_withdraw_notification (self->application, id);
        g_hash_table_iter_remove (&iter);
      }
}

static void watch (LiaQueueNotifier *self);

static gboolean
on_late_cb (gpointer data)
{
  LiaQueueNotifier *self = data;

  self->next_late = 0;
  watch (self);
  return G_SOURCE_REMOVE;
}

/* Whoever is late while I look at the window is not announced afterwards. */
static void
look_at (LiaQueueNotifier *self,
         LiaCall          *call,
         gint64            now_ms,
         gint64           *next_ms)
{
  gint64 due_ms = lia_callers_due (call, lia_client_get_queues (self->client));

  if (due_ms > now_ms)
    *next_ms = MIN (*next_ms, due_ms);
  else if (concerns_me (self, call) && g_hash_table_add (self->late, g_strdup (call->uniqueid)) && may_tell (self))
    announce_late (self, call);
}

static void
watch (LiaQueueNotifier *self)
{
  GListModel *calls = lia_client_get_calls (self->client);
  gint64      now_ms = lia_time_now ();
  gint64      next_ms = G_MAXINT64;
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (!lia_call_is_waiting (call))
        continue;
      g_hash_table_add (waiting, g_strdup (call->uniqueid));
      look_at (self, call, now_ms, &next_ms);
    }
  withdraw_others (self, waiting);

  g_clear_handle_id (&self->next_late, g_source_remove);
  if (next_ms != G_MAXINT64)
    self->next_late = g_timeout_add ((guint)MIN (next_ms - now_ms + 10, G_MAXINT32), on_late_cb, self);
}

/* Who called while nobody was here --- */

static gint64
count_missed (LiaQueueNotifier *self)
{
  GListModel *views = lia_client_get_views (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (views); i++)
    {
      g_autoptr (LiaView) view = g_list_model_get_item (views, i);

      if (g_strcmp0 (view->kind, "callbacks") == 0)
        return view->unread;
    }
  return 0;
}

static gboolean
on_tell_missed_cb (gpointer data)
{
  LiaQueueNotifier *self = data;
  gint64            missed = count_missed (self);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *title = g_strdup_printf (ngettext ("%d missed call while you were away", "%d missed calls while you were away", (gulong)missed), (int)missed);

  self->tells_missed = 0;
  if (missed == 0 || !may_tell (self))
    return G_SOURCE_REMOVE;
  notification = g_notification_new (title);
  g_notification_set_body (notification, ngettext ("A caller is to be called back", "These callers are to be called back", (gulong)missed));
  g_notification_set_category (notification, "call.unanswered");
  g_notification_set_default_action_and_target (notification, "app.open-view", "s", "callbacks");
  g_application_send_notification (self->application, MISSED, notification);
  return G_SOURCE_REMOVE;
}

static void
tell_missed_soon (LiaQueueNotifier *self)
{
  g_clear_handle_id (&self->tells_missed, g_source_remove);
  self->tells_missed = g_timeout_add (MISSED_MS, on_tell_missed_cb, self);
}

static void
on_state_cb (LiaQueueNotifier *self)
{
  if (self->started || lia_client_get_state (self->client) != LIA_CLIENT_LIVE)
    return;
  self->started = TRUE;
  tell_missed_soon (self);
}

/* What the telephone system tells afterwards */
static void
on_entry_added_cb (LiaQueueNotifier *self,
                   LiaConversation  *conversation,
                   LiaEntry         *entry)
{
  g_autoptr (LiaCall) call = entry->kind == LIA_ENTRY_CALL ? lia_entry_details_call (entry) : NULL;

  if (call != NULL && call->offline)
    tell_missed_soon (self);
}

LiaQueueNotifier *
lia_queue_notifier_new (GApplication *application,
                        LiaClient    *client,
                        GSettings    *settings,
                        gboolean (*is_active) (gpointer data),
                        gpointer data)
{
  LiaQueueNotifier *self = g_new0 (LiaQueueNotifier, 1);

  self->application = application;
  self->client = g_object_ref (client);
  self->settings = g_object_ref (settings);
  self->is_active = is_active;
  self->data = data;
  self->late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_swapped (client, "entry-added", G_CALLBACK (on_entry_added_cb), self);
  g_signal_connect_swapped (client, "notify::state", G_CALLBACK (on_state_cb), self);
  g_signal_connect_swapped (lia_client_get_calls (client), "items-changed", G_CALLBACK (watch), self);
  on_state_cb (self);
  watch (self);
  return self;
}

void
lia_queue_notifier_free (LiaQueueNotifier *self)
{
  g_clear_handle_id (&self->next_late, g_source_remove);
  g_clear_handle_id (&self->tells_missed, g_source_remove);
  g_signal_handlers_disconnect_by_data (lia_client_get_calls (self->client), self);
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_hash_table_unref (self->late);
  g_object_unref (self->client);
  g_object_unref (self->settings);
  g_free (self);
}
