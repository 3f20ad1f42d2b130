/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-model.h"

G_BEGIN_DECLS

/* What the files of the model share. Each file keeps one kind of thing; lia-ami-model.c hands the messages out. */

#define LIA_AMI_UNDECIDED_MS 1000 /* so long may the reason why a caller left a queue come after it */
#define LIA_AMI_LIMBO_MS 500      /* two who talked and are in no bridge for so long are on hold, not hanging up */
#define LIA_AMI_SAME_MS 100       /* a segment that goes on after so short a gap is one */

typedef struct _LiaAmiBridge  LiaAmiBridge;
typedef struct _LiaAmiCall    LiaAmiCall;
typedef struct _LiaAmiLeg     LiaAmiLeg;
typedef struct _LiaAmiSegment LiaAmiSegment;

struct _LiaAmiBridge
{
  char      *id;
  gboolean   is_parking;
  GPtrArray *legs; /* of LiaAmiLeg, borrowed */
  guint      mark; /* the last walk that came by */
};

/* A channel, from its begin until its call is forgotten. Owned by its call. */
struct _LiaAmiLeg
{
  LiaAmiCall    *call;
  LiaAmiBridge  *bridge;  /* or NULL */
  LiaAmiLeg     *wire;    /* the other half of a Local channel, while both live */
  LiaAmiSegment *segment; /* that goes on, or NULL */
  LiaCallOffer  *offer;   /* the last one made to it, or NULL */
  LiaCallWait   *wait;    /* whose result is not known yet, or NULL */
  char          *uniqueid;
  char          *channel;
  char          *linked;  /* Linkedid as last told */
  char          *agent;   /* who sits at it, or rings through it, or "" */
  char          *sip;     /* its Call-ID, or NULL */
  const char    *mode;    /* of one that listens in, or "" */
  char          *dialler; /* Uniqueid of the channel that dials it, while it does, or NULL */
  LiaLegKind     kind;
  LiaLegState    state;
  LiaCallOutcome verdict; /* why a customer who was dialled did not answer */
  gboolean       held;
  gboolean       hanging_up; /* asked for by the person at its end */
  gboolean       withdrawn;  /* the queue said that the caller is leaving without an agent */
  gboolean       taken;      /* out of the queue, for an agent whose telephone rings: the wait goes on until they talk */
  gboolean       is_dialled; /* whoever dialled it has ended that */
  gboolean       recording;
  guint          n_dialling; /* channels that it dials now */
  int            cause;
  gint64         recording_ms; /* when it was last begun to record it */
  gint64         started_ms;
  gint64         ended_ms;
};

struct _LiaAmiSegment
{
  char          *agent;
  LiaSegmentKind kind;
  gboolean       is_limbo; /* a hold that is concluded from both being nowhere */
  gint64         from_ms;
  gint64         to_ms; /* 0 = it goes on */
};

struct _LiaAmiCall
{
  char            *uniqueid;
  GPtrArray       *linked;
  char            *did;
  char            *number;
  char            *name;
  char            *slot;
  gint64           created_ms;
  gint64           answered_ms;
  gint64           ended_ms;
  gint64           moving_ms; /* since when a Local channel is being taken out, 0 = it is not */
  LiaCallDirection direction;
  gboolean         has_party; /* a channel that somebody is at: without it nobody hears of the call */
  gboolean         withheld;
  gboolean         tainted;
  gboolean         recovered;
  gboolean         is_lost;
  gboolean         is_stale;     /* its segments are to be computed anew */
  gboolean         is_dirty;     /* waits in `dirty` */
  gboolean         is_published; /* somebody has heard of it */
  GPtrArray       *legs;
  GPtrArray       *segments;
  GPtrArray       *offers;
  GPtrArray       *waits;
  GPtrArray       *recordings; /* of LiaCallRecording, by `from_ms` */
};

struct _LiaAmiModel
{
  GObject parent_instance;

  char            *pbx;
  LiaAmiDirectory *directory;
  GHashTable      *calls;        /* uniqueid -> LiaAmiCall, owned */
  GHashTable      *linked;       /* Linkedid -> LiaAmiCall */
  GHashTable      *legs;         /* Uniqueid -> LiaAmiLeg that lives */
  GHashTable      *names;        /* channel -> LiaAmiLeg that lives */
  GHashTable      *bridges;      /* id -> LiaAmiBridge, owned */
  GHashTable      *members;      /* "queue\ninterface" -> LiaQueueMember */
  GHashTable      *queues;       /* names */
  GHashTable      *suspects;     /* names of channels that wrote damaged messages and are not known otherwise */
  GPtrArray       *stale;        /* of LiaAmiCall, borrowed: whose segments are to be computed */
  GPtrArray       *dirty;        /* of LiaAmiCall, borrowed: of which somebody has to hear */
  GPtrArray       *gone;         /* pairs of texts: uniqueid, into */
  GHashTable      *new_members;  /* key -> LiaQueueMember, of which somebody has to hear */
  GHashTable      *gone_members; /* keys */
  GHashTable      *new_queues;   /* names that appeared or went */
  guint            mark;
  gint64           now_ms;
  gint64           deadline_ms; /* 0 = none */
};

