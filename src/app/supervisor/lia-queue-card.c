/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-card.h"

#include "lia-client-phone.h"
#include "lia-day-line.h"
#include "lia-figure-button.h"
#include "lia-then.h"

#include <glib/gi18n.h>

#define URGENT 10 /* of a call that is to be the next one */

struct _LiaQueueCard
{
  AdwBin parent_instance;

  GtkLabel   *name;
  GtkFlowBox *figures;
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

static LiaCall *
call_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "call");
}

static void
on_take_cb (GtkWidget *row)
{
  LiaQueueCard *self = LIA_QUEUE_CARD (gtk_widget_get_ancestor (row, LIA_TYPE_QUEUE_CARD));

  lia_then_complain (lia_client_take_call (self->client, call_of (row)), GTK_WIDGET (self), _ ("The caller could not be taken"));
}

static void
on_first_cb (GtkWidget *row)
{
  LiaQueueCard *self = LIA_QUEUE_CARD (gtk_widget_get_ancestor (row, LIA_TYPE_QUEUE_CARD));

  lia_then_complain (lia_client_set_call_priority (self->client, call_of (row), URGENT), GTK_WIDGET (self), _ ("The caller's turn could not be changed"));
}

static GtkWidget *
add_button (GtkWidget  *row,
            GtkWidget  *box,
            const char *icon,
            const char *title,
            GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, title);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (button, "clicked", callback, row, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static GtkWidget *
caller_new (LiaCall *call)
{
  GtkWidget  *row = gtk_list_box_row_new ();
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget  *wait = gtk_label_new (NULL);
  const char *who = *call->name != '\0' ? call->name : *call->number != '\0' ? call->number
                                                                             : _ ("Number withheld");
  GtkWidget  *name = gtk_label_new (who);

  gtk_widget_add_css_class (wait, "numeric");
  gtk_label_set_width_chars (GTK_LABEL (wait), 6);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), wait);
  gtk_box_append (GTK_BOX (box), name);
  add_button (row, box, "go-up-symbolic", _ ("Make This the Next Caller"), G_CALLBACK (on_first_cb));
  add_button (row, box, "call-start-symbolic", _ ("Take This Caller"), G_CALLBACK (on_take_cb));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "call", g_object_ref (call), g_object_unref);
  g_object_set_data (G_OBJECT (row), "wait", wait);

  return row;
}

/* Rows stay while the same callers wait, so that the focus does. */
static gboolean
is_shown (LiaQueueCard *self,
          GPtrArray    *waiting)
{
  for (guint i = 0; i <= waiting->len; i++)
    {
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->callers, (int)i));

      if (i == waiting->len)
        return row == NULL;
      if (row == NULL || g_strcmp0 (call_of (row)->uniqueid, ((LiaCall *)waiting->pdata[i])->uniqueid) != 0)
        return FALSE;
      g_object_set_data_full (G_OBJECT (row), "call", g_object_ref (waiting->pdata[i]), g_object_unref);
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
    gtk_list_box_append (self->callers, caller_new (waiting->pdata[i]));
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
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, figures);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, line);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueCard, callers);
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
  g_set_object (&self->queue, queue);
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
  update_callers (self);
}

/** lia_queue_card_tick: the callers have waited until @now_ms. */
void
lia_queue_card_tick (LiaQueueCard *self,
                     gint64        now_ms)
{
  GtkWidget *row;

  for (int i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->callers, i))) != NULL; i++)
    {
      LiaCallWait     *wait = open_wait (call_of (row), self->queue);
      g_autofree char *span = wait != NULL ? lia_figure_span (now_ms - wait->from_ms) : g_strdup ("");

      gtk_label_set_label (g_object_get_data (G_OBJECT (row), "wait"), span);
    }
}
