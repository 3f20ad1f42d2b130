/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-phone-page.h"

#include "lia-colleagues-group.h"
#include "lia-phone-account-dialog.h"
#include "lia-phone-sound-test.h"
#include "lia-problem.h"
#include "lia-then.h"

#include <glib/gi18n.h>

struct _LiaPhonePage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow       *account;
  GtkButton          *change;
  LiaColleaguesGroup *colleagues;
  AdwComboRow        *microphone;
  AdwComboRow        *loudspeaker;
  AdwComboRow        *ringer;
  AdwSwitchRow       *cancel_echo;
  AdwActionRow       *test_row;
  GtkLevelBar        *level;
  GtkToggleButton    *test;

  GSettings         *settings;
  LiaPhoneStation   *station;
  LiaPhoneAudio     *audio;
  LiaPhoneSoundTest *sound_test; /* while it goes on */
  gboolean           listed;
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (LiaPhonePage, lia_phone_page, ADW_TYPE_PREFERENCES_PAGE)

static void
stop_test (LiaPhonePage *self)
{
  if (self->sound_test == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->sound_test, self);
  lia_phone_sound_test_stop (self->sound_test);
  g_clear_object (&self->sound_test);
}

static void
on_level_cb (LiaPhonePage *self,
             double        level)
{
  gtk_level_bar_set_value (self->level, level);
}

static void
complain (LiaPhonePage *self)
{
  gtk_toggle_button_set_active (self->test, FALSE);
  adw_action_row_set_subtitle (self->test_row, _ ("There is no sound. Look whether the microphone and the headset are plugged in and allowed."));
}

static void
on_failed_cb (LiaPhonePage *self,
              const char   *why)
{
  g_debug ("No sound: %s", why);
  complain (self);
}

static void
on_test_toggled_cb (LiaPhonePage *self)
{
  gboolean on = gtk_toggle_button_get_active (self->test);
  g_autoptr (GError) error = NULL;

  stop_test (self);
  gtk_widget_set_visible (GTK_WIDGET (self->level), on);
  gtk_level_bar_set_value (self->level, 0);
  if (!on)
    return;
  self->sound_test = lia_phone_sound_test_new (self->audio, &error);
  if (self->sound_test == NULL)
    {
      on_failed_cb (self, error->message);
      return;
    }
  adw_action_row_set_subtitle (self->test_row, _ ("Speak: a second later you hear what your customers would."));
  g_signal_connect_object (self->sound_test, "level", G_CALLBACK (on_level_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sound_test, "failed", G_CALLBACK (on_failed_cb), self, G_CONNECT_SWAPPED);
}

/* "" for the system's own choice, which stands first */
static char *
dup_id (GListModel *devices,
        guint       selected)
{
  g_autoptr (LiaPhoneDevice) device = selected > 0 ? g_list_model_get_item (devices, selected - 1) : NULL;

  return g_strdup (device != NULL ? lia_phone_device_get_id (device) : "");
}

static void
on_selected_cb (LiaPhonePage *self,
                GParamSpec   *pspec,
                AdwComboRow  *row)
{
  GListModel      *devices = g_object_get_data (G_OBJECT (row), "devices");
  g_autofree char *id = dup_id (devices, adw_combo_row_get_selected (row));

  if (self->filling || adw_combo_row_get_selected (row) == GTK_INVALID_LIST_POSITION)
    return;
  g_settings_set_string (self->settings, g_object_get_data (G_OBJECT (row), "key"), id);
  if (gtk_toggle_button_get_active (self->test))
    on_test_toggled_cb (self);
}

static void
fill_row (LiaPhonePage *self,
          AdwComboRow  *row)
{
  GListModel      *devices = g_object_get_data (G_OBJECT (row), "devices");
  g_autofree char *chosen = g_settings_get_string (self->settings, g_object_get_data (G_OBJECT (row), "key"));
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const[]){ _ ("As the System Has It"), NULL });
  guint selected = 0;

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (LiaPhoneDevice) device = g_list_model_get_item (devices, i);

      gtk_string_list_append (names, lia_phone_device_get_name (device));
      if (g_strcmp0 (lia_phone_device_get_id (device), chosen) == 0)
        selected = i + 1;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, selected);
  self->filling = FALSE;
}

static void
on_devices_changed_cb (LiaPhonePage *self)
{
  fill_row (self, self->microphone);
  fill_row (self, self->loudspeaker);
  fill_row (self, self->ringer);
}

static void
set_up_row (LiaPhonePage *self,
            AdwComboRow  *row,
            GListModel   *devices,
            const char   *key)
{
  g_object_set_data (G_OBJECT (row), "key", (gpointer)key);
  g_object_set_data_full (G_OBJECT (row), "devices", g_object_ref (devices), g_object_unref);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
}

/* The engine takes an account from administrators only. */
static gboolean
may_change (LiaPhonePage *self)
{
  return lia_agent_is_admin (lia_client_get_me (lia_phone_station_get_client (self->station)));
}

