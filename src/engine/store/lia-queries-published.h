/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Canned responses that visitors of a site may read, and what they did with them. Functions for the store's threads (#LiaStoreFunc). */

/**
 * LiaPublished:
 * @stamp: which responses, in which version
 * @responses: (element-type LiaCanned) (nullable): NULL: the stamp is the one that was asked with
 */
typedef struct
{
  char      *stamp;
  GPtrArray *responses;
} LiaPublished;

typedef struct
{
  gint64 channel_id;
  char  *stamp; /* or NULL */
} LiaPublishedAsked;

LiaPublishedAsked *lia_published_asked_new (gint64      channel_id,
                                            const char *stamp);
void               lia_published_asked_free (gpointer asked);
void               lia_published_free (LiaPublished *self);
gboolean           lia_published_read (LiaDb    *db,
                                       gpointer  asked,
                                       gpointer *published,
                                       GError  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaPublished, lia_published_free)

typedef struct
{
  gint64 response_id;
  gint64 channel_id;
  char  *did;
} LiaPublishedCounted;

LiaPublishedCounted *lia_published_counted_new (gint64      response_id,
                                                gint64      channel_id,
                                                const char *did);
void                 lia_published_counted_free (gpointer counted);
gboolean             lia_published_count (LiaDb    *db,
                                          gpointer  counted,
                                          gpointer *result,
                                          GError  **error);
JsonArray           *lia_published_figures (LiaDb   *db,
                                            GError **error);

G_END_DECLS
