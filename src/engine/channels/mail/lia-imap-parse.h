/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-error.h"

G_BEGIN_DECLS

typedef enum {
  LIA_IMAP_TOKEN_OPEN,
  LIA_IMAP_TOKEN_CLOSE,
  LIA_IMAP_TOKEN_ATOM,
  LIA_IMAP_TOKEN_QUOTED,
  LIA_IMAP_TOKEN_LITERAL,
} LiaImapTokenKind;

typedef struct
{
  LiaImapTokenKind kind;
  guint32          offset; /* into the response's bytes */
  guint32          length;
} LiaImapToken;

typedef enum {
  LIA_IMAP_STATUS_NONE, /* data */
  LIA_IMAP_STATUS_OK,
  LIA_IMAP_STATUS_NO,
  LIA_IMAP_STATUS_BAD,
  LIA_IMAP_STATUS_PREAUTH,
  LIA_IMAP_STATUS_BYE,
  LIA_IMAP_STATUS_CONTINUE, /* "+" */
} LiaImapStatus;

/**
 * LiaImapResponse:
 *
 * One response of a server (RFC 9051 7). Data is a flat list of tokens: nesting is by %LIA_IMAP_TOKEN_OPEN and _CLOSE, so that nobody has to recurse.
 */
typedef struct
{
  char         *tag; /* NULL for "*" and "+" */
  LiaImapStatus status;
  char         *code;      /* status: "UIDNEXT", upper case, or NULL */
  char         *code_args; /* what follows it inside the brackets, or NULL */
  char         *text;      /* status: for humans */
  GBytes       *bytes;     /* data: the whole response */
  LiaImapToken *tokens;
  guint         n_tokens;
} LiaImapResponse;

/**
 * LiaImapParser:
 *
 * Pure push parser: bytes in as they come, cut anywhere, responses out. Everything has a limit; nothing recurses.
 */
typedef struct _LiaImapParser LiaImapParser;

#define LIA_IMAP_MAX_LINE_BYTES (8 * 1024 * 1024)
#define LIA_IMAP_MAX_LITERAL_BYTES (64 * 1024 * 1024)
#define LIA_IMAP_MAX_NESTING 64

LiaImapParser   *lia_imap_parser_new (void);
void             lia_imap_parser_free (LiaImapParser *self);
void             lia_imap_parser_feed (LiaImapParser *self,
                                       const char    *data,
                                       gsize          length);
LiaImapResponse *lia_imap_parser_next (LiaImapParser *self,
                                       GError       **error);
gboolean         lia_imap_parser_is_empty (LiaImapParser *self);

void        lia_imap_response_free (LiaImapResponse *self);
gboolean    lia_imap_response_is (const LiaImapResponse *self,
                                  guint                  token,
                                  const char            *name);
gboolean    lia_imap_response_is_open (const LiaImapResponse *self,
                                       guint                  token);
gboolean    lia_imap_response_get_number (const LiaImapResponse *self,
                                          guint                  token,
                                          guint64               *number);
const char *lia_imap_response_peek (const LiaImapResponse *self,
                                    guint                  token,
                                    gsize                 *length);
char       *lia_imap_response_dup (const LiaImapResponse *self,
                                   guint                  token);
GBytes     *lia_imap_response_get_bytes (const LiaImapResponse *self,
                                         guint                  token);
guint       lia_imap_response_skip (const LiaImapResponse *self,
                                    guint                  token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapParser, lia_imap_parser_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaImapResponse, lia_imap_response_free)

G_END_DECLS
