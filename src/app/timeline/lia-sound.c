/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * GStreamer is started with the first sound that is heard: most days nobody listens to one, and it costs the start of the program time. A faster
 * speech keeps its pitch (scaletempo).
 */

#include "lia-sound.h"

#include <gst/gst.h>

#define DEFAULT_SINK "autoaudiosink"
#define STEP_MS 200

struct _LiaSound
{
  GObject parent_instance;

  LiaBlobLoader loader;
  gpointer      loader_data;
  char         *sink;
  char         *blob;
  DexFuture    *loading;
  GstElement   *pipeline;
  guint         watch;
  guint         step; /* the source that follows the position */
  LiaSoundState state;
  gint64        position_ms;
  gint64        duration_ms; /* 0 = not known yet */
  double        rate;
  gboolean      prerolled; /* it can be sought in */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LiaSound, lia_sound, G_TYPE_OBJECT)

static void
changed (LiaSound     *self,
         LiaSoundState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
look (LiaSound *self)
{
  gint64 ns;

  if (gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &ns))
    self->position_ms = ns / GST_MSECOND;
  if (gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &ns) && ns > 0)
    self->duration_ms = ns / GST_MSECOND;
}

static gboolean
on_step (gpointer data)
{
  LiaSound *self = data;

  look (self);
  changed (self, self->state);

  return G_SOURCE_CONTINUE;
}

static void
follow (LiaSound *self,
        gboolean  on)
{
  if (on && self->step == 0)
    self->step = g_timeout_add (STEP_MS, on_step, self);
  else if (!on)
    g_clear_handle_id (&self->step, g_source_remove);
}

static void
drop_pipeline (LiaSound *self)
{
  dex_clear (&self->loading);
  follow (self, FALSE);
  g_clear_handle_id (&self->watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  self->prerolled = FALSE;
  self->position_ms = 0;
  self->duration_ms = 0;
}

static void
apply_seek (LiaSound *self)
{
  if (self->prerolled)
    gst_element_seek (self->pipeline, self->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET,
                      self->position_ms * GST_MSECOND, GST_SEEK_TYPE_NONE, (gint64)GST_CLOCK_TIME_NONE);
}

static void
on_prerolled (LiaSound *self)
{
  gboolean first = !self->prerolled;

  self->prerolled = TRUE;
  look (self);
  if (first && (self->rate < 1.0 || self->rate > 1.0))
    apply_seek (self);
  changed (self, self->state);
}

static void
on_end (LiaSound *self)
{
  follow (self, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  self->position_ms = 0;
  apply_seek (self);
  changed (self, LIA_SOUND_PAUSED);
}

static gboolean
on_message (GstBus     *bus,
            GstMessage *message,
            gpointer    data)
{
  LiaSound *self = data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      on_prerolled (self);
      break;
    case GST_MESSAGE_EOS:
      on_end (self);
      break;
    case GST_MESSAGE_ERROR:
      self->watch = 0;
      drop_pipeline (self);
      changed (self, LIA_SOUND_FAILED);
      return G_SOURCE_REMOVE;
    default:
      break;
    }

  return G_SOURCE_CONTINUE;
}

static GstElement *
make_pipeline (LiaSound *self,
               GBytes   *bytes)
{
  g_autofree char *description = g_strdup_printf ("giostreamsrc name=source ! decodebin ! audioconvert ! scaletempo ! audioconvert ! audioresample ! %s",
                                                  self->sink);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GstElement) source = NULL;
  GstElement *pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);

  if (pipeline == NULL)
    return NULL;
  gst_object_ref_sink (pipeline);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "stream", stream, NULL);

  return pipeline;
}

