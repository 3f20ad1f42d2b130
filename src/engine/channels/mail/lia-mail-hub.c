/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mail-hub.h"

#include "lia-async.h"
#include "lia-channel.h"
#include "lia-imap-connection.h"
#include "lia-journal.h"
#include "lia-mail-diagnose.h"
#include "lia-mail-ingest.h"
#include "lia-mail-row.h"
#include "lia-outbox-store.h"
#include "lia-outbox.h"
#include "lia-problem.h"
#include "lia-time.h"
#include "lia-workspace.h"

/*
 * Changes of channels are carried out one after the other by one fiber, and a mailbox' old outbox has ended before its new one begins: two of them
 * would send twice. What the connections tell becomes `channel.changed` events (a state) and `sync.progress` (ephemeral, twice a second at most).
 */

#define PROGRESS_MS 500

/* One mailbox that runs. */
typedef struct
{
  LiaMailHub        *hub; /* not owned */
  gint64             channel_id;
  char              *id; /* "h_1" */
  char              *name;
  char              *queue;
  LiaMailbox        *mailbox;
  LiaImapConnection *inbox;
  LiaImapConnection *sent;
  LiaOutbox         *outbox;
  char              *problem; /* why nothing runs, or NULL */
  gint64             since_ms;
  char              *told_state; /* in the last event */
  char              *told_detail;
  gint64             progress_ms; /* when progress was told last */
} Post;

struct _LiaMailHub
{
  GObject parent_instance;

  LiaEngine     *engine; /* it owns us */
  LiaMailIngest *ingest;
  GHashTable    *posts;   /* gint64 * -> Post (owned) */
  GQueue         changed; /* of gint64 *: channels to look at */
  DexFuture     *updating;
  gboolean       busy;
  gboolean       stopped;
};

G_DEFINE_FINAL_TYPE (LiaMailHub, lia_mail_hub, G_TYPE_OBJECT)

static void
post_free (gpointer data)
{
  Post *post = data;

  if (post->inbox != NULL)
    {
      g_signal_handlers_disconnect_by_data (post->inbox, post);
      dex_unref (lia_imap_connection_stop (post->inbox));
    }
  if (post->sent != NULL)
    dex_unref (lia_imap_connection_stop (post->sent));
  g_clear_object (&post->inbox);
  g_clear_object (&post->sent);
  g_clear_object (&post->outbox);
  g_clear_object (&post->mailbox);
  g_free (post->id);
  g_free (post->name);
  g_free (post->queue);
  g_free (post->problem);
  g_free (post->told_state);
  g_free (post->told_detail);
  g_free (post);
}

/* Telling ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
append_changed (LiaDb    *db,
                gpointer  data,
                gpointer *result,
                GError  **error)
{
  gint64           channel_id = *(gint64 *)data, known;
  g_autofree char *text = g_strdup_printf ("{\"channel\":%" G_GINT64_FORMAT "}", channel_id);
  LiaJournalEvent  event = { .kind = "channel.changed", .data = text };

  if (!lia_db_get_int (db, &known, error, "SELECT count(*) FROM channel WHERE id = $1", "i", channel_id))
    return FALSE;

  return known == 0 || lia_journal_append (db, &event, error) > 0;
}

static void
tell_changed (LiaMailHub *self,
              gint64      channel_id)
{
  dex_future_disown (lia_store_write (lia_engine_get_store (self->engine), append_changed, g_memdup2 (&channel_id, sizeof channel_id), g_free, NULL));
}

static const char *
state_of (Post *post)
{
  if (post->problem != NULL)
    return "needs-login";

  return post->inbox != NULL ? lia_imap_connection_get_status (post->inbox)->state : "starting";
}

static const char *
detail_of (Post *post)
{
  if (post->problem != NULL)
    return post->problem;

  return post->inbox != NULL ? lia_imap_connection_get_status (post->inbox)->detail : "";
}

static void
tell_progress (Post *post)
{
  const LiaImapConnectionStatus *status = lia_imap_connection_get_status (post->inbox);
  gint64                         now_ms = lia_time_now ();

  if (status->total > 0 && now_ms - post->progress_ms < PROGRESS_MS)
    return;

  g_autofree char *text = g_strdup_printf ("{\"channel\":\"%s\",\"done\":%" G_GINT64_FORMAT ",\"total\":%" G_GINT64_FORMAT "}", post->id, status->done, status->total);
  post->progress_ms = now_ms;
  lia_engine_send_ephemeral (post->hub->engine, "sync.progress", text);
}

static void
tell_state (Post *post)
{
  const char *state = state_of (post), *detail = detail_of (post);

  if (g_strcmp0 (post->told_state, state) == 0 && g_strcmp0 (post->told_detail, detail) == 0)
    return;
  g_set_str (&post->told_state, state);
  g_set_str (&post->told_detail, detail);
  tell_changed (post->hub, post->channel_id);
}

static void
on_connection_changed_cb (LiaImapConnection *connection,
                          Post              *post)
{
  if (post->hub->stopped)
    return;
  /* Only once the login is known to work: servers lock out who tries a wrong one too often. */
  if (g_str_equal (lia_imap_connection_get_status (connection)->state, "ready"))
    lia_imap_connection_start (post->sent);
  tell_state (post);
  tell_progress (post);
}

