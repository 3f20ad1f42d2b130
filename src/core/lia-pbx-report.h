/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-diagnosis.h"
#include "lia-pbx-phone.h"
#include "lia-pbx-queue.h"

G_BEGIN_DECLS

#define LIA_TYPE_PBX_REPORT (lia_pbx_report_get_type ())

G_DECLARE_FINAL_TYPE (LiaPbxReport, lia_pbx_report, LIA, PBX_REPORT, GObject)

/**
 * LiaPbxReport:
 *
 * How the test of a telephone system went, and what was found there. Immutable once published.
 */
struct _LiaPbxReport
{
  GObject parent_instance;

  GPtrArray *steps;   /* of LiaDiagnosis, in their order */
  char      *version; /* of Asterisk, empty when it did not come so far */
  char      *profile; /* "asterisk" or "freepbx" */
  char      *context; /* in which the agents' extensions are */
  GPtrArray *queues;  /* of LiaPbxQueue */
  GPtrArray *phones;  /* of LiaPbxPhone */
};

LiaPbxReport *lia_pbx_report_new (void);

G_END_DECLS
