/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_CHAT_SITE (lia_chat_site_get_type ())

G_DECLARE_FINAL_TYPE (LiaChatSite, lia_chat_site, LIA, CHAT_SITE, GObject)

/**
 * LiaChatSite:
 *
 * A web site on which visitors can write to us. The secrets that its visitors' identities are signed with are kept apart. Immutable once published.
 */
struct _LiaChatSite
{
  GObject parent_instance;

  char    *key;     /* by which the site's pages name it: a-z, 0-9 and "-"; public */
  char    *name;    /* in lists */
  GStrv    origins; /* from which a browser may speak, as it writes them: "https://shop.example" */
  char    *color;   /* "#3584e4", or "" */
  char    *greeting;
  GStrv    languages;
  GStrv    prechat;       /* what is asked before the first message: "name", "email" */
  GStrv    jwt_kids;      /* the keys that there are for signed identities */
  gboolean page_trail;    /* visitors may be asked whether they show which pages they looked at */
  gboolean self_service;  /* published responses are found before the first message */
  gint64   max_wait_ms;   /* within which the first answer is due; 0 = as the queue has it */
  gint64   gone_after_ms; /* how long she is away before an answer goes by mail; 0 = three minutes */
  char    *url;           /* where the proxy makes the chat public: "https://chat.example.com"; "" = nobody has said. For people who write pages */
  char    *mailbox;       /* by which it goes on when the visitor has gone ("h_1"), or "" */
};

LiaChatSite *lia_chat_site_new (void);
gboolean     lia_chat_site_is_key (const char *text);
gboolean     lia_chat_site_is_origin (const char *text);

G_END_DECLS
