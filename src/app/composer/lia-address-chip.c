/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-address-chip.h"

#include <glib/gi18n.h>

/*
 * One recipient in a LiaAddressEntry: the name, or the address where there is none. An address that no mail can be sent to is marked.
 * Signals: `remove` (gboolean forward: the focus goes on to the next one) and `edit`.
 */

struct _LiaAddressChip
{
  GtkWidget parent_instance;

  GtkImage  *warning;
  GtkLabel  *label;
  GtkButton *remove_button;

  LiaAddress *address;
};

enum {
  REMOVE,
  EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaAddressChip, lia_address_chip, GTK_TYPE_WIDGET)

static void
on_remove_clicked_cb (LiaAddressChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0, TRUE);
}

static gboolean
on_key_pressed_cb (LiaAddressChip *self,
                   guint           keyval,
                   guint           keycode,
                   GdkModifierType state)
{
  switch (keyval)
    {
    case GDK_KEY_BackSpace:
      g_signal_emit (self, signals[REMOVE], 0, FALSE);
      return GDK_EVENT_STOP;

    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      g_signal_emit (self, signals[REMOVE], 0, TRUE);
      return GDK_EVENT_STOP;

    case GDK_KEY_F2:
    case GDK_KEY_space:
      g_signal_emit (self, signals[EDIT], 0);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if ((state & GDK_CONTROL_MASK) != 0) /* Ctrl+Enter sends */
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[EDIT], 0);
      return GDK_EVENT_STOP;

    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
on_pressed_cb (LiaAddressChip *self,
               int             n_press,
               double          x,
               double          y,
               GtkGesture     *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);

  if (n_press == 2)
    g_signal_emit (self, signals[EDIT], 0);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
lia_address_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_ADDRESS_CHIP);

  G_OBJECT_CLASS (lia_address_chip_parent_class)->dispose (object);
}

static void
lia_address_chip_finalize (GObject *object)
{
  g_clear_pointer (&LIA_ADDRESS_CHIP (object)->address, lia_address_unref);

  G_OBJECT_CLASS (lia_address_chip_parent_class)->finalize (object);
}

static void
lia_address_chip_class_init (LiaAddressChipClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lia_address_chip_dispose;
  object_class->finalize = lia_address_chip_finalize;

  signals[REMOVE] = g_signal_new ("remove", LIA_TYPE_ADDRESS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[EDIT] = g_signal_new ("edit", LIA_TYPE_ADDRESS_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "addresschip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-address-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaAddressChip, warning);
  gtk_widget_class_bind_template_child (widget_class, LiaAddressChip, label);
  gtk_widget_class_bind_template_child (widget_class, LiaAddressChip, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
}

static void
lia_address_chip_init (LiaAddressChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show (LiaAddressChip *self)
{
  const char      *name = lia_address_display_name (self->address);
  g_autofree char *whole = lia_address_to_string (self->address);
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);
  g_autofree char *spoken = NULL;
  g_autofree char *tooltip = NULL;
  gboolean         valid = lia_address_chip_is_valid (self);

  spoken = valid ? g_strdup (whole) : g_strdup_printf (_ ("%s, not a valid address"), whole);
  tooltip = valid ? g_strdup (whole) : g_strdup_printf (_ ("“%s” is not a valid address"), whole);

  gtk_label_set_label (self->label, name);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), !valid);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove_button), remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);

  if (!valid)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
}

GtkWidget *
lia_address_chip_new (LiaAddress *address)
{
  LiaAddressChip *self = g_object_new (LIA_TYPE_ADDRESS_CHIP, NULL);

  self->address = lia_address_ref (address);
  show (self);

  return GTK_WIDGET (self);
}

LiaAddress *
lia_address_chip_get_address (LiaAddressChip *self)
{
  return self->address;
}

/** lia_address_chip_is_valid: whether mail can be sent there. */
gboolean
lia_address_chip_is_valid (LiaAddressChip *self)
{
  return lia_address_is_valid_email (self->address->address);
}
