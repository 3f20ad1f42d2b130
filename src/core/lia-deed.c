/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-deed.h"

G_DEFINE_FINAL_TYPE (LiaDeed, lia_deed, G_TYPE_OBJECT)

static void
lia_deed_finalize (GObject *object)
{
  LiaDeed *self = (LiaDeed *)object;

  g_free (self->actor);
  g_free (self->what);
  g_free (self->agent);
  g_free (self->customer_name);
  g_free (self->customer_address);
  g_free (self->queue);
  g_free (self->mode);
  g_free (self->reason);

  G_OBJECT_CLASS (lia_deed_parent_class)->finalize (object);
}

static void
lia_deed_class_init (LiaDeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_deed_finalize;
}

static void
lia_deed_init (LiaDeed *self)
{
  self->actor = g_strdup ("");
  self->what = g_strdup ("");
  self->agent = g_strdup ("");
  self->customer_name = g_strdup ("");
  self->customer_address = g_strdup ("");
  self->queue = g_strdup ("");
  self->mode = g_strdup ("");
  self->reason = g_strdup ("");
}

/** lia_deed_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaDeed *
lia_deed_new (void)
{
  return g_object_new (LIA_TYPE_DEED, NULL);
}
