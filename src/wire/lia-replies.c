/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of the engine. A value in a list that cannot be read fails the whole answer: half a list would look like a whole one. */

#include "lia-replies.h"

#include "lia-wire-fields.h"

void
lia_settings_clear (LiaSettings *settings)
{
  g_clear_pointer (&settings->signature, g_free);
}

static void
snapshot_clear (LiaSnapshot *snapshot)
{
  g_free (snapshot->epoch);
  g_clear_object (&snapshot->me);
  g_clear_pointer (&snapshot->agents, g_ptr_array_unref);
  g_clear_pointer (&snapshot->queues, g_ptr_array_unref);
  g_clear_pointer (&snapshot->channels, g_ptr_array_unref);
  g_clear_pointer (&snapshot->trackers, g_ptr_array_unref);
  g_clear_pointer (&snapshot->views, g_ptr_array_unref);
  g_clear_pointer (&snapshot->calls, g_ptr_array_unref);
  g_clear_pointer (&snapshot->members, g_ptr_array_unref);
  lia_settings_clear (&snapshot->settings);
}

LiaSnapshot *
lia_snapshot_ref (LiaSnapshot *snapshot)
{
  return g_rc_box_acquire (snapshot);
}

void
lia_snapshot_unref (LiaSnapshot *snapshot)
{
  g_rc_box_release_full (snapshot, (GDestroyNotify)snapshot_clear);
}

void
lia_rows_page_free (LiaRowsPage *page)
{
  g_clear_pointer (&page->rows, g_ptr_array_unref);
  g_free (page->next);
  g_free (page);
}

void
lia_timeline_page_free (LiaTimelinePage *page)
{
  g_clear_object (&page->conversation);
  g_clear_pointer (&page->timeline, g_ptr_array_unref);
  g_clear_object (&page->draft);
  g_free (page->next);
  g_free (page);
}

void
lia_responses_page_free (LiaResponsesPage *page)
{
  g_clear_pointer (&page->rows, g_ptr_array_unref);
  g_clear_pointer (&page->gone, g_strfreev);
  g_free (page);
}

static gint64
read_number (JsonObject *object,
             const char *name,
             gint64      max)
{
  gint64 number;

  return json_object_has_member (object, name) && lia_json_int (object, name, LIA_JSON_REQUIRED, 0, max, &number, NULL) ? number : -1;
}

/** lia_settings_decode: reads what is there; something of another type counts as not given. */
void
lia_settings_decode (LiaSettings *settings,
                     JsonObject  *object)
{
  const char *signature;
  gboolean    sample;

  *settings = (LiaSettings){ .undo_send_s = read_number (object, "undo_send_s", 3600),
                             .notice_gap_days = read_number (object, "notice_gap_days", 365),
                             .chat_offer_s = read_number (object, "chat_offer_s", 3600),
                             .sample = -1 };

  if (lia_json_str (object, "signature", LIA_JSON_OPTIONAL, LIA_JSON_MAX_BYTES, &signature, NULL))
    settings->signature = g_strdup (signature);
  if (json_object_has_member (object, "sample") && lia_json_bool (object, "sample", LIA_JSON_REQUIRED, &sample, NULL))
    settings->sample = sample;
}

/* Sets @value to the decoded object; the member may be absent unless it is needed */
static gboolean
decode_object (JsonObject   *object,
               const char   *name,
               LiaJsonNeed   need,
               LiaDecodeFunc decode,
               gpointer     *value,
               GError      **error)
{
  JsonObject *inner;

  if (!lia_json_obj (object, name, need, &inner, error))
    return FALSE;
  if (inner == NULL)
    return TRUE;

  *value = decode (inner, error);
  if (*value == NULL)
    lia_problem_prefix (error, name, -1);

  return *value != NULL;
}

static gboolean
decode_list (JsonObject   *object,
             const char   *name,
             LiaDecodeFunc decode,
             GPtrArray   **list,
             GError      **error)
{
  *list = lia_wire_decode_list (object, name, decode, g_object_unref, error);

  return *list != NULL;
}

static gboolean
decode_cursor (JsonObject *object,
               char      **next,
               GError    **error)
{
  const char *text;

  if (!lia_json_str (object, "next", LIA_JSON_OPTIONAL, 1024, &text, error))
    return FALSE;
  *next = g_strdup (text);

  return TRUE;
}

/** lia_snapshot_decode: the answer of GET /v1/snapshot. */
LiaSnapshot *
lia_snapshot_decode (JsonObject *object,
                     GError    **error)
{
  g_autoptr (LiaSnapshot) snapshot = g_rc_box_new0 (LiaSnapshot);
  const char *epoch;
  JsonObject *settings;

  snapshot->settings = (LiaSettings){ -1, -1, -1, NULL, -1 };
  if (!lia_json_str (object, "epoch", LIA_JSON_REQUIRED, 256, &epoch, error) ||
      !lia_json_int (object, "seq", LIA_JSON_REQUIRED, 0, G_MAXINT64, &snapshot->seq, error) ||
      !decode_object (object, "me", LIA_JSON_REQUIRED, (LiaDecodeFunc)lia_wire_decode_agent, (gpointer *)&snapshot->me, error) ||
      !decode_list (object, "agents", (LiaDecodeFunc)lia_wire_decode_agent, &snapshot->agents, error) ||
      !decode_list (object, "queues", (LiaDecodeFunc)lia_wire_decode_queue, &snapshot->queues, error) ||
      !decode_list (object, "channels", (LiaDecodeFunc)lia_wire_decode_channel, &snapshot->channels, error) ||
      !decode_list (object, "trackers", (LiaDecodeFunc)lia_wire_decode_tracker, &snapshot->trackers, error) ||
      !decode_list (object, "views", (LiaDecodeFunc)lia_wire_decode_view, &snapshot->views, error) ||
      !decode_list (object, "calls", (LiaDecodeFunc)lia_wire_decode_call, &snapshot->calls, error) ||
      !decode_list (object, "members", (LiaDecodeFunc)lia_wire_decode_queue_member, &snapshot->members, error) ||
      !lia_json_obj (object, "settings", LIA_JSON_OPTIONAL, &settings, error))
    return NULL;

  snapshot->epoch = g_strdup (epoch);
  if (settings != NULL)
    lia_settings_decode (&snapshot->settings, settings);

  return g_steal_pointer (&snapshot);
}