static DexFuture *
on_loaded (DexFuture *loaded,
           gpointer   data)
{
  LiaSound     *self = data;
  const GValue *value = dex_future_get_value (loaded, NULL);
  g_autoptr (GstBus) bus = NULL;

  if (value != NULL && gst_init_check (NULL, NULL, NULL))
    self->pipeline = make_pipeline (self, g_value_get_boxed (value));
  if (self->pipeline == NULL)
    {
      changed (self, LIA_SOUND_FAILED);
      return dex_future_new_true ();
    }

  bus = gst_element_get_bus (self->pipeline);
  self->watch = gst_bus_add_watch (bus, on_message, self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  follow (self, TRUE);
  changed (self, LIA_SOUND_PLAYING);

  return dex_future_new_true ();
}

/** lia_sound_play: from where it was paused, or from the beginning where @blob is another recording. */
void
lia_sound_play (LiaSound   *self,
                const char *blob)
{
  if (g_strcmp0 (self->blob, blob) == 0 && self->state == LIA_SOUND_LOADING)
    return;
  if (g_strcmp0 (self->blob, blob) == 0 && self->pipeline != NULL)
    {
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
      follow (self, TRUE);
      changed (self, LIA_SOUND_PLAYING);
      return;
    }

  drop_pipeline (self);
  g_set_str (&self->blob, blob);
  if (self->loader == NULL)
    {
      changed (self, LIA_SOUND_FAILED);
      return;
    }
  changed (self, LIA_SOUND_LOADING);
  /* Dropping the outermost future, when another one is played, cancels the request. */
  self->loading = dex_future_finally (self->loader (blob, self->loader_data), on_loaded, self, NULL);
}

void
lia_sound_pause (LiaSound *self)
{
  if (self->pipeline == NULL)
    {
      lia_sound_stop (self);
      return;
    }

  look (self);
  follow (self, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  changed (self, LIA_SOUND_PAUSED);
}

/** lia_sound_stop: nothing is heard, and nothing is kept. */
void
lia_sound_stop (LiaSound *self)
{
  drop_pipeline (self);
  g_clear_pointer (&self->blob, g_free);
  changed (self, LIA_SOUND_STOPPED);
}

void
lia_sound_seek (LiaSound *self,
                gint64    position_ms)
{
  if (self->pipeline == NULL)
    return;

  self->position_ms = CLAMP (position_ms, 0, MAX (0, self->duration_ms));
  apply_seek (self);
  changed (self, self->state);
}

/** lia_sound_set_rate: 1.0 is as it was spoken; stays for what is played later. */
void
lia_sound_set_rate (LiaSound *self,
                    double    rate)
{
  g_return_if_fail (rate > 0);

  if (self->pipeline != NULL)
    look (self);
  self->rate = rate;
  if (self->pipeline != NULL)
    apply_seek (self);
  changed (self, self->state);
}

/** lia_sound_get_blob: (nullable): of the recording that the rest is about. */
const char *
lia_sound_get_blob (LiaSound *self)
{
  return self->blob;
}

LiaSoundState
lia_sound_get_state (LiaSound *self)
{
  return self->state;
}

gint64
lia_sound_get_position (LiaSound *self)
{
  return self->position_ms;
}

/** lia_sound_get_duration: milliseconds, 0 until it is known. */
gint64
lia_sound_get_duration (LiaSound *self)
{
  return self->duration_ms;
}

double
lia_sound_get_rate (LiaSound *self)
{
  return self->rate;
}

static void
lia_sound_finalize (GObject *object)
{
  LiaSound *self = LIA_SOUND (object);

  drop_pipeline (self);
  g_free (self->blob);
  g_free (self->sink);

  G_OBJECT_CLASS (lia_sound_parent_class)->finalize (object);
}

static void
lia_sound_class_init (LiaSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_sound_finalize;

  signals[CHANGED] = g_signal_new ("changed", LIA_TYPE_SOUND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lia_sound_init (LiaSound *self)
{
  self->rate = 1.0;
}

/**
 * lia_sound_new:
 * @loader: (nullable): where the bytes of a recording come from
 * @sink: (nullable): a GStreamer description of where the sound goes; NULL: the system's default loudspeaker
 */
LiaSound *
lia_sound_new (LiaBlobLoader loader,
               gpointer      loader_data,
               const char   *sink)
{
  LiaSound *self = g_object_new (LIA_TYPE_SOUND, NULL);

  self->loader = loader;
  self->loader_data = loader_data;
  self->sink = g_strdup (sink != NULL ? sink : DEFAULT_SINK);

  return self;
}
