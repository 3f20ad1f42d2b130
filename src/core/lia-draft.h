/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-attachment.h"
#include "lia-canned.h"

G_BEGIN_DECLS

/* All files of one message together. Base64 makes four bytes of three, and most mail servers take 25 MiB. */
#define LIA_DRAFT_MAX_FILE_BYTES (18 * 1024 * 1024)

/**
 * LiaDraftResponse:
 *
 * A canned response in a text. Counted; immutable once published.
 */
typedef struct
{
  char              *response;  /* its id */
  LiaCannedFormality formality; /* how the text of it that was chosen addresses the customer */
  gboolean           edited;    /* the agent has changed its words; to fill in its fields is no change */
  char              *text;      /* what it said, filled in, before that */
  char              *sent;      /* what stands there now, or NULL: as it was */
} LiaDraftResponse;

LiaDraftResponse *lia_draft_response_new (void);
LiaDraftResponse *lia_draft_response_ref (LiaDraftResponse *self);
void              lia_draft_response_unref (LiaDraftResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaDraftResponse, lia_draft_response_unref)

#define LIA_TYPE_DRAFT (lia_draft_get_type ())

G_DECLARE_FINAL_TYPE (LiaDraft, lia_draft, LIA, DRAFT, GObject)

/**
 * LiaDraft:
 *
 * What an agent is writing. Immutable once published.
 */
struct _LiaDraft
{
  GObject parent_instance;

  char      *key;   /* of the command that sends it (UUID), however often it is tried; NULL: none chosen yet */
  char      *mode;  /* "email", "chat" or "note" */
  char      *reply; /* "reply", "all", "forward", "new" */
  char      *entry; /* the entry that is answered, or NULL */
  char      *body;  /* UTF-8 */
  char      *subject;
  GPtrArray *to; /* of LiaAddress; the lists may be NULL: empty */
  GPtrArray *cc;
  GPtrArray *bcc;
  GPtrArray *attachments; /* of LiaAttachment */
  GPtrArray *responses;   /* of LiaDraftResponse: what of the body came from there */
  char      *fields;      /* of the responses, that are to be filled in; in the words of the app that wrote it, or NULL */
};

LiaDraft *lia_draft_new (void);

G_END_DECLS