/* lia-ami-model-channels.c */
void        lia_ami_leg_free (LiaAmiLeg *self);
gboolean    lia_ami_leg_is_alive (const LiaAmiLeg *self);
gboolean    lia_ami_leg_is_inside (const LiaAmiLeg *self);
gboolean    lia_ami_leg_is_party (const LiaAmiLeg *self);
LiaAmiLeg  *lia_ami_model_find_leg (LiaAmiModel *self,
                                    const char  *uniqueid);
LiaAmiLeg  *lia_ami_model_get_leg (LiaAmiModel   *self,
                                   LiaAmiMessage *message,
                                   const char    *prefix);
LiaAmiLeg  *lia_ami_model_add_leg (LiaAmiModel   *self,
                                   LiaAmiMessage *message,
                                   gint64         started_ms);
void        lia_ami_model_end_leg (LiaAmiModel *self,
                                   LiaAmiLeg   *leg,
                                   gint64       at_ms,
                                   int          cause);
void        lia_ami_model_adopt_leg (LiaAmiModel *self,
                                     LiaAmiCall  *call,
                                     LiaAmiLeg   *leg);
void        lia_ami_model_read_caller (LiaAmiModel   *self,
                                       LiaAmiLeg     *leg,
                                       LiaAmiMessage *message,
                                       const char    *prefix);
void        lia_ami_model_read_state (LiaAmiModel   *self,
                                      LiaAmiLeg     *leg,
                                      LiaAmiMessage *message);
void        lia_ami_model_set_linked (LiaAmiModel *self,
                                      LiaAmiLeg   *leg,
                                      const char  *linked);
void        lia_ami_model_handle_newchannel (LiaAmiModel   *self,
                                             LiaAmiMessage *message);
void        lia_ami_model_handle_newstate (LiaAmiModel   *self,
                                           LiaAmiMessage *message);
void        lia_ami_model_handle_rename (LiaAmiModel   *self,
                                         LiaAmiMessage *message);
void        lia_ami_model_handle_hold (LiaAmiModel   *self,
                                       LiaAmiMessage *message);
const char *lia_ami_spy_mode (const char *word);
void        lia_ami_model_handle_spy (LiaAmiModel   *self,
                                      LiaAmiMessage *message);
void        lia_ami_model_handle_hangup_request (LiaAmiModel   *self,
                                                 LiaAmiMessage *message);
void        lia_ami_model_handle_hangup (LiaAmiModel   *self,
                                         LiaAmiMessage *message);

/* lia-ami-model-bridges.c */
void lia_ami_bridge_free (LiaAmiBridge *self);
void lia_ami_model_enter_bridge (LiaAmiModel *self,
                                 LiaAmiLeg   *leg,
                                 const char  *bridge,
                                 const char  *type);
void lia_ami_model_leave_bridge (LiaAmiModel *self,
                                 LiaAmiLeg   *leg);
void lia_ami_model_walk (LiaAmiModel *self,
                         LiaAmiLeg   *from,
                         GPtrArray   *legs);
void lia_ami_model_handle_bridge (LiaAmiModel   *self,
                                  LiaAmiMessage *message);
void lia_ami_model_handle_optimization (LiaAmiModel   *self,
                                        LiaAmiMessage *message);
void lia_ami_model_handle_parked (LiaAmiModel   *self,
                                  LiaAmiMessage *message);

/* lia-ami-model-calls.c */
void        lia_ami_call_free (LiaAmiCall *self);
LiaAmiCall *lia_ami_model_make_call (LiaAmiModel *self,
                                     const char  *uniqueid,
                                     gint64       created_ms);
LiaAmiCall *lia_ami_model_call_of_linked (LiaAmiModel *self,
                                          const char  *linked,
                                          const char  *uniqueid,
                                          gint64       at_ms);
void        lia_ami_model_link_call (LiaAmiModel *self,
                                     LiaAmiCall  *call,
                                     const char  *linked);
LiaAmiCall *lia_ami_model_merge_calls (LiaAmiModel *self,
                                       LiaAmiCall  *one,
                                       LiaAmiCall  *other);
void        lia_ami_model_join_spy (LiaAmiModel *self,
                                    LiaAmiCall  *call,
                                    LiaAmiLeg   *spy);
void        lia_ami_model_add_party (LiaAmiModel *self,
                                     LiaAmiLeg   *leg);
LiaAmiLeg  *lia_ami_call_get_customer (LiaAmiCall *self);
gboolean    lia_ami_call_had_customer (LiaAmiCall *self);
void        lia_ami_model_forget_call (LiaAmiModel *self,
                                       LiaAmiCall  *call);
void        lia_ami_model_touch (LiaAmiModel *self,
                                 LiaAmiCall  *call);
void        lia_ami_model_end_if_over (LiaAmiModel *self,
                                       LiaAmiCall  *call,
                                       gint64       at_ms);
