/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-conversation.h"
#include "lia-customer.h"
#include "lia-db.h"

G_BEGIN_DECLS

/*
 * The engine's reads, all keyset, none over a whole table. To be called inside a #LiaStoreFunc. Entries come as JSON text in wire form (the
 * store keeps them so): a timeline page is handed on without being decoded.
 */

typedef struct
{
  GPtrArray *rows;  /* LiaConversation */
  char      *next;  /* cursor, or NULL */
  gint64     total; /* of the view */
  gint64     unread;
} LiaRowPage;

typedef struct
{
  GPtrArray *entries; /* char *: JSON text, oldest first */
  char      *next;    /* cursor for older ones, or NULL */
} LiaEntryPage;

typedef struct
{
  LiaConversation *conversation;
  char            *entry_id;
  gint64           seq;
  gint64           at_ms;
  char            *snippet;
  GArray          *marks; /* gsize pairs */
} LiaFound;

void lia_row_page_free (LiaRowPage *self);
void lia_entry_page_free (LiaEntryPage *self);
void lia_found_free (LiaFound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaRowPage, lia_row_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEntryPage, lia_entry_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaFound, lia_found_free)

gint64           lia_query_head (LiaDb   *db,
                                 GError **error);
gboolean         lia_query_read_head (LiaDb    *db,
                                      gpointer  data,
                                      gpointer *result,
                                      GError  **error);
LiaRowPage      *lia_query_view (LiaDb      *db,
                                 gint64      agent_id,
                                 const char *view,
                                 const char *after,
                                 guint       limit,
                                 GError    **error);
gboolean         lia_query_view_counts (LiaDb      *db,
                                        gint64      agent_id,
                                        const char *view,
                                        gint64     *total,
                                        gint64     *unread,
                                        GError    **error);
gboolean         lia_query_view_contains (LiaDb      *db,
                                          gint64      agent_id,
                                          const char *view,
                                          gint64      conversation_id,
                                          gboolean   *contains,
                                          GError    **error);
LiaConversation *lia_query_conversation (LiaDb   *db,
                                         gint64   agent_id,
                                         gint64   conversation_id,
                                         GError **error);
LiaEntryPage    *lia_query_timeline (LiaDb      *db,
                                     gint64      conversation_id,
                                     const char *before,
                                     guint       limit,
                                     GError    **error);
LiaEntryPage    *lia_query_entries_after (LiaDb   *db,
                                          gint64   conversation_id,
                                          gint64   seen,
                                          gint64   except_agent_id,
                                          guint    limit,
                                          GError **error);
char            *lia_query_entry (LiaDb   *db,
                                  gint64   entry_seq,
                                  GError **error);
char            *lia_query_entry_x (LiaDb   *db,
                                    gint64   entry_seq,
                                    GError **error);
gint64           lia_query_unread_from (LiaDb   *db,
                                        gint64   agent_id,
                                        gint64   conversation_id,
                                        GError **error);
char            *lia_query_draft (LiaDb   *db,
                                  gint64   agent_id,
                                  gint64   conversation_id,
                                  GError **error);
LiaCustomer     *lia_query_customer (LiaDb   *db,
                                     gint64   customer_id,
                                     GError **error);
LiaRowPage      *lia_query_customer_conversations (LiaDb      *db,
                                                   gint64      agent_id,
                                                   gint64      customer_id,
                                                   const char *after,
                                                   guint       limit,
                                                   GError    **error);
LiaEntryPage    *lia_query_customer_timeline (LiaDb      *db,
                                              gint64      customer_id,
                                              const char *before,
                                              guint       limit,
                                              GError    **error);
gint64           lia_query_customer_by_address (LiaDb      *db,
                                                const char *kind,
                                                const char *address,
                                                GError    **error);
GPtrArray       *lia_query_customers_like (LiaDb      *db,
                                           const char *typed,
                                           guint       limit,
                                           GError    **error);
GPtrArray       *lia_query_search (LiaDb      *db,
                                   gint64      agent_id,
                                   const char *text,
                                   const char *before,
                                   guint       limit,
                                   char      **next,
                                   GError    **error);

G_END_DECLS
