/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-client.h"
#include "lia-ami-model.h"
#include "lia-ami-provider.h"
#include "lia-ari.h"

G_BEGIN_DECLS

/* What the files of the provider share. */

struct _LiaAmiProvider
{
  GObject parent_instance;

  char            *pbx_id;
  LiaPbx          *pbx;
  char            *password;
  LiaAri          *ari; /* NULL: recordings stay on the PBX */
  LiaAmiDirectory *directory;
  LiaAmiModel     *model;
  GPtrArray       *agents; /* of LiaAgent */

  /* The connection: lia-ami-provider-link.c */
  LiaAmiClient *client; /* logged in, or about to be; else NULL */
  LiaPhoneLink  link;
  char         *detail;   /* link.detail */
  DexFuture    *life;     /* runs until disconnect() */
  DexPromise   *wake;     /* resolved when `life` has something to look at */
  GError       *lost;     /* why the connection ended, or NULL */
  gboolean      stopped;  /* disconnect() was called */
  gboolean      shutdown; /* the PBX has said that it goes down */

  /* Clock: lia-ami-provider.c */
  gint64      last_ms; /* the time of the last event, 0 = none yet */
  gint64      seen_us; /* our monotonic time then */
  guint       flushing;
  guint       ticking;
  gint64      flushed_us;
  DexPromise *changed; /* resolved after each flush of the model, and made anew */

  /* Asking for everything: lia-ami-provider-sync.c */
  GPtrArray *held;     /* of LiaAmiMessage: events that wait for the lists; NULL: they are applied at once */
  GStrv      doubts;   /* what the last audit found */
  gint64     audit_us; /* when the next one is due */
  guint      audit_ms;
  gboolean   resync_wanted;
  gint64     resync_us; /* not before */

  /* What callers are up to: lia-ami-provider-heal.c */
  char        *hello; /* the word by which we know our own event, or NULL */
  DexPromise  *greeted;
  GHashTable  *healed;        /* names of channels -> gint64 *, monotonic time */
  GHashTable  *veiled;        /* uniqueid of a call -> LiaCall that nobody hears of until it is known whether the number may be shown */
  GHashTable  *unveiled;      /* uniqueids of calls of which that is known */
  LiaAmiCounts counts;        /* as at the last look */
  guint64      forged_before; /* over earlier connections */
  guint64      told_forged;   /* link.forged, as others know it */
  gint64       told_us;

  /* Call-IDs: lia-ami-provider-sip.c */
  GHashTable *asked; /* uniqueids of channels that were asked for theirs over this connection */

  /* Commands: lia-ami-provider-commands.c */
  GHashTable *busy;       /* uniqueids of calls that a command is on its way for */
  guint       n_starting; /* agents who begin to consult: it is not known yet over which channel */
  GHashTable *refused;    /* names of the far ends of Local channels whose dialling failed meanwhile */
  GHashTable *consults;   /* Uniqueid of a Local channel's near end -> name of the channel of who consults over it */
};

/* lia-ami-provider.c */
gint64 lia_ami_provider_now (LiaAmiProvider *self);
void   lia_ami_provider_flush_soon (LiaAmiProvider *self);
void   lia_ami_provider_flush (LiaAmiProvider *self);
void   lia_ami_provider_apply (LiaAmiProvider *self,
                               LiaAmiMessage  *event);

/* lia-ami-provider-link.c */
void       lia_ami_provider_set_link (LiaAmiProvider   *self,
                                      LiaPhoneLinkState state,
                                      const char       *reason,
                                      const char       *detail);
void       lia_ami_provider_wake (LiaAmiProvider *self);
DexFuture *lia_ami_provider_link_fiber (gpointer data);

/* lia-ami-provider-check.c */
gboolean lia_ami_provider_check (LiaAmiProvider *self,
                                 GError        **error);
void     lia_ami_provider_look_for_hello (LiaAmiProvider *self,
                                          LiaAmiMessage  *event);

/* lia-ami-provider-sync.c */
void     lia_ami_provider_want_resync (LiaAmiProvider *self);
gboolean lia_ami_provider_resync (LiaAmiProvider *self,
                                  gboolean        is_check,
                                  GError        **error);
gboolean lia_ami_provider_is_no_matter (const GError *error);
gboolean lia_ami_provider_audit (LiaAmiProvider *self,
                                 GError        **error);

/* lia-ami-provider-heal.c */
void       lia_ami_provider_heal (LiaAmiProvider *self,
                                  LiaAmiMessage  *message);
void       lia_ami_provider_look_at_counts (LiaAmiProvider *self);
void       lia_ami_provider_tell_forged (LiaAmiProvider *self);
gboolean   lia_ami_provider_may_tell (LiaAmiProvider *self,
                                      LiaCall        *call);
DexFuture *lia_ami_provider_unveil (LiaAmiProvider *self,
                                    LiaCall        *call);

/* lia-ami-provider-ask.c */
typedef void (*LiaAmiProviderAnswer) (LiaAmiProvider *self,
                                      const char     *uniqueid,
                                      const char     *value);
void lia_ami_provider_ask (LiaAmiProvider      *self,
                           const char          *channel,
                           const char          *uniqueid,
                           const char          *variable,
                           LiaAmiProviderAnswer tell);

/* lia-ami-provider-sip.c */
void lia_ami_provider_ask_sip (LiaAmiProvider *self,
                               LiaCall        *call);

/* lia-ami-provider-commands.c */
DexFuture *lia_ami_provider_run (LiaAmiProvider  *self,
                                 LiaPhoneCommand *command);

/* lia-ami-provider-left.c */
DexFuture *lia_ami_provider_list_left (LiaAmiProvider *self,
                                       guint           day);
DexFuture *lia_ami_provider_forget_left (LiaAmiProvider *self,
                                         GPtrArray      *calls);

/* lia-ami-provider-consult.c */
void lia_ami_provider_watch_consults (LiaAmiProvider *self,
                                      LiaAmiMessage  *event);

/* lia-ami-provider-record.c */
void       lia_ami_provider_watch_recordings (LiaAmiProvider *self,
                                              LiaAmiMessage  *event);
gboolean   lia_ami_provider_can_fetch (LiaPhoneProvider *provider);
DexFuture *lia_ami_provider_fetch (LiaPhoneProvider *provider,
                                   const char       *file,
                                   int               fd);

/* The link's reasons as errors: the code is the index of the word. */
#define LIA_AMI_LINK_ERROR (lia_ami_link_error_quark ())
GQuark lia_ami_link_error_quark (void);

typedef enum {
  LIA_AMI_LINK_FEW_RIGHTS,
  LIA_AMI_LINK_TOO_OLD,
  LIA_AMI_LINK_NO_TIMESTAMPS,
} LiaAmiLinkError;

G_END_DECLS
