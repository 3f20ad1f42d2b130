/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

#define LIA_TYPE_CONVERSATION_LIST (lia_conversation_list_get_type ())

/**
 * LiaConversationList:
 *
 * A #GListModel of #LiaConversation: the rows of one view in the engine's order, kept true by the event stream while the object lives. Rows are
 * read a page at a time; reading near the end fetches the next page. Changes of one frame come as one minimal `items-changed`.
 *
 * Properties: `view` (string), `loading` (boolean: the first page is on its way), `total` (uint: rows of the view, loaded or not),
 * `problem` (string or NULL: why the rows could not be read).
 */
G_DECLARE_FINAL_TYPE (LiaConversationList, lia_conversation_list, LIA, CONVERSATION_LIST, GObject)

LiaConversationList *lia_conversation_list_new (LiaClient  *client,
                                                const char *view);
const char          *lia_conversation_list_get_view (LiaConversationList *self);
gboolean             lia_conversation_list_get_loading (LiaConversationList *self);
guint                lia_conversation_list_get_total (LiaConversationList *self);
guint                lia_conversation_list_find (LiaConversationList *self,
                                                 const char          *conversation); /* GTK_INVALID_LIST_POSITION's value, G_MAXUINT, when absent */

G_END_DECLS
