/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-diagnosis.h"

G_DEFINE_FINAL_TYPE (LiaDiagnosis, lia_diagnosis, G_TYPE_OBJECT)

static void
lia_diagnosis_finalize (GObject *object)
{
  LiaDiagnosis *self = (LiaDiagnosis *)object;

  g_clear_pointer (&self->step, g_free);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->paste, g_free);

  G_OBJECT_CLASS (lia_diagnosis_parent_class)->finalize (object);
}

static void
lia_diagnosis_class_init (LiaDiagnosisClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_diagnosis_finalize;
}

static void
lia_diagnosis_init (LiaDiagnosis *self)
{
}

/** lia_diagnosis_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaDiagnosis *
lia_diagnosis_new (void)
{
  return g_object_new (LIA_TYPE_DIAGNOSIS, NULL);
}

/** lia_diagnosis_works: whether what was tried works, be there something to say about it or not. */
gboolean
lia_diagnosis_works (LiaDiagnosis *self)
{
  return g_strcmp0 (self->state, "ok") == 0 || g_strcmp0 (self->state, "advice") == 0;
}
