/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-sample-callers.h"
#include "lia-sample-phone.h"

G_BEGIN_DECLS

#define LIA_SAMPLE_SECOND_MS G_GINT64_CONSTANT (1000)
#define LIA_SAMPLE_MINUTE_MS (60 * LIA_SAMPLE_SECOND_MS)

typedef struct _LiaSampleLine LiaSampleLine;

typedef void (*LiaSampleStep) (LiaSamplePhone *self,
                               LiaSampleLine  *line);

/* An agent's telephone. */
typedef struct
{
  char          *agent;
  char          *phone;
  char          *extension;
  GPtrArray     *members; /* of LiaQueueMember, our own: what is told of them are copies */
  LiaSampleLine *line;    /* the call it is rung for or speaks in; NULL = it is free */
  gint64         free_ms; /* since, or from then on */
  gboolean       changed;
} LiaSampleSeat;

/* A call that goes on. */
struct _LiaSampleLine
{
  LiaCall       *call;      /* our own: what is told of it are copies */
  LiaSampleSeat *seat;      /* which is rung or speaks; NULL = none */
  LiaSampleSeat *asked;     /* whom it asks meanwhile; NULL = nobody */
  gint64         talk_ms;   /* how long the customer will talk */
  gint64         leaves_ms; /* when the customer hangs up; 0 = not known yet */
  gint64         step_ms;   /* when @step is; 0 = there is none */
  LiaSampleStep  step;
  gint64         priority;
  gboolean       taken; /* its agent asked for just this caller */
  gboolean       changed;
};

/* Who gave up, and is to be called. */
typedef struct
{
  char  *number;
  gint64 due_ms;
} LiaSampleMissed;

struct _LiaSamplePhone
{
  GObject parent_instance;

  char      *pbx_id;
  GRand     *rand;
  GPtrArray *callers; /* of LiaSampleCaller */
  GPtrArray *seats;   /* of LiaSampleSeat */
  GPtrArray *lines;   /* of LiaSampleLine, by arrival */
  GPtrArray *missed;  /* of LiaSampleMissed, by arrival */

  gint64 opened_ms;
  gint64 now_ms;
  gint64 pace_ms;
  gint64 next_caller_ms;
  gint64 next_ring_ms; /* when the person may be rung again */
  guint  n_callers;
  guint  n_calls;
  guint  unattended; /* callers since somebody asked for something */

  gboolean quiet; /* nothing is told */
  gboolean settling;
  gboolean again; /* something was asked for meanwhile */

  LiaSampleSeat *person; /* who answers for themselves; NULL = nobody */
  LiaPhoneLink   link;
  guint          timer;
};

gint64          lia_sample_phone_draw (LiaSamplePhone *self,
                                       gint64          least,
                                       gint64          most);
void            lia_sample_phone_later (LiaSamplePhone *self,
                                        LiaSampleLine  *line,
                                        gint64          in_ms,
                                        LiaSampleStep   step);
void            lia_sample_phone_ring (LiaSamplePhone *self,
                                       LiaSampleLine  *line,
                                       LiaSampleSeat  *seat);
void            lia_sample_phone_connect (LiaSamplePhone *self,
                                          LiaSampleLine  *line);
void            lia_sample_phone_release (LiaSamplePhone *self,
                                          LiaSampleLine  *line,
                                          LiaSampleSeat  *seat);
void            lia_sample_phone_end (LiaSamplePhone *self,
                                      LiaSampleLine  *line,
                                      LiaCallOutcome  outcome);
LiaSampleLine  *lia_sample_phone_dial (LiaSamplePhone *self,
                                       LiaSampleSeat  *seat,
                                       const char     *uniqueid,
                                       const char     *number);
void            lia_sample_phone_set_member_state (LiaSamplePhone *self,
                                                   LiaSampleSeat  *seat,
                                                   LiaMemberState  state);
LiaQueueMember *lia_sample_phone_add_member (LiaSamplePhone *self,
                                             LiaSampleSeat  *seat,
                                             const char     *queue,
                                             const char     *name);
void            lia_sample_phone_forget_missed (LiaSamplePhone *self,
                                                const char     *number);
void            lia_sample_phone_settle (LiaSamplePhone *self);
gint64          lia_sample_phone_get_deadline (LiaSamplePhone *self);
gboolean        lia_sample_phone_command (LiaSamplePhone  *self,
                                          LiaPhoneCommand *command,
                                          GError         **error);

/*
 * lia_sample_phone_connect(): the rung telephone has answered.
 * lia_sample_phone_release(): the telephone has no part in the call any more.
 * lia_sample_phone_settle(): who waits is given to who is free, and what has changed is told.
 * lia_sample_phone_command(): what lia_phone_provider_run() is asked for, at `now_ms`.
 */

G_END_DECLS
