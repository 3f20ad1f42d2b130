/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-tracker-setup.h"
#include "lia-tracker-web.h"
#include "lia-tracker.h"

G_BEGIN_DECLS

#define LIA_TYPE_WEBHOOK (lia_webhook_get_type ())

/**
 * LiaWebhook:
 *
 * A program of somebody's own that takes issues at one address: a POST each, with JSON, signed as https://www.standardwebhooks.com says. It can be told
 * everything and asked nothing. What is told twice has the same number, by which it drops the second one.
 */
G_DECLARE_FINAL_TYPE (LiaWebhook, lia_webhook, LIA, WEBHOOK, GObject)

LiaTracker *lia_webhook_new (LiaTrackerWeb   *web,
                             LiaTrackerSetup *setup,
                             const char      *key);
char       *lia_webhook_sign (const char *key,
                              const char *id,
                              gint64      time_s,
                              const char *body);

G_END_DECLS
