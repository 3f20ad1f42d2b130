/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-sound-test.h"

/* A second of sound is kept back, so that one's own voice is heard apart from the voice itself. */
#define BETWEEN "audioconvert name=said ! audioresample ! level interval=100000000 ! " \
                "queue min-threshold-time=1000000000 max-size-time=3000000000 max-size-buffers=0 max-size-bytes=0 ! audioconvert name=heard"

/* What the meter shows as silence, in dB */
#define SILENCE_DB -60.0

struct _LiaPhoneSoundTest
{
  GObject parent_instance;

  GstElement *pipeline;
  guint       watch;
};

G_DEFINE_FINAL_TYPE (LiaPhoneSoundTest, lia_phone_sound_test, G_TYPE_OBJECT)

enum {
  FAILED,
  LEVEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
read_level (LiaPhoneSoundTest  *self,
            const GstStructure *structure)
{
  const GValue      *value = gst_structure_get_value (structure, "rms");
  const GValueArray *channels = value != NULL ? g_value_get_boxed (value) : NULL;

  if (channels != NULL && channels->n_values > 0)
    g_signal_emit (self, signals[LEVEL], 0, CLAMP (1 - g_value_get_double (channels->values) / SILENCE_DB, 0.0, 1.0));
}

static gboolean
on_message (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  g_autoptr (LiaPhoneSoundTest) self = g_object_ref (user_data);

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      lia_phone_sound_test_stop (self);
      g_signal_emit (self, signals[FAILED], 0, error->message);
      return G_SOURCE_CONTINUE;
    }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT && gst_message_has_name (message, "level"))
    read_level (self, gst_message_get_structure (message));

  return G_SOURCE_CONTINUE;
}

static gboolean
build (LiaPhoneSoundTest *self,
       LiaPhoneAudio     *audio,
       GError           **error)
{
  GstElement *source;
  GstElement *sink;
  g_autoptr (GstElement) said = NULL;
  g_autoptr (GstElement) heard = NULL;

  self->pipeline = gst_parse_launch (BETWEEN, error);
  if (self->pipeline == NULL)
    return FALSE;
  gst_object_ref_sink (self->pipeline);
  said = gst_bin_get_by_name (GST_BIN (self->pipeline), "said");
  heard = gst_bin_get_by_name (GST_BIN (self->pipeline), "heard");

  source = lia_phone_audio_make_source (audio, error);
  if (source == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), source);
  sink = lia_phone_audio_make_sink (audio, error);
  if (sink == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), sink);
  if (gst_element_link (source, said) && gst_element_link (heard, sink))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sound plugins do not fit together");

  return FALSE;
}

static void
end_pipeline (GstElement *pipeline,
              gpointer    user_data)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

void
lia_phone_sound_test_stop (LiaPhoneSoundTest *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_call_async (self->pipeline, end_pipeline, NULL, NULL);
  g_clear_pointer (&self->pipeline, gst_object_unref);
}

/**
 * lia_phone_sound_test_new:
 * @audio: the chosen devices
 * @error: set when there is no sound
 *
 * Returns: (transfer full) (nullable): a test that has begun
 */
LiaPhoneSoundTest *
lia_phone_sound_test_new (LiaPhoneAudio *audio,
                          GError       **error)
{
  g_autoptr (LiaPhoneSoundTest) self = g_object_new (LIA_TYPE_PHONE_SOUND_TEST, NULL);
  g_autoptr (GstBus) bus = NULL;

  if (!build (self, audio, error))
    return NULL;

  bus = gst_element_get_bus (self->pipeline);
  self->watch = gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);

  return g_steal_pointer (&self);
}

static void
lia_phone_sound_test_dispose (GObject *object)
{
  lia_phone_sound_test_stop (LIA_PHONE_SOUND_TEST (object));

  G_OBJECT_CLASS (lia_phone_sound_test_parent_class)->dispose (object);
}

static void
lia_phone_sound_test_class_init (LiaPhoneSoundTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lia_phone_sound_test_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LEVEL] = g_signal_new ("level", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
lia_phone_sound_test_init (LiaPhoneSoundTest *self)
{
}
