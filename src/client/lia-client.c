/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The client's state and its lists. The session puts what arrives into a queue of notices; a tick takes all of them, in order, changes
 * the lists and lets the models publish. A burst of a thousand events is thus a few changes of each list, and widgets never run on the
 * stack of a fiber.
 */

#include "lia-client-private.h"

#include "lia-live-calls.h"
#include "lia-live-chats.h"
#include "lia-replies.h"
#include "lia-responses-private.h"
#include "lia-session.h"
#include "lia-value-list.h"

#define TICK_MS 16

typedef enum {
  NOTICE_STATE,
  NOTICE_SNAPSHOT,
  NOTICE_FRAME,
  NOTICE_MISSED,
} NoticeType;

typedef struct
{
  NoticeType     type;
  LiaClientState state;
  LiaSnapshot   *snapshot;
  LiaFrame      *frame;
  gint64         rows;
  gint64         entries;
} Notice;

struct _LiaClient
{
  GObject parent_instance;

  LiaApi        *api;
  LiaSession    *session;
  GQueue         notices; /* of Notice */
  guint          tick_source;
  gint64         ticked_us; /* monotonic */
  LiaClientState session_state;
  LiaClientState state;
  guint          reading; /* models that read again */
  gboolean       loaded;  /* there was a snapshot */
  gboolean       stale;
  LiaAgent      *me;
  LiaValueList  *views;
  LiaValueList  *channels;
  LiaValueList  *trackers;
  LiaValueList  *queues;
  LiaValueList  *agents;
  LiaLiveCalls  *live;
  LiaLiveChats  *chats;
  DexFuture     *reading_chats;
  LiaResponses  *responses; /* NULL until somebody asks for them */
  guint          watching_metrics;
  int            undo_send_s;
  int            notice_gap_days;
  int            chat_offer_s;
  char          *signature;
  gboolean       sample;
};

G_DEFINE_FINAL_TYPE (LiaClient, lia_client, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_STALE,
  PROP_ME,
  PROP_UNDO_SEND_S,
  PROP_SIGNATURE,
  PROP_SAMPLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum {
  ENTRY_ADDED,
  CUSTOMER_CHANGED,
  VIEW_FRAME,
  JOURNAL_EVENT,
  PUBLISH,
  MISSED,
  METRICS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
notice_free (Notice *notice)
{
  g_clear_pointer (&notice->snapshot, lia_snapshot_unref);
  g_clear_pointer (&notice->frame, lia_frame_unref);
  g_free (notice);
}

static char *
dup_view_id (gpointer value)
{
  return g_strdup (((LiaView *)value)->id);
}

static char *
dup_tracker_id (gpointer value)
{
  return g_strdup (((LiaTrackerSetup *)value)->id);
}

static char *
dup_channel_id (gpointer value)
{
  return g_strdup (((LiaChannel *)value)->id);
}

static char *
dup_queue_id (gpointer value)
{
  return g_strdup (((LiaQueue *)value)->id);
}

static char *
dup_agent_id (gpointer value)
{
  return g_strdup (((LiaAgent *)value)->id);
}

/* Live is only what nobody is still reading again */
static void
update_state (LiaClient *self)
{
  LiaClientState state = self->session_state == LIA_CLIENT_LIVE && self->reading > 0 ? LIA_CLIENT_RESYNCING : self->session_state;
  gboolean       stale = self->loaded && state != LIA_CLIENT_LIVE;

  if (state != self->state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (stale != self->stale)
    {
      self->stale = stale;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
    }
}

static void
set_me (LiaClient *self,
        LiaAgent  *me)
{
  if (g_set_object (&self->me, me))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ME]);
}

static void
take_settings (LiaClient         *self,
               const LiaSettings *settings)
{
  if (settings->undo_send_s >= 0 && settings->undo_send_s != self->undo_send_s)
    {
      self->undo_send_s = (int)settings->undo_send_s;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_SEND_S]);
    }
  if (settings->notice_gap_days >= 0)
    self->notice_gap_days = (int)settings->notice_gap_days;
  if (settings->chat_offer_s >= 0)
    self->chat_offer_s = (int)settings->chat_offer_s;
  if (settings->signature != NULL && g_set_str (&self->signature, settings->signature))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNATURE]);
  if (settings->sample >= 0 && settings->sample != self->sample)
    {
      self->sample = settings->sample;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAMPLE]);
    }
}

