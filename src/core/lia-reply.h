/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-entry.h"

G_BEGIN_DECLS

/* What a reply starts with. `reply` is "reply", "all", "forward" or "new", as in LiaDraft. */

gboolean lia_reply_is_own (const LiaAddress *address,
                           GPtrArray        *own);
void     lia_reply_recipients (LiaEntry   *entry,
                               const char *reply,
                               GPtrArray  *own,
                               GPtrArray **to,
                               GPtrArray **cc);
char    *lia_reply_subject (const char *subject,
                            const char *reply);
char    *lia_reply_quote (LiaEntry   *entry,
                          const char *reply,
                          const char *heading);
char    *lia_reply_assemble (const char *body,
                             const char *signature,
                             const char *quote);
char    *lia_reply_own_words (const char *text,
                              const char *signature,
                              const char *quote);

G_END_DECLS
