/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-address.h"
#include "lia-issue.h"

G_BEGIN_DECLS

typedef enum {
  LIA_NOTICE_DUE,
  LIA_NOTICE_SENT,      /* a message is on its way or there, or a call was promised */
  LIA_NOTICE_SKIPPED,   /* somebody has decided not to */
  LIA_NOTICE_CANCELLED, /* there is nothing to tell any more */
} LiaNoticeState;

const char *lia_notice_state_to_string (LiaNoticeState value);
gboolean    lia_notice_state_from_string (const char     *word,
                                          LiaNoticeState *value);

/* How somebody is told */
typedef enum {
  LIA_NOTICE_BY_NOTHING, /* there is no way to reach them */
  LIA_NOTICE_BY_EMAIL,
  LIA_NOTICE_BY_CHAT,
  LIA_NOTICE_BY_PHONE,
} LiaNoticeWay;

const char *lia_notice_way_to_string (LiaNoticeWay value);
gboolean    lia_notice_way_from_string (const char   *word,
                                        LiaNoticeWay *value);

#define LIA_TYPE_NOTICE (lia_notice_get_type ())

G_DECLARE_FINAL_TYPE (LiaNotice, lia_notice, LIA, NOTICE, GObject)

#define LIA_NOTICE_MAX_REASON_BYTES 1000

/**
 * LiaNotice:
 *
 * That a customer is to be told of a fix, once for each fix: "what you asked for is there". Immutable once published; texts are never NULL.
 */
struct _LiaNotice
{
  GObject parent_instance;

  char          *id;      /* "n_120" */
  char          *finding; /* "f_90" */
  char          *title;   /* the finding's */
  char          *conv;    /* where they said it last */
  char          *topic;   /* that conversation's subject */
  char          *customer_id;
  LiaAddress    *customer; /* or NULL; the address is the first of theirs */
  char          *organisation;
  char          *language;  /* in which they are written to, a tag; "" = not known */
  char          *formality; /* how they are addressed: "formal", "informal", "any" */
  char          *channel;   /* the conversation's: "email", "phone", "chat" */
  char          *email;     /* where they are reached; "" = not */
  char          *phone;
  char          *quote; /* what they said of it */
  LiaIssue      *issue; /* what the engineers have done; NULL = somebody has said by hand that it is fixed */
  LiaNoticeState state;
  char          *subject; /* as somebody has edited it; "" = as the draft has it */
  char          *body;
  char          *reason; /* why it was skipped or cancelled, or has come back, in plain words */
  gint64         at_ms;
  gint64         snooze_ms; /* 0 = not put off */
  gint64         held_ms;   /* until when they are not to be contacted again, as they were told of something just now; 0 = they may */
  gint64         told_ms;   /* when it was sent; 0 = it was not */
  char          *agent;     /* who did */
  char          *entry;     /* the message, or the promise of a call */
};

LiaNotice   *lia_notice_new (void);
LiaNoticeWay lia_notice_get_way (LiaNotice *self,
                                 gboolean   is_there);

G_END_DECLS
