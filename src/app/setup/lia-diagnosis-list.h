/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LIA_TYPE_DIAGNOSIS_LIST (lia_diagnosis_list_get_type ())

/**
 * LiaDiagnosisList:
 *
 * The steps of a channel's test, while they are waited for and afterwards.
 */
G_DECLARE_FINAL_TYPE (LiaDiagnosisList, lia_diagnosis_list, LIA, DIAGNOSIS_LIST, AdwBin)

void lia_diagnosis_list_set_steps (LiaDiagnosisList  *self,
                                   const char        *kind,
                                   const char *const *names);
void lia_diagnosis_list_set_waiting (LiaDiagnosisList *self);
void lia_diagnosis_list_show (LiaDiagnosisList *self,
                              GListModel       *diagnoses);

/*
 * lia_diagnosis_list_set_steps(): @kind: of the channel, "mail" or "phone"; @names: see API.md, ended by NULL.
 * lia_diagnosis_list_show(): @diagnoses: (nullable): of LiaDiagnosis; what is not among them was not tried.
 */

G_END_DECLS
