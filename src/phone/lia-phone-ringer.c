/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-ringer.h"

/* A bell has two tones, a line has one (ITU-T E.180). People know that cadence from their phones: a second of every four. */
#define BELL "audiotestsrc wave=sine freq=523 volume=0.25 is-live=true ! mix. audiotestsrc wave=sine freq=659 volume=0.25 is-live=true ! mix. " \
             "audiomixer name=mix ! volume name=bell mute=true"
#define LINE "audiotestsrc wave=sine freq=425 volume=0.15 is-live=true ! volume name=bell mute=true"

enum {
  RING_MS = 1000,
  PAUSE_MS = 3000,
};

struct _LiaPhoneRinger
{
  GObject parent_instance;

  LiaPhoneAudio *audio;
  LiaPhoneRing   ring;
  GstElement    *pipeline;
  GstElement    *bell;
  guint          timeout;
  gboolean       sounds;
};

G_DEFINE_FINAL_TYPE (LiaPhoneRinger, lia_phone_ringer, G_TYPE_OBJECT)

static void
turn (gpointer user_data)
{
  LiaPhoneRinger *self = user_data;

  self->sounds = !self->sounds;
  g_object_set (self->bell, "mute", !self->sounds, NULL);
  self->timeout = g_timeout_add_once (self->sounds ? RING_MS : PAUSE_MS, turn, self);
}

static gboolean
build (LiaPhoneRinger *self,
       GError        **error)
{
  const gboolean is_line = self->ring == LIA_PHONE_RING_BACK;
  GstElement    *sink;

  self->pipeline = gst_parse_launch (is_line ? LINE : BELL, error);
  if (self->pipeline == NULL)
    return FALSE;

  gst_object_ref_sink (self->pipeline);
  self->bell = gst_bin_get_by_name (GST_BIN (self->pipeline), "bell");
  sink = is_line ? lia_phone_audio_make_sink (self->audio, error) : lia_phone_audio_make_ringer_sink (self->audio, error);
  if (sink == NULL)
    return FALSE;

  gst_bin_add (GST_BIN (self->pipeline), sink);
  return gst_element_link (self->bell, sink);
}

static void
end_pipeline (GstElement *pipeline,
              gpointer    user_data)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
stop (LiaPhoneRinger *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->bell, gst_object_unref);
  if (self->pipeline != NULL)
    gst_element_call_async (self->pipeline, end_pipeline, NULL, NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

/* Without a sound device it stays silent: the window shows the call all the same. */
static void
start (LiaPhoneRinger *self)
{
  g_autoptr (GError) error = NULL;

  if (!build (self, &error))
    {
      g_info ("Cannot ring: %s", error != NULL ? error->message : "the sound plugins do not fit");
      stop (self);
      return;
    }

  g_object_set (self->bell, "volume", self->ring == LIA_PHONE_RING_SECOND_CALL ? 0.1 : 1.0, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  self->sounds = FALSE;
  turn (self);
}

/**
 * lia_phone_ringer_set_ring:
 * @self: a bell
 * @ring: what is to be heard from now on
 */
void
lia_phone_ringer_set_ring (LiaPhoneRinger *self,
                           LiaPhoneRing    ring)
{
  if (self->ring == ring)
    return;

  stop (self);
  self->ring = ring;
  if (ring != LIA_PHONE_RING_NONE)
    start (self);
}

/**
 * lia_phone_ringer_new:
 * @audio: which device it rings with
 *
 * Returns: (transfer full): a silent bell
 */
LiaPhoneRinger *
lia_phone_ringer_new (LiaPhoneAudio *audio)
{
  LiaPhoneRinger *self = g_object_new (LIA_TYPE_PHONE_RINGER, NULL);

  self->audio = g_object_ref (audio);

  return self;
}

static void
lia_phone_ringer_dispose (GObject *object)
{
  LiaPhoneRinger *self = LIA_PHONE_RINGER (object);

  stop (self);
  g_clear_object (&self->audio);

  G_OBJECT_CLASS (lia_phone_ringer_parent_class)->dispose (object);
}

static void
lia_phone_ringer_class_init (LiaPhoneRingerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_ringer_dispose;
}

static void
lia_phone_ringer_init (LiaPhoneRinger *self)
{
}
