/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-card.h"

#include "lia-caller-row.h"
#include "lia-day-line.h"
#include "lia-figure-button.h"
#include "lia-queue-dialog.h"

struct _LiaQueueCard
{
  AdwBin parent_instance;

  GtkLabel   *name;
  GtkWidget  *settings;
  GtkFlowBox *figures;
  GtkLabel   *line_title;
  LiaDayLine *line;
  GtkListBox *callers;

  LiaFigureButton *buttons[LIA_N_FIGURES];
  LiaClient       *client;
  LiaQueue        *queue;
};

enum {
  FIGURE_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaQueueCard, lia_queue_card, ADW_TYPE_BIN)

static void
on_clicked_cb (LiaQueueCard    *self,
               LiaFigureButton *button)
{
  for (int i = 0; i < LIA_N_FIGURES; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[FIGURE_ACTIVATED], 0, i);
}

static void
on_settings_clicked_cb (LiaQueueCard *self)
{
  adw_dialog_present (lia_queue_dialog_new (self->client, self->queue), GTK_WIDGET (self));
}

/* Callers ---------------------------------------------------------------------------------------------------------------------------------- */

static LiaCallWait *
open_wait (LiaCall  *call,
           LiaQueue *queue)
{
  LiaCallWait *wait = lia_call_last_wait (call);

  return wait != NULL && wait->to_ms == 0 && g_str_equal (wait->queue, queue->id) ? wait : NULL;
}

static int
compare_waits (gconstpointer a,
               gconstpointer b)
{
  LiaCallWait *left = lia_call_last_wait (*(LiaCall *const *)a);
  LiaCallWait *right = lia_call_last_wait (*(LiaCall *const *)b);

  if (left->position != right->position)
    return (left->position > right->position) - (left->position < right->position);

  return (left->from_ms > right->from_ms) - (left->from_ms < right->from_ms);
}

static GPtrArray *
list_waiting (LiaQueueCard *self)
{
  GListModel *calls = lia_client_get_calls (self->client);
  GPtrArray  *waiting = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (LiaCall) call = g_list_model_get_item (calls, i);

      if (open_wait (call, self->queue) != NULL)
        g_ptr_array_add (waiting, g_steal_pointer (&call));
    }
  g_ptr_array_sort (waiting, compare_waits);

  return waiting;
}

/* Rows stay while the same callers wait, so that the focus does. */
static gboolean
is_shown (LiaQueueCard *self,
          GPtrArray    *waiting)
{
  for (guint i = 0; i <= waiting->len; i++)
    {
      LiaCallerRow *row = (LiaCallerRow *)gtk_list_box_get_row_at_index (self->callers, (int)i);

      if (i == waiting->len)
        return row == NULL;
      if (row == NULL || g_strcmp0 (lia_caller_row_get_call (row)->uniqueid, ((LiaCall *)waiting->pdata[i])->uniqueid) != 0)
        return FALSE;
      lia_caller_row_set_call (row, waiting->pdata[i]);
    }

  return TRUE;
}

static void
update_callers (LiaQueueCard *self)
{
  g_autoptr (GPtrArray) waiting = list_waiting (self);

  if (is_shown (self, waiting))
    return;
  gtk_list_box_remove_all (self->callers);
  for (guint i = 0; i < waiting->len; i++)
    gtk_list_box_append (self->callers, lia_caller_row_new (self->client, waiting->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->callers), waiting->len > 0);
}

/* ------------------------------------------------------------------------------------------------------------------------------------------ */

static void
lia_queue_card_dispose (GObject *object)
{
  LiaQueueCard *self = LIA_QUEUE_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_QUEUE_CARD);
  g_clear_object (&self->client);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (lia_queue_card_parent_class)->dispose (object);
}

static void
lia_queue_card_class_init (LiaQueueCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_queue_card_dispose;

  signals[FIGURE_ACTIVATED] =
      g_signal_new ("figure-activated", LIA_TYPE_QUEUE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (LIA_TYPE_DAY_LINE);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-queue-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, name);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, settings);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, figures);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, line_title);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, line);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, callers);
  gtk_widget_class_bind_template_callback (widget_class, on_settings_clicked_cb);
}

static void
lia_queue_card_init (LiaQueueCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < LIA_N_FIGURES; i++)
    {
      GtkWidget *button = lia_figure_button_new ();

      self->buttons[i] = LIA_FIGURE_BUTTON (button);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->figures, button);
      /* The button is what one goes to. */
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

GtkWidget *
lia_queue_card_new (LiaClient *client)
{
  LiaQueueCard *self = g_object_new (LIA_TYPE_QUEUE_CARD, NULL);

  self->client = g_object_ref (client);
  g_signal_connect_object (lia_client_get_calls (client), "items-changed", G_CALLBACK (update_callers), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

LiaQueue *
lia_queue_card_get_queue (LiaQueueCard *self)
{
  return self->queue;
}

void
lia_queue_card_show (LiaQueueCard      *self,
                     LiaQueue          *queue,
                     const LiaQueueDay *day)
{
  g_autofree char *title = NULL;

  g_set_object (&self->queue, queue);
  gtk_widget_set_visible (self->settings, lia_agent_is_admin (lia_client_get_me (self->client)));
  gtk_label_set_label (self->name, queue->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, queue->name, -1);
  for (int i = 0; i < LIA_N_FIGURES; i++)
    {
      g_autofree char *value = lia_figure_value (i, day);
      g_autofree char *detail = lia_figure_detail (i, day);
      g_autofree char *formula = lia_figure_formula (i, queue);

      lia_figure_button_show (self->buttons[i], lia_figure_title (i), value, detail, formula, lia_figure_alarms (i, day, queue));
    }
  lia_day_line_set_hours (self->line, day->hours);
  title = lia_day_line_title (day->hours);
  gtk_label_set_label (self->line_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->line), day->figures.entered > 0);
  update_callers (self);
}

/** lia_queue_card_tick: the callers have waited until @now_ms. */
void
lia_queue_card_tick (LiaQueueCard *self,
                     gint64        now_ms)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->callers, i)) != NULL; i++)
    lia_caller_row_tick (LIA_CALLER_ROW (row), now_ms);
}
