/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-metadata.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_PUSH_FILE (lia_push_file_get_type ())

G_DECLARE_FINAL_TYPE (LiaPushFile, lia_push_file, LIA, PUSH_FILE, GObject)

#define LIA_PUSH_MAX_FILES 10

/**
 * LiaPushFile:
 *
 * A file that goes to a tracker with a finding, exactly as it leaves. Immutable once published; texts are never NULL.
 */
struct _LiaPushFile
{
  GObject parent_instance;

  char       *blob; /* "b_9f…": its name is the SHA-256 of what leaves */
  char       *name; /* without persons in it */
  char       *type; /* as HTTP names it */
  gint64      size_bytes;
  LiaMetadata metadata;
  gboolean    is_there; /* the tracker has it */
  char       *problem;  /* why it cannot go there, in plain words; "" = none */
};

LiaPushFile *lia_push_file_new (void);

G_END_DECLS
