/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** LiaChatCallState: how it stands with a call that was offered in a chat. */
typedef enum {
  LIA_CHAT_CALL_NONE,
  LIA_CHAT_CALL_OFFERED,  /* and not answered yet */
  LIA_CHAT_CALL_DECLINED, /* and nobody of us has written since */
  LIA_CHAT_CALL_WANTED,   /* and not made yet */
} LiaChatCallState;

LiaChatCallState lia_chat_call_read (GListModel *timeline,
                                     gint64      now_ms,
                                     gint64     *until_ms);

G_END_DECLS
