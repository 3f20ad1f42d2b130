/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-availability-button.h"

#include "lia-client-phone.h"
#include "lia-clock.h"
#include "lia-format.h"
#include "lia-line-words.h"
#include "lia-pause-reasons.h"
#include "lia-pause-watch.h"
#include "lia-queue.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

#define MOST_CHATS 8
#define PATIENCE_MS 3000 /* which the telephone system has for a pause */

struct _LiaAvailabilityButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkImage      *icon;
  GtkLabel      *time;
  GtkLabel      *chats;
  GtkImage      *warning;

  LiaClient          *client;
  LiaPauseWatch      *watch;
  GSimpleActionGroup *queues;   /* an action for each phone queue: whether I am in it */
  GSimpleAction      *capacity; /* how many chats at once are offered to me */
  guint               tick;     /* while I wrap up, which is a matter of seconds */
};

G_DEFINE_FINAL_TYPE (LiaAvailabilityButton, lia_availability_button, ADW_TYPE_BIN)

static const struct
{
  const char *state;
  const char *icon;
  const char *title;
} availabilities[] = {
  { "available", "user-available-symbolic", N_ ("Available") },
  { "busy", "user-busy-symbolic", N_ ("Busy") },
  { "wrap-up", "user-idle-symbolic", N_ ("Wrapping Up") },
  { "paused", "user-away-symbolic", N_ ("Pause") },
  { "offline", "user-offline-symbolic", N_ ("Offline") },
};

static guint
index_of (LiaAgent *me)
{
  for (guint i = 0; me != NULL && i < G_N_ELEMENTS (availabilities); i++)
    if (g_strcmp0 (me->availability, availabilities[i].state) == 0)
      return i;
  return G_N_ELEMENTS (availabilities) - 1;
}

static gboolean
is_state (LiaAgent   *me,
          const char *state)
{
  return me != NULL && g_strcmp0 (me->availability, state) == 0;
}

/* "Pause (Lunch)" */
static char *
describe (LiaAgent *me)
{
  const char *title = _ (availabilities[index_of (me)].title);

  if (!is_state (me, "paused") || me->reason == NULL || *me->reason == '\0')
    return g_strdup (title);
  return g_strdup_printf ("%s (%s)", title, lia_pause_reason_words (me->reason));
}

static char *
time_in_state (LiaAgent *me)
{
  gint64 span_ms = lia_time_now () - me->since_ms;

  return is_state (me, "wrap-up") ? lia_line_words_time (span_ms) : lia_format_span (span_ms);
}

static LiaChatOffers *
get_offers (LiaAvailabilityButton *self)
{
  return lia_live_chats_get_offers (lia_client_get_chats (self->client));
}

/* (nullable): how many chats I have, where I have any */
static char *
say_chats (LiaAvailabilityButton *self)
{
  gint64 n_chats = lia_chat_offers_get_n_chats (get_offers (self));

  if (n_chats == 0)
    return NULL;
  /* Translators: how many chats the agent has, and how many are offered to them at once */
  return g_strdup_printf (_ ("Chats: %d of %d"), (int)n_chats, (int)lia_chat_offers_get_capacity (get_offers (self)));
}

/* "Your Availability: Pause (Lunch), for 12 min" */
static char *
say (LiaAvailabilityButton *self,
     const char            *time)
{
  g_autofree char *state = describe (lia_client_get_me (self->client));
  const char      *problem = lia_pause_watch_get_problem (self->watch);
  g_autofree char *words = time != NULL ? g_strdup_printf (_ ("Your Availability: %s, for %s"), state, time)
                                        : g_strdup_printf (_ ("Your Availability: %s"), state);
  g_autofree char *chats = say_chats (self);

  return g_strjoin ("\n", words, chats != NULL ? chats : problem, chats != NULL ? problem : NULL, NULL);
}

