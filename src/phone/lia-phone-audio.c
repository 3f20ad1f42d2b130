/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Devices come and go (a headset is plugged in during a call): the lists follow the system's device monitor, and a chosen device that is not there
 * falls back to the system's default, so that a call is never silent because of a setting.
 */

#include "lia-phone-audio.h"

/* What the echo canceller (webrtcdsp) wants to see on both sides */
#define CANCELLED_CAPS "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=48000"

struct _LiaPhoneAudio
{
  GObject parent_instance;

  char *source_description; /* instead of devices, for tests */
  char *sink_description;

  char    *microphone; /* ids, or NULL for the system's default */
  char    *loudspeaker;
  char    *ringer;
  gboolean cancels_echo;

  GstDeviceMonitor *monitor;
  guint             watch;
  GListStore       *microphones;
  GListStore       *loudspeakers;
};

G_DEFINE_FINAL_TYPE (LiaPhoneAudio, lia_phone_audio, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_CANCELS_ECHO,
  PROP_LOUDSPEAKER,
  PROP_MICROPHONE,
  PROP_RINGER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GListStore *
list_of (LiaPhoneAudio *self,
         GstDevice     *device)
{
  if (gst_device_has_classes (device, "Audio/Source"))
    return self->microphones;

  return gst_device_has_classes (device, "Audio/Sink") ? self->loudspeakers : NULL;
}

static void
add_device (LiaPhoneAudio *self,
            GstDevice     *device)
{
  g_autoptr (LiaPhoneDevice) item = lia_phone_device_new (device);
  GListStore *list = list_of (self, device);

  /* A monitor listens to what the loudspeaker plays: never what an agent wants to say. */
  if (list != NULL && !g_str_has_suffix (lia_phone_device_get_id (item), ".monitor"))
    g_list_store_append (list, item);
}

static void
remove_device (LiaPhoneAudio *self,
               GstDevice     *device)
{
  GListStore *list = list_of (self, device);

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LiaPhoneDevice) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (lia_phone_device_get_device (item) == device)
        {
          g_list_store_remove (list, i);
          return;
        }
    }
}

static gboolean
on_monitor_message (GstBus     *bus,
                    GstMessage *message,
                    gpointer    user_data)
{
  LiaPhoneAudio *self = user_data;
  g_autoptr (GstDevice) device = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      gst_message_parse_device_added (message, &device);
      add_device (self, device);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED)
    {
      gst_message_parse_device_removed (message, &device);
      remove_device (self, device);
    }

  return G_SOURCE_CONTINUE;
}

/* Starting the monitor asks the sound server, so it is done when somebody first wants the devices. */
static void
ensure_monitor (LiaPhoneAudio *self)
{
  g_autoptr (GstBus) bus = NULL;
  GList *devices;

  if (self->monitor != NULL || self->source_description != NULL)
    return;

  self->monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (self->monitor, "Audio/Source", NULL);
  gst_device_monitor_add_filter (self->monitor, "Audio/Sink", NULL);
  bus = gst_device_monitor_get_bus (self->monitor);
  self->watch = gst_bus_add_watch (bus, on_monitor_message, self);
  if (!gst_device_monitor_start (self->monitor))
    return;

  devices = gst_device_monitor_get_devices (self->monitor);
  for (GList *link = devices; link != NULL; link = link->next)
    add_device (self, link->data);
  g_list_free_full (devices, gst_object_unref);
}

static GstElement *
make_chosen (GListStore *list,
             const char *id)
{
  for (guint i = 0; id != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LiaPhoneDevice) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (g_strcmp0 (lia_phone_device_get_id (item), id) == 0)
        return gst_device_create_element (lia_phone_device_get_device (item), "device");
    }

  return NULL;
}

/* So that the sound server lowers the music and prefers the headset */
static void
mark_as_phone (GstElement *element)
{
  g_autoptr (GstStructure) stream = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "stream-properties") == NULL)
    return;

  stream = gst_structure_new ("props", "media.role", G_TYPE_STRING, "phone", NULL);
  g_object_set (element, "stream-properties", stream, NULL);
}

/* Links the device to what its sound goes through; the other end of that becomes the bin's. */
static gboolean
connect_device (GstBin     *bin,
                GstElement *device,
                gboolean    is_source)
{
  g_autoptr (GstElement) end = gst_bin_get_by_name (bin, "end");
  g_autoptr (GstPad) pad = NULL;

  gst_bin_add (bin, device);
  if (!(is_source ? gst_element_link (device, end) : gst_element_link (end, device)))
    return FALSE;
  pad = gst_bin_find_unlinked_pad (bin, is_source ? GST_PAD_SRC : GST_PAD_SINK);

  return pad != NULL && gst_element_add_pad (GST_ELEMENT (bin), gst_ghost_pad_new (is_source ? "src" : "sink", pad));
}