/** lia_rows_page_decode: the answer of GET /v1/views/{view}/rows and of GET /v1/customers/{id}/conversations. */
LiaRowsPage *
lia_rows_page_decode (JsonObject *object,
                      GError    **error)
{
  g_autoptr (LiaRowsPage) page = g_new0 (LiaRowsPage, 1);

  if (!lia_json_int (object, "seq", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &page->seq, error) ||
      !lia_json_int (object, "total", LIA_JSON_OPTIONAL, 0, G_MAXINT32, &page->total, error) ||
      !decode_cursor (object, &page->next, error) ||
      !decode_list (object, "rows", (LiaDecodeFunc)lia_wire_decode_conversation, &page->rows, error))
    return NULL;

  return g_steal_pointer (&page);
}

/** lia_timeline_page_decode: the answer of GET /v1/conversations/{id} and of GET /v1/customers/{id}/timeline. */
LiaTimelinePage *
lia_timeline_page_decode (JsonObject *object,
                          GError    **error)
{
  g_autoptr (LiaTimelinePage) page = g_new0 (LiaTimelinePage, 1);

  if (!lia_json_int (object, "seq", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &page->seq, error) ||
      !lia_json_int (object, "unread_from", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &page->unread_from, error) ||
      !decode_cursor (object, &page->next, error) ||
      !decode_object (object, "conversation", LIA_JSON_OPTIONAL, (LiaDecodeFunc)lia_wire_decode_conversation,
                      (gpointer *)&page->conversation, error) ||
      !decode_object (object, "draft", LIA_JSON_OPTIONAL, (LiaDecodeFunc)lia_wire_decode_draft, (gpointer *)&page->draft, error) ||
      !decode_list (object, "timeline", (LiaDecodeFunc)lia_wire_decode_entry, &page->timeline, error))
    return NULL;

  return g_steal_pointer (&page);
}

static const LiaField responses_page_fields[] = {
  { "gone", LIA_FIELD_WORDS, G_STRUCT_OFFSET (LiaResponsesPage, gone) },
  { "seq", LIA_FIELD_INT, G_STRUCT_OFFSET (LiaResponsesPage, seq), LIA_JSON_REQUIRED },
  { "more", LIA_FIELD_BOOL, G_STRUCT_OFFSET (LiaResponsesPage, more) },
};

/** lia_responses_page_decode: the answer of GET /v1/responses. */
LiaResponsesPage *
lia_responses_page_decode (JsonObject *object,
                           GError    **error)
{
  g_autoptr (LiaResponsesPage) page = g_new0 (LiaResponsesPage, 1);

  if (!lia_fields_decode (responses_page_fields, G_N_ELEMENTS (responses_page_fields), page, object, error) ||
      !decode_list (object, "rows", (LiaDecodeFunc)lia_wire_decode_canned, &page->rows, error))
    return NULL;

  return g_steal_pointer (&page);
}

/**
 * lia_replies_decode_values:
 * @name: the list's member
 * @member: (nullable): the member of each item that holds the value, or NULL when the item is the value
 *
 * Reads a list of GObject values.
 */
GPtrArray *
lia_replies_decode_values (JsonObject   *object,
                           const char   *name,
                           const char   *member,
                           LiaDecodeFunc decode,
                           GError      **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (!lia_json_arr (object, name, LIA_JSON_REQUIRED, LIA_WIRE_MAX_ITEMS, &array, error))
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item;
      gpointer    value;

      if (!lia_json_arr_obj (array, i, &item, error) ||
          (member != NULL && !lia_json_obj (item, member, LIA_JSON_REQUIRED, &item, error)) ||
          (value = decode (item, error)) == NULL)
        {
          lia_problem_prefix (error, name, i);
          return NULL;
        }
      g_ptr_array_add (list, value);
    }

  return g_steal_pointer (&list);
}

/**
 * lia_command_encode:
 * @conversation: (nullable): what it is about
 * @ver: the version that the caller has seen, or 0
 * @seen: the last entry that the caller has seen, or 0
 * @d: (transfer full) (nullable): the command's own fields
 *
 * The body of POST /v1/commands.
 */
JsonObject *
lia_command_encode (const char *key,
                    const char *kind,
                    const char *conversation,
                    gint64      ver,
                    gint64      seen,
                    gboolean    force,
                    JsonObject *d)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "k", kind);
  if (conversation != NULL)
    json_object_set_string_member (object, "conv", conversation);
  if (ver > 0)
    json_object_set_int_member (object, "ver", ver);
  if (seen > 0)
    json_object_set_int_member (object, "seen", seen);
  if (force)
    json_object_set_boolean_member (object, "force", TRUE);
  json_object_set_object_member (object, "d", d != NULL ? d : json_object_new ());

  return object;
}
