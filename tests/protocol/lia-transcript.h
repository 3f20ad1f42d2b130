/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LiaTranscript:
 *
 * What a server and we say to each other, as tests/README.md describes the files. Who plays it is the server, on loopback, in a thread of its own:
 * it says its part and compares what it hears byte for byte.
 */
typedef struct _LiaTranscript LiaTranscript;

/**
 * LiaTranscriptCut:
 * @LIA_TRANSCRIPT_WHOLE: what stands together is written at once
 * @LIA_TRANSCRIPT_BYTES: a write a byte
 * @LIA_TRANSCRIPT_CHUNKS: pieces of random length
 *
 * How the server's bytes are cut: what we understand must not depend on it.
 */
typedef enum {
  LIA_TRANSCRIPT_WHOLE,
  LIA_TRANSCRIPT_BYTES,
  LIA_TRANSCRIPT_CHUNKS,
} LiaTranscriptCut;

LiaTranscript *lia_transcript_read (const char *path);
void           lia_transcript_free (LiaTranscript *self);
const char    *lia_transcript_get (LiaTranscript *self,
                                   const char    *name,
                                   const char    *otherwise);
LiaMailbox    *lia_transcript_start (LiaTranscript   *self,
                                     LiaTranscriptCut cut);
void           lia_transcript_finish (LiaTranscript *self,
                                      const char    *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTranscript, lia_transcript_free)

/* Plays one transcript, and says in one line what we made of it. */
typedef char *(*LiaTranscriptFunc) (LiaTranscript *transcript,
                                    LiaMailbox    *mailbox);

void lia_transcript_add_tests (const char       *folder,
                               LiaTranscriptFunc func);

G_END_DECLS
