/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The texts of the sample workspace, read from the text files beside this one (their form is said at the head of each). */

typedef enum {
  LIA_SAMPLE_CUSTOMER,
  LIA_SAMPLE_AGENT,
  LIA_SAMPLE_NOTE,
  LIA_SAMPLE_CHAT_CUSTOMER,
  LIA_SAMPLE_CHAT_AGENT,
  LIA_SAMPLE_CALL_IN,
  LIA_SAMPLE_CALL_OUT,
  LIA_SAMPLE_VOICEMAIL,
  LIA_SAMPLE_PROMISE,
} LiaSampleTurnKind;

typedef struct
{
  LiaSampleTurnKind kind;
  gint64            delay_ms; /* since the turn before; 0 = as usual */
  int               number;   /* seconds of a call, days of a promise */
  char             *outcome;  /* of a call */
  char             *attach;   /* kind of file, or NULL */
  char             *text;     /* with {words} and {choices|of words} */
} LiaSampleTurn;

typedef struct
{
  char      *name;
  char      *lang;
  char      *channel;
  char      *queue;
  GStrv      tags;
  char      *subject;
  GPtrArray *turns; /* of LiaSampleTurn */
} LiaSampleScript;

typedef struct
{
  char *name;
  char *email;
  char *phone;
  char *lang;
  char *city;
  char *org;
} LiaSampleCustomer;

GPtrArray *lia_sample_scripts_load (GError **error);
GPtrArray *lia_sample_customers_load (GError **error);
char      *lia_sample_expand (const char *text,
                              GHashTable *words,
                              GRand      *rand);

G_END_DECLS
