/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-push-file.h"

G_DEFINE_FINAL_TYPE (LiaPushFile, lia_push_file, G_TYPE_OBJECT)

static void
lia_push_file_finalize (GObject *object)
{
  LiaPushFile *self = (LiaPushFile *)object;

  g_free (self->blob);
  g_free (self->name);
  g_free (self->type);
  g_free (self->problem);

  G_OBJECT_CLASS (lia_push_file_parent_class)->finalize (object);
}

static void
lia_push_file_class_init (LiaPushFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_push_file_finalize;
}

static void
lia_push_file_init (LiaPushFile *self)
{
  self->blob = g_strdup ("");
  self->name = g_strdup ("");
  self->type = g_strdup ("");
  self->problem = g_strdup ("");
}

/** lia_push_file_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPushFile *
lia_push_file_new (void)
{
  return g_object_new (LIA_TYPE_PUSH_FILE, NULL);
}
