/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-response-outcome.h"

G_DEFINE_FINAL_TYPE (LiaResponseOutcome, lia_response_outcome, G_TYPE_OBJECT)

static void
lia_response_outcome_finalize (GObject *object)
{
  LiaResponseOutcome *self = LIA_RESPONSE_OUTCOME (object);

  g_free (self->id);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lia_response_outcome_parent_class)->finalize (object);
}

static void
lia_response_outcome_class_init (LiaResponseOutcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_response_outcome_finalize;
}

static void
lia_response_outcome_init (LiaResponseOutcome *self)
{
}

LiaResponseOutcome *
lia_response_outcome_new (const char   *id,
                          gint64        ver,
                          const GError *error)
{
  LiaResponseOutcome *self = g_object_new (LIA_TYPE_RESPONSE_OUTCOME, NULL);

  self->id = g_strdup (id);
  self->ver = ver;
  self->error = error != NULL ? g_error_copy (error) : NULL;

  return self;
}
