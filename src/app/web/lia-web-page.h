/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gmodule.h>
#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * LiaWebPageUser:
 * @load_part: an inline image of the message by its Content-ID: a future of #GBytes, and its media type; or NULL, when there is none
 * @open_link: the user clicked a link
 * @shown: the page is there
 * @failed: it will not be
 *
 * What a page asks of whoever shows it.
 */
typedef struct
{
  DexFuture *(*load_part) (const char *cid, char **type, gpointer data);
  void (*open_link) (const char *uri, gpointer data);
  void (*shown) (gpointer data);
  void (*failed) (gpointer data);
} LiaWebPageUser;

/**
 * LiaWebModule:
 * @open: a widget that shows a message's HTML, without scripts and without the network; ask and tell @user
 * @load: show @html, which is UTF-8
 * @close: @user is asked and told nothing any more
 *
 * What the module `liaison-web` exports, as `lia_web_module`.
 */
typedef struct
{
  GtkWidget *(*open) (const LiaWebPageUser *user, gpointer data);
  void (*load) (GtkWidget *page, GBytes *html);
  void (*close) (GtkWidget *page);
} LiaWebModule;

G_END_DECLS
