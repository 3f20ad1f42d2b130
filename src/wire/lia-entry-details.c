/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-entry-details.h"

#include "lia-json.h"

#include <string.h>

#define MAX_TEXT_BYTES 4000
#define MAX_SECONDS (366 * 24 * 3600)

static char *
take_text (JsonObject *object,
           const char *name)
{
  const char *value = NULL;

  /* What is missing or of another type is left empty: a line on the timeline is shown with less, never not at all. */
  if (object == NULL || !lia_json_str (object, name, LIA_JSON_OPTIONAL, MAX_TEXT_BYTES, &value, NULL) || value == NULL)
    value = "";

  return g_strdup (value);
}

static gint64
take_seconds (JsonObject *object,
              const char *name)
{
  gint64 value = 0;

  if (object == NULL || !lia_json_int (object, name, LIA_JSON_OPTIONAL, 0, MAX_SECONDS, &value, NULL))
    value = 0;

  return value;
}

/**
 * lia_entry_details_new:
 *
 * Reads @entry's details. Never fails: what cannot be read is left out.
 */
LiaEntryDetails *
lia_entry_details_new (LiaEntry *entry)
{
  LiaEntryDetails *self = g_new0 (LiaEntryDetails, 1);
  g_autoptr (JsonObject) object = NULL;

  if (entry->details != NULL && strlen (entry->details) > 2)
    object = lia_json_parse (entry->details, -1, LIA_JSON_MAX_BYTES, NULL);

  self->what = take_text (object, "what");
  self->to = take_text (object, "to");
  self->assignee = take_text (object, "assignee");
  self->subject = take_text (object, "subject");
  self->outcome = take_text (object, "outcome");
  self->number = take_text (object, "number");
  self->duration_s = take_seconds (object, "duration_s");
  self->wait_s = take_seconds (object, "wait_s");
  if (object == NULL || !lia_json_time (object, "until", LIA_JSON_OPTIONAL, &self->until_ms, NULL))
    self->until_ms = 0;

  return self;
}

void
lia_entry_details_free (LiaEntryDetails *self)
{
  g_free (self->what);
  g_free (self->to);
  g_free (self->assignee);
  g_free (self->subject);
  g_free (self->outcome);
  g_free (self->number);
  g_free (self);
}
