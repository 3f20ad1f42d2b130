/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-finding.h"

G_DEFINE_FINAL_TYPE (LiaFinding, lia_finding, G_TYPE_OBJECT)

static void
lia_finding_finalize (GObject *object)
{
  LiaFinding *self = (LiaFinding *)object;

  g_free (self->id);
  g_free (self->title);
  g_free (self->product);
  g_free (self->url);
  g_strfreev (self->merged);
  g_ptr_array_unref (self->issues);
  g_clear_object (&self->push);

  G_OBJECT_CLASS (lia_finding_parent_class)->finalize (object);
}

static void
lia_finding_class_init (LiaFindingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_finding_finalize;
}

static void
lia_finding_init (LiaFinding *self)
{
  self->id = g_strdup ("");
  self->title = g_strdup ("");
  self->product = g_strdup ("");
  self->url = g_strdup ("");
  self->merged = g_new0 (char *, 1);
  self->issues = g_ptr_array_new_with_free_func (g_object_unref);
}

/** lia_finding_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaFinding *
lia_finding_new (void)
{
  return g_object_new (LIA_TYPE_FINDING, NULL);
}

/** lia_finding_is_web_address: a page that a customer may have been on: http or https, with a host. */
gboolean
lia_finding_is_web_address (const char *url)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;

  return g_uri_split (url, G_URI_FLAGS_NONE, &scheme, NULL, &host, NULL, NULL, NULL, NULL, NULL) && host != NULL && *host != '\0' &&
         (g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "https") == 0);
}