static void
update_chats (LiaAvailabilityButton *self)
{
  gint64           n_chats = lia_chat_offers_get_n_chats (get_offers (self));
  g_autofree char *text = g_strdup_printf ("%d/%d", (int)n_chats, (int)lia_chat_offers_get_capacity (get_offers (self)));

  gtk_label_set_label (self->chats, text);
  gtk_widget_set_visible (GTK_WIDGET (self->chats), n_chats > 0);
  if (lia_client_get_me (self->client) != NULL)
    g_simple_action_set_state (self->capacity, g_variant_new_int32 ((gint32)lia_client_get_me (self->client)->chats));
}

static void
update_words (LiaAvailabilityButton *self)
{
  LiaAgent        *me = lia_client_get_me (self->client);
  g_autofree char *time = me != NULL && me->since_ms > 0 ? time_in_state (me) : NULL;
  g_autofree char *spoken = say (self, time);

  gtk_image_set_from_icon_name (self->icon, availabilities[index_of (me)].icon);
  update_chats (self);
  gtk_label_set_label (self->time, time != NULL ? time : "");
  gtk_widget_set_visible (GTK_WIDGET (self->time), time != NULL && (is_state (me, "wrap-up") || is_state (me, "paused")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  if (is_state (me, "available"))
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "available");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "available");
}

static gboolean
is_in_queue (LiaAvailabilityButton *self,
             const char            *queue)
{
  GListModel *members = lia_client_get_members (self->client);
  LiaAgent   *me = lia_client_get_me (self->client);

  for (guint i = 0; me != NULL && i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_strcmp0 (member->queue, queue) == 0 && g_strcmp0 (member->agent, me->id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The state of the action changes when the telephone system says so. */
static void
on_queue_activated_cb (GSimpleAction         *action,
                       GVariant              *parameter,
                       LiaAvailabilityButton *self)
{
  const char *queue = g_action_get_name (G_ACTION (action));
  LiaAgent   *me = lia_client_get_me (self->client);

  if (me != NULL)
    lia_then_complain (lia_client_log_in_queue (self->client, queue, me->id, !is_in_queue (self, queue)), GTK_WIDGET (self),
                       _ ("The queue could not be changed"));
}

static GMenuModel *
make_states (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) pauses = lia_pause_reasons_menu ("workbench.pause");

  g_menu_append (menu, _ ("_Available"), "workbench.availability('available')");
  g_menu_append (menu, _ ("_Busy"), "workbench.availability('busy')");
  g_menu_append_submenu (menu, _ ("Having a _Pause"), pauses);
  g_menu_append (menu, _ ("_Offline"), "workbench.availability('offline')");
  return G_MENU_MODEL (menu);
}

static void
add_queue (LiaAvailabilityButton *self,
           GMenu                 *menu,
           LiaQueue              *queue)
{
  g_autofree char *name = g_strconcat ("queues.", queue->id, NULL);
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (queue->id, NULL, g_variant_new_boolean (is_in_queue (self, queue->id)));

  g_signal_connect_object (action, "activate", G_CALLBACK (on_queue_activated_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->queues), G_ACTION (action));
  g_menu_append (menu, queue->name, name);
}

static GMenuModel *
make_queues (LiaAvailabilityButton *self)
{
  GMenu      *menu = g_menu_new ();
  GListModel *queues = lia_client_get_queues (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (queues); i++)
    {
      g_autoptr (LiaQueue) queue = g_list_model_get_item (queues, i);

      if (queue->phone_channel != NULL && *queue->phone_channel != '\0')
        add_queue (self, menu, queue);
    }
  return G_MENU_MODEL (menu);
}

static void
on_capacity_activated_cb (GSimpleAction         *action,
                          GVariant              *parameter,
                          LiaAvailabilityButton *self)
{
  lia_then_complain (lia_client_set_chats (self->client, g_variant_get_int32 (parameter)), GTK_WIDGET (self),
                     _ ("The number of chats could not be changed"));
}

static GMenuModel *
make_chats (void)
{
  GMenu *menu = g_menu_new ();

  for (int i = 0; i <= MOST_CHATS; i++)
    {
      g_autofree char *label = i > 0 ? g_strdup_printf ("%d", i) : g_strdup (_ ("None"));
      g_autofree char *action = g_strdup_printf ("chats.at-once(%d)", i);

      g_menu_append (menu, label, action);
    }

  return G_MENU_MODEL (menu);
}

static void
rebuild_menu (LiaAvailabilityButton *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) chats = g_menu_new ();
  g_autoptr (GMenuModel) numbers = make_chats ();
  g_autoptr (GMenuModel) states = make_states ();
  g_autoptr (GMenuModel) queues = make_queues (self);

  g_menu_append_section (menu, _ ("I Am"), states);
  if (g_menu_model_get_n_items (queues) > 0)
    g_menu_append_section (menu, _ ("I Answer Calls Of"), queues);
  g_menu_append_submenu (chats, _ ("_Chats at Once"), numbers);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (chats));
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (menu));
}

