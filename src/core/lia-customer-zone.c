/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-customer-zone.h"

#include "lia-phone-number.h"
#include "lia-zone.h"

/* In which zone a customer reads times: what we were told, else what follows from what they show of themselves. */

static GTimeZone *
zone_of_number (LiaCustomer *customer,
                gint64       now_ms)
{
  for (guint i = 0; customer->addresses != NULL && i < customer->addresses->len; i++)
    {
      const LiaAddress *address = g_ptr_array_index (customer->addresses, i);
      g_autofree char  *country = g_str_equal (address->name, "phone") ? lia_phone_number_country (address->address) : NULL;
      g_autofree char  *name = lia_zone_of_country (country, now_ms);
      GTimeZone        *zone = lia_zone_open (name);

      if (zone != NULL)
        return zone;
    }

  return NULL;
}

/* An offset is known of one day only: where it was also ours on that day, their clock is changed when ours is. */
static GTimeZone *
zone_of_clock (const LiaMailClock *clock,
               GTimeZone          *ours)
{
  int interval = g_time_zone_find_interval (ours, G_TIME_TYPE_UNIVERSAL, clock->at_ms / 1000);

  if (g_time_zone_get_offset (ours, interval) == clock->offset_min * 60)
    return g_time_zone_ref (ours);

  return g_time_zone_new_offset (clock->offset_min * 60);
}

/**
 * lia_customer_zone: (transfer full): the zone in which times are written to @customer.
 * @customer: (nullable)
 * @clock: (nullable): of their last mail
 * @queue: (nullable): that their conversation is in
 * @source: (out): how we know
 */
GTimeZone *
lia_customer_zone (LiaCustomer        *customer,
                   const LiaMailClock *clock,
                   LiaQueue           *queue,
                   gint64              now_ms,
                   LiaZoneSource      *source)
{
  gboolean   has_hours = queue != NULL && queue->hours != NULL;
  GTimeZone *ours = has_hours ? lia_hours_get_zone (queue->hours) : g_time_zone_new_local ();
  GTimeZone *zone;

  if ((zone = customer != NULL ? lia_zone_open (customer->zone) : NULL) != NULL)
    *source = LIA_ZONE_SAID;
  else if ((zone = customer != NULL ? zone_of_number (customer, now_ms) : NULL) != NULL)
    *source = LIA_ZONE_NUMBER;
  else if ((zone = clock != NULL && clock->offset_min != 0 ? zone_of_clock (clock, ours) : NULL) != NULL)
    *source = LIA_ZONE_CLOCK;
  else
    {
      *source = has_hours ? LIA_ZONE_QUEUE : LIA_ZONE_OURS;
      return ours;
    }
  g_time_zone_unref (ours);

  return zone;
}
