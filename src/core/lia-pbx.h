/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_PBX (lia_pbx_get_type ())

G_DECLARE_FINAL_TYPE (LiaPbx, lia_pbx, LIA, PBX, GObject)

/**
 * LiaPbx:
 *
 * How a telephone system is reached. The password is kept apart. Immutable once published.
 */
struct _LiaPbx
{
  GObject parent_instance;

  char  *system; /* "asterisk", or "replay": plays a recorded trace */
  char  *name;   /* in lists */
  char  *host;
  gint64 port;
  char  *tls; /* "tls" or "none"; "none" only to this machine */
  char  *login;
  char  *ca;               /* PEM text of an own authority, or NULL */
  char  *country;          /* of numbers without a country code: "DE", "" = none */
  char  *context;          /* the dialplan's, in which agents dial */
  GStrv  hidden_queues;    /* names of queues that are none of ours; NULL = all are */
  char  *recordings_url;   /* where recordings are fetched: "https://pbx.example.org:8089"; "" = they stay there */
  char  *recordings_login; /* the password of which is kept apart as well */
  char  *traces;           /* "replay": the file that is played */
  char  *dial_abroad;      /* who may call abroad: the lowest role, or "nobody"; "" = everybody; see lia-dial-rules.h */
  char  *dial_agent;       /* which numbers agents may call besides, abroad or at extra cost: "+44* +33*" */
  char  *dial_supervisor;  /* … and supervisors beside those */
  char  *dial_admin;       /* … and administrators */
  gint64 dial_per_minute;  /* how many calls one agent may begin in a minute; 0 = as many as is usual */
  gint64 speed;            /* "replay": how much faster than it was; 0 and 1 are as it was */
};

LiaPbx *lia_pbx_new (void);

G_END_DECLS
