/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/* What visitors are told, as the store has it. All functions are #LiaStoreFunc. */

/**
 * LiaChatPage:
 * @events: of char *: JSON text as API.md has them; without gaps
 * @first_n: the number of the first
 * @more: there are more behind the last
 *
 * A stretch of what a visitor may see.
 */
typedef struct
{
  GPtrArray *events;
  gint64     first_n;
  gboolean   more;
} LiaChatPage;

/** LiaChatSince: whose events, behind which number. */
typedef struct
{
  char  *visitor;
  gint64 n;
} LiaChatSince;

/** LiaChatArrived: what is on a visitor's screen: behind @after, up to @upto. */
typedef struct
{
  char  *visitor;
  gint64 after;
  gint64 upto;
} LiaChatArrived;

/** LiaChatStretch: of the journal: behind @after, up to @upto. */
typedef struct
{
  gint64 after;
  gint64 upto;
} LiaChatStretch;

/**
 * LiaChatNews:
 * @visitors: char * -> whether it is more than their own words: those for whom there is something new
 * @seen: char * -> gint64 *: up to which event one of us has seen it
 * @agents: who is there may have changed
 * @queue: who waits may have changed
 */
typedef struct
{
  GHashTable *visitors;
  GHashTable *seen;
  gboolean    agents;
  gboolean    queue;
} LiaChatNews;

LiaChatSince   *lia_chat_since_new (const char *visitor,
                                    gint64      n);
void            lia_chat_since_free (gpointer since);
LiaChatArrived *lia_chat_arrived_new (const char *visitor,
                                      gint64      after,
                                      gint64      upto);
void            lia_chat_arrived_free (gpointer arrived);
void            lia_chat_page_free (gpointer page);
void            lia_chat_news_free (gpointer news);

gboolean lia_chat_page_read (LiaDb    *db,
                             gpointer  since,
                             gpointer *page,
                             GError  **error);
gboolean lia_chat_news_read (LiaDb    *db,
                             gpointer  stretch,
                             gpointer *news,
                             GError  **error);
gboolean lia_chat_entry_read (LiaDb    *db,
                              gpointer  since,
                              gpointer *entry,
                              GError  **error);
gboolean lia_chat_arrived_write (LiaDb    *db,
                                 gpointer  arrived,
                                 gpointer *result,
                                 GError  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatPage, lia_chat_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatNews, lia_chat_news_free)

G_END_DECLS
