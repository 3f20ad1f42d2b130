/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaTestWeb:
 *
 * A server on loopback, on a thread of its own, that answers requests with the bytes it was told, in turn, and then closes. "" closes without an
 * answer; "wait" keeps the connection open without one.
 */
typedef struct _LiaTestWeb LiaTestWeb;

LiaTestWeb *test_web_new (void);
void        test_web_free (LiaTestWeb *self);
char       *test_web_url (LiaTestWeb *self,
                          const char *host,
                          const char *path);
void        test_web_answer (LiaTestWeb *self,
                             const char *bytes);
void        test_web_answer_json (LiaTestWeb *self,
                                  guint       status,
                                  const char *json);
guint       test_web_count (LiaTestWeb *self);
char       *test_web_request (LiaTestWeb *self,
                              guint       index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTestWeb, test_web_free)

G_END_DECLS
