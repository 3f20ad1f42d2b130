/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-issue.h"
#include "lia-personal.h"
#include "lia-push-file.h"

G_BEGIN_DECLS

/* What of a finding goes to the engineers' tracker: as it is looked at before, and as it stands in the ledger. */

/**
 * LiaPushRedaction:
 * @in_title: else it is in the source
 * @start: first byte of the placeholder there
 * @end: the byte after it
 * @placeholder: "[phone-1]"
 * @words: what it stands for; that stays with us
 */
typedef struct
{
  gboolean        in_title;
  gint64          start;
  gint64          end;
  LiaPersonalKind kind;
  char           *placeholder;
  char           *words;
} LiaPushRedaction;

#define LIA_TYPE_PUSH_PREVIEW (lia_push_preview_get_type ())

G_DECLARE_FINAL_TYPE (LiaPushPreview, lia_push_preview, LIA, PUSH_PREVIEW, GObject)

#define LIA_PUSH_MAX_SOURCE_BYTES (60 * 1024)

/**
 * LiaPushPreview:
 *
 * What would leave, and what was taken out of it. Immutable once published; texts are never NULL.
 */
struct _LiaPushPreview
{
  GObject parent_instance;

  char      *finding;  /* "f_90" */
  char      *tracker;  /* "t_5" */
  char      *question; /* that it answers: an entry's id; "" = it becomes an issue */
  char      *title;    /* to be edited: one line; of an answer empty */
  char      *source;   /* to be edited, in the notation of lia-issue-form.c */
  char      *marker;   /* by which the issue is found again */
  GStrv      keep;     /* what is not personal, whatever it looks like */
  GStrv      hide;     /* what is to be taken out, too */
  char      *sent_title;
  char      *sent_text; /* in the tracker's own dialect */
  char      *hash;      /* of exactly that, for that tracker: SHA-256 */
  gboolean   is_public;
  GPtrArray *redactions; /* of LiaPushRedaction */
  GPtrArray *files;      /* of LiaAttachment: those that go along, as somebody chose them */
  GPtrArray *offered;    /* of LiaAttachment: what stands where it was said */
  GPtrArray *sent_files; /* of LiaPushFile: exactly what leaves of `files`, in their order */
};

/* How far it is */
typedef enum {
  LIA_PUSH_QUEUED,
  LIA_PUSH_SENDING,
  LIA_PUSH_UNKNOWN, /* it may have arrived: it is looked for before it is sent again */
  LIA_PUSH_FILED,
  LIA_PUSH_FAILED, /* for good: a person has to do something */
  LIA_PUSH_CANCELLED,
  LIA_PUSH_ATTACHING,  /* the issue is there, and not all its files are */
  LIA_PUSH_RETRACTING, /* somebody wants it back */
  LIA_PUSH_RETRACTED,
} LiaPushState;

const char *lia_push_state_to_string (LiaPushState value);
gboolean    lia_push_state_from_string (const char   *word,
                                        LiaPushState *value);

#define LIA_TYPE_PUSH (lia_push_get_type ())

G_DECLARE_FINAL_TYPE (LiaPush, lia_push, LIA, PUSH, GObject)

/**
 * LiaPush:
 *
 * What left for a tracker, or is to leave. Immutable once published; texts are never NULL.
 */
struct _LiaPush
{
  GObject parent_instance;

  char        *id;      /* "p_118" */
  char        *finding; /* "f_90" */
  char        *tracker; /* "t_5" */
  char        *agent;   /* who sent it */
  gint64       at_ms;
  char        *marker;
  char        *title; /* exactly what left */
  char        *text;  /* */
  char        *hash;
  GPtrArray   *files; /* of LiaPushFile */
  LiaPushState state;
  char        *problem; /* in plain words, "" = none */
  gint64       tries;
  gint64       first_ms; /* when it was sent first and last; 0 = never */
  gint64       tried_ms; /* */
  gint64       retry_ms; /* when it is tried again; 0 = as soon as possible */
  char        *issue;    /* what it became, or is a comment of: "i_120", or "" */
  char        *question; /* that it answers: an entry's id; "" = it is an issue of its own */
};

LiaPush        *lia_push_new (void);
LiaPushPreview *lia_push_preview_new (void);
void            lia_push_preview_add_redaction (LiaPushPreview         *self,
                                                const LiaPushRedaction *redaction);

G_END_DECLS
