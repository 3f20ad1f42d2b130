/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-entry-details.h"

#include "lia-json.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_TEXT_BYTES 4000
#define MAX_RESPONSES 100

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

static LiaCannedFormality
take_formality (JsonObject        *use,
                LiaCannedFormality before)
{
  LiaCannedFormality formality;
  g_autofree char   *word = take_text (use, "formality");

  return lia_canned_formality_from_string (word, &formality) && formality != LIA_CANNED_FORMALITY_ANY ? formality : before;
}

/* The last one that addresses the customer in a way of its own says how: so did the message. */
static void
take_responses (LiaEntryDetails *self,
                JsonObject      *object)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *uses = NULL;

  if (object == NULL || !lia_json_arr (object, "canned", LIA_JSON_OPTIONAL, MAX_RESPONSES, &uses, NULL))
    uses = NULL;
  for (guint i = 0; uses != NULL && i < json_array_get_length (uses); i++)
    {
      JsonObject *use;

      if (!lia_json_arr_obj (uses, i, &use, NULL))
        continue;
      g_strv_builder_take (ids, take_text (use, "response"));
      self->formality = take_formality (use, self->formality);
    }
  self->responses = g_strv_builder_end (ids);
}

static int
take_offset (JsonObject *object)
{
  gint64 offset_min = 0;

  return object != NULL && lia_json_int (object, "utc_offset_min", LIA_JSON_OPTIONAL, -1440, 1440, &offset_min, NULL) ? (int)offset_min : 0;
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
  self->key = take_text (object, "key");
  self->release = take_text (object, "milestone");
  self->assignee = take_text (object, "assignee");
  self->subject = take_text (object, "subject");
  self->queue_name = take_text (object, "queue_name");
  self->language = take_text (object, "language");
  self->number = take_text (object, "number");
  self->reason = take_text (object, "reason");
  self->kind = take_text (object, "kind");
  self->title = take_text (object, "title");
  self->finding = take_text (object, "finding");
  self->tracker = take_text (object, "tracker");
  self->url = take_text (object, "url");
  self->problem = take_text (object, "problem");
  self->code = take_text (object, "code");
  self->conversation = take_text (object, "conv");
  self->customer = take_text (object, "customer");
  self->offer = take_text (object, "offer");
  if (object == NULL || !lia_json_int (object, "second", LIA_JSON_REQUIRED, 0, G_MAXINT32, &self->second, NULL))
    self->second = -1;
  if (object == NULL || !lia_json_bool (object, "released", LIA_JSON_OPTIONAL, &self->is_released, NULL))
    self->is_released = FALSE;
  if (object == NULL || !lia_json_bool (object, "settled", LIA_JSON_OPTIONAL, &self->settled, NULL))
    self->settled = FALSE;
  if (object == NULL || !lia_json_time (object, "until", LIA_JSON_OPTIONAL, &self->until_ms, NULL))
    self->until_ms = 0;
  self->utc_offset_min = take_offset (object);
  take_responses (self, object);

  return self;
}

void
lia_entry_details_free (LiaEntryDetails *self)
{
  g_free (self->what);
  g_free (self->to);
  g_free (self->key);
  g_free (self->release);
  g_free (self->assignee);
  g_free (self->subject);
  g_free (self->queue_name);
  g_free (self->language);
  g_free (self->number);
  g_free (self->reason);
  g_strfreev (self->responses);
  g_free (self->kind);
  g_free (self->title);
  g_free (self->finding);
  g_free (self->tracker);
  g_free (self->url);
  g_free (self->problem);
  g_free (self->code);
  g_free (self->conversation);
  g_free (self->customer);
  g_free (self->offer);
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
