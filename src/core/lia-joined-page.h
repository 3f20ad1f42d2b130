/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_JOINED_PAGE (lia_joined_page_get_type ())

G_DECLARE_FINAL_TYPE (LiaJoinedPage, lia_joined_page, LIA, JOINED_PAGE, GObject)

/**
 * LiaJoinedPage:
 *
 * A page of a web site that was joined to a call by its code. Immutable once published; texts are never NULL.
 */
struct _LiaJoinedPage
{
  GObject parent_instance;

  char    *entry;        /* that tells of it in the call's conversation */
  char    *conversation; /* where she chats, or "" */
  char    *customer;     /* the caller, as far as we know */
  char    *name;         /* hers: as she has typed it, or, where `verified`, as her site has signed it */
  char    *email;
  char    *url;
  char    *title;
  gboolean verified;
  gboolean same; /* page and call are the same customer's */
};

LiaJoinedPage *lia_joined_page_new (void);

G_END_DECLS