/* Carrying changes out ---------------------------------------------------------------------------------------------------------------- */

static void
start_post (Post       *post,
            const char *password)
{
  LiaMailHub *self = post->hub;
  LiaStore   *store = lia_engine_get_store (self->engine);

  post->inbox = lia_imap_connection_new (store, self->ingest, post->channel_id, "inbox", post->mailbox, password);
  post->sent = lia_imap_connection_new (store, self->ingest, post->channel_id, "sent", post->mailbox, password);
  post->outbox = lia_outbox_new (store, post->channel_id, post->mailbox, password);
  g_signal_connect (post->inbox, "changed", G_CALLBACK (on_connection_changed_cb), post);
  lia_imap_connection_start (post->inbox);
  lia_outbox_start (post->outbox);
}

/* For a fiber: ends what runs for the channel. */
static void
end_post (LiaMailHub *self,
          gint64      channel_id)
{
  Post *post = g_hash_table_lookup (self->posts, &channel_id);

  if (post == NULL)
    return;

  g_autoptr (LiaOutbox) outbox = post->outbox != NULL ? g_object_ref (post->outbox) : NULL;
  g_hash_table_remove (self->posts, &channel_id);
  if (outbox != NULL)
    dex_await (lia_outbox_stop (outbox), NULL);
}

static gboolean
fail_queued (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  static const char problem[] = "The mailbox was removed before this was sent.";
  gint64            channel_id = *(gint64 *)data;

  for (;;)
    {
      gint64 id;

      if (!lia_db_get_int (db, &id, error, "SELECT coalesce(min(id), 0) FROM outbox WHERE channel_id = $1 AND state IN ('queued', 'deferred')", "i", channel_id))
        return FALSE;
      if (id == 0)
        return TRUE;
      if (!lia_db_exec (db, error, "UPDATE outbox SET state = 'failed', last_problem = $1 WHERE id = $2", "ti", problem, id) ||
          !lia_outbox_change_entry (db, id, "failed", problem, error))
        return FALSE;
    }
}

static Post *
new_post (LiaMailHub *self,
          LiaMailRow *row)
{
  Post *post = g_new0 (Post, 1);

  post->hub = self;
  post->channel_id = row->id;
  post->id = g_strdup_printf ("h_%" G_GINT64_FORMAT, row->id);
  post->queue = g_strdup_printf ("q_%" G_GINT64_FORMAT, row->queue_id);
  post->name = g_strdup (row->name);
  post->since_ms = lia_time_now ();
  g_hash_table_insert (self->posts, g_memdup2 (&row->id, sizeof row->id), post);

  return post;
}

static void
update_one (LiaMailHub *self,
            gint64      channel_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaMailRow) row = lia_mail_row_load (lia_engine_get_store (self->engine), channel_id, &error);

  end_post (self, channel_id);
  if (self->stopped)
    return;
  if (row == NULL)
    {
      if (error != NULL)
        g_warning ("channel %" G_GINT64_FORMAT ": %s", channel_id, error->message);
      else
        dex_await (lia_store_write (lia_engine_get_store (self->engine), fail_queued, &channel_id, NULL, NULL), NULL);
      return;
    }

  Post            *post = new_post (self, row);
  g_autofree char *password = NULL;
  post->mailbox = lia_mail_row_to_mailbox (row, &error);
  if (post->mailbox != NULL)
    password = lia_mail_row_load_password (row, lia_engine_get_secrets (self->engine), &error);
  if (self->stopped)
    return;
  if (password != NULL)
    start_post (post, password);
  else
    post->problem = g_strdup (error->message);
  tell_state (post);
}

