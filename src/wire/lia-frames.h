/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-wire.h"

G_BEGIN_DECLS

/*
 * The frames of GET /v1/stream: what the client writes, and what the engine sends, read into structs. Unknown types and fields are
 * ignored, as newer engines may have them.
 */

#define LIA_STREAM_PROTOCOL "liaison.v1"
#define LIA_STREAM_VERSION 1
#define LIA_FRAME_MAX_BYTES (64 * 1024)

typedef enum {
  LIA_FRAME_UNKNOWN,
  LIA_FRAME_WELCOME,
  LIA_FRAME_RESYNC,
  LIA_FRAME_EVENTS, /* `ev` and `evs` */
  LIA_FRAME_VIEW,
  LIA_FRAME_EPHEMERAL,
  LIA_FRAME_LIVE,    /* what the telephone does now */
  LIA_FRAME_METRICS, /* figures, for a wallboard */
  LIA_FRAME_OK,
  LIA_FRAME_ERR,
  LIA_FRAME_PING,
  LIA_FRAME_PONG,
  LIA_FRAME_DRAIN,
} LiaFrameType;

/**
 * LiaEvent:
 *
 * One row of the journal. What a kind does not have is NULL; `kind` may be one that we do not know.
 */
typedef struct
{
  gint64           seq;
  gint64           at_ms;
  char            *kind; /* "entry.added", … */
  char            *conv;
  char            *actor;
  char            *key; /* of the command that caused it */
  gint64           ver;
  LiaEntry        *entry;
  LiaConversation *row;
  LiaCustomer     *customer;
  LiaChannel      *channel;
  LiaAgent        *agent;
  LiaQueue        *queue;
  LiaTrackerSetup *tracker;
  JsonObject      *settings;
  gint64           due;   /* of notice.*: how many customers are to be told of a fix now */
  char            *id;    /* of what was removed */
  char            *large; /* id of an entry that does not fit a frame: its conversation has to be read */
} LiaEvent;

/**
 * LiaFrame:
 *
 * What the engine sent, reference-counted. Only the fields of its type are set.
 */
typedef struct
{
  LiaFrameType type;
  char        *epoch; /* welcome, resync */
  gint64       seq;   /* welcome, resync, ok */
  gboolean     resumed;
  gint64       ping_ms;
  char        *reason; /* resync */
  GPtrArray   *events; /* of LiaEvent */
  char        *view;
  GPtrArray   *up; /* of LiaConversation */
  GStrv        rm;
  gint64       total;
  gint64       unread;
  char        *kind; /* ephemeral, live */
  char        *key;  /* ok, err */
  JsonObject  *d;    /* ephemeral, live, metrics, ok */
  GError      *problem;
  gint64       after_ms; /* drain */
} LiaFrame;

LiaFrame *lia_frame_parse (const char *text,
                           gssize      length,
                           GError    **error);
LiaFrame *lia_frame_ref (LiaFrame *frame);
void      lia_frame_unref (LiaFrame *frame);
void      lia_event_free (LiaEvent *event);

char *lia_frame_hello (const char        *epoch,
                       gint64             since,
                       const char *const *views,
                       gboolean           metrics,
                       const char        *client);
char *lia_frame_watch (const char *const *views,
                       gboolean           metrics);
char *lia_frame_ping (void);
char *lia_frame_pong (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaFrame, lia_frame_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaEvent, lia_event_free)

G_END_DECLS
