/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-wire.h"

G_BEGIN_DECLS

/* The answers to reading calls that hold more than one value, and the body of a command. */

/**
 * LiaSettings:
 * @notice_gap_days: for how long a customer who was told of a fix is left alone
 * @chat_offer_s: how long a chat is offered to one agent
 *
 * The settings that a client needs. One that was not given is -1 or NULL.
 */
typedef struct
{
  gint64 undo_send_s;
  gint64 notice_gap_days;
  gint64 chat_offer_s;
  char  *signature;
  int    sample;
} LiaSettings;

typedef struct
{
  char       *epoch;
  gint64      seq;
  LiaAgent   *me;
  GPtrArray  *agents;
  GPtrArray  *queues;
  GPtrArray  *channels;
  GPtrArray  *trackers; /* of LiaTrackerSetup */
  GPtrArray  *views;
  GPtrArray  *calls;   /* of LiaCall, those that go on */
  GPtrArray  *members; /* of LiaQueueMember */
  LiaSettings settings;
} LiaSnapshot;

typedef struct
{
  gint64     seq;
  GPtrArray *rows; /* of LiaConversation */
  char      *next;
  gint64     total;
} LiaRowsPage;

typedef struct
{
  gint64           seq;
  LiaConversation *conversation; /* NULL for a customer's timeline */
  GPtrArray       *timeline;     /* of LiaEntry */
  char            *next;
  gint64           unread_from;
  LiaDraft        *draft;
} LiaTimelinePage;

typedef struct
{
  GPtrArray *rows; /* of LiaCanned */
  GStrv      gone; /* ids */
  gint64     seq;
  gboolean   more;
} LiaResponsesPage;

/**
 * LiaLearning:
 * @suggestions: of LiaSuggestion, by their kind; NULL for twins, which an app finds by itself
 * @dismissed: keys of twins
 */
typedef struct
{
  GPtrArray  *suggestions[LIA_SUGGESTION_N_KINDS];
  GHashTable *dismissed;
} LiaLearning;

LiaSnapshot      *lia_snapshot_decode (JsonObject *object,
                                       GError    **error);
LiaSnapshot      *lia_snapshot_ref (LiaSnapshot *snapshot);
void              lia_snapshot_unref (LiaSnapshot *snapshot);
LiaRowsPage      *lia_rows_page_decode (JsonObject *object,
                                        GError    **error);
void              lia_rows_page_free (LiaRowsPage *page);
LiaTimelinePage  *lia_timeline_page_decode (JsonObject *object,
                                            GError    **error);
void              lia_timeline_page_free (LiaTimelinePage *page);
LiaResponsesPage *lia_responses_page_decode (JsonObject *object,
                                             GError    **error);
void              lia_responses_page_free (LiaResponsesPage *page);
LiaLearning      *lia_learning_decode (JsonObject *object,
                                       GError    **error);
void              lia_learning_free (LiaLearning *learning);
void              lia_settings_decode (LiaSettings *settings,
                                       JsonObject  *object);
void              lia_settings_clear (LiaSettings *settings);

typedef gpointer (*LiaReplyDecode) (JsonObject *object,
                                    GError    **error);

GPtrArray  *lia_replies_decode_values (JsonObject    *object,
                                       const char    *name,
                                       const char    *member,
                                       LiaReplyDecode decode,
                                       GError       **error);
JsonObject *lia_command_encode (const char *key,
                                const char *kind,
                                const char *conversation,
                                gint64      ver,
                                gint64      seen,
                                gboolean    force,
                                JsonObject *d);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSnapshot, lia_snapshot_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaRowsPage, lia_rows_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTimelinePage, lia_timeline_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaResponsesPage, lia_responses_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaLearning, lia_learning_free)

G_END_DECLS