static void
take_snapshot (LiaClient   *self,
               LiaSnapshot *snapshot)
{
  self->loaded = TRUE;
  set_me (self, snapshot->me);
  lia_value_list_set_all (self->agents, snapshot->agents);
  lia_value_list_set_all (self->queues, snapshot->queues);
  lia_value_list_set_all (self->channels, snapshot->channels);
  lia_value_list_set_all (self->trackers, snapshot->trackers);
  lia_value_list_set_all (self->views, snapshot->views);
  lia_live_calls_set_all (self->live, snapshot->calls, snapshot->members);
  take_settings (self, &snapshot->settings);
}

static void
take_agent (LiaClient *self,
            LiaAgent  *agent)
{
  lia_value_list_put (self->agents, agent);
  if (self->me != NULL && g_str_equal (self->me->id, agent->id))
    set_me (self, agent);
}

static void
take_queue (LiaClient *self,
            LiaQueue  *queue)
{
  LiaQueue *known = lia_value_list_find (self->queues, queue->id);
  gboolean  same_view = known != NULL && known->hidden == queue->hidden;

  lia_value_list_put (self->queues, queue);
  if (!same_view)
    lia_session_refresh (self->session); /* Of views no event tells */
}

static void
take_event (LiaClient *self,
            LiaEvent  *event)
{
  if (event->agent != NULL)
    take_agent (self, event->agent);
  if (event->queue != NULL)
    take_queue (self, event->queue);
  if (event->channel != NULL)
    lia_value_list_put (self->channels, event->channel);
  if (g_str_equal (event->kind, "channel.removed") && event->id != NULL)
    lia_value_list_remove (self->channels, event->id);
  if (event->tracker != NULL)
    lia_value_list_put (self->trackers, event->tracker);
  if (g_str_equal (event->kind, "tracker.removed") && event->id != NULL)
    lia_value_list_remove (self->trackers, event->id);
  if (event->customer != NULL)
    g_signal_emit (self, signals[CUSTOMER_CHANGED], 0, event->customer);
  if (event->settings != NULL)
    {
      LiaSettings settings;

      lia_settings_decode (&settings, event->settings);
      take_settings (self, &settings);
      lia_settings_clear (&settings);
    }

  if (event->entry != NULL && event->entry->direction == LIA_DIRECTION_IN)
    lia_live_chats_end_typing (self->chats, event->entry->conv);

  g_signal_emit (self, signals[JOURNAL_EVENT], 0, event);

  if (g_str_equal (event->kind, "entry.added") && event->entry != NULL && event->row != NULL)
    g_signal_emit (self, signals[ENTRY_ADDED], 0, event->row, event->entry);
}

static void
take_view_frame (LiaClient *self,
                 LiaFrame  *frame)
{
  LiaView *known = lia_value_list_find (self->views, frame->view);

  if (known != NULL && (known->total != frame->total || known->unread != frame->unread))
    {
      g_autoptr (LiaView) view = lia_view_new ();

      view->id = g_strdup (known->id);
      view->kind = g_strdup (known->kind);
      view->name = g_strdup (known->name);
      view->total = frame->total;
      view->unread = frame->unread;
      lia_value_list_put (self->views, view);
    }

  g_signal_emit (self, signals[VIEW_FRAME], 0, frame);
}

static void
take_metrics (LiaClient *self,
              LiaFrame  *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LiaDayFigures) figures = frame->d != NULL ? lia_wire_decode_day_figures (frame->d, &error) : NULL;

  if (figures != NULL)
    g_signal_emit (self, signals[METRICS], 0, figures);
  else if (error != NULL)
    g_debug ("Left out figures: %s", error->message);
}

