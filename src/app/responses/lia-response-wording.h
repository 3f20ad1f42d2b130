/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-customer-zone.h"
#include "lia-template-result.h"
#include "lia-template-variant.h"

G_BEGIN_DECLS

#define LIA_TYPE_RESPONSE_WORDING (lia_response_wording_get_type ())

G_DECLARE_FINAL_TYPE (LiaResponseWording, lia_response_wording, LIA, RESPONSE_WORDING, GObject)

/**
 * LiaResponseWording:
 *
 * What a canned response says to one customer: which of its texts was chosen, what that one lacks, and the text with the values in it. Immutable.
 */
struct _LiaResponseWording
{
  GObject parent_instance;

  LiaCanned         *canned;
  LiaCannedVariant  *variant;        /* NULL: it has no text at all */
  LiaTemplateMisses  misses;         /* what the chosen text lacks */
  char              *language;       /* that was asked for, "" = not known */
  LiaCannedFormality formality;      /* that was asked for */
  gboolean           formality_said; /* somebody said that the customer is addressed so; else it is as here before */
  LiaZoneSource      zone_source;    /* how it is known where times are for the customer */
  LiaTemplateResult *result;         /* NULL: there is no text, or it is wrong */
  GPtrArray         *errors;         /* of LiaTemplateError, empty if there is a result */
};

LiaResponseWording *lia_response_wording_new (LiaCanned               *canned,
                                              const LiaTemplateWanted *wanted,
                                              const char              *default_language,
                                              LiaTemplateValues       *values,
                                              GTimeZone               *zone,
                                              gint64                   now_ms);

G_END_DECLS
