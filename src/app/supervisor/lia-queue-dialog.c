/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queue-dialog.h"

#include "lia-client-pbx.h"
#include "lia-figure-words.h"
#include "lia-hours-group.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaQueueDialog
{
  AdwDialog parent_instance;

  GtkWidget           *save_button;
  GtkWidget           *page;
  AdwPreferencesGroup *level_group;
  AdwSpinRow          *service_target;
  AdwComboRow         *rule;
  AdwSpinRow          *short_wait;
  AdwSpinRow          *wrapup;
  AdwSpinRow          *callback;
  LiaHoursGroup       *hours;

  LiaClient *client;
  LiaQueue  *queue; /* NULL until the rows are filled */
};

G_DEFINE_FINAL_TYPE (LiaQueueDialog, lia_queue_dialog, ADW_TYPE_DIALOG)

/* As the rows of the template */
static const char *const rules[] = { "negative", "ignore", "positive" };

static gint64
seconds (AdwSpinRow *row)
{
  return (gint64)adw_spin_row_get_value (row) * 1000;
}

/* As it is chosen here */
static LiaQueue *
make_queue (LiaQueueDialog *self)
{
  LiaQueue *queue = lia_queue_new ();

  queue->id = g_strdup (self->queue->id);
  queue->service_target_ms = seconds (self->service_target);
  queue->service_level = g_strdup (rules[MIN (adw_combo_row_get_selected (self->rule), G_N_ELEMENTS (rules) - 1)]);
  queue->short_ms = seconds (self->short_wait);
  queue->wrapup_ms = seconds (self->wrapup);
  queue->callback_target_ms = seconds (self->callback) * 60;

  return queue;
}

static void
on_rule_changed_cb (LiaQueueDialog *self)
{
  g_autoptr (LiaQueue) queue = self->queue != NULL ? make_queue (self) : NULL;
  g_autofree char *formula = queue != NULL ? lia_figure_formula (LIA_FIGURE_SERVICE_LEVEL, queue) : NULL;

  adw_preferences_group_set_description (self->level_group, formula);
}

static void
saved_cb (gpointer      owner,
          const GValue *value,
          GError       *error,
          gpointer      data)
{
  LiaQueueDialog *self = owner;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (error != NULL)
    lia_complain (self->page, _ ("The queue could not be saved"), error);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

static void
on_save_clicked_cb (LiaQueueDialog *self)
{
  g_autoptr (LiaQueue) queue = NULL;
  AdwSpinRow *rows[] = { self->service_target, self->short_wait, self->wrapup, self->callback };

  /* What was typed counts from here on, without leaving its field first. */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_spin_row_update (rows[i]);
  queue = make_queue (self);
  if (!lia_hours_group_read (self->hours, &queue->hours))
    {
      lia_toast (self->page, _ ("This is not understood: hours read as “9-12, 13-17”, a closed day as “2026-12-24”"));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, FALSE);
  lia_then (lia_client_save_queue (self->client, queue), self, saved_cb, NULL, NULL);
}

static void
fill (LiaQueueDialog *self,
      LiaQueue       *queue)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (queue->service_level, rules[i]) == 0)
      adw_combo_row_set_selected (self->rule, i);
  adw_spin_row_set_value (self->service_target, queue->service_target_ms / 1000);
  adw_spin_row_set_value (self->short_wait, queue->short_ms / 1000);
  adw_spin_row_set_value (self->wrapup, queue->wrapup_ms / 1000);
  adw_spin_row_set_value (self->callback, queue->callback_target_ms / 60000);
  lia_hours_group_set_hours (self->hours, queue->hours);
}

static void
lia_queue_dialog_dispose (GObject *object)
{
  LiaQueueDialog *self = LIA_QUEUE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_QUEUE_DIALOG);
  g_clear_object (&self->client);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (lia_queue_dialog_parent_class)->dispose (object);
}

static void
lia_queue_dialog_class_init (LiaQueueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_queue_dialog_dispose;

  g_type_ensure (LIA_TYPE_HOURS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-queue-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, page);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, level_group);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, service_target);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, rule);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, short_wait);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, wrapup);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, callback);
  gtk_widget_class_bind_template_child (widget_class, LiaQueueDialog, hours);
  gtk_widget_class_bind_template_callback (widget_class, on_rule_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked_cb);
}

static void
lia_queue_dialog_init (LiaQueueDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
lia_queue_dialog_new (LiaClient *client,
                      LiaQueue  *queue)
{
  LiaQueueDialog *self = g_object_new (LIA_TYPE_QUEUE_DIALOG, NULL);

  self->client = g_object_ref (client);
  fill (self, queue);
  self->queue = g_object_ref (queue);
  adw_dialog_set_title (ADW_DIALOG (self), queue->name);
  on_rule_changed_cb (self);

  return ADW_DIALOG (self);
}
