/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-version.h"

G_DEFINE_FINAL_TYPE (LiaCannedVersion, lia_canned_version, G_TYPE_OBJECT)

static void
lia_canned_version_finalize (GObject *object)
{
  LiaCannedVersion *self = (LiaCannedVersion *)object;

  g_clear_pointer (&self->agent, g_free);
  g_clear_object (&self->canned);

  G_OBJECT_CLASS (lia_canned_version_parent_class)->finalize (object);
}

static void
lia_canned_version_class_init (LiaCannedVersionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_version_finalize;
}

static void
lia_canned_version_init (LiaCannedVersion *self)
{
}

/** lia_canned_version_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaCannedVersion *
lia_canned_version_new (void)
{
  return g_object_new (LIA_TYPE_CANNED_VERSION, NULL);
}
