/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-stay-pane.h"

#include "lia-format.h"
#include "lia-queue-stay.h"
#include "lia-then.h"
#include "lia-time.h"

#include <glib/gi18n.h>

struct _LiaStayPane
{
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkListBox     *list;
  GtkLabel       *placeholder;
  GtkButton      *more;

  LiaClient  *client;
  char       *of; /* a queue's id, or an agent's */
  const char *rows;
  char       *next;
  guint       asked; /* which answer is waited for */
};

enum {
  CONVERSATION_ACTIVATED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaStayPane, lia_stay_pane, ADW_TYPE_BIN)

static const char *
result_words (LiaWaitResult result)
{
  switch (result)
    {
    case LIA_WAIT_OPEN:
      return _ ("waiting");
    case LIA_WAIT_ANSWERED:
    case LIA_WAIT_GRABBED:
      return _ ("answered");
    case LIA_WAIT_ABANDONED:
      return _ ("hung up");
    case LIA_WAIT_TIMED_OUT:
      return _ ("nobody answered");
    case LIA_WAIT_TRANSFERRED:
      return _ ("to another queue");
    case LIA_WAIT_CLOSED:
      return _ ("turned away");
    case LIA_WAIT_LOST:
    default:
      return _ ("not known how it ended");
    }
}

/* "10:12, done in time, after 0:42" */
static char *
callback_words (LiaQueueStay *stay,
                const char   *came,
                gint64        now_ms)
{
  g_autofree char *after = lia_figure_span (stay->to_ms - stay->from_ms);
  g_autofree char *late = lia_figure_span ((stay->to_ms != 0 ? stay->to_ms : now_ms) - stay->due_ms);

  if (stay->to_ms == 0)
    return g_strdup_printf (_ ("%s, not done, %s late"), came, late);
  if (stay->to_ms > stay->due_ms)
    return g_strdup_printf (_ ("%s, done %s late"), came, late);

  return g_strdup_printf (_ ("%s, done in time, after %s"), came, after);
}

static char *
stay_words (LiaQueueStay *stay)
{
  gint64           now_ms = lia_time_now ();
  g_autofree char *came = lia_format_time (stay->from_ms, now_ms);
  g_autofree char *wait = lia_figure_span ((stay->to_ms != 0 ? stay->to_ms : now_ms) - stay->from_ms);

  if (stay->due_ms != 0)
    return callback_words (stay, came, now_ms);
  if (stay->handling_ms != LIA_METRIC_NONE)
    {
      g_autofree char *handling = lia_figure_span_or_none (stay->handling_ms);

      /* Translators: when a call was answered, and what it took, wrap-up included: “10:12, handled in 3:54” */
      return g_strdup_printf (_ ("%s, handled in %s"), came, handling);
    }

  return g_strdup_printf (_ ("%s, waited %s, %s"), came, wait, result_words (stay->result));
}

static GtkWidget *
stay_row_new (LiaQueueStay *stay)
{
  g_autofree char *subtitle = stay_words (stay);
  const LiaAddress customer = { stay->customer_name, stay->customer_address };
  g_autofree char *known = lia_address_show (&customer);
  const char      *who = *known != '\0' ? known : _ ("Number withheld");
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "stay", g_object_ref (stay), g_object_unref);

  return row;
}

static void
page_read_cb (gpointer      owner,
              const GValue *value,
              GError       *error,
              gpointer      data)
{
  LiaStayPane  *self = owner;
  LiaValuePage *page = value != NULL ? g_value_get_object (value) : NULL;

  if (GPOINTER_TO_UINT (data) != self->asked)
    return;
  if (page == NULL)
    {
      g_autofree char *words = lia_problem_words (error);

      gtk_label_set_label (self->placeholder, words);
      return;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->values)); i++)
    {
      g_autoptr (LiaQueueStay) stay = g_list_model_get_item (G_LIST_MODEL (page->values), i);

      gtk_list_box_append (self->list, stay_row_new (stay));
    }
  gtk_label_set_label (self->placeholder, g_str_equal (self->rows, lia_figure_rows (LIA_FIGURE_CALLBACKS_KEPT)) ? _ ("No callbacks today") : _ ("No calls today"));
  g_set_str (&self->next, page->next);
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->next != NULL);
}

static void
read_page (LiaStayPane *self)
{
  self->asked++;
  lia_then (lia_client_get_metric_rows (self->client, self->rows, self->of, self->next), self, page_read_cb,
            GUINT_TO_POINTER (self->asked), NULL);
}

static void
on_more_cb (LiaStayPane *self)
{
  read_page (self);
}

static void
on_close_cb (LiaStayPane *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_row_activated_cb (LiaStayPane *self,
                     GtkWidget   *row)
{
  LiaQueueStay *stay = g_object_get_data (G_OBJECT (row), "stay");

  g_signal_emit (self, signals[CONVERSATION_ACTIVATED], 0, stay->conv, stay->entry);
}

static void
lia_stay_pane_dispose (GObject *object)
{
  LiaStayPane *self = LIA_STAY_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_STAY_PANE);
  g_clear_object (&self->client);
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->next, g_free);

  G_OBJECT_CLASS (lia_stay_pane_parent_class)->dispose (object);
}

static void
lia_stay_pane_class_init (LiaStayPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_stay_pane_dispose;

  signals[CONVERSATION_ACTIVATED] = g_signal_new ("conversation-activated", LIA_TYPE_STAY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", LIA_TYPE_STAY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-stay-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaStayPane, title);
  gtk_widget_class_bind_template_child (widget_class, LiaStayPane, list);
  gtk_widget_class_bind_template_child (widget_class, LiaStayPane, placeholder);
  gtk_widget_class_bind_template_child (widget_class, LiaStayPane, more);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_more_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
lia_stay_pane_init (LiaStayPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @rows: their name in the engine's interface, static; @of: a queue's id, or an agent's */
static void
show (LiaStayPane *self,
      LiaClient   *client,
      const char  *rows,
      const char  *of,
      const char  *title,
      const char  *subtitle)
{
  g_set_object (&self->client, client);
  g_set_str (&self->of, of);
  self->rows = rows;
  g_clear_pointer (&self->next, g_free);
  gtk_list_box_remove_all (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  gtk_label_set_label (self->placeholder, _ ("Loading…"));
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  read_page (self);
}

/** lia_stay_pane_show: @figure: one that has rows, see lia_figure_rows(). */
void
lia_stay_pane_show (LiaStayPane *self,
                    LiaClient   *client,
                    LiaFigure    figure,
                    LiaQueue    *queue)
{
  const char *title = figure == LIA_FIGURE_SERVICE_LEVEL ? _ ("Not Served in Time") : lia_figure_title (figure);

  show (self, client, lia_figure_rows (figure), queue->id, title, queue->name);
}

/** lia_stay_pane_show_agent: the calls that the agent handled today, behind all of her figures. */
void
lia_stay_pane_show_agent (LiaStayPane *self,
                          LiaClient   *client,
                          LiaAgent    *agent)
{
  show (self, client, "handled", agent->id, _ ("Calls Handled"), agent->name);
}
