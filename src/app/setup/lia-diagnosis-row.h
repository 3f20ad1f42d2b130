/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-diagnosis.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_DIAGNOSIS_ROW (lia_diagnosis_row_get_type ())

/**
 * LiaDiagnosisRow:
 *
 * One step of a channel's test: waiting for its turn, or how it went, with what to do about it.
 */
G_DECLARE_FINAL_TYPE (LiaDiagnosisRow, lia_diagnosis_row, LIA, DIAGNOSIS_ROW, AdwActionRow)

GtkWidget  *lia_diagnosis_row_new (const char *kind,
                                   const char *step);
const char *lia_diagnosis_row_get_step (LiaDiagnosisRow *self);
void        lia_diagnosis_row_set_waiting (LiaDiagnosisRow *self);
void        lia_diagnosis_row_set_diagnosis (LiaDiagnosisRow *self,
                                             LiaDiagnosis    *diagnosis);
char       *lia_diagnosis_words (LiaDiagnosis *diagnosis,
                                 const char   *kind);

G_END_DECLS