static void
take_frame (LiaClient *self,
            LiaFrame  *frame)
{
  if (frame->type == LIA_FRAME_VIEW)
    take_view_frame (self, frame);
  else if (frame->type == LIA_FRAME_LIVE)
    {
      lia_live_calls_take (self->live, frame);
      lia_chat_offers_take (lia_live_chats_get_offers (self->chats), frame);
    }
  else if (frame->type == LIA_FRAME_EPHEMERAL)
    lia_live_chats_take (self->chats, frame);
  else if (frame->type == LIA_FRAME_METRICS)
    take_metrics (self, frame);

  for (guint i = 0; frame->type == LIA_FRAME_EVENTS && i < frame->events->len; i++)
    take_event (self, frame->events->pdata[i]);
}

static void
take_notice (LiaClient *self,
             Notice    *notice)
{
  switch (notice->type)
    {
    case NOTICE_STATE:
      self->session_state = notice->state;
      if (notice->state == LIA_CLIENT_OFFLINE || notice->state == LIA_CLIENT_CONNECTING)
        {
          lia_live_calls_lose (self->live);
          lia_live_chats_lose (self->chats);
        }
      dex_clear (&self->reading_chats);
      if (notice->state == LIA_CLIENT_LIVE)
        self->reading_chats = lia_client_read_chats (self);
      break;
    case NOTICE_SNAPSHOT:
      take_snapshot (self, notice->snapshot);
      break;
    case NOTICE_FRAME:
      take_frame (self, notice->frame);
      break;
    case NOTICE_MISSED:
      g_signal_emit (self, signals[MISSED], 0, notice->rows, notice->entries);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
on_tick_cb (gpointer data)
{
  g_autoptr (LiaClient) self = g_object_ref (data);
  Notice *notice;

  self->tick_source = 0;
  self->ticked_us = g_get_monotonic_time ();

  while ((notice = g_queue_pop_head (&self->notices)) != NULL)
    {
      take_notice (self, notice);
      notice_free (notice);
    }
  g_signal_emit (self, signals[PUBLISH], 0);
  update_state (self);

  return G_SOURCE_REMOVE;
}

/* lia_client_publish_soon: `publish` is emitted in the next tick, at once when the last one is long ago. */
void
lia_client_publish_soon (LiaClient *self)
{
  gint64 since_ms = (g_get_monotonic_time () - self->ticked_us) / 1000;

  if (self->tick_source == 0)
    self->tick_source = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)CLAMP (TICK_MS - since_ms, 0, TICK_MS), on_tick_cb, self, NULL);
}

static Notice *
add_notice (LiaClient *self,
            NoticeType type)
{
  Notice *notice = g_new0 (Notice, 1);

  notice->type = type;
  g_queue_push_tail (&self->notices, notice);
  lia_client_publish_soon (self);

  return notice;
}

static void
on_state_changed_cb (LiaSession    *session,
                     LiaClientState state,
                     LiaClient     *self)
{
  add_notice (self, NOTICE_STATE)->state = state;
}

static void
on_snapshot_cb (LiaSession  *session,
                LiaSnapshot *snapshot,
                LiaClient   *self)
{
  add_notice (self, NOTICE_SNAPSHOT)->snapshot = lia_snapshot_ref (snapshot);
}

static void
on_frame_cb (LiaSession *session,
             LiaFrame   *frame,
             LiaClient  *self)
{
  add_notice (self, NOTICE_FRAME)->frame = lia_frame_ref (frame);
}

static void
on_missed_cb (LiaSession *session,
              gint64      rows,
              gint64      entries,
              LiaClient  *self)
{
  Notice *notice = add_notice (self, NOTICE_MISSED);

  notice->rows = rows;
  notice->entries = entries;
}

