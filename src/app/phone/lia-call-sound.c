/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-call-sound.h"

#include "lia-microphone-meter.h"

#include <glib/gi18n.h>

struct _LiaCallSound
{
  AdwBin parent_instance;

  LiaMicrophoneMeter *meter;
  GtkImage           *lock;
};

G_DEFINE_FINAL_TYPE (LiaCallSound, lia_call_sound, ADW_TYPE_BIN)

static void
fill_lock (LiaCallSound *self,
           LiaPhoneCall *call)
{
  const gboolean secure = lia_phone_call_is_secure (call);
  const char    *words = secure ? _ ("Enciphered between here and the telephone system") : _ ("Not enciphered between here and the telephone system");

  gtk_image_set_from_icon_name (self->lock, secure ? "channel-secure-symbolic" : "channel-insecure-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->lock), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** lia_call_sound_fill: as it is now. */
void
lia_call_sound_fill (LiaCallSound *self,
                     LiaPhoneLine *line)
{
  LiaPhoneCall      *call = lia_phone_line_get_phone_call (line);
  const LiaLineState state = lia_phone_line_get_state (line);
  const gboolean     speaks = call != NULL && (state == LIA_LINE_TALKING || state == LIA_LINE_CONSULTING);
  const gboolean     waits = call != NULL && (state == LIA_LINE_HELD || state == LIA_LINE_CONSULT_RINGING);

  gtk_widget_set_visible (GTK_WIDGET (self), speaks || waits);
  gtk_widget_set_visible (GTK_WIDGET (self->meter), speaks);
  lia_microphone_meter_set_call (self->meter, speaks ? call : NULL);
  if (speaks || waits)
    fill_lock (self, call);
}

static void
lia_call_sound_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LIA_TYPE_CALL_SOUND);
  G_OBJECT_CLASS (lia_call_sound_parent_class)->dispose (object);
}

static void
lia_call_sound_class_init (LiaCallSoundClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lia_call_sound_dispose;

  g_type_ensure (LIA_TYPE_MICROPHONE_METER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/liaisondesk/Liaison/lia-call-sound.ui");
  gtk_widget_class_bind_template_child (widget_class, LiaCallSound, meter);
  gtk_widget_class_bind_template_child (widget_class, LiaCallSound, lock);
}

static void
lia_call_sound_init (LiaCallSound *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
