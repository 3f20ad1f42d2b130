/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_DEED (lia_deed_get_type ())

G_DECLARE_FINAL_TYPE (LiaDeed, lia_deed, LIA, DEED, GObject)

/**
 * LiaDeed:
 *
 * What somebody did to a colleague or a caller, as the audit log keeps it. Immutable once published; texts are never NULL.
 */
struct _LiaDeed
{
  GObject parent_instance;

  gint64   at_ms;
  char    *actor;         /* the agent's id who did it */
  char    *what;          /* the command: "call.supervise" */
  char    *agent;         /* to whom, "" = to a caller */
  char    *customer_name; /* of the caller whom it was about, "" = nobody, or not known */
  char    *customer_address;
  char    *queue;  /* its id, where one was named */
  char    *mode;   /* of call.supervise: "listen", "whisper", "barge" */
  char    *reason; /* of a pause */
  gboolean on;     /* of what is begun and ended */
};

LiaDeed *lia_deed_new (void);

G_END_DECLS