static void
lia_client_get_property (GObject    *object,
                         guint       property_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  LiaClient *self = LIA_CLIENT (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_ME:
      g_value_set_object (value, self->me);
      break;
    case PROP_UNDO_SEND_S:
      g_value_set_int (value, self->undo_send_s);
      break;
    case PROP_SIGNATURE:
      g_value_set_string (value, self->signature);
      break;
    case PROP_SAMPLE:
      g_value_set_boolean (value, self->sample);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lia_client_dispose (GObject *object)
{
  LiaClient *self = LIA_CLIENT (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      lia_session_stop (self->session);
    }
  g_clear_object (&self->session);
  g_clear_object (&self->responses);
  g_clear_object (&self->api);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_queue_clear_full (&self->notices, (GDestroyNotify)notice_free);

  G_OBJECT_CLASS (lia_client_parent_class)->dispose (object);
}

static void
lia_client_finalize (GObject *object)
{
  LiaClient *self = LIA_CLIENT (object);

  g_clear_object (&self->me);
  g_clear_object (&self->views);
  g_clear_object (&self->channels);
  g_clear_object (&self->trackers);
  g_clear_object (&self->queues);
  g_clear_object (&self->agents);
  g_clear_object (&self->live);
  dex_clear (&self->reading_chats);
  g_clear_object (&self->chats);
  g_free (self->signature);

  G_OBJECT_CLASS (lia_client_parent_class)->finalize (object);
}

static void
add_signals (void)
{
  /**
   * LiaClient::entry-added:
   * @conversation: its row, as it is now
   * @entry: what is new on its timeline
   */
  signals[ENTRY_ADDED] = g_signal_new ("entry-added", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, LIA_TYPE_CONVERSATION, LIA_TYPE_ENTRY);
  signals[CUSTOMER_CHANGED] = g_signal_new ("customer-changed", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, LIA_TYPE_CUSTOMER);

  /* Inside the library: see lia-client-private.h */
  signals[VIEW_FRAME] = g_signal_new ("view-frame", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[JOURNAL_EVENT] = g_signal_new ("journal-event", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PUBLISH] = g_signal_new ("publish", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MISSED] = g_signal_new ("missed", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[METRICS] = g_signal_new ("metrics", LIA_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_DAY_FIGURES);
}

static void
lia_client_class_init (LiaClientClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lia_client_get_property;
  object_class->dispose = lia_client_dispose;
  object_class->finalize = lia_client_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LIA_TYPE_CLIENT_STATE, LIA_CLIENT_OFFLINE, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  properties[PROP_ME] = g_param_spec_object ("me", NULL, NULL, LIA_TYPE_AGENT, flags);
  properties[PROP_UNDO_SEND_S] = g_param_spec_int ("undo-send-s", NULL, NULL, 0, 3600, 0, flags);
  properties[PROP_SIGNATURE] = g_param_spec_string ("signature", NULL, NULL, "", flags);
  properties[PROP_SAMPLE] = g_param_spec_boolean ("sample", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_signals ();
}

static void
lia_client_init (LiaClient *self)
{
  g_queue_init (&self->notices);
  self->signature = g_strdup ("");
  self->views = lia_value_list_new (LIA_TYPE_VIEW, dup_view_id, (LiaValueEncode)lia_wire_encode_view);
  self->channels = lia_value_list_new (LIA_TYPE_CHANNEL, dup_channel_id, (LiaValueEncode)lia_wire_encode_channel);
  self->trackers = lia_value_list_new (LIA_TYPE_TRACKER_SETUP, dup_tracker_id, (LiaValueEncode)lia_wire_encode_tracker);
  self->queues = lia_value_list_new (LIA_TYPE_QUEUE, dup_queue_id, (LiaValueEncode)lia_wire_encode_queue);
  self->agents = lia_value_list_new (LIA_TYPE_AGENT, dup_agent_id, (LiaValueEncode)lia_wire_encode_agent);
  self->live = lia_live_calls_new ();
  self->chats = lia_live_chats_new ();
}

/**
 * lia_client_new:
 * @address: the engine's socket, a #GUnixSocketAddress or a #GNetworkAddress
 * @secret: (nullable): what an engine on loopback printed; not needed on a unix socket
 */
LiaClient *
lia_client_new (GSocketConnectable *address,
                const char         *secret)
{
  LiaClient *self = g_object_new (LIA_TYPE_CLIENT, NULL);

  self->api = lia_api_new (address, secret);
  self->session = lia_session_new (self->api, address);
  g_signal_connect_object (self->session, "state-changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->session, "snapshot", G_CALLBACK (on_snapshot_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->session, "frame", G_CALLBACK (on_frame_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->session, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_DEFAULT);

  return self;
}

/** lia_client_start: connects, and stays connected until lia_client_stop(). */
void
lia_client_start (LiaClient *self)
{
  g_return_if_fail (LIA_IS_CLIENT (self));

  lia_session_start (self->session);
}

/** lia_client_stop: what is shown stays, and becomes stale. */
void
lia_client_stop (LiaClient *self)
{
  g_return_if_fail (LIA_IS_CLIENT (self));

  lia_session_stop (self->session);
}

LiaClientState
lia_client_get_state (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), LIA_CLIENT_OFFLINE);

  return self->state;
}

/** lia_client_get_notice_gap: for how many days a customer who was told of a fix is left alone. */
int
lia_client_get_notice_gap (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), 0);

  return self->notice_gap_days;
}

/** lia_client_get_chat_offer: how many seconds a chat is offered to one agent. */
int
lia_client_get_chat_offer (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), 0);

  return self->chat_offer_s;
}

