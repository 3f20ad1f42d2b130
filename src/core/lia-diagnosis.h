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

  char *step;   /* see API.md: "name", "reach", "certificate", "login", … */
  char *state;  /* "ok", "failed", "skipped", or "advice": it works, and would be better otherwise */
  char *code;   /* see API.md, or NULL */
  char *detail; /* in plain words, may be empty */
  char *file;   /* of the server's settings, where `paste` belongs; or NULL */
  char *paste;  /* lines that put it right; or NULL */
};

LiaDiagnosis *lia_diagnosis_new (void);
gboolean      lia_diagnosis_works (LiaDiagnosis *self);

G_END_DECLS
