/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_PBX_PHONE (lia_pbx_phone_get_type ())

G_DECLARE_FINAL_TYPE (LiaPbxPhone, lia_pbx_phone, LIA, PBX_PHONE, GObject)

/**
 * LiaPbxPhone:
 *
 * A telephone that a PBX knows, with its three names. Texts are never NULL. Immutable once published.
 */
struct _LiaPbxPhone
{
  GObject parent_instance;

  char    *phone;     /* as the PBX names it: "PJSIP/alice" */
  char    *extension; /* by which colleagues reach it: "201"; "" = none is known */
  char    *context;   /* of the dialplan, in which the extension is */
  char    *member;    /* as phone queues name it: "Local/201@from-queue/n"; "" = as `phone` */
  gboolean reachable; /* a telephone has logged in there */
};

LiaPbxPhone *lia_pbx_phone_new (void);

G_END_DECLS
