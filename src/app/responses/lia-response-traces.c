/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-config.h"

#include "lia-response-traces.h"

#include "lia-entry-details.h"

/* (transfer full) (nullable): @place: counted from the newest one */
static LiaEntry *
dup_newest (GListModel *entries,
            guint       place)
{
  const guint n = g_list_model_get_n_items (entries);

  return place < n ? g_list_model_get_item (entries, n - 1 - place) : NULL;
}

/** lia_response_traces_clock: of the customer's newest mail that tells; its `offset_min` is 0 when none does. */
LiaMailClock
lia_response_traces_clock (GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LiaEntry) entry = dup_newest (entries, i);
      g_autoptr (LiaEntryDetails) details = NULL;

      if (entry->kind != LIA_ENTRY_EMAIL || entry->author_kind != LIA_AUTHOR_CUSTOMER)
        continue;
      details = lia_entry_details_new (entry);
      if (details->utc_offset_min != 0)
        return (LiaMailClock){ details->utc_offset_min, entry->at_ms };
    }

  return (LiaMailClock){ 0 };
}

/* What has gone to the customer, or is on its way */
static gboolean
is_ours (LiaEntry *entry)
{
  return entry->direction == LIA_DIRECTION_OUT && entry->kind != LIA_ENTRY_CALL && entry->send_state != LIA_SEND_CANCELLED;
}

/** lia_response_traces_formality: how the customer was addressed here last, with a response that says so. */
LiaCannedFormality
lia_response_traces_formality (GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LiaEntry) entry = dup_newest (entries, i);
      g_autoptr (LiaEntryDetails) details = is_ours (entry) ? lia_entry_details_new (entry) : NULL;

      if (details != NULL && details->formality != LIA_CANNED_FORMALITY_ANY)
        return details->formality;
    }

  return LIA_CANNED_FORMALITY_ANY;
}

/** lia_response_traces_call: (transfer full) (nullable): the number of the conversation's newest call. */
char *
lia_response_traces_call (GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LiaEntry) entry = dup_newest (entries, i);
      g_autoptr (LiaEntryDetails) details = NULL;

      if (entry->kind != LIA_ENTRY_CALL && entry->kind != LIA_ENTRY_VOICEMAIL)
        continue;
      details = lia_entry_details_new (entry);

      return g_strdup (details->number);
    }

  return NULL;
}

/**
 * lia_response_traces_sent: (transfer full) (nullable): the newest message of ours that one of @responses went out in.
 * @responses: ids
 */
LiaEntry *
lia_response_traces_sent (GListModel        *entries,
                          const char *const *responses)
{
  for (guint i = 0; *responses != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LiaEntry) entry = dup_newest (entries, i);
      g_autoptr (LiaEntryDetails) details = is_ours (entry) ? lia_entry_details_new (entry) : NULL;

      for (guint j = 0; details != NULL && details->responses[j] != NULL; j++)
        {
          if (g_strv_contains (responses, details->responses[j]))
            return g_steal_pointer (&entry);
        }
    }

  return NULL;
}
