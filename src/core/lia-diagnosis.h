/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LIA_TYPE_DIAGNOSIS (lia_diagnosis_get_type ())

G_DECLARE_FINAL_TYPE (LiaDiagnosis, lia_diagnosis, LIA, DIAGNOSIS, GObject)

/**
 * LiaDiagnosis:
 *
 * One step of a channel's test. Immutable once published.
 */
struct _LiaDiagnosis
{
  GObject parent_instance;

  char *step;   /* "name", "reach", "certificate", "login", "folders", "sending" */
  char *state;  /* "ok", "failed", "skipped" */
  char *code;   /* see API.md, or NULL */
  char *detail; /* in plain words, may be empty */
};

LiaDiagnosis *lia_diagnosis_new (void);

G_END_DECLS