static DexFuture *
update_fiber (gpointer data)
{
  LiaMailHub *self = data;

  while (!g_queue_is_empty (&self->changed))
    {
      g_autofree gint64 *channel_id = g_queue_pop_head (&self->changed);
      update_one (self, *channel_id);
    }
  self->busy = FALSE;

  return dex_future_new_for_boolean (TRUE);
}

/** lia_mail_hub_update: see the header. */
void
lia_mail_hub_update (LiaMailHub *self,
                     gint64      channel_id)
{
  g_queue_push_tail (&self->changed, g_memdup2 (&channel_id, sizeof channel_id));
  if (self->busy || self->stopped)
    return;
  self->busy = TRUE;
  dex_clear (&self->updating);
  self->updating = lia_spawn (update_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
start_fiber (gpointer data)
{
  LiaMailHub *self = data;
  GError     *error = NULL;
  g_autoptr (GArray) ids = lia_store_await (lia_store_read (lia_engine_get_store (self->engine), lia_workspace_read_channel_ids, (gpointer) "mail", NULL, (GDestroyNotify)g_array_unref), &error);

  if (ids == NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < ids->len; i++)
    lia_mail_hub_update (self, g_array_index (ids, gint64, i));

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_mail_hub_start (LiaMailHub *self)
{
  return lia_spawn (start_fiber, g_object_ref (self), g_object_unref);
}

static DexFuture *
stop_fiber (gpointer data)
{
  LiaMailHub *self = data;
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (dex_unref);
  GHashTableIter iter;
  Post          *post;

  g_hash_table_iter_init (&iter, self->posts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&post))
    {
      if (post->outbox == NULL)
        continue;
      g_ptr_array_add (ends, lia_outbox_stop (post->outbox));
      g_ptr_array_add (ends, lia_imap_connection_stop (post->inbox));
      g_ptr_array_add (ends, lia_imap_connection_stop (post->sent));
    }
  for (guint i = 0; i < ends->len; i++)
    dex_await (dex_ref (g_ptr_array_index (ends, i)), NULL);
  g_hash_table_remove_all (self->posts);

  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
lia_mail_hub_stop (LiaMailHub *self)
{
  self->stopped = TRUE;
  g_queue_clear_full (&self->changed, g_free);

  return lia_spawn (stop_fiber, g_object_ref (self), g_object_unref);
}

void
lia_mail_hub_sync (LiaMailHub *self,
                   gint64      channel_id)
{
  Post *post = g_hash_table_lookup (self->posts, &channel_id);

  if (post == NULL)
    return;
  if (post->inbox == NULL)
    {
      lia_mail_hub_update (self, channel_id); /* there may be a password now */
      return;
    }
  lia_imap_connection_sync (post->inbox);
  lia_imap_connection_sync (post->sent);
  lia_outbox_wake (post->outbox);
}

void
lia_mail_hub_wake_outbox (LiaMailHub *self)
{
  GHashTableIter iter;
  Post          *post;

  g_hash_table_iter_init (&iter, self->posts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&post))
    {
      if (post->outbox != NULL)
        lia_outbox_wake (post->outbox);
    }
}

static void
on_network_changed_cb (GNetworkMonitor *monitor,
                       gboolean         available,
                       LiaMailHub      *self)
{
  GHashTableIter iter;
  Post          *post;

  g_hash_table_iter_init (&iter, self->posts);
  while (available && g_hash_table_iter_next (&iter, NULL, (gpointer *)&post))
    {
      if (post->inbox != NULL)
        {
          lia_imap_connection_sync (post->inbox);
          lia_imap_connection_sync (post->sent);
        }
    }
}

GHashTable *
lia_mail_hub_dup_channels (LiaMailHub *self)
{
  GHashTable    *channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  GHashTableIter iter;
  Post          *post;

  g_hash_table_iter_init (&iter, self->posts);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&post))
    {
      const LiaImapConnectionStatus *status = post->inbox != NULL ? lia_imap_connection_get_status (post->inbox) : NULL;
      LiaChannel                    *channel = lia_channel_new ();

      channel->id = g_strdup (post->id);
      channel->kind = g_strdup ("mail");
      channel->name = g_strdup (post->name);
      channel->queue = g_strdup (post->queue);
      channel->state = g_strdup (state_of (post));
      channel->detail = g_strdup (detail_of (post));
      channel->since_ms = status != NULL ? status->since_ms : post->since_ms;
      channel->last_ok_ms = status != NULL ? status->last_ok_ms : 0;
      channel->done = status != NULL ? status->done : 0;
      channel->total = status != NULL ? status->total : 0;
      g_hash_table_insert (channels, g_strdup (post->id), channel);
    }

  return channels;
}

