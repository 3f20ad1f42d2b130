/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tooltips of widgets that show one thing after another. gtk_widget_set_tooltip_text() asks the display server where the pointer is, and waits for
 * the answer, each time: a fifth of what it takes to show another conversation. Here the text is only kept until somebody points at the widget.
 */

#include "lia-tooltip.h"

#define KEY "lia-tooltip"

static gboolean
on_query (GtkWidget  *widget,
          int         x,
          int         y,
          gboolean    keyboard,
          GtkTooltip *tooltip,
          gpointer    user_data)
{
  gtk_tooltip_set_text (tooltip, g_object_get_data (G_OBJECT (widget), KEY));

  return TRUE;
}

static void
forget (GtkWidget *widget)
{
  gtk_widget_set_has_tooltip (widget, FALSE);
  g_signal_handlers_disconnect_by_func (widget, on_query, NULL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/** lia_tooltip_set: what is shown when somebody points at @widget, and read out with it; (nullable): nothing. */
void
lia_tooltip_set (GtkWidget  *widget,
                 const char *text)
{
  const char *before = g_object_get_data (G_OBJECT (widget), KEY);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (before, text) == 0)
    return;

  if (before == NULL)
    {
      gtk_widget_set_has_tooltip (widget, TRUE);
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query), NULL);
    }

  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (text), g_free);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    forget (widget);
}
