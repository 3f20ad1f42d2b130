/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"

G_BEGIN_DECLS

typedef enum {
  LIA_CANNED_PRIVATE, /* its owner's */
  LIA_CANNED_TEAM,
} LiaCannedScope;

const char *lia_canned_scope_to_string (LiaCannedScope value);
gboolean    lia_canned_scope_from_string (const char *name, LiaCannedScope *value);

typedef enum {
  LIA_CANNED_DRAFT,
  LIA_CANNED_REVIEWED,
  LIA_CANNED_RETIRED,
} LiaCannedState;

const char *lia_canned_state_to_string (LiaCannedState value);
gboolean    lia_canned_state_from_string (const char *name, LiaCannedState *value);

typedef enum {
  LIA_CANNED_FORMALITY_ANY,
  LIA_CANNED_FORMALITY_INFORMAL,
  LIA_CANNED_FORMALITY_FORMAL,
} LiaCannedFormality;

const char *lia_canned_formality_to_string (LiaCannedFormality value);
gboolean    lia_canned_formality_from_string (const char *name, LiaCannedFormality *value);

/**
 * LiaCannedVariant:
 *
 * The text for one language, address and channel. Reference-counted; immutable once a response that holds it is published.
 */
typedef struct
{
  char              *language; /* BCP 47, as "de" or "pt-BR"; "" = any */
  LiaCannedFormality formality;
  char              *channel; /* "email", "chat"; "" = any */
  char              *subject; /* of a new e-mail, or "" */
  char              *body;
} LiaCannedVariant;

LiaCannedVariant *lia_canned_variant_new (void);
LiaCannedVariant *lia_canned_variant_ref (LiaCannedVariant *self);
void              lia_canned_variant_unref (LiaCannedVariant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCannedVariant, lia_canned_variant_unref)

/**
 * LiaCannedAction:
 *
 * What else happens when the response is sent: "close", "tag" with the tag, "snooze" with a time as lia_snooze_until() reads it, "assign" with "me" or the
 * name of an agent or a queue, "issue".
 * Reference-counted; immutable once published.
 */
typedef struct
{
  char *kind;
  char *value; /* or "" */
} LiaCannedAction;

LiaCannedAction *lia_canned_action_new (const char *kind,
                                        const char *value);
LiaCannedAction *lia_canned_action_ref (LiaCannedAction *self);
void             lia_canned_action_unref (LiaCannedAction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCannedAction, lia_canned_action_unref)

#define LIA_CANNED_HALF_LIFE_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

/**
 * LiaCannedUse:
 * @count: sendings, each counting half as much after every LIA_CANNED_HALF_LIFE_MS; as it was at @last_ms
 * @last_ms: when it was last sent; 0 = never
 *
 * How much a response is used. Two numbers say it for any moment, so no list of sendings is kept.
 */
typedef struct
{
  double count;
  gint64 last_ms;
} LiaCannedUse;

double       lia_canned_use_at (const LiaCannedUse *self,
                                gint64              now_ms);
LiaCannedUse lia_canned_use_after (const LiaCannedUse *self,
                                   gint64              now_ms);

#define LIA_TYPE_CANNED (lia_canned_get_type ())

G_DECLARE_FINAL_TYPE (LiaCanned, lia_canned, LIA, CANNED, GObject)

/**
 * LiaCanned:
 *
 * A canned response. Immutable once published: a change is a new value with a higher `ver`. No text and no list is NULL.
 */
struct _LiaCanned
{
  GObject parent_instance;

  char          *id;
  gint64         ver;
  char          *shortcut; /* what is typed after "/", without it; or "" */
  char          *title;
  GStrv          aliases; /* other names, and questions as customers put them */
  GStrv          tags;
  char          *folder; /* "Billing/Refunds", or "" */
  LiaCannedScope scope;
  char          *owner; /* an agent's id */
  LiaCannedState state;
  gint64         review_by_ms; /* 0 = no date */
  gboolean       greeting;     /* stands at the beginning of a message */
  gboolean       farewell;     /* and at its end */
  GPtrArray     *variants;     /* LiaCannedVariant; the first is what is taken when none fits better */
  GPtrArray     *attachments;  /* LiaAttachment */
  GPtrArray     *actions;      /* LiaCannedAction */
  GStrv          channels;     /* where it fits best; empty = everywhere, as are the next two */
  GStrv          queues;
  GStrv          products;
  LiaCannedUse   own_use;  /* of the agent that this value was made for */
  LiaCannedUse   team_use; /* of everybody, the agent included */
};

LiaCanned *lia_canned_new (void);

G_END_DECLS
