/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mail-error.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_MAIL_STREAM (lia_mail_stream_get_type ())

/**
 * LiaMailStream:
 *
 * A connection to a mail server: bytes with deadlines, TLS that is always verified, and a transcript without secrets for the diagnosis.
 * All calls that wait are for fibers. Errors are of %LIA_MAIL_ERROR.
 */
G_DECLARE_FINAL_TYPE (LiaMailStream, lia_mail_stream, LIA, MAIL_STREAM, GObject)

LiaMailStream *lia_mail_stream_connect (const char *host,
                                        guint       port,
                                        const char *ca_pem,
                                        guint       timeout_ms,
                                        GError    **error);
gboolean       lia_mail_stream_start_tls (LiaMailStream *self,
                                          guint          timeout_ms,
                                          GError       **error);
gboolean       lia_mail_stream_is_secure (LiaMailStream *self);
DexFuture     *lia_mail_stream_wait (LiaMailStream *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean       lia_mail_stream_has_news (LiaMailStream *self);
gboolean       lia_mail_stream_fill (LiaMailStream *self,
                                     guint          timeout_ms,
                                     GError       **error);
const char    *lia_mail_stream_peek (LiaMailStream *self,
                                     gsize         *length);
void           lia_mail_stream_consume (LiaMailStream *self,
                                        gsize          n_bytes);
char          *lia_mail_stream_read_line (LiaMailStream *self,
                                          gsize          max_bytes,
                                          guint          timeout_ms,
                                          GError       **error);
gboolean       lia_mail_stream_write (LiaMailStream *self,
                                      const char    *data,
                                      gssize         length,
                                      guint          timeout_ms,
                                      GError       **error);
gboolean       lia_mail_stream_write_bytes (LiaMailStream *self,
                                            GBytes        *bytes,
                                            guint          timeout_ms,
                                            GError       **error);
void           lia_mail_stream_note (LiaMailStream *self,
                                     char           direction,
                                     const char    *text);
char          *lia_mail_stream_get_transcript (LiaMailStream *self);
void           lia_mail_stream_close (LiaMailStream *self);

G_END_DECLS