static void
update_account (LiaPhonePage *self)
{
  static const char *const words[] = {
    [LIA_PHONE_OFF] = N_ ("There is none in this app."),
    [LIA_PHONE_CONNECTING] = N_ ("Connecting…"),
    [LIA_PHONE_READY] = N_ ("Ready: you can be called."),
    [LIA_PHONE_REFUSED] = N_ ("The telephone system does not accept it."),
    [LIA_PHONE_UNREACHABLE] = N_ ("The telephone system cannot be reached; trying again by itself."),
  };
  LiaPhoneState    state = lia_phone_station_get_phone_state (self->station);
  gboolean         may = may_change (self);
  const char      *problem = lia_phone_station_get_phone_problem (self->station);
  const char      *address = lia_phone_station_get_phone_address (self->station);
  const char      *how = problem != NULL ? problem : _ (words[state]);
  g_autofree char *text = address != NULL ? g_strconcat (address, "\n", how, NULL) : g_strdup (how);

  if (state == LIA_PHONE_OFF && !may)
    adw_action_row_set_subtitle (self->account, _ ("There is none in this app. Who administers your telephone system can give you one."));
  else
    adw_action_row_set_subtitle (self->account, text);
  gtk_button_set_label (self->change, address != NULL ? _ ("_Change…") : _ ("Set _Up…"));
  gtk_widget_set_visible (GTK_WIDGET (self->change), may);
}

static void
account_loaded_cb (gpointer      owner,
                   const GValue *value,
                   GError       *error,
                   gpointer      data)
{
  LiaPhonePage *self = owner;

  gtk_widget_set_sensitive (GTK_WIDGET (self->change), TRUE);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (error == NULL || g_error_matches (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND))
    adw_dialog_present (lia_phone_account_dialog_new (self->station, NULL, value != NULL ? g_value_get_object (value) : NULL), GTK_WIDGET (self));
  else
    lia_complain (GTK_WIDGET (self), _ ("Your account could not be read"), error);
}

/* The engine has it whole; here nobody keeps the password. */
static void
on_change_clicked_cb (LiaPhonePage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->change), FALSE);
  lia_then (lia_client_get_softphone (lia_phone_station_get_client (self->station)), self, account_loaded_cb, NULL, NULL);
}

/**
 * lia_phone_page_set_up:
 * @audio: whose devices are listed and tested
 */
void
lia_phone_page_set_up (LiaPhonePage    *self,
                       GSettings       *settings,
                       LiaPhoneStation *station,
                       LiaPhoneAudio   *audio)
{
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  self->station = g_object_ref (station);
  self->audio = g_object_ref (audio);
  g_settings_bind (settings, "phone-microphone", audio, "microphone", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "phone-loudspeaker", audio, "loudspeaker", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "phone-cancel-echo", audio, "cancels-echo", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "phone-cancel-echo", self->cancel_echo, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (station, "notify::phone-state", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lia_phone_station_get_client (station), "notify::me", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
  lia_colleagues_group_set_station (self->colleagues, station);
}

/* The devices are looked for when somebody wants to see them: the sound system may take its time. */
static void
list_devices (LiaPhonePage *self)
{
  GListModel *microphones = lia_phone_audio_get_microphones (self->audio);
  GListModel *loudspeakers = lia_phone_audio_get_loudspeakers (self->audio);

  self->listed = TRUE;
  set_up_row (self, self->microphone, microphones, "phone-microphone");
  set_up_row (self, self->loudspeaker, loudspeakers, "phone-loudspeaker");
  set_up_row (self, self->ringer, loudspeakers, "phone-ringer");
  g_signal_connect_object (microphones, "items-changed", G_CALLBACK (on_devices_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (loudspeakers, "items-changed", G_CALLBACK (on_devices_changed_cb), self, G_CONNECT_SWAPPED);
  on_devices_changed_cb (self);
}

static void
lia_phone_page_map (GtkWidget *widget)
{
  LiaPhonePage *self = LIA_PHONE_PAGE (widget);

  GTK_WIDGET_CLASS (lia_phone_page_parent_class)->map (widget);
  if (self->audio != NULL && !self->listed)
    list_devices (self);
}

static void
lia_phone_page_unmap (GtkWidget *widget)
{
  /* Nobody is listened to behind a closed door. */
  gtk_toggle_button_set_active (LIA_PHONE_PAGE (widget)->test, FALSE);
  GTK_WIDGET_CLASS (lia_phone_page_parent_class)->unmap (widget);
}

static void
lia_phone_page_dispose (GObject *object)
{
  LiaPhonePage *self = LIA_PHONE_PAGE (object);

  stop_test (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), LIA_TYPE_PHONE_PAGE);
  g_clear_object (&self->settings);
  g_clear_object (&self->station);
  g_clear_object (&self->audio);
  G_OBJECT_CLASS (lia_phone_page_parent_class)->dispose (object);
}

static void
lia_phone_page_class_init (LiaPhonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_phone_page_dispose;
  widget_class->map = lia_phone_page_map;
  widget_class->unmap = lia_phone_page_unmap;

  g_type_ensure (LIA_TYPE_COLLEAGUES_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-phone-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, account);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, change);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, colleagues);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, microphone);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, loudspeaker);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, ringer);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, cancel_echo);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, test_row);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, level);
  gtk_widget_class_bind_template_child (widget_class, LiaPhonePage, test);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_test_toggled_cb);
}

static void
lia_phone_page_init (LiaPhonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
