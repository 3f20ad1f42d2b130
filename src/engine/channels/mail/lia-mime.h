/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"

G_BEGIN_DECLS

typedef enum {
  LIA_MIME_PARSED,
  LIA_MIME_TOO_COMPLEX, /* over the limits: only a few header fields were read */
  LIA_MIME_FAILED,      /* the parser gave up, or took the worker with it */
} LiaMimeState;

/**
 * LiaMimePart:
 *
 * A file in a message.
 */
typedef struct
{
  GBytes  *bytes; /* NULL once they are kept elsewhere */
  gsize    size;
  char    *name; /* safe to show and to save as */
  char    *type; /* sniffed */
  char    *cid;  /* or NULL */
  gboolean is_inline;
  gboolean dangerous;
} LiaMimePart;

/**
 * LiaMime:
 *
 * What a message says. All text is valid UTF-8 without control characters but line ends and tabs; Message-IDs come without brackets.
 */
typedef struct
{
  LiaMimeState state;
  char        *subject;    /* never NULL */
  LiaAddress  *from;       /* or NULL */
  LiaAddress  *reply_to;   /* or NULL */
  GPtrArray   *to;         /* of LiaAddress */
  GPtrArray   *cc;         /* of LiaAddress */
  GPtrArray   *delivered;  /* of LiaAddress: Delivered-To, X-Original-To, Envelope-To */
  gint64       date_ms;    /* 0 = none, or not one */
  gint32       offset_min; /* of the clock that it was dated by, ahead of UTC */
  char        *message_id;
  char        *in_reply_to;
  GPtrArray   *references;   /* of char *, oldest first */
  char        *thread_index; /* the first 22 bytes of Exchange's, as hex digits, or NULL */
  char        *text;         /* never NULL */
  GBytes      *html;         /* UTF-8, or NULL */
  GPtrArray   *parts;        /* of LiaMimePart */
  char        *auto_class;   /* as mail_message.auto_class; never NULL */
  char        *auth;         /* the topmost Authentication-Results, or NULL */
  guint        charset_errors;
} LiaMime;

/* Limits, checked before the parser sees the message. */
#define LIA_MIME_MAX_BYTES (50 * 1024 * 1024)
#define LIA_MIME_MAX_HEADER_BYTES (256 * 1024)
#define LIA_MIME_MAX_HEADER_LINES 2000
#define LIA_MIME_MAX_BOUNDARIES 5000
#define LIA_MIME_MAX_PARTS 500
#define LIA_MIME_MAX_DEPTH 50
#define LIA_MIME_MAX_TEXT_BYTES (256 * 1024) /* of the text shown; the original is whole */

#define LIA_MIME_VARIANT_TYPE "(us(ss)(ss)a(ss)a(ss)a(ss)xssassssayusa(sssbbay)i)"

void      lia_mime_init (void);
LiaMime  *lia_mime_new (void);
void      lia_mime_free (LiaMime *self);
void      lia_mime_part_free (LiaMimePart *self);
gboolean  lia_mime_is_too_complex (GBytes *raw);
LiaMime  *lia_mime_parse (GBytes *raw);
LiaMime  *lia_mime_scan (GBytes      *raw,
                         LiaMimeState state);
GVariant *lia_mime_to_variant (const LiaMime *self);
LiaMime  *lia_mime_from_variant (GVariant *variant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaMime, lia_mime_free)

G_END_DECLS
