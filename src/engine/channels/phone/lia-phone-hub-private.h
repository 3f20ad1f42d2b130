/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-dial-counter.h"
#include "lia-phone-desk.h"
#include "lia-phone-hub.h"
#include "lia-phone-line.h"

G_BEGIN_DECLS

/* What the files of the hub share. */

struct _LiaPhoneHub
{
  GObject parent_instance;

  LiaEngine      *engine; /* it owns us */
  LiaPhoneSetup  *setup;
  LiaPhoneDesk   *desk;
  GPtrArray      *lines;    /* of LiaPhoneLine */
  GHashTable     *problems; /* char *: channel's id -> char *: why nothing runs */
  GHashTable     *found;    /* char *: "channel\nname": queues of PBXs that are being made ours */
  GQueue          changed;  /* of gint64 *: channels to look at; 0 = agents and queues */
  LiaDialCounter *dialled;
  DexFuture      *updating;
  gboolean        busy;
  gboolean        stopped;
};

/* lia-phone-hub-tell.c */
void lia_phone_hub_tell_changed (LiaPhoneHub *self,
                                 const char  *id);
void lia_phone_hub_tell_all (LiaPhoneHub *self);
void lia_phone_hub_listen (LiaPhoneHub  *self,
                           LiaPhoneLine *line);

G_END_DECLS
