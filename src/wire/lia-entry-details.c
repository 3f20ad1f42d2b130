/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-entry-details.h"

#include "lia-json.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_TEXT_BYTES 4000

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
  self->number = take_text (object, "number");
  self->reason = take_text (object, "reason");
  if (object == NULL || !lia_json_bool (object, "settled", LIA_JSON_OPTIONAL, &self->settled, NULL))
    self->settled = FALSE;
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
  g_free (self->number);
  g_free (self->reason);
  g_free (self);
}

/** lia_entry_details_call: (transfer full) (nullable): the call that an entry of the kind call or voicemail is; NULL where its details cannot be read. */
LiaCall *
lia_entry_details_call (LiaEntry *entry)
{
  g_autoptr (JsonObject) object = NULL;

  if ((entry->kind != LIA_ENTRY_CALL && entry->kind != LIA_ENTRY_VOICEMAIL) || entry->details == NULL)
    return NULL;
  object = lia_json_parse (entry->details, -1, LIA_JSON_MAX_BYTES, NULL);

  return object != NULL ? lia_wire_decode_call (object, NULL) : NULL;
}
