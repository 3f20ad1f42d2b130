/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two sources: the figures that the engine sends, and the lists of agents and calls, which are always true. Once a second what grows by itself is written
 * anew, and it is looked whether the figures are still good: without a connection, or without news for too long, the whole board is greyed and says how
 * old it is.
 */
#include "lia-wallboard-window.h"

#include "lia-agent-line.h"
#include "lia-audit-dialog.h"
#include "lia-channel.h"
#include "lia-listen-bar.h"
#include "lia-metrics-watch.h"
#include "lia-queue-card.h"
#include "lia-stay-pane.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaWallboardWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle      *heading;
  GtkMenuButton       *screens;
  AdwBanner           *stale;
  AdwOverlaySplitView *split;
  GtkBox              *board;
  GtkLabel            *empty;
  GtkBox              *queues;
  GtkListBox          *agents;
  LiaStayPane         *stays;
  LiaListenBar        *listen;

  LiaClient       *client;
  LiaPhoneStation *station;
  LiaMetricsWatch *watch;
  guint            timer;
};

enum {
  CONVERSATION_ACTIVATED,
  VIEW_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaWallboardWindow, lia_wallboard_window, ADW_TYPE_WINDOW)

/* Queues ----------------------------------------------------------------------------------------------------------------------------------- */

static void
on_figure_activated_cb (LiaWallboardWindow *self,
                        int                 figure,
                        LiaQueueCard       *card)
{
  if (lia_figure_rows (figure) == NULL)
    {
      g_signal_emit (self, signals[VIEW_ACTIVATED], 0, "callbacks");
      return;
    }
  lia_stay_pane_show (self->stays, self->client, figure, lia_queue_card_get_queue (card));
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
}

/* (transfer none) (nullable) */
static LiaQueueCard *
find_card (LiaWallboardWindow *self,
           const char         *queue)
{
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->queues)); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (g_str_equal (lia_queue_card_get_queue (LIA_QUEUE_CARD (card))->id, queue))
      return LIA_QUEUE_CARD (card);

  return NULL;
}

static void
show_queue (LiaWallboardWindow *self,
            LiaQueue           *queue,
            const LiaQueueDay  *day)
{
  LiaQueueCard *card = find_card (self, queue->id);

  if (card == NULL)
    {
      card = LIA_QUEUE_CARD (lia_queue_card_new (self->client));
      g_signal_connect_object (card, "figure-activated", G_CALLBACK (on_figure_activated_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->queues, GTK_WIDGET (card));
    }
  lia_queue_card_show (card, queue, day);
}

static void
drop_missing_queues (LiaWallboardWindow *self,
                     LiaDayFigures      *figures)
{
  GtkWidget *next;

  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->queues)); card != NULL; card = next)
    {
      next = gtk_widget_get_next_sibling (card);
      if (lia_day_figures_find_queue (figures, lia_queue_card_get_queue (LIA_QUEUE_CARD (card))->id) == NULL)
        gtk_box_remove (self->queues, card);
    }
}

static void
update_queues (LiaWallboardWindow *self)
{
  LiaDayFigures *figures = lia_metrics_watch_get_figures (self->watch);
  GListModel    *queues = lia_client_get_queues (self->client);

  if (figures == NULL)
    return;
  drop_missing_queues (self, figures);
  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);
      LiaQueueDay *day = lia_day_figures_find_queue (figures, queue->id);

      if (day != NULL)
        show_queue (self, queue, day);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->empty), gtk_widget_get_first_child (GTK_WIDGET (self->queues)) == NULL);
}

/* Agents ----------------------------------------------------------------------------------------------------------------------------------- */

static void
on_day_activated_cb (LiaWallboardWindow *self,
                     LiaAgent           *agent)
{
  lia_stay_pane_show_agent (self->stays, self->client, agent);
  adw_overlay_split_view_set_show_sidebar (self->split, TRUE);
}