typedef struct
{
  LiaMailHub *hub;
  gint64      channel_id;
  LiaMailbox *mailbox;  /* instead of how it is set up, or NULL */
  char       *password; /* instead of the one that is kept, or NULL */
} Diagnosis;

static void
diagnosis_free (gpointer data)
{
  Diagnosis *diagnosis = data;

  g_object_unref (diagnosis->hub);
  g_clear_object (&diagnosis->mailbox);
  if (diagnosis->password != NULL)
    explicit_bzero (diagnosis->password, strlen (diagnosis->password));
  g_free (diagnosis->password);
  g_free (diagnosis);
}

static DexFuture *
diagnose_fiber (gpointer data)
{
  Diagnosis *diagnosis = data;
  GError    *error = NULL;
  g_autoptr (LiaMailRow) row = lia_mail_row_load (lia_engine_get_store (diagnosis->hub->engine), diagnosis->channel_id, &error);
  g_autoptr (LiaMailbox) mailbox = NULL;
  g_autofree char *password = NULL;

  if (row == NULL && error == NULL)
    error = g_error_new_literal (LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such mailbox.");
  if (row != NULL)
    mailbox = diagnosis->mailbox != NULL ? g_object_ref (diagnosis->mailbox) : lia_mail_row_to_mailbox (row, &error);
  if (mailbox != NULL && diagnosis->password != NULL)
    return lia_mail_diagnose (mailbox, diagnosis->password);
  if (mailbox != NULL)
    password = lia_mail_row_load_password (row, lia_engine_get_secrets (diagnosis->hub->engine), &error);
  if (password == NULL)
    return dex_future_new_for_error (error);

  return lia_mail_diagnose (mailbox, password);
}

DexFuture *
lia_mail_hub_diagnose (LiaMailHub *self,
                       gint64      channel_id,
                       LiaMailbox *mailbox,
                       const char *password)
{
  Diagnosis *diagnosis = g_new0 (Diagnosis, 1);

  diagnosis->hub = g_object_ref (self);
  diagnosis->channel_id = channel_id;
  g_set_object (&diagnosis->mailbox, mailbox);
  diagnosis->password = g_strdup (password);

  return lia_spawn (diagnose_fiber, diagnosis, diagnosis_free);
}

LiaMailHub *
lia_mail_hub_new (LiaEngine  *engine,
                  const char *worker_path)
{
  LiaMailHub *self = g_object_new (LIA_TYPE_MAIL_HUB, NULL);

  self->engine = engine;
  self->ingest = lia_mail_ingest_new (lia_engine_get_store (engine), worker_path);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed_cb), self, G_CONNECT_DEFAULT);

  return self;
}

static void
lia_mail_hub_dispose (GObject *object)
{
  LiaMailHub *self = LIA_MAIL_HUB (object);

  self->stopped = TRUE;
  g_hash_table_remove_all (self->posts);
  dex_clear (&self->updating);
  g_clear_object (&self->ingest);

  G_OBJECT_CLASS (lia_mail_hub_parent_class)->dispose (object);
}

static void
lia_mail_hub_finalize (GObject *object)
{
  LiaMailHub *self = LIA_MAIL_HUB (object);

  g_hash_table_unref (self->posts);
  g_queue_clear_full (&self->changed, g_free);

  G_OBJECT_CLASS (lia_mail_hub_parent_class)->finalize (object);
}

static void
lia_mail_hub_class_init (LiaMailHubClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lia_mail_hub_dispose;
  object_class->finalize = lia_mail_hub_finalize;
}

static void
lia_mail_hub_init (LiaMailHub *self)
{
  self->posts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, post_free);
  g_queue_init (&self->changed);
}
