/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-desk.h"

G_BEGIN_DECLS

/* What the files of the desk share. */

#define LIA_WRAPUP_REASON "Wrap-up" /* what a PBX shows of an agent who wraps up */

/* An agent, as the desk knows her. Reference-counted, since answers of a PBX may come after the desk has gone. */
typedef struct
{
  LiaPhoneDesk *desk; /* NULL once that has gone */
  char         *agent;
  char         *availability; /* what she has said last, here or at a PBX */
  char         *reason;
  gint64        since_ms;
  guint         n_writing; /* of what a PBX has said of her, not in the journal yet */
  gint64        asked_ms;  /* when a PBX was last asked to pause or go on */
  GHashTable   *wishes;    /* char *: PBX' id -> what it was asked for, lia-phone-desk-wish.c */
  guint         timer;     /* of the wrap-up, while it runs */
  gint64        until_ms;  /* when it ends then; 0 = its clock stands, or there is none */
  gint64        left_ms;   /* of it, while its clock stands */
  LiaPhoneLine *line;      /* of the call that is wrapped up; NULL = none is */
  char         *uniqueid;
  char         *after; /* the wrap-up */
  char         *after_reason;
} LiaPhoneSeat;

struct _LiaPhoneDesk
{
  LiaEngine     *engine;
  GPtrArray     *lines;
  LiaPhoneSetup *setup;
  GHashTable    *seats; /* char *: agent's id -> LiaPhoneSeat */
};

LiaPhoneSeat *lia_phone_seat_ref (LiaPhoneSeat *self);
void          lia_phone_seat_unref (LiaPhoneSeat *self);

void lia_phone_seat_become (LiaPhoneSeat *self,
                            const char   *availability,
                            const char   *reason);

/* lia-phone-desk-wrap.c */
void     lia_phone_seat_begin_wrapup (LiaPhoneSeat *self,
                                      LiaPhoneLine *line,
                                      const char   *uniqueid,
                                      gint64        length_ms);
void     lia_phone_seat_settle_wrapup (LiaPhoneSeat *self);
void     lia_phone_seat_drop_wrapup (LiaPhoneSeat *self);
void     lia_phone_seat_end_wrapup (LiaPhoneSeat *self);
gboolean lia_phone_seat_extend_wrapup (LiaPhoneSeat *self,
                                       gint64        by_ms);
void     lia_phone_seat_recall_wrapup (LiaPhoneSeat *self);
void     lia_phone_seat_take_wrapup (LiaPhoneSeat *self,
                                     LiaPhoneLine *line,
                                     const char   *uniqueid,
                                     gint64        from_ms,
                                     gint64        length_ms);

/* lia-phone-desk-wish.c */
GHashTable *lia_phone_wishes_new (void);
gboolean    lia_phone_seat_is_away (LiaPhoneSeat *self);
const char *lia_phone_seat_get_pause (LiaPhoneSeat *self);
void        lia_phone_seat_wish (LiaPhoneSeat *self);
void        lia_phone_seat_wish_of (LiaPhoneSeat *self,
                                    LiaPhoneLine *line);
gboolean    lia_phone_seat_is_owed (LiaPhoneSeat *self,
                                    LiaPhoneLine *line);
void        lia_phone_seat_add_asked (LiaPhoneSeat *self,
                                      GPtrArray    *futures);

G_END_DECLS
