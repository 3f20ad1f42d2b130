/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-chat-visitor.h"

G_BEGIN_DECLS

#define LIA_CHAT_CODE_LIFE_MS (15 * 60 * 1000)

/**
 * LiaChatCode:
 * @text: six digits
 * @url: of the page that shows it, without query and fragment, or ""
 * @call: (nullable): the call that it was read out in; it is good for no other one
 * @entry: that tells of it in the call's conversation; 0 = none yet
 *
 * What a visitor reads out on the telephone, so that we see where she is.
 */
typedef struct
{
  LiaChatVisitor *visitor;
  char           *text;
  char           *url;
  char           *title;
  gint64          until_ms;
  char           *call;
  gint64          entry;
} LiaChatCode;

/**
 * LiaChatCodes:
 *
 * The codes that are shown at this moment, one a visitor. They are nowhere else: an engine that starts anew knows none, and the pages ask again.
 * Times are milliseconds of a clock that only goes forward.
 */
typedef struct _LiaChatCodes LiaChatCodes;

LiaChatCodes *lia_chat_codes_new (void);
void          lia_chat_codes_free (LiaChatCodes *self);
LiaChatCode  *lia_chat_codes_give (LiaChatCodes   *self,
                                   LiaChatVisitor *visitor,
                                   const char     *url,
                                   const char     *title,
                                   gint64          now_ms);
LiaChatCode  *lia_chat_codes_find (LiaChatCodes *self,
                                   const char   *text,
                                   gint64        now_ms);
char         *lia_chat_code_read (const char *typed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatCodes, lia_chat_codes_free)

G_END_DECLS
