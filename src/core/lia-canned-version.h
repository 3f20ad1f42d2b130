/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

#define LIA_TYPE_CANNED_VERSION (lia_canned_version_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedVersion, lia_canned_version, LIA, CANNED_VERSION, GObject)

/**
 * LiaCannedVersion:
 *
 * What a canned response was once. Immutable once published.
 */
struct _LiaCannedVersion
{
  GObject parent_instance;

  gint64     ver;
  gint64     at_ms; /* when it was made */
  char      *agent; /* the id of who made it, or "" */
  LiaCanned *canned;
};

LiaCannedVersion *lia_canned_version_new (void);

G_END_DECLS
