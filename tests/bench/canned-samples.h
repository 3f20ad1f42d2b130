/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned.h"

G_BEGIN_DECLS

/**
 * CannedCase:
 * @right: shortcuts of the responses that are meant
 */
typedef struct
{
  char *typed;
  GStrv right;
  char *kind;
} CannedCase;

/**
 * CannedIntent:
 * @use: "example" of what customers write, "tune" for thresholds, "test"
 * @intent: "" = nothing that can be answered
 */
typedef struct
{
  char *use;
  char *intent;
  char *text;
} CannedIntent;

GPtrArray *canned_samples_load (const char *folder,
                                gint64      now_ms);
void       canned_samples_fill (GPtrArray *responses,
                                guint      n,
                                gint64     now_ms);
GArray    *canned_samples_cases (const char *folder);
GArray    *canned_samples_intents (const char *folder,
                                   const char *name);

G_END_DECLS