/* One element with the chosen device, or the system's default one, beside what @description adds to it */
static GstElement *
make_bin (LiaPhoneAudio *self,
          GListStore    *list,
          const char    *id,
          const char    *fallback,
          const char    *description,
          gboolean       is_source,
          GError       **error)
{
  g_autoptr (GstElement) bin = NULL;
  GstElement *device;

  /* Without a choice there is nothing to ask the sound server for. */
  if (id != NULL)
    ensure_monitor (self);
  device = make_chosen (list, id);
  if (device == NULL)
    device = gst_element_factory_make (fallback, "device");
  bin = gst_parse_bin_from_description (description, FALSE, error);
  if (device == NULL || bin == NULL)
    {
      if (device == NULL && bin != NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The sound plugin “%s” is missing", fallback);
      g_clear_pointer (&device, gst_object_unref);
      g_clear_pointer (&bin, gst_object_unref);
      return NULL;
    }

  mark_as_phone (device);
  if (!connect_device (GST_BIN (bin), device, is_source))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The sound device “%s” does not fit", fallback);
      g_clear_pointer (&bin, gst_object_unref);
    }

  return g_steal_pointer (&bin);
}

static gboolean
can_cancel_echo (LiaPhoneAudio *self)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("webrtcdsp");

  return self->cancels_echo && factory != NULL;
}

/**
 * lia_phone_audio_make_source:
 * @self: the chosen devices
 * @error: set when there is no way to hear the agent
 *
 * Returns: (transfer floating) (nullable): an element that gives what the agent says
 */
GstElement *
lia_phone_audio_make_source (LiaPhoneAudio *self,
                             GError       **error)
{
  if (self->source_description != NULL)
    return gst_parse_bin_from_description (self->source_description, TRUE, error);

  return make_bin (self, self->microphones, self->microphone, "autoaudiosrc",
                   can_cancel_echo (self)
                       ? "audioconvert name=end ! audioresample ! " CANCELLED_CAPS " ! webrtcdsp probe=liaison-echo ! queue"
                       : "audioconvert name=end ! audioresample ! queue",
                   TRUE, error);
}

/**
 * lia_phone_audio_make_sink:
 * @self: the chosen devices
 * @error: set when there is no way to let the agent hear
 *
 * Returns: (transfer floating) (nullable): an element that plays what the customer says
 */
GstElement *
lia_phone_audio_make_sink (LiaPhoneAudio *self,
                           GError       **error)
{
  if (self->sink_description != NULL)
    return gst_parse_bin_from_description (self->sink_description, TRUE, error);

  return make_bin (self, self->loudspeakers, self->loudspeaker, "autoaudiosink",
                   can_cancel_echo (self)
                       ? "audioconvert ! audioresample ! " CANCELLED_CAPS " ! webrtcechoprobe name=liaison-echo ! audioconvert ! audioresample name=end"
                       : "audioconvert ! audioresample name=end",
                   FALSE, error);
}

/**
 * lia_phone_audio_make_ringer_sink:
 * @self: the chosen devices
 * @error: set when there is nothing to ring with
 *
 * Returns: (transfer floating) (nullable): an element that plays the ringing; people who wear headsets want it in the room
 */
GstElement *
lia_phone_audio_make_ringer_sink (LiaPhoneAudio *self,
                                  GError       **error)
{
  if (self->sink_description != NULL)
    return gst_parse_bin_from_description (self->sink_description, TRUE, error);

  return make_bin (self, self->loudspeakers, self->ringer, "autoaudiosink", "audioconvert ! audioresample name=end", FALSE, error);
}

/**
 * lia_phone_audio_get_microphones:
 * @self: the chosen devices
 *
 * Returns: (transfer none): the #LiaPhoneDevice objects that can be spoken into; follows what is plugged in
 */
GListModel *
lia_phone_audio_get_microphones (LiaPhoneAudio *self)
{
  ensure_monitor (self);

  return G_LIST_MODEL (self->microphones);
}

/**
 * lia_phone_audio_get_loudspeakers:
 * @self: the chosen devices
 *
 * Returns: (transfer none): the #LiaPhoneDevice objects that can be listened to
 */
