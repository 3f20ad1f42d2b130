/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-pbx-report.h"

G_DEFINE_FINAL_TYPE (LiaPbxReport, lia_pbx_report, G_TYPE_OBJECT)

static void
lia_pbx_report_finalize (GObject *object)
{
  LiaPbxReport *self = (LiaPbxReport *)object;

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->context, g_free);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->phones, g_ptr_array_unref);

  G_OBJECT_CLASS (lia_pbx_report_parent_class)->finalize (object);
}

static void
lia_pbx_report_class_init (LiaPbxReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_pbx_report_finalize;
}

static void
lia_pbx_report_init (LiaPbxReport *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  self->version = g_strdup ("");
  self->profile = g_strdup ("");
  self->context = g_strdup ("");
  self->queues = g_ptr_array_new_with_free_func (g_object_unref);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
}

/** lia_pbx_report_new: an empty value, to be filled by its maker before anybody else sees it. */
LiaPbxReport *
lia_pbx_report_new (void)
{
  return g_object_new (LIA_TYPE_PBX_REPORT, NULL);
}
