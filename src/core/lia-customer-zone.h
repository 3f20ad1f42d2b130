/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-customer.h"
#include "lia-queue.h"

G_BEGIN_DECLS

/**
 * LiaZoneSource:
 * @LIA_ZONE_SAID: it is kept with the customer
 * @LIA_ZONE_NUMBER: all of the country has it that their telephone number is of
 * @LIA_ZONE_CLOCK: so was the clock set by which their last mail was written
 * @LIA_ZONE_QUEUE: nothing is known of them; it is that of the queue's opening hours
 * @LIA_ZONE_OURS: nor has the queue any: this computer's
 *
 * How we know in which zone a customer is, the surest way first.
 */
typedef enum {
  LIA_ZONE_SAID,
  LIA_ZONE_NUMBER,
  LIA_ZONE_CLOCK,
  LIA_ZONE_QUEUE,
  LIA_ZONE_OURS,
} LiaZoneSource;

/**
 * LiaMailClock:
 *
 * What the Date: header of a customer's mail says of their clock (RFC 5322, section 3.3).
 */
typedef struct
{
  int    offset_min; /* ahead of UTC; 0 says nothing: many programs write it wherever they are */
  gint64 at_ms;      /* when that was */
} LiaMailClock;

GTimeZone *lia_customer_zone (LiaCustomer        *customer,
                              const LiaMailClock *clock,
                              LiaQueue           *queue,
                              gint64              now_ms,
                              LiaZoneSource      *source);

G_END_DECLS
