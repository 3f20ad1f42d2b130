/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What RTP (RFC 3550) needs around a pipeline: two ports, and what the numbers in its packets mean. */

#include "lia-phone-rtp.h"

#define FIRST_PORT 16384
#define LAST_PORT 32766

static GSocket *
bind_socket (GInetAddress *address,
             guint         port)
{
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (address, (guint16)port);
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  return socket != NULL && g_socket_bind (socket, where, FALSE, NULL) ? g_steal_pointer (&socket) : NULL;
}

/**
 * lia_phone_rtp_bind:
 * @address: of this machine
 * @rtp: (out): for sound, on an even port
 * @rtcp: (out): for its control packets, on the next one (RFC 3550 section 11), which telephone systems rely on
 * @error: set when no ports are free
 */
gboolean
lia_phone_rtp_bind (GInetAddress *address,
                    GSocket     **rtp,
                    GSocket     **rtcp,
                    GError      **error)
{
  for (guint i = 0; i < 200; i++)
    {
      const guint port = 2 * (guint)g_random_int_range (FIRST_PORT / 2, LAST_PORT / 2);
      g_autoptr (GSocket) sound = bind_socket (address, port);
      g_autoptr (GSocket) control = sound != NULL ? bind_socket (address, port + 1) : NULL;

      if (control == NULL)
        continue;
      *rtp = g_steal_pointer (&sound);
      *rtcp = g_steal_pointer (&control);
      return TRUE;
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "No port for sound is free");
  return FALSE;
}

/** lia_phone_rtp_port_of: of a socket that is bound. */
guint
lia_phone_rtp_port_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) where = g_socket_get_local_address (socket, NULL);

  return where != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (where)) : 0;
}

/* What a payload number of theirs means; asked for on a streaming thread. */
static GstCaps *
on_request_pt_map (GstElement *rtpbin,
                   guint       session,
                   guint       payload,
                   GArray     *known)
{
  for (guint i = 0; i < known->len; i++)
    {
      GstCaps *caps = g_array_index (known, GstCaps *, i);
      int      number;

      if (gst_structure_get_int (gst_caps_get_structure (caps, 0), "payload", &number) && number == (int)payload)
        return gst_caps_ref (caps);
    }

  return NULL;
}

static void
add_payload (GArray     *known,
             guint       payload,
             const char *name,
             guint       clock)
{
  g_autofree char *encoding = g_ascii_strup (name, -1);
  GstCaps         *caps = gst_caps_new_simple ("application/x-rtp", "media", G_TYPE_STRING, "audio", "payload", G_TYPE_INT, (int)payload,
                                               "clock-rate", G_TYPE_INT, (int)clock, "encoding-name", G_TYPE_STRING, encoding, NULL);

  g_array_append_val (known, caps);
}

static void
free_payloads (gpointer  known,
               GClosure *closure)
{
  g_array_unref (known);
}

/**
 * lia_phone_rtp_watch_payloads:
 * @theirs: what was agreed on
 *
 * Tells @rtpbin, when it asks, what the payload numbers of their packets mean.
 */
void
lia_phone_rtp_watch_payloads (GstElement            *rtpbin,
                              const LiaPhoneSession *theirs)
{
  GArray *known = g_array_new (FALSE, FALSE, sizeof (GstCaps *));

  g_array_set_clear_func (known, (GDestroyNotify)gst_clear_caps);
  add_payload (known, theirs->payload, theirs->codec->name, theirs->codec->clock);
  if (theirs->events != 0)
    add_payload (known, theirs->events, "telephone-event", theirs->codec->clock);
  g_signal_connect_data (rtpbin, "request-pt-map", G_CALLBACK (on_request_pt_map), known, free_payloads, 0);
}
