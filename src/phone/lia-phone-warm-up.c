/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-phone-warm-up.h"

#include <gio/gio.h>
#include <gst/gst.h>

/* One element of each plugin that a call needs: to ring, to carry sound, to play it */
static const char *const elements[] = {
  "audiotestsrc", "audiomixer", "volume", "audioconvert", "audioresample", "autoaudiosink", "pulsesink", "level", "rtpbin", "rtpopuspay", "rtpdtmfmux",
  "rtpdtmfsrc", "udpsrc", "opusenc", "alawenc", "mulawenc", "srtpdec", "webrtcdsp"
};

static void
load (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (elements[i]);
      g_autoptr (GstPluginFeature) loaded = factory != NULL ? gst_plugin_feature_load (GST_PLUGIN_FEATURE (factory)) : NULL;

      /* What is missing is said where it is needed. */
      if (loaded == NULL)
        g_debug ("There is no “%s” to be loaded", elements[i]);
    }
}

/**
 * lia_phone_warm_up:
 *
 * Loads the plugins that calls need, on a thread and once: else the first one that rings waits for the disk. GStreamer is initialised by then.
 */
void
lia_phone_warm_up (void)
{
  static gboolean done;
  g_autoptr (GTask) task = NULL;

  if (done)
    return;

  done = TRUE;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_run_in_thread (task, load);
}