static void
update_queues (LiaAvailabilityButton *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self->queues));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_group_change_action_state (G_ACTION_GROUP (self->queues), names[i], g_variant_new_boolean (is_in_queue (self, names[i])));
}

static void
on_watch_changed_cb (LiaAvailabilityButton *self)
{
  const char *problem = lia_pause_watch_get_problem (self->watch);

  gtk_widget_set_visible (GTK_WIDGET (self->warning), problem != NULL);
  update_words (self);
  if (problem != NULL)
    lia_toast (GTK_WIDGET (self), problem);
}

static gboolean
on_tick_cb (gpointer data)
{
  update_words (data);
  return G_SOURCE_CONTINUE;
}

static void
on_me_changed_cb (LiaAvailabilityButton *self)
{
  gboolean wraps_up = is_state (lia_client_get_me (self->client), "wrap-up");

  g_clear_handle_id (&self->tick, g_source_remove);
  if (wraps_up)
    self->tick = g_timeout_add_seconds (1, on_tick_cb, self);
  update_words (self);
  update_queues (self);
}

void
lia_availability_button_set_client (LiaAvailabilityButton *self,
                                    LiaClient             *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  self->watch = lia_pause_watch_new (client, PATIENCE_MS);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_watch_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (on_me_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_queues (client), "items-changed", G_CALLBACK (rebuild_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_members (client), "items-changed", G_CALLBACK (update_queues), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_offers (self), "changed", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_clock_get_default (), "tick", G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  rebuild_menu (self);
  on_me_changed_cb (self);
}

static void
lia_availability_button_dispose (GObject *object)
{
  LiaAvailabilityButton *self = LIA_AVAILABILITY_BUTTON (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  /* The only child is a template child too: the template would take it from under AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_AVAILABILITY_BUTTON);
  g_clear_object (&self->capacity);
  g_clear_object (&self->queues);
  g_clear_object (&self->watch);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (lia_availability_button_parent_class)->dispose (object);
}

static void
lia_availability_button_class_init (LiaAvailabilityButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_availability_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-availability-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAvailabilityButton, button);
  gtk_widget_class_bind_template_child (widget_class, LiaAvailabilityButton, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaAvailabilityButton, chats);
  gtk_widget_class_bind_template_child (widget_class, LiaAvailabilityButton, time);
  gtk_widget_class_bind_template_child (widget_class, LiaAvailabilityButton, warning);
}

static void
lia_availability_button_init (LiaAvailabilityButton *self)
{
  g_autoptr (GSimpleActionGroup) chats = g_simple_action_group_new ();

  self->queues = g_simple_action_group_new ();
  self->capacity = g_simple_action_new_stateful ("at-once", G_VARIANT_TYPE_INT32, g_variant_new_int32 (-1));
  g_signal_connect_object (self->capacity, "activate", G_CALLBACK (on_capacity_activated_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (chats), G_ACTION (self->capacity));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "queues", G_ACTION_GROUP (self->queues));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chats", G_ACTION_GROUP (chats));
}
