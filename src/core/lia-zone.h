/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time zones by the names of the IANA ("Europe/Berlin"), and what ICU knows of them. */

GTimeZone *lia_zone_open (const char *name);
GStrv      lia_zone_list (void);
char      *lia_zone_of_country (const char *country,
                                gint64      now_ms);
char      *lia_zone_show (GTimeZone  *zone,
                          gint64      now_ms,
                          const char *reader);

G_END_DECLS
