/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaChatLimit:
 *
 * What strangers may do only so often; each has a bucket for everybody who does it.
 */
typedef enum {
  LIA_CHAT_LIMIT_SESSION,      /* an address asks for a token */
  LIA_CHAT_LIMIT_BEGIN_HOST,   /* an address begins conversations */
  LIA_CHAT_LIMIT_BEGIN,        /* a visitor begins conversations */
  LIA_CHAT_LIMIT_MESSAGE,      /* a visitor writes */
  LIA_CHAT_LIMIT_TYPING,       /* a visitor types */
  LIA_CHAT_LIMIT_READ,         /* a visitor says what has arrived, and what she has seen */
  LIA_CHAT_LIMIT_CODE,         /* a visitor asks for a page code */
  LIA_CHAT_LIMIT_CODE_HOST,    /* an address asks for page codes */
  LIA_CHAT_LIMIT_CALL,         /* a visitor asks to be called */
  LIA_CHAT_LIMIT_CALL_HOST,    /* an address asks to be called */
  LIA_CHAT_LIMIT_GUESS,        /* an agent types page codes */
  LIA_CHAT_LIMIT_FILE_HOST,    /* an address sends files */
  LIA_CHAT_LIMIT_FILE,         /* a visitor sends files */
  LIA_CHAT_LIMIT_DOWNLOAD,     /* a visitor is given files */
  LIA_CHAT_LIMIT_PAGES,        /* a visitor goes from page to page */
  LIA_CHAT_LIMIT_AFTER,        /* a visitor says whether it helped */
  LIA_CHAT_LIMIT_TALK,         /* a visitor wants the talk by mail */
  LIA_CHAT_LIMIT_TALK_HOST,    /* an address wants talks by mail */
  LIA_CHAT_LIMIT_ANSWERS,      /* a visitor looks for an answer */
  LIA_CHAT_LIMIT_ANSWERS_HOST, /* an address looks for answers */
  LIA_CHAT_LIMIT_N,
} LiaChatLimit;

/**
 * LiaChatLimits:
 *
 * Who did how much. What is full again is forgotten, so it stays small. Pure: times are milliseconds of a clock that only goes forward.
 */
typedef struct _LiaChatLimits LiaChatLimits;

LiaChatLimits *lia_chat_limits_new (void);
void           lia_chat_limits_free (LiaChatLimits *self);
gboolean       lia_chat_limits_take (LiaChatLimits *self,
                                     LiaChatLimit   limit,
                                     const char    *who,
                                     gint64         now_ms);
gboolean       lia_chat_limits_may (LiaChatLimits *self,
                                    LiaChatLimit   limit,
                                    const char    *who,
                                    gint64         now_ms);
guint          lia_chat_limits_get_n (LiaChatLimits *self);
char          *lia_chat_limits_host (const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaChatLimits, lia_chat_limits_free)

G_END_DECLS
