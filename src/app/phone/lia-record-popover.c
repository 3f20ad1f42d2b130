/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-record-popover.h"

#include <glib/gi18n.h>

struct _LiaRecordPopover
{
  GtkPopover parent_instance;

  GtkLabel       *words;
  GtkCheckButton *consent;
  GtkButton      *button;

  LiaPhoneLine *line;
};

G_DEFINE_FINAL_TYPE (LiaRecordPopover, lia_record_popover, GTK_TYPE_POPOVER)

static void
on_consent_toggled_cb (LiaRecordPopover *self)
{
  gboolean on = lia_phone_line_is_on (self->line, LIA_LINE_RECORD);

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), on || gtk_check_button_get_active (self->consent));
}

static void
on_show_cb (LiaRecordPopover *self)
{
  gboolean on = lia_phone_line_is_on (self->line, LIA_LINE_RECORD);

  gtk_label_set_label (self->words, on ? _ ("This call is being recorded.")
                                       : _ ("Tell them before you record. In many countries it is forbidden without their consent."));
  gtk_button_set_label (self->button, on ? _ ("Stop Recording") : _ ("Record"));
  gtk_check_button_set_active (self->consent, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->consent), !on);
  on_consent_toggled_cb (self);
  gtk_widget_grab_focus (on ? GTK_WIDGET (self->button) : GTK_WIDGET (self->consent));
}

static void
on_clicked_cb (LiaRecordPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  lia_phone_line_set_on (self->line, LIA_LINE_RECORD, !lia_phone_line_is_on (self->line, LIA_LINE_RECORD));
}

static void
lia_record_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_RECORD_POPOVER);
  g_clear_object (&LIA_RECORD_POPOVER (object)->line);
  G_OBJECT_CLASS (lia_record_popover_parent_class)->dispose (object);
}

static void
lia_record_popover_class_init (LiaRecordPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_record_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-record-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaRecordPopover, words);
  gtk_widget_class_bind_template_child (widget_class, LiaRecordPopover, consent);
  gtk_widget_class_bind_template_child (widget_class, LiaRecordPopover, button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_consent_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked_cb);
}

static void
lia_record_popover_init (LiaRecordPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lia_record_popover_set_line (LiaRecordPopover *self,
                             LiaPhoneLine     *line)
{
  g_set_object (&self->line, line);
}