/** lia_client_get_me: (transfer none) (nullable): the agent who sits here; NULL until the first answer. */
LiaAgent *
lia_client_get_me (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return self->me;
}

/** lia_client_get_views: (transfer none): in the order of the side bar. */
GListModel *
lia_client_get_views (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->views);
}

GListModel *
lia_client_get_channels (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->channels);
}

/** lia_client_get_trackers: the issue trackers that the engineers work with. */
GListModel *
lia_client_get_trackers (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->trackers);
}

GListModel *
lia_client_get_queues (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->queues);
}

GListModel *
lia_client_get_agents (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->agents);
}

/** lia_client_get_calls: (transfer none): the calls that go on, in the order in which they came. */
GListModel *
lia_client_get_calls (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return lia_live_calls_get_calls (self->live);
}

/** lia_client_get_members: (transfer none): who is in the phone queues. */
GListModel *
lia_client_get_members (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return lia_live_calls_get_members (self->live);
}

/** lia_client_get_chats: (transfer none): who chats at this moment. */
LiaLiveChats *
lia_client_get_chats (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  return self->chats;
}

/** lia_client_get_responses: (transfer none): the canned responses; the first call begins to read them. */
LiaResponses *
lia_client_get_responses (LiaClient *self)
{
  g_return_val_if_fail (LIA_IS_CLIENT (self), NULL);

  if (self->responses == NULL)
    self->responses = lia_responses_new (self);

  return self->responses;
}

/* lia_client_watch_metrics: until lia_client_unwatch_metrics(), `metrics` is emitted. */
void
lia_client_watch_metrics (LiaClient *self)
{
  if (self->watching_metrics++ == 0)
    lia_session_watch_metrics (self->session, TRUE);
}

void
lia_client_unwatch_metrics (LiaClient *self)
{
  g_return_if_fail (self->watching_metrics > 0);

  if (--self->watching_metrics == 0)
    lia_session_watch_metrics (self->session, FALSE);
}

LiaApi *
lia_client_get_api (LiaClient *self)
{
  return self->api;
}

/* lia_client_get_epoch: (nullable): see lia_session_get_epoch(). */
const char *
lia_client_get_epoch (LiaClient *self)
{
  return lia_session_get_epoch (self->session);
}

/* lia_client_begin_reading: until lia_client_end_reading(), what is shown may be old. */
void
lia_client_begin_reading (LiaClient *self)
{
  self->reading++;
  lia_client_publish_soon (self);
}

void
lia_client_end_reading (LiaClient *self)
{
  g_return_if_fail (self->reading > 0);

  self->reading--;
  lia_client_publish_soon (self);
}
