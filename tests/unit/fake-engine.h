/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-wire.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An engine for tests of the client: speaks API.md on a unix socket, in the test's own thread, from what the test puts into it, and
 * fails on request. It knows nothing of what the client does with it.
 */
typedef struct _FakeEngine FakeEngine;

FakeEngine         *fake_engine_new (void);
void                fake_engine_free (FakeEngine *self);
GSocketConnectable *fake_engine_get_address (FakeEngine *self);

/* Its content. Rows are those of the view "mine"; put_row tells the stream. */
void             fake_engine_put_row (FakeEngine      *self,
                                      LiaConversation *row);
void             fake_engine_remove_row (FakeEngine *self,
                                         const char *id);
LiaConversation *fake_engine_get_row (FakeEngine *self,
                                      const char *id);
GPtrArray       *fake_engine_get_rows (FakeEngine *self); /* of LiaConversation, in order; the engine's own */
void             fake_engine_put_entry (FakeEngine *self,
                                        LiaEntry   *entry);
GPtrArray       *fake_engine_get_entries (FakeEngine *self); /* of LiaEntry, in order; the engine's own */
gint64           fake_engine_next_seq (FakeEngine *self);
guint            fake_engine_get_limit (GHashTable *query);
void             fake_engine_add_event (FakeEngine *self,
                                        const char *kind,
                                        const char *conversation,
                                        JsonObject *d);
void             fake_engine_send_frame (FakeEngine *self,
                                         const char *text);

/* Answers what is read at @path when nothing above does; NULL: there is no such thing. */
typedef JsonObject *(*FakeEngineRead) (const char *path,
                                       GHashTable *query,
                                       gpointer    data);
void fake_engine_set_read (FakeEngine    *self,
                           FakeEngineRead read,
                           gpointer       data);

/* The `d` of the answer to a command, or NULL for the usual one; called once for each key */
typedef JsonObject *(*FakeEngineCommand) (const char *kind,
                                          JsonObject *d,
                                          gpointer    data);

void fake_engine_set_command (FakeEngine       *self,
                              FakeEngineCommand command,
                              gpointer          data);

void  fake_engine_set_phone (FakeEngine *self,
                             const char *text);
void  fake_engine_set_chats (FakeEngine *self,
                             const char *text);
guint fake_engine_count_chat_readings (FakeEngine *self);
guint fake_engine_count_typings (FakeEngine *self);
void  fake_engine_set_account (FakeEngine *self,
                               const char *text);

/* Failures */
void fake_engine_lose_answers (FakeEngine *self,
                               guint       n);
void fake_engine_drop_streams (FakeEngine *self);
void fake_engine_forget_journal (FakeEngine *self);
void fake_engine_forget_tokens (FakeEngine *self);
void fake_engine_set_mute (FakeEngine *self,
                           gboolean    mute);
void fake_engine_set_delay (FakeEngine *self,
                            guint       delay_ms);
void fake_engine_refuse_next (FakeEngine *self,
                              LiaProblem  problem);

/* What it was asked */
guint       fake_engine_count_commands (FakeEngine *self); /* carried out, repeats not counted */
guint       fake_engine_count_attempts (FakeEngine *self); /* repeats counted */
guint       fake_engine_count_hellos (FakeEngine *self);
guint       fake_engine_count_resumes (FakeEngine *self);
guint       fake_engine_count_requests (FakeEngine *self);
guint       fake_engine_count_abandoned (FakeEngine *self);
const char *fake_engine_get_log (FakeEngine *self);  /* the kinds of commands as they came, with a space behind each */
const char *fake_engine_get_body (FakeEngine *self); /* of the last command */
GStrv       fake_engine_dup_watched (FakeEngine *self);
gboolean    fake_engine_is_metrics_watched (FakeEngine *self);

LiaConversation *fake_row (const char *id,
                           gint64      sort,
                           gint64      ver);
LiaEntry        *fake_entry (const char *id,
                             const char *conversation,
                             gint64      at_ms,
                             gint64      seq);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeEngine, fake_engine_free)

G_END_DECLS