void        lia_ami_model_want_tick (LiaAmiModel *self,
                                     gint64       at_ms);

/* lia-ami-model-segments.c */
void     lia_ami_segment_free (LiaAmiSegment *self);
void     lia_ami_model_derive (LiaAmiModel *self,
                               LiaAmiCall  *call);
gboolean lia_ami_model_is_with_colleague (LiaAmiModel *self,
                                          LiaAmiCall  *call);
void     lia_ami_call_close_segment (LiaAmiCall *self,
                                     LiaAmiLeg  *leg,
                                     gint64      at_ms);
void     lia_ami_call_close_orphans (LiaAmiCall *self,
                                     gint64      at_ms);
void     lia_ami_call_sort_segments (LiaAmiCall *self);
gint64   lia_ami_call_get_hold (LiaAmiCall *self);

/* lia-ami-model-offers.c */
void lia_ami_model_open_offer (LiaAmiModel *self,
                               LiaAmiLeg   *leg,
                               gint64       at_ms);
void lia_ami_model_close_offer (LiaAmiModel   *self,
                                LiaAmiLeg     *leg,
                                LiaOfferResult result,
                                gint64         at_ms);
void lia_ami_model_close_offer_by_cause (LiaAmiModel *self,
                                         LiaAmiLeg   *leg,
                                         int          cause,
                                         gint64       at_ms);
void lia_ami_model_handle_dial_begin (LiaAmiModel   *self,
                                      LiaAmiMessage *message);
void lia_ami_model_handle_dial_end (LiaAmiModel   *self,
                                    LiaAmiMessage *message);
void lia_ami_model_handle_agent_called (LiaAmiModel   *self,
                                        LiaAmiMessage *message);
void lia_ami_model_handle_no_answer (LiaAmiModel   *self,
                                     LiaAmiMessage *message);

/* lia-ami-model-recordings.c */
void     lia_ami_model_handle_recording (LiaAmiModel   *self,
                                         LiaAmiMessage *message);
gboolean lia_ami_model_add_recording (LiaAmiModel *self,
                                      const char  *uniqueid,
                                      const char  *path);
void     lia_ami_model_end_recordings (LiaAmiModel *self,
                                       LiaAmiLeg   *leg,
                                       gint64       at_ms);
void     lia_ami_model_begin_voicemail (LiaAmiModel   *self,
                                        LiaAmiLeg     *leg,
                                        LiaAmiMessage *message);
void     lia_ami_model_end_voicemail (LiaAmiModel   *self,
                                      LiaAmiLeg     *leg,
                                      LiaAmiMessage *message);

/* lia-ami-model-waits.c */
void     lia_ami_model_open_wait (LiaAmiModel *self,
                                  LiaAmiLeg   *leg,
                                  const char  *queue,
                                  gint64       from_ms,
                                  gint64       position);
void     lia_ami_model_close_wait (LiaAmiModel  *self,
                                   LiaAmiLeg    *leg,
                                   LiaWaitResult result,
                                   gint64        at_ms);
void     lia_ami_model_wait_dials (LiaAmiModel *self,
                                   LiaAmiLeg   *leg);
void     lia_ami_model_wait_is_answered (LiaAmiModel *self,
                                         LiaAmiLeg   *leg);
void     lia_ami_model_wait_hangs_up (LiaAmiModel *self,
                                      LiaAmiLeg   *leg,
                                      gint64       at_ms,
                                      int          cause);
gboolean lia_ami_leg_is_waiting (const LiaAmiLeg *self);
gboolean lia_ami_leg_is_undecided (const LiaAmiLeg *self);
void     lia_ami_model_handle_queue_join (LiaAmiModel   *self,
                                          LiaAmiMessage *message);
void     lia_ami_model_handle_queue_abandon (LiaAmiModel   *self,
                                             LiaAmiMessage *message);
void     lia_ami_model_handle_queue_leave (LiaAmiModel   *self,
                                           LiaAmiMessage *message);
void     lia_ami_model_handle_agent_connect (LiaAmiModel   *self,
                                             LiaAmiMessage *message);
void     lia_ami_model_handle_user_event (LiaAmiModel   *self,
                                          LiaAmiMessage *message);

/* lia-ami-model-members.c */
const char *lia_ami_model_find_agent (LiaAmiModel *self,
                                      const char  *endpoint);
void        lia_ami_model_set_member (LiaAmiModel   *self,
                                      LiaAmiMessage *message,
                                      gint64         at_ms);
void        lia_ami_model_drop_member (LiaAmiModel *self,
                                       const char  *queue,
                                       const char  *interface);
void        lia_ami_model_add_queue (LiaAmiModel *self,
                                     const char  *queue);
void        lia_ami_model_handle_member (LiaAmiModel   *self,
                                         LiaAmiMessage *message);
void        lia_ami_model_handle_member_removed (LiaAmiModel   *self,
                                                 LiaAmiMessage *message);

/* lia-ami-model-export.c */
LiaCall *lia_ami_model_export (LiaAmiModel *self,
                               LiaAmiCall  *call);

G_END_DECLS
