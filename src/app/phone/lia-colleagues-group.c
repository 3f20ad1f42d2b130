/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-colleagues-group.h"

#include "lia-colleague-dialog.h"

#include <glib/gi18n.h>

struct _LiaColleaguesGroup
{
  AdwPreferencesGroup parent_instance;

  LiaPhoneStation *station;
  GPtrArray       *rows; /* of GtkWidget, as they stand in the group */
};

G_DEFINE_FINAL_TYPE (LiaColleaguesGroup, lia_colleagues_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_activated_cb (LiaColleaguesGroup *self,
                 GtkWidget          *row)
{
  adw_dialog_present (lia_colleague_dialog_new (self->station, g_object_get_data (G_OBJECT (row), "agent")), GTK_WIDGET (self));
}

/* "201 · PJSIP/bob" */
static char *
describe (LiaAgent *agent)
{
  gboolean has_extension = agent->extension != NULL && *agent->extension != '\0';

  if (agent->phone == NULL || *agent->phone == '\0')
    return g_strdup (_ ("No telephone"));

  return g_strdup_printf ("%s%s%s", has_extension ? agent->extension : "", has_extension ? " · " : "", agent->phone);
}

static void
add (LiaColleaguesGroup *self,
     LiaAgent           *agent)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *words = describe (agent);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), agent->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "agent", g_object_ref (agent), g_object_unref);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
update (LiaColleaguesGroup *self)
{
  LiaClient  *client = lia_phone_station_get_client (self->station);
  GListModel *agents = lia_client_get_agents (client);
  LiaAgent   *me = lia_client_get_me (client);
  gboolean    may = lia_agent_is_admin (me);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; may && i < g_list_model_get_n_items (agents); i++)
    {
      g_autoptr (LiaAgent) agent = g_list_model_get_item (agents, i);

      if (!g_str_equal (agent->id, me->id))
        add (self, agent);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

void
lia_colleagues_group_set_station (LiaColleaguesGroup *self,
                                  LiaPhoneStation    *station)
{
  LiaClient *client = lia_phone_station_get_client (station);

  g_return_if_fail (self->station == NULL);

  self->station = g_object_ref (station);
  g_signal_connect_object (lia_client_get_agents (client), "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::me", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
lia_colleagues_group_dispose (GObject *object)
{
  LiaColleaguesGroup *self = LIA_COLLEAGUES_GROUP (object);

  g_clear_object (&self->station);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_colleagues_group_parent_class)->dispose (object);
}

static void
lia_colleagues_group_class_init (LiaColleaguesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_colleagues_group_dispose;
}

static void
lia_colleagues_group_init (LiaColleaguesGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Colleagues"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _ ("On which telephone calls reach them, and the account of the one in their app."));
}
