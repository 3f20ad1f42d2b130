/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-attachment.h"
#include "lia-enums.h"
#include "lia-fold.h"

G_BEGIN_DECLS

#define LIA_TYPE_ENTRY (lia_entry_get_type ())

G_DECLARE_FINAL_TYPE (LiaEntry, lia_entry, LIA, ENTRY, GObject)

/**
 * LiaEntry:
 *
 * One thing on the timeline. Immutable once published: a change is a new value with the same `id`.
 */
struct _LiaEntry
{
  GObject parent_instance;

  char         *id;
  gint64        seq;
  char         *conv;
  gint64        at_ms;
  LiaEntryKind  kind;
  LiaDirection  direction;
  LiaAuthorKind author_kind;
  char         *author_id;
  LiaAddress   *author; /* never NULL */
  char         *subject;
  LiaAddress   *from;     /* or NULL */
  LiaAddress   *reply_to; /* or NULL */
  GPtrArray    *to;       /* of LiaAddress; these lists are never NULL */
  GPtrArray    *cc;
  GPtrArray    *bcc;
  char         *text;  /* whole, UTF-8 */
  GArray       *folds; /* of LiaFold, in order, not overlapping */
  gboolean      has_html;
  char         *message_id;
  GPtrArray    *attachments; /* of LiaAttachment */
  LiaSendState  send_state;
  char         *problem;       /* why it could not be sent, in plain words, or NULL */
  gint64        undo_until_ms; /* 0 = cannot be taken back */
  char         *outbox;        /* its id there, or NULL */
  GStrv         flags;         /* never NULL */
  char         *details;       /* JSON text of `d`, never NULL */
};

LiaEntry *lia_entry_new (void);
gboolean  lia_entry_has_flag (LiaEntry   *self,
                              const char *flag);
char     *lia_entry_dup_own_words (LiaEntry *self);

G_END_DECLS
