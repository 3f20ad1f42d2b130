/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sound-player.h"

#include "lia-call-words.h"
#include "lia-timeline-private.h"
#include "lia-tooltip.h"

#include "lia-config.h"

#include <glib/gi18n.h>

struct _LiaSoundPlayer
{
  GtkWidget parent_instance;

  LiaAttachment *attachment;
  LiaSound      *sound; /* the timeline's, from the first time that this is on the screen */
  GtkWidget     *play;
  GtkRange      *place;
  GtkLabel      *time;
  GtkWidget     *speed;
  GtkWidget     *save;
  gboolean       following; /* the place is moved by the sound */
};

G_DEFINE_FINAL_TYPE (LiaSoundPlayer, lia_sound_player, GTK_TYPE_WIDGET)

static const double rates[] = { 1.0, 1.5, 2.0 };

/* Whether what the sound says is about this recording. */
static gboolean
is_mine (LiaSoundPlayer *self)
{
  return self->sound != NULL && self->attachment != NULL && g_strcmp0 (lia_sound_get_blob (self->sound), self->attachment->blob) == 0;
}

static void
show_place (LiaSoundPlayer *self,
            gint64          position_ms,
            gint64          duration_ms)
{
  g_autofree char *position = lia_call_words_span (position_ms);
  g_autofree char *duration = lia_call_words_span (duration_ms);
  g_autofree char *time = duration_ms > 0 ? g_strdup_printf ("%s / %s", position, duration) : g_strdup (position);

  self->following = TRUE;
  gtk_range_set_range (self->place, 0, (double)MAX (1, duration_ms));
  gtk_range_set_value (self->place, (double)position_ms);
  self->following = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->place), duration_ms > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, time, -1);
  gtk_label_set_text (self->time, time);
}

static void
show_play (LiaSoundPlayer *self,
           LiaSoundState   state)
{
  gboolean    heard = state == LIA_SOUND_PLAYING || state == LIA_SOUND_LOADING;
  const char *words = heard ? _ ("Pause") : _ ("Play Recording");

  gtk_button_set_icon_name (GTK_BUTTON (self->play), heard ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  lia_tooltip_set (self->play, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_speed (LiaSoundPlayer *self,
            double          rate)
{
  g_autofree char *text = g_strdup_printf ("%g×", rate);
  /* Translators: how fast a recording is played, as in "1.5×" */
  g_autofree char *spoken = g_strdup_printf (_ ("Speed: %s"), text);

  gtk_button_set_label (GTK_BUTTON (self->speed), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
update (LiaSoundPlayer *self)
{
  gboolean      mine = is_mine (self);
  LiaSoundState state = mine ? lia_sound_get_state (self->sound) : LIA_SOUND_STOPPED;

  show_play (self, state);
  show_place (self, mine ? lia_sound_get_position (self->sound) : 0, mine ? lia_sound_get_duration (self->sound) : 0);
  show_speed (self, self->sound != NULL ? lia_sound_get_rate (self->sound) : 1.0);
  if (state == LIA_SOUND_FAILED)
    gtk_label_set_text (self->time, _ ("Cannot be played"));
}

static void
on_play (LiaSoundPlayer *self)
{
  LiaSoundState state = is_mine (self) ? lia_sound_get_state (self->sound) : LIA_SOUND_STOPPED;

  if (self->sound == NULL || self->attachment == NULL)
    return;
  if (state == LIA_SOUND_PLAYING || state == LIA_SOUND_LOADING)
    lia_sound_pause (self->sound);
  else
    lia_sound_play (self->sound, self->attachment->blob);
}

static void
on_place (LiaSoundPlayer *self)
{
  if (!self->following && is_mine (self))
    lia_sound_seek (self->sound, (gint64)gtk_range_get_value (self->place));
}

static void
on_speed (LiaSoundPlayer *self)
{
  guint next = 0;

  if (self->sound == NULL)
    return;
  while (next < G_N_ELEMENTS (rates) && rates[next] <= lia_sound_get_rate (self->sound))
    next++;
  lia_sound_set_rate (self->sound, rates[next % G_N_ELEMENTS (rates)]);
}

/** lia_sound_player_can_play: whether it is a recording at all. */
gboolean
lia_sound_player_can_play (LiaAttachment *attachment)
{
  return !attachment->dangerous && attachment->type != NULL && g_str_has_prefix (attachment->type, "audio/");
}

/** lia_sound_player_bind: show the attachment number @index of @entry. */
void
lia_sound_player_bind (LiaSoundPlayer *self,
                       LiaEntry       *entry,
                       guint           index)
{
  g_set_object (&self->attachment, entry->attachments->pdata[index]);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->save), "(si)", entry->id, (int)index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "timeline.save-attachment");
  update (self);
}

static void
lia_sound_player_map (GtkWidget *widget)
{
  LiaSoundPlayer *self = LIA_SOUND_PLAYER (widget);
  LiaTimeline    *timeline = LIA_TIMELINE (gtk_widget_get_ancestor (widget, LIA_TYPE_TIMELINE));

  if (self->sound == NULL && timeline != NULL)
    {
      g_set_object (&self->sound, lia_timeline_get_sound (timeline));
      g_signal_connect_object (self->sound, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
  GTK_WIDGET_CLASS (lia_sound_player_parent_class)->map (widget);
}

static void
lia_sound_player_dispose (GObject *object)
{
  LiaSoundPlayer *self = LIA_SOUND_PLAYER (object);
  GtkWidget      *child;

  if (self->sound != NULL)
    g_signal_handlers_disconnect_by_data (self->sound, self);
  g_clear_object (&self->sound);
  g_clear_object (&self->attachment);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lia_sound_player_parent_class)->dispose (object);
}

static void
lia_sound_player_class_init (LiaSoundPlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_sound_player_dispose;
  GTK_WIDGET_CLASS (klass)->map = lia_sound_player_map;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "sound-player");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (LiaSoundPlayer *self,
            const char     *icon,
            GCallback       clicked)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  if (clicked != NULL)
    g_signal_connect_swapped (button, "clicked", clicked, self);

  return button;
}

static void
lia_sound_player_init (LiaSoundPlayer *self)
{
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);

  self->play = add_button (self, "media-playback-start-symbolic", G_CALLBACK (on_play));
  gtk_widget_add_css_class (self->play, "circular");
  self->place = GTK_RANGE (g_object_new (GTK_TYPE_SCALE, "hexpand", TRUE, "width-request", 72, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Place in the Recording"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->place), GTK_WIDGET (self));
  g_signal_connect_swapped (self->place, "value-changed", G_CALLBACK (on_place), self);
  self->time = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "time");
  gtk_widget_set_parent (GTK_WIDGET (self->time), GTK_WIDGET (self));
  self->speed = add_button (self, NULL, G_CALLBACK (on_speed));
  gtk_widget_add_css_class (self->speed, "numeric");
  self->save = add_button (self, "document-save-symbolic", NULL);
  gtk_widget_set_tooltip_text (self->save, _ ("Save Recording…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Recording"), -1);
  update (self);
}

LiaSoundPlayer *
lia_sound_player_new (void)
{
  return g_object_new (LIA_TYPE_SOUND_PLAYER, NULL);
}
