/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-agent-line.h"

#include "lia-agent-now.h"
#include "lia-client-phone.h"
#include "lia-figure-words.h"
#include "lia-pause-reasons.h"
#include "lia-then.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _LiaAgentLine
{
  GtkListBoxRow parent_instance;

  GtkImage      *icon;
  GtkLabel      *name;
  GtkLabel      *state;
  GtkLabel      *queues;
  GtkButton     *day_button;
  GtkLabel      *day;
  GtkLabel      *since;
  GtkMenuButton *menu;

  LiaClient       *client;
  LiaPhoneStation *station;
  LiaAgent        *agent;
  LiaCall         *call; /* that can be listened to, or NULL */
};

enum {
  DAY_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAgentLine, lia_agent_line, GTK_TYPE_LIST_BOX_ROW)

static void
supervise (LiaAgentLine *self,
           const char   *mode)
{
  if (self->call != NULL)
    lia_then_complain (lia_phone_station_listen (self->station, self->call, self->agent->id, mode), GTK_WIDGET (self), _ ("The call could not be listened to"));
}

/* Every queue in which the agent's telephone is */
static void
sign_out (LiaAgentLine *self)
{
  GListModel *members = lia_client_get_members (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_str_equal (member->agent, self->agent->id))
        lia_then_complain (lia_client_log_in_queue (self->client, member->queue, self->agent->id, FALSE), GTK_WIDGET (self),
                           _ ("The agent could not be signed out"));
    }
}

static void
on_response_cb (LiaAgentLine *self,
                const char   *response)
{
  if (g_str_equal (response, "join"))
    supervise (self, "barge");
  else if (g_str_equal (response, "sign-out"))
    sign_out (self);
}

static void
ask (LiaAgentLine *self,
     const char   *heading,
     const char   *body,
     const char   *response,
     const char   *label)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), response, label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), response, ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Only what others hear of, or what takes something from them, is asked for again. */
static void
supervise_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  LiaAgentLine    *self = LIA_AGENT_LINE (widget);
  const char      *mode = g_variant_get_string (parameter, NULL);
  g_autofree char *heading = NULL;

  if (!g_str_equal (mode, "barge"))
    {
      supervise (self, mode);
      return;
    }
  heading = g_strdup_printf (_ ("Join the Call of %s?"), self->agent->name);
  ask (self, heading, _ ("The customer and the agent will both hear you."), "join", _ ("_Join"));
}

static void
pause_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  LiaAgentLine *self = LIA_AGENT_LINE (widget);

  lia_then_complain (lia_client_pause_agent (self->client, self->agent->id, TRUE, g_variant_get_string (parameter, NULL)), widget,
                     _ ("The agent could not be paused"));
}

static void
resume_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LiaAgentLine *self = LIA_AGENT_LINE (widget);

  lia_then_complain (lia_client_pause_agent (self->client, self->agent->id, FALSE, ""), widget, _ ("The pause could not be ended"));
}

static void
sign_out_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  LiaAgentLine    *self = LIA_AGENT_LINE (widget);
  g_autofree char *heading = g_strdup_printf (_ ("Sign %s Out of All Queues?"), self->agent->name);

  ask (self, heading, _ ("A call that goes on is not ended. No further calls will ring there until the agent signs in again."), "sign-out", _ ("_Sign Out"));
}

static void
on_day_clicked_cb (LiaAgentLine *self)
{
  g_signal_emit (self, signals[DAY_ACTIVATED], 0, self->agent);
}

static void
lia_agent_line_dispose (GObject *object)
{
  LiaAgentLine *self = LIA_AGENT_LINE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_AGENT_LINE);
  g_clear_object (&self->client);
  g_clear_object (&self->station);
  g_clear_object (&self->agent);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (lia_agent_line_parent_class)->dispose (object);
}

static void
lia_agent_line_class_init (LiaAgentLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_agent_line_dispose;

  signals[DAY_ACTIVATED] = g_signal_new ("day-activated", LIA_TYPE_AGENT_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, LIA_TYPE_AGENT);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-agent-line.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, name);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, state);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, queues);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, day_button);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, day);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, since);
  gtk_widget_class_bind_template_child (widget_class, LiaAgentLine, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_day_clicked_cb);
  gtk_widget_class_install_action (widget_class, "agent.supervise", "s", supervise_action);
  gtk_widget_class_install_action (widget_class, "agent.pause", "s", pause_action);
  gtk_widget_class_install_action (widget_class, "agent.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "agent.sign-out", NULL, sign_out_action);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) call = g_menu_new ();
  g_autoptr (GMenu) agent = g_menu_new ();
  g_autoptr (GMenuModel) reasons = lia_pause_reasons_menu ("agent.pause");

  g_menu_append (call, _ ("_Listen"), "agent.supervise('listen')");
  g_menu_append (call, _ ("_Whisper to the Agent"), "agent.supervise('whisper')");
  g_menu_append (call, _ ("_Join the Call…"), "agent.supervise('barge')");
  g_menu_append_submenu (agent, _ ("_Pause"), reasons);
  g_menu_append (agent, _ ("_End the Pause"), "agent.resume");
  g_menu_append (agent, _ ("_Sign Out of the Queues…"), "agent.sign-out");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (call));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (agent));

  return G_MENU_MODEL (menu);
}