static void
update_agents (LiaWallboardWindow *self)
{
  LiaDayFigures *figures = lia_metrics_watch_get_figures (self->watch);
  GListModel    *agents = lia_client_get_agents (self->client);
  gint64         now_ms = lia_time_now ();
  guint          n_agents = g_list_model_get_n_items (agents);
  GtkListBoxRow *row;

  for (guint i = 0; i < n_agents; i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      row = gtk_list_box_get_row_at_index (self->agents, (int)i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (lia_agent_line_new (self->station));
          g_signal_connect_object (row, "day-activated", G_CALLBACK (on_day_activated_cb), self, G_CONNECT_SWAPPED);
          gtk_list_box_append (self->agents, GTK_WIDGET (row));
        }
      lia_agent_line_show (LIA_AGENT_LINE (row), agent, figures != NULL ? lia_day_figures_find_agent (figures, agent->id) : NULL, now_ms);
    }
  while ((row = gtk_list_box_get_row_at_index (self->agents, (int)n_agents)) != NULL)
    gtk_list_box_remove (self->agents, GTK_WIDGET (row));
}

/* Time ------------------------------------------------------------------------------------------------------------------------------------- */

/* Since when nothing is heard of a telephone system; 0: all of them speak. Figures that the engine goes on to compute are those of then. */
static gint64
silent_since (LiaWallboardWindow *self)
{
  GListModel *channels = lia_client_get_channels (self->client);
  gint64      since_ms = 0;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (LiaChannel) channel = g_list_model_get_item (channels, i);
      gint64 last_ms = channel->last_ok_ms != 0 ? channel->last_ok_ms : channel->since_ms;

      if (g_strcmp0 (channel->kind, "phone") == 0 && g_strcmp0 (channel->state, "ready") != 0 && last_ms != 0)
        since_ms = since_ms != 0 ? MIN (since_ms, last_ms) : last_ms;
    }

  return since_ms;
}

static char *
age_words (gint64   age_ms,
           gboolean is_silent)
{
  g_autofree char *age = lia_figure_span (age_ms);

  return is_silent ? g_strdup_printf (_ ("The telephone system is not connected: what you see is %s old"), age)
                   : g_strdup_printf (_ ("These figures are %s old"), age);
}

static void
update_age (LiaWallboardWindow *self,
            gint64              now_ms)
{
  gint64           received_ms = lia_metrics_watch_get_received (self->watch);
  gboolean         is_late = lia_client_get_state (self->client) != LIA_CLIENT_LIVE || now_ms - received_ms > LIA_METRICS_LATE_MS;
  gint64           silent_ms = is_late ? 0 : silent_since (self);
  gboolean         old = received_ms > 0 && (is_late || silent_ms != 0);
  g_autofree char *words = age_words (now_ms - (silent_ms != 0 ? silent_ms : received_ms), silent_ms != 0);

  /* What is hidden is not read out. */
  adw_banner_set_title (self->stale, old ? words : "");
  adw_banner_set_revealed (self->stale, old);
  if (old)
    gtk_widget_add_css_class (GTK_WIDGET (self->board), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->board), "stale");
  adw_window_title_set_subtitle (self->heading, received_ms == 0 ? _ ("Waiting for figures…") : "");
}

/* The bar of the window behind is not seen in full screen. */
static void
update_listening (LiaWallboardWindow *self)
{
  LiaPhoneLine *line = lia_phone_station_find_listening (self->station);

  lia_listen_bar_set_line (self->listen, line);
  gtk_widget_set_visible (GTK_WIDGET (self->listen), line != NULL);
  if (line != NULL)
    lia_listen_bar_fill (self->listen);
}

static gboolean
tick_cb (gpointer data)
{
  LiaWallboardWindow *self = data;
  gint64              now_ms = lia_time_now ();

  update_agents (self);
  update_listening (self);
  update_age (self, now_ms);
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->queues)); card != NULL; card = gtk_widget_get_next_sibling (card))
    lia_queue_card_tick (LIA_QUEUE_CARD (card), now_ms);

  return G_SOURCE_CONTINUE;
}

static void
on_changed_cb (LiaWallboardWindow *self)
{
  update_queues (self);
  tick_cb (self);
}

/* Screens ---------------------------------------------------------------------------------------------------------------------------------- */

static void
fullscreen_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
fullscreen_on_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (widget));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, (guint)g_variant_get_int32 (parameter));

  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (widget), monitor);
}

