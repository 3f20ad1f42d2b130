/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHANNEL (lia_channel_get_type ())

G_DECLARE_FINAL_TYPE (LiaChannel, lia_channel, LIA, CHANNEL, GObject)

/**
 * LiaChannel:
 *
 * A mailbox, PBX or chat that the engine is connected to. Immutable once published.
 */
struct _LiaChannel
{
  GObject parent_instance;

  char  *id;
  char  *kind; /* "mail" */
  char  *name;
  char  *queue;
  char  *state;    /* "starting", "syncing", "ready", "reconnecting", "needs-login", "needs-trust", "stopped" */
  char  *detail;   /* in plain words, may be empty */
  gint64 since_ms; /* in this state */
  gint64 last_ok_ms;
  GStrv  abilities; /* never NULL; what a telephone system can do to a telephone on a desk: "answer", "mute" */
  gint64 forged;    /* messages of a telephone system that callers have forged, and that were ignored */
  gint64 forged_ms; /* the last of them; 0 = none */
  gint64 done;      /* progress of the first sync; total 0 = none running */
  gint64 total;
  char  *config; /* JSON text as the API gives it, without secrets */
};

LiaChannel *lia_channel_new (void);

G_END_DECLS