static void
lia_agent_line_init (LiaAgentLine *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu, menu);
}

GtkWidget *
lia_agent_line_new (LiaPhoneStation *station)
{
  LiaAgentLine *self = g_object_new (LIA_TYPE_AGENT_LINE, NULL);

  self->station = g_object_ref (station);
  self->client = g_object_ref (lia_phone_station_get_client (station));

  return GTK_WIDGET (self);
}

static void
add_queue_name (LiaAgentLine *self,
                GStrvBuilder *names,
                const char   *id)
{
  GListModel *queues = lia_client_get_queues (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (g_str_equal (queue->id, id))
        g_strv_builder_add (names, queue->name);
    }
}

/* "Sales, Support"; NULL for who is in none */
static char *
dup_queues (LiaAgentLine *self)
{
  GListModel *members = lia_client_get_members (self->client);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_str_equal (member->agent, self->agent->id))
        add_queue_name (self, names, member->queue);
    }
  all = g_strv_builder_end (names);

  return all[0] != NULL ? g_strjoinv (", ", all) : NULL;
}

static void
update_actions (LiaAgentLine *self,
                gboolean      is_member)
{
  LiaAgent *me = lia_client_get_me (self->client);
  gboolean  paused = g_strcmp0 (self->agent->availability, "paused") == 0;
  gboolean  is_me = me != NULL && g_str_equal (me->id, self->agent->id);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agent.supervise", self->call != NULL && !is_me);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agent.resume", paused);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "agent.sign-out", is_member);
}

static char *
day_words (const LiaAgentDay *day)
{
  g_autofree char *handling = lia_figure_span_or_none (day->figures.aht_ms);

  if (day->figures.handled == 0)
    return g_strdup (_ ("No calls yet"));
  if (day->figures.occupancy == LIA_METRIC_NONE)
    return g_strdup_printf (ngettext ("%d call, %s each", "%d calls, %s each", day->figures.handled), (int)day->figures.handled, handling);

  return g_strdup_printf (ngettext ("%d call, %s each, %d %% occupied", "%d calls, %s each, %d %% occupied", day->figures.handled), (int)day->figures.handled,
                          handling, (int)(day->figures.occupancy * 100));
}

static char *
speak (const char *name,
       const char *state,
       const char *since,
       const char *day)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  g_strv_builder_add_many (parts, name, state, NULL);
  if (*since != '\0')
    g_strv_builder_add (parts, since);
  if (*day != '\0')
    g_strv_builder_add (parts, day);
  words = g_strv_builder_end (parts);

  return g_strjoinv (", ", words);
}

/** lia_agent_line_show: @day: (nullable): her figures; @now_ms: to which the time in the state is counted. */
void
lia_agent_line_show (LiaAgentLine      *self,
                     LiaAgent          *agent,
                     const LiaAgentDay *day,
                     gint64             now_ms)
{
  LiaAgentNow      now = lia_agent_now (agent, lia_client_get_calls (self->client), lia_client_get_members (self->client));
  gboolean         reasoned = g_strcmp0 (now.state, agent->availability) == 0 && agent->reason != NULL && *agent->reason != '\0';
  g_autofree char *state = reasoned ? g_strdup_printf (_ ("%s: %s"), lia_agent_now_title (&now), lia_pause_reason_words (agent->reason)) : g_strdup (lia_agent_now_title (&now));
  g_autofree char *since = now.since_ms > 0 ? lia_figure_span (now_ms - now.since_ms) : g_strdup ("");
  g_autofree char *words = day != NULL ? day_words (day) : g_strdup ("");
  g_autofree char *spoken = speak (agent->name, state, since, words);
  g_autofree char *queues = NULL;

  g_set_object (&self->agent, agent);
  queues = dup_queues (self);
  g_set_object (&self->call, now.call);
  gtk_image_set_from_icon_name (self->icon, lia_agent_now_icon (&now));
  gtk_label_set_label (self->name, agent->name);
  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->since, since);
  gtk_label_set_label (self->queues, queues != NULL ? queues : _ ("In no queue"));
  gtk_label_set_label (self->day, words);
  gtk_widget_set_visible (GTK_WIDGET (self->day_button), day != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->day_button), day != NULL && day->figures.handled > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, agent->name, -1);
  update_actions (self, queues != NULL);
}
