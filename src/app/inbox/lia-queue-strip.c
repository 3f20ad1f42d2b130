/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-queue-strip.h"

#include "lia-agent.h"
#include "lia-call-words.h"
#include "lia-callers.h"
#include "lia-clock.h"
#include "lia-time.h"
#include "lia-waiting-callers.h"

#include <glib/gi18n.h>

struct _LiaQueueStrip
{
  AdwBin parent_instance;

  GtkImage      *icon;
  GtkLabel      *waiting;
  GtkMenuButton *members_button;
  GtkPopover    *members_popover;
  GtkListBox    *members;

  LiaClient *client;
  char      *queue; /* its id, or NULL */
  GPtrArray *here;  /* of LiaQueueMember: those of the queue, as the rows of `members` stand */
};

G_DEFINE_FINAL_TYPE (LiaQueueStrip, lia_queue_strip, ADW_TYPE_BIN)

static void
show_waiting (LiaQueueStrip *self,
              LiaQueue      *queue,
              guint          n_waiting,
              gint64         longest_ms)
{
  gboolean         late = n_waiting > 0 && queue->service_target_ms > 0 && longest_ms > queue->service_target_ms;
  g_autofree char *span = lia_call_words_span (longest_ms);
  g_autofree char *count = g_strdup_printf (ngettext ("%d caller waits", "%d callers wait", n_waiting), (int)n_waiting);
  /* Translators: how many callers wait, and for how long the first of them has */
  g_autofree char *text = n_waiting > 0 ? g_strdup_printf (_ ("%s · longest %s"), count, span) : g_strdup (_ ("Nobody calls"));

  gtk_label_set_label (self->waiting, text);
  gtk_image_set_from_icon_name (self->icon, late ? "lia-overdue-symbolic" : "call-start-symbolic");
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "late");
}

static void
update_times (LiaQueueStrip *self)
{
  gint64 now_ms = lia_time_now ();

  for (guint i = 0; i < self->here->len && gtk_widget_get_visible (GTK_WIDGET (self->members_popover)); i++)
    {
      GtkListBoxRow   *row = gtk_list_box_get_row_at_index (self->members, (int)i);
      g_autofree char *words = lia_callers_member_words (self->here->pdata[i], now_ms);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
    }
}

static void
update (LiaQueueStrip *self)
{
  g_autoptr (LiaQueue) queue = self->queue != NULL ? lia_callers_find_queue (lia_client_get_queues (self->client), self->queue) : NULL;
  gboolean visible = queue != NULL && queue->phone_channel != NULL && *queue->phone_channel != '\0';
  gboolean watched = visible && gtk_widget_get_mapped (GTK_WIDGET (self));
  guint    n_waiting = 0;
  gint64   longest_ms = 0;

  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (visible)
    {
      n_waiting = lia_waiting_callers_count (lia_client_get_calls (self->client), self->queue, lia_time_now (), &longest_ms);
      show_waiting (self, queue, n_waiting, longest_ms);
      update_times (self);
    }
  if (watched && (n_waiting > 0 || gtk_widget_get_visible (GTK_WIDGET (self->members_popover))))
    lia_clock_count (lia_clock_get_default (), G_CALLBACK (update), self);
  else
    lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (update), self);
}

static char *
dup_name (LiaQueueStrip  *self,
          LiaQueueMember *member)
{
  GListModel *agents = lia_client_get_agents (self->client);

  for (guint i = 0; i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (g_strcmp0 (agent->id, member->agent) == 0)
        return g_strdup (agent->name);
    }
  return g_strdup (*member->name != '\0' ? member->name : member->interface);
}

static void
add_member (LiaQueueStrip  *self,
            LiaQueueMember *member)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *name = dup_name (self, member);
  const char      *icon = member->paused ? "user-away-symbolic" : lia_callers_member_is_free (member) ? "user-available-symbolic"
                                                                                                      : "user-busy-symbolic";

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  gtk_list_box_append (self->members, row);
  g_ptr_array_add (self->here, g_object_ref (member));
}

static void
refill_members (LiaQueueStrip *self)
{
  GListModel      *members = lia_client_get_members (self->client);
  guint            n_free = 0;
  g_autofree char *text = NULL;

  gtk_list_box_remove_all (self->members);
  g_ptr_array_set_size (self->here, 0);
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (LiaQueueMember) member = g_list_model_get_item (members, i);

      if (g_strcmp0 (member->queue, self->queue) != 0)
        continue;
      add_member (self, member);
      n_free += lia_callers_member_is_free (member);
    }

  /* Translators: how many of a queue's agents can be called now */
  text = self->here->len > 0 ? g_strdup_printf (_ ("%d of %d free"), (int)n_free, (int)self->here->len) : g_strdup (_ ("No agents"));
  gtk_menu_button_set_label (self->members_button, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->members_button), self->here->len > 0);
  update (self);
}

static void
on_popover_cb (LiaQueueStrip *self)
{
  update (self);
}

static void
lia_queue_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_queue_strip_parent_class)->map (widget);
  update (LIA_QUEUE_STRIP (widget));
}

static void
lia_queue_strip_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lia_queue_strip_parent_class)->unmap (widget);
  lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (update), widget);
}

static void
lia_queue_strip_dispose (GObject *object)
{
  LiaQueueStrip *self = LIA_QUEUE_STRIP (object);

  lia_clock_uncount (lia_clock_get_default (), G_CALLBACK (update), self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_QUEUE_STRIP);
  g_clear_object (&self->client);
  g_clear_pointer (&self->queue, g_free);
  g_clear_pointer (&self->here, g_ptr_array_unref);
  G_OBJECT_CLASS (lia_queue_strip_parent_class)->dispose (object);
}

static void
lia_queue_strip_class_init (LiaQueueStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_queue_strip_dispose;
  widget_class->map = lia_queue_strip_map;
  widget_class->unmap = lia_queue_strip_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-queue-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaQueueStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueStrip, waiting);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueStrip, members_button);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueStrip, members_popover);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueStrip, members);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_cb);
}

static void
lia_queue_strip_init (LiaQueueStrip *self)
{
  self->here = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_queue_strip_set_client (LiaQueueStrip *self,
                            LiaClient     *client)
{
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_queues (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_client_get_members (client), "items-changed", G_CALLBACK (refill_members), self, G_CONNECT_SWAPPED);
}

/** lia_queue_strip_set_queue: (nullable): a queue's id; NULL for none. */
void
lia_queue_strip_set_queue (LiaQueueStrip *self,
                           const char    *queue)
{
  g_set_str (&self->queue, queue);
  refill_members (self);
}
