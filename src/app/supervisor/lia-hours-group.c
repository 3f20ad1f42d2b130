/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-hours-group.h"

#include "lia-zone-row.h"

#include <glib/gi18n.h>

#define N_WORKDAYS 5

struct _LiaHoursGroup
{
  AdwPreferencesGroup parent_instance;

  AdwSwitchRow *always;
  AdwEntryRow  *days[LIA_HOURS_N_DAYS];
  AdwEntryRow  *closed;
  AdwComboRow  *zone;
};

G_DEFINE_FINAL_TYPE (LiaHoursGroup, lia_hours_group, ADW_TYPE_PREFERENCES_GROUP)

static void
lia_hours_group_class_init (LiaHoursGroupClass *klass)
{
}

static gboolean
is_understood (LiaHoursGroup *self,
               AdwEntryRow   *row,
               guint          day,
               LiaHours      *hours)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  return row == self->closed ? lia_hours_read_closed (hours, text) : lia_hours_read_day (hours, day, text);
}

static void
mark (AdwEntryRow *row,
      gboolean     understood)
{
  if (understood)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, understood ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_typed_cb (LiaHoursGroup *self,
             AdwEntryRow   *row)
{
  g_autoptr (LiaHours) none = lia_hours_new ();

  mark (row, is_understood (self, row, 0, none));
}

static void
on_always_cb (LiaHoursGroup *self)
{
  const gboolean shown = !adw_switch_row_get_active (self->always);

  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->days[i]), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->closed), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->zone), shown);
}

static AdwEntryRow *
add_entry (LiaHoursGroup *self,
           const char    *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);

  return ADW_ENTRY_ROW (row);
}

static void
add_rows (LiaHoursGroup *self)
{
  const char *const weekdays[LIA_HOURS_N_DAYS] = { _ ("Monday"), _ ("Tuesday"), _ ("Wednesday"), _ ("Thursday"), _ ("Friday"), _ ("Saturday"), _ ("Sunday") };

  self->always = ADW_SWITCH_ROW (adw_switch_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->always), _ ("Always Open"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->always), _ ("Responses promise no hours then"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->always));
  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    self->days[i] = add_entry (self, weekdays[i]);
  self->closed = add_entry (self, _ ("Closed on, as 2026-12-24; 12-25 is every year"));
  self->zone = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->zone), _ ("Time Zone"));
  lia_zone_row_fill (self->zone, _ ("As Each Computer Has It"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->zone));
}

static void
lia_hours_group_init (LiaHoursGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Opening Hours"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("For responses that tell them. A day reads as “9-12, 13-17”; “22-6” goes on to the next morning; an empty one is closed."));
  add_rows (self);
  g_signal_connect_object (self->always, "notify::active", G_CALLBACK (on_always_cb), self, G_CONNECT_SWAPPED);
  lia_hours_group_set_hours (self, NULL);
}

static char *
dup_local_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return g_strdup (g_time_zone_get_identifier (zone));
}

/** lia_hours_group_set_hours: @hours: (nullable): NULL is always open; whoever changes that finds usual hours to begin with. */
void
lia_hours_group_set_hours (LiaHoursGroup *self,
                           LiaHours      *hours)
{
  g_autofree char *closed = hours != NULL ? lia_hours_show_closed (hours) : g_strdup ("");
  g_autofree char *zone = hours != NULL ? g_strdup (hours->zone) : dup_local_zone ();

  for (guint i = 0; i < LIA_HOURS_N_DAYS; i++)
    {
      g_autofree char *day = hours != NULL ? lia_hours_show_day (hours, i) : g_strdup (i < N_WORKDAYS ? "09:00-17:00" : "");

      gtk_editable_set_text (GTK_EDITABLE (self->days[i]), day);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->closed), closed);
  lia_zone_row_set_name (self->zone, zone);
  adw_switch_row_set_active (self->always, hours == NULL);
  on_always_cb (self);
}

/**
 * lia_hours_group_read:
 * @hours: (out) (nullable): as they stand there; NULL is always open
 *
 * Returns: FALSE when a line is not understood, which has the keyboard then
 */
gboolean
lia_hours_group_read (LiaHoursGroup *self,
                      LiaHours     **hours)
{
  g_autoptr (LiaHours) read = lia_hours_new ();

  *hours = NULL;
  if (adw_switch_row_get_active (self->always))
    return TRUE;

  for (guint i = 0; i <= LIA_HOURS_N_DAYS; i++)
    {
      AdwEntryRow *row = i < LIA_HOURS_N_DAYS ? self->days[i] : self->closed;

      if (!is_understood (self, row, i, read))
        {
          gtk_widget_grab_focus (GTK_WIDGET (row));
          return FALSE;
        }
    }
  g_free (read->zone);
  read->zone = lia_zone_row_dup_name (self->zone);
  *hours = g_steal_pointer (&read);

  return TRUE;
}
