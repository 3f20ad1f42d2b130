/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-attachment.h"

G_BEGIN_DECLS

/* All files of one message together. Base64 makes four bytes of three, and most mail servers take 25 MiB. */
#define LIA_DRAFT_MAX_FILE_BYTES (18 * 1024 * 1024)

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
  char      *mode;  /* "email" or "note" */
  char      *reply; /* "reply", "all", "forward", "new" */
  char      *entry; /* the entry that is answered, or NULL */
  char      *body;  /* UTF-8 */
  char      *subject;
  GPtrArray *to; /* of LiaAddress; the lists may be NULL: empty */
  GPtrArray *cc;
  GPtrArray *bcc;
  GPtrArray *attachments; /* of LiaAttachment */
};

LiaDraft *lia_draft_new (void);

G_END_DECLS