static void
stop_listening_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  LiaPhoneLine *line = lia_phone_station_find_listening (LIA_WALLBOARD_WINDOW (widget)->station);

  if (line != NULL)
    lia_phone_line_hang_up (line);
}

static void
audit_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  if (adw_window_get_visible_dialog (ADW_WINDOW (widget)) == NULL)
    adw_dialog_present (lia_audit_dialog_new (LIA_WALLBOARD_WINDOW (widget)->client), widget);
}

static void
update_screens (LiaWallboardWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();

  g_menu_append (menu, _ ("_Full Screen Here"), "wallboard.fullscreen");
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      const char      *name = gdk_monitor_get_description (monitor);
      g_autofree char *number = g_strdup_printf (_ ("Monitor %d"), (int)i + 1);
      g_autofree char *action = g_strdup_printf ("wallboard.fullscreen-on(%d)", (int)i);

      g_menu_append (others, name != NULL ? name : number, action);
    }
  g_menu_append_section (menu, _ ("Full Screen On"), G_MENU_MODEL (others));
  gtk_menu_button_set_menu_model (self->screens, G_MENU_MODEL (menu));
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
on_stays_closed_cb (LiaWallboardWindow *self)
{
  adw_overlay_split_view_set_show_sidebar (self->split, FALSE);
}

static void
on_conversation_activated_cb (LiaWallboardWindow *self,
                              const char         *conversation,
                              const char         *entry)
{
  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, conversation, entry);
}

static void
lia_wallboard_window_dispose (GObject *object)
{
  LiaWallboardWindow *self = LIA_WALLBOARD_WINDOW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_WALLBOARD_WINDOW);
  g_clear_object (&self->watch);
  g_clear_object (&self->client);
  g_clear_object (&self->station);

  G_OBJECT_CLASS (lia_wallboard_window_parent_class)->dispose (object);
}

static void
lia_wallboard_window_class_init (LiaWallboardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_wallboard_window_dispose;

  signals[CONVERSATION_ACTIVATED] = g_signal_new ("conversation-activated", LIA_TYPE_WALLBOARD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[VIEW_ACTIVATED] =
      g_signal_new ("view-activated", LIA_TYPE_WALLBOARD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIA_TYPE_LISTEN_BAR);
  g_type_ensure (LIA_TYPE_STAY_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-wallboard-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, screens);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, stale);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, split);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, board);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, queues);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, agents);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, stays);
  gtk_widget_class_bind_template_child (widget_class, LiaWallboardWindow, listen);
  gtk_widget_class_bind_template_callback (widget_class, on_stays_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conversation_activated_cb);
  gtk_widget_class_install_action (widget_class, "wallboard.audit", NULL, audit_action);
  gtk_widget_class_install_action (widget_class, "wallboard.stop-listening", NULL, stop_listening_action);
  gtk_widget_class_install_action (widget_class, "wallboard.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_install_action (widget_class, "wallboard.fullscreen-on", "i", fullscreen_on_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F4, 0, "wallboard.stop-listening", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, 0, "wallboard.fullscreen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
lia_wallboard_window_init (LiaWallboardWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
lia_wallboard_window_new (LiaPhoneStation *station)
{
  LiaClient          *client = lia_phone_station_get_client (station);
  LiaWallboardWindow *self = g_object_new (LIA_TYPE_WALLBOARD_WINDOW, NULL);
  GListModel         *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));

  self->client = g_object_ref (client);
  self->station = g_object_ref (station);
  self->watch = lia_metrics_watch_new (client);
  self->timer = g_timeout_add_seconds (1, tick_cb, self);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_agents (client), "items-changed", G_CALLBACK (update_agents), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update_agents), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update_listening), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_phone_station_get_lines (station), "items-changed", G_CALLBACK (update_listening), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_queues (client), "items-changed", G_CALLBACK (update_queues), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_members (client), "items-changed", G_CALLBACK (update_agents), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_channels (client), "items-changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (monitors, "items-changed", G_CALLBACK (update_screens), self, G_CONNECT_SWAPPED);
  update_screens (self);
  on_changed_cb (self);

  return GTK_WINDOW (self);
}
