/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-send-status.h"

#include "lia-time.h"

#include "lia-config.h"

#include <glib/gi18n.h>

struct _LiaSendStatus
{
  GtkWidget parent_instance;

  LiaEntry  *entry;
  GtkImage  *icon;
  GtkLabel  *label;
  GtkWidget *first;  /* button */
  GtkWidget *second; /* button */
  guint      countdown;
};

G_DEFINE_FINAL_TYPE (LiaSendStatus, lia_send_status, GTK_TYPE_WIDGET)

typedef struct
{
  LiaSendState state;
  const char  *icon;
  const char  *style;
  const char  *text; /* N_() */
  const char  *first_label;
  const char  *first_action;
  const char  *second_label;
  const char  *second_action;
} Look;

static const Look looks[] = {
  { LIA_SEND_QUEUED, "document-open-recent-symbolic", "dim-label", N_ ("Waiting to be sent"), N_ ("Undo"), "timeline.undo", NULL, NULL },
  { LIA_SEND_SENDING, "mail-send-symbolic", "dim-label", N_ ("Sending…"), NULL, NULL, NULL, NULL },
  { LIA_SEND_DEFERRED, "document-open-recent-symbolic", "warning", N_ ("Not sent yet, but it will be tried again"), N_ ("Take Back"), "timeline.undo", N_ ("Try Now"), "timeline.retry" },
  { LIA_SEND_SENT, "object-select-symbolic", "dim-label", N_ ("Sent"), NULL, NULL, NULL, NULL },
  { LIA_SEND_PARTIAL, "dialog-warning-symbolic", "warning", N_ ("Sent, but not to everybody"), NULL, NULL, NULL, NULL },
  { LIA_SEND_FAILED, "dialog-error-symbolic", "error", N_ ("Could not be sent"), N_ ("Try Again"), "timeline.retry", NULL, NULL },
  { LIA_SEND_UNCONFIRMED, "dialog-question-symbolic", "warning", N_ ("The connection broke while it was sent; it may have arrived"), N_ ("It Arrived"), "timeline.settle", N_ ("Send Again"), "timeline.retry" },
  { LIA_SEND_DELIVERED, "object-select-symbolic", "dim-label", N_ ("Delivered"), NULL, NULL, NULL, NULL },
  { LIA_SEND_CANCELLED, "edit-undo-symbolic", "dim-label", N_ ("Taken back, not sent"), NULL, NULL, NULL, NULL },
};

static const Look *
find_look (LiaSendState state)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      if (looks[i].state == state)
        return &looks[i];
    }

  return NULL;
}

/** lia_send_status_is_needed: whether there is anything to say. */
gboolean
lia_send_status_is_needed (LiaEntry *entry)
{
  return find_look (entry->send_state) != NULL;
}

static void
show_button (LiaSendStatus *self,
             GtkWidget     *button,
             const char    *label,
             const char    *action)
{
  gtk_widget_set_visible (button, label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (button), _ (label));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->entry->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static int
seconds_left (LiaSendStatus *self)
{
  return self->entry->send_state == LIA_SEND_QUEUED ? (int)((self->entry->undo_until_ms - lia_time_now () + 999) / 1000) : 0;
}

static void
show_text (LiaSendStatus *self,
           const Look    *look)
{
  int left = seconds_left (self);

  if (left > 0)
    {
      /* Translators: a message that is on its way and can still be taken back */
      g_autofree char *text = g_strdup_printf (ngettext ("Sending in %d second…", "Sending in %d seconds…", left), left);

      gtk_label_set_text (self->label, text);
    }
  else if (self->entry->problem != NULL && *self->entry->problem != '\0')
    {
      /* Translators: how far a message got, and why not further */
      g_autofree char *text = g_strdup_printf (_ ("%s: %s"), _ (look->text), self->entry->problem);

      gtk_label_set_text (self->label, text);
    }
  else
    {
      gtk_label_set_text (self->label, _ (look->text));
    }
}

static void
show_entry (LiaSendStatus *self)
{
  static const char *const styles[] = { "dim-label", "warning", "error" };
  const Look              *look = find_look (self->entry->send_state);
  gboolean                 too_late = self->entry->send_state == LIA_SEND_QUEUED && self->entry->undo_until_ms == 0;

  if (look == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), styles[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), styles[i]);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), look->style);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), look->style);

  gtk_image_set_from_icon_name (self->icon, look->icon);
  show_text (self, look);
  show_button (self, self->first, too_late ? NULL : look->first_label, look->first_action);
  show_button (self, self->second, look->second_label, look->second_action);
}

static gboolean
on_second (gpointer data)
{
  LiaSendStatus *self = data;

  show_text (self, find_look (self->entry->send_state));
  if (seconds_left (self) > 0)
    return G_SOURCE_CONTINUE;

  self->countdown = 0;

  return G_SOURCE_REMOVE;
}

/** lia_send_status_bind: show @entry's state; it counts down by itself. */
void
lia_send_status_bind (LiaSendStatus *self,
                      LiaEntry      *entry)
{
  g_set_object (&self->entry, entry);
  show_entry (self);

  g_clear_handle_id (&self->countdown, g_source_remove);
  if (seconds_left (self) > 0)
    self->countdown = g_timeout_add_seconds (1, on_second, self);
}

static void
lia_send_status_dispose (GObject *object)
{
  LiaSendStatus *self = LIA_SEND_STATUS (object);
  GtkWidget     *child;

  g_clear_handle_id (&self->countdown, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->entry);

  G_OBJECT_CLASS (lia_send_status_parent_class)->dispose (object);
}

static void
lia_send_status_class_init (LiaSendStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_send_status_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "send-status");
}

static GtkWidget *
add_button (LiaSendStatus *self)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));

  return button;
}

static void
lia_send_status_init (LiaSendStatus *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (GTK_WIDGET (self->icon), GTK_WIDGET (self));

  self->label = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0f,
                                         "width-chars", 14, "hexpand", TRUE, NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));

  self->first = add_button (self);
  self->second = add_button (self);
}

LiaSendStatus *
lia_send_status_new (void)
{
  return g_object_new (LIA_TYPE_SEND_STATUS, NULL);
}
