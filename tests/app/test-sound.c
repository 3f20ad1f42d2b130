/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plugin for GStreamer: a microphone for machines without one, a sine of LIAISON_TEST_TONE Hz, so that a journey knows who hears the agent. It is
 * what the app takes by default: nothing is set in it.
 */
#include <gst/gst.h>

typedef GstBin      TestMicrophone;
typedef GstBinClass TestMicrophoneClass;

GType test_microphone_get_type (void);

G_DEFINE_TYPE (TestMicrophone, test_microphone, GST_TYPE_BIN)

static void
test_microphone_class_init (TestMicrophoneClass *klass)
{
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Microphone", "Source/Audio", "A sine", "Liaison");
}

static void
test_microphone_init (TestMicrophone *self)
{
  const char *tone = g_getenv ("LIAISON_TEST_TONE");
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL);
  g_autoptr (GstPad) pad = NULL;

  g_object_set (source, "is-live", TRUE, "freq", tone != NULL ? g_ascii_strtod (tone, NULL) : 0.0, "volume", tone != NULL ? 0.4 : 0.0, NULL);
  gst_bin_add (GST_BIN (self), source);
  pad = gst_element_get_static_pad (source, "src");
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("src", pad));
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
}

static gboolean
plugin_init (GstPlugin *plugin)
{
  return gst_element_register (plugin, "testmicrophone", GST_RANK_PRIMARY + 200, test_microphone_get_type ());
}

#define PACKAGE "liaison"
GST_PLUGIN_DEFINE (GST_VERSION_MAJOR, GST_VERSION_MINOR, testsound, "A microphone for tests", plugin_init, "0", "GPL", "Liaison", "liaison")
