/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-site.h"

#include <string.h>

#define MAX_KEY 40
#define MAX_ORIGIN 255

G_DEFINE_FINAL_TYPE (LiaChatSite, lia_chat_site, G_TYPE_OBJECT)

static void
lia_chat_site_finalize (GObject *object)
{
  LiaChatSite *self = (LiaChatSite *)object;

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->origins, g_strfreev);
  g_clear_pointer (&self->color, g_free);
  g_clear_pointer (&self->greeting, g_free);
  g_clear_pointer (&self->languages, g_strfreev);
  g_clear_pointer (&self->prechat, g_strfreev);
  g_clear_pointer (&self->jwt_kids, g_strfreev);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->mailbox, g_free);

  G_OBJECT_CLASS (lia_chat_site_parent_class)->finalize (object);
}

static void
lia_chat_site_class_init (LiaChatSiteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_chat_site_finalize;
}

static void
lia_chat_site_init (LiaChatSite *self)
{
}

/** lia_chat_site_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaChatSite *
lia_chat_site_new (void)
{
  return g_object_new (LIA_TYPE_CHAT_SITE, NULL);
}

/** lia_chat_site_is_key: whether a site can be named so. */
gboolean
lia_chat_site_is_key (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_KEY && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/** lia_chat_site_is_origin: as browsers write it (RFC 6454 6.2): scheme, host, and the port where it is not the scheme's own. */
gboolean
lia_chat_site_is_origin (const char *text)
{
  gsize length = strlen (text);
  gsize scheme = g_str_has_prefix (text, "https://") ? strlen ("https://") : g_str_has_prefix (text, "http://") ? strlen ("http://")
                                                                                                                : length;

  return length > scheme && length <= MAX_ORIGIN && strspn (text + scheme, "abcdefghijklmnopqrstuvwxyz0123456789-.:[]") == length - scheme;
}
