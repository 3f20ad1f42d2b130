/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-catch-up.h"
#include "lia-phone-fetcher.h"

G_BEGIN_DECLS

/* What the files of the line share. */

typedef struct
{
  LiaCall    *call;  /* as the streams have it */
  LiaCall    *ended; /* its last report, which waits until its queue is ours, or NULL */
  char       *marks; /* what was written last: see lia_phone_line_call_milestones() */
  GHashTable *freed; /* char *: agents who are done with it */
  GPtrArray  *wraps; /* of LiaCallSegment: wrap-ups, which no PBX knows of */
  guint       writing;
  guint       holds;           /* by who wraps it up, or is going to */
  gboolean    unkept;          /* the last write failed: it is to be written again */
  gboolean    is_others;       /* see lia_phone_line_is_others() */
  gint64      agent_id;        /* who dialled it; 0 = nobody of ours, or not known */
  gint64      conversation_id; /* about what; 0 = not known */
} LiaPhoneLive;

struct _LiaPhoneLine
{
  GObject parent_instance;

  LiaEngine        *engine; /* it owns us */
  gint64            channel_id;
  char             *id; /* "h_2" */
  LiaPbx           *pbx;
  LiaPhoneProvider *provider;
  LiaPhoneFetcher  *fetcher;
  LiaPhoneSetup    *setup;
  GHashTable       *lives;   /* char *: uniqueid -> LiaPhoneLive */
  GHashTable       *members; /* char *: "queue\ninterface" -> LiaQueueMember */
  LiaPhoneCatchUp  *catch_up;
  GPtrArray        *open;       /* of LiaCall: what went on when the engine ended; NULL once it is settled */
  gboolean          taking_all; /* members are being listed anew; everybody is told all after it */
  gboolean          stopped;
  guint             retry; /* the timer of what could not be written */
};

/* lia-phone-line-keep.c */
LiaPhoneLive *lia_phone_line_ensure (LiaPhoneLine *self,
                                     const char   *uniqueid);
void          lia_phone_line_forget_ended (LiaPhoneLine *self,
                                           const char   *uniqueid);
void          lia_phone_line_keep (LiaPhoneLine *self,
                                   LiaPhoneLive *live);
void          lia_phone_live_free (gpointer data);

/* lia-phone-line-report.c */
void     lia_phone_line_tell_call (LiaPhoneLine *self,
                                   LiaCall      *call);
LiaCall *lia_phone_line_name_queues (LiaPhoneLine *self,
                                     LiaCall      *kept);
void     lia_phone_line_take_all (LiaPhoneLine *self);
void     lia_phone_line_listen (LiaPhoneLine *self);

G_END_DECLS