GListModel *
lia_phone_audio_get_loudspeakers (LiaPhoneAudio *self)
{
  ensure_monitor (self);

  return G_LIST_MODEL (self->loudspeakers);
}

/**
 * lia_phone_audio_new:
 *
 * Returns: (transfer full): the system's default microphone and loudspeaker
 */
LiaPhoneAudio *
lia_phone_audio_new (void)
{
  return g_object_new (LIA_TYPE_PHONE_AUDIO, NULL);
}

/**
 * lia_phone_audio_new_described:
 * @source: what is said, as a GStreamer description
 * @sink: what is done with what is heard
 *
 * Returns: (transfer full): sound without devices, for machines that have none
 */
LiaPhoneAudio *
lia_phone_audio_new_described (const char *source,
                               const char *sink)
{
  LiaPhoneAudio *self = lia_phone_audio_new ();

  self->source_description = g_strdup (source);
  self->sink_description = g_strdup (sink);

  return self;
}

/**
 * lia_phone_audio_dup_default:
 * @self: the chosen devices
 *
 * Returns: (transfer full): what to go on with when one of them fails: the system's default ones, which by then may be others; what was described stays
 */
LiaPhoneAudio *
lia_phone_audio_dup_default (LiaPhoneAudio *self)
{
  LiaPhoneAudio *plain = self->source_description != NULL ? g_object_ref (self) : lia_phone_audio_new ();

  plain->cancels_echo = self->cancels_echo;

  return plain;
}

static void
lia_phone_audio_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  LiaPhoneAudio *self = LIA_PHONE_AUDIO (object);

  switch (id)
    {
    case PROP_CANCELS_ECHO:
      g_value_set_boolean (value, self->cancels_echo);
      break;
    case PROP_LOUDSPEAKER:
      g_value_set_string (value, self->loudspeaker);
      break;
    case PROP_MICROPHONE:
      g_value_set_string (value, self->microphone);
      break;
    case PROP_RINGER:
      g_value_set_string (value, self->ringer);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* No device is kept as an empty string in the settings. */
static char *
dup_device (const GValue *value)
{
  const char *id = g_value_get_string (value);

  return id == NULL || *id == '\0' ? NULL : g_strdup (id);
}

static void
lia_phone_audio_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  LiaPhoneAudio *self = LIA_PHONE_AUDIO (object);

  switch (id)
    {
    case PROP_CANCELS_ECHO:
      self->cancels_echo = g_value_get_boolean (value);
      break;
    case PROP_LOUDSPEAKER:
      g_free (self->loudspeaker);
      self->loudspeaker = dup_device (value);
      break;
    case PROP_MICROPHONE:
      g_free (self->microphone);
      self->microphone = dup_device (value);
      break;
    case PROP_RINGER:
      g_free (self->ringer);
      self->ringer = dup_device (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lia_phone_audio_finalize (GObject *object)
{
  LiaPhoneAudio *self = LIA_PHONE_AUDIO (object);

  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->monitor != NULL)
    gst_device_monitor_stop (self->monitor);
  g_clear_pointer (&self->monitor, gst_object_unref);
  g_object_unref (self->microphones);
  g_object_unref (self->loudspeakers);
  g_free (self->source_description);
  g_free (self->sink_description);
  g_free (self->microphone);
  g_free (self->loudspeaker);
  g_free (self->ringer);

  G_OBJECT_CLASS (lia_phone_audio_parent_class)->finalize (object);
}

static void
lia_phone_audio_class_init (LiaPhoneAudioClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lia_phone_audio_finalize;
  object_class->get_property = lia_phone_audio_get_property;
  object_class->set_property = lia_phone_audio_set_property;

  /* Devices by their ids; NULL or "" is the system's default. They hold from the next call on. */
  properties[PROP_CANCELS_ECHO] = g_param_spec_boolean ("cancels-echo", NULL, NULL, TRUE, flags);
  properties[PROP_LOUDSPEAKER] = g_param_spec_string ("loudspeaker", NULL, NULL, NULL, flags);
  properties[PROP_MICROPHONE] = g_param_spec_string ("microphone", NULL, NULL, NULL, flags);
  properties[PROP_RINGER] = g_param_spec_string ("ringer", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lia_phone_audio_init (LiaPhoneAudio *self)
{
  gst_init (NULL, NULL);

  self->cancels_echo = TRUE;
  self->microphones = g_list_store_new (LIA_TYPE_PHONE_DEVICE);
  self->loudspeakers = g_list_store_new (LIA_TYPE_PHONE_DEVICE);
}
