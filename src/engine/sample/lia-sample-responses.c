/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-sample-responses.h"

#include "lia-canned-import.h"
#include "lia-id.h"
#include "lia-journal.h"
#include "lia-json.h"
#include "lia-queries-responses.h"

#include "liaison-sample.h"

#include <stdio.h>
#include <string.h>

/* The canned responses of the sample workspace, and how often they were sent: without that no rank would look like a real one. */

#define PATH "/org/liaisondesk/Liaison/sample/responses.txt"
#define MARK "\n#### "
#define USED_FOR_MS (G_GINT64_CONSTANT (30) * 24 * 60 * 60 * 1000)

typedef struct
{
  LiaCannedImportRow *row;
  guint               own;
  guint               others;
} SampleResponse;

static void
sample_response_clear (SampleResponse *self)
{
  g_clear_object (&self->row);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SampleResponse, sample_response_clear)

static void
name_queues (LiaCanned    *canned,
             const gint64 *ids)
{
  for (guint i = 0; canned->queues[i] != NULL; i++)
    for (gsize q = 0; q < LIA_SAMPLE_N_QUEUES; q++)
      if (g_str_equal (lia_sample_queues[q].name, canned->queues[i]))
        {
          g_free (canned->queues[i]);
          canned->queues[i] = lia_id_format ("q", ids[q]);
          break;
        }
}

/* "folder | own others", then a page. */
static gboolean
read_response (const char     *block,
               const gint64   *queue_ids,
               SampleResponse *response,
               GError        **error)
{
  const char      *page = strchr (block, '\n');
  g_autofree char *head = g_strndup (block, page != NULL ? (gsize)(page - block) : strlen (block));
  char            *uses = strchr (head, '|');
  g_autofree char *path = NULL;

  if (page == NULL || uses == NULL || sscanf (uses + 1, "%u %u", &response->own, &response->others) != 2)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is no head of a sample response", head);
      return FALSE;
    }

  *uses = '\0';
  path = g_strconcat (g_strstrip (head), "/x.txt", NULL);
  response->row = lia_canned_import_page (path, page + 1, strlen (page + 1));
  if (response->row->problem != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: %s", head, response->row->problem);
  else
    name_queues (response->row->canned, queue_ids);

  return response->row->problem == NULL;
}

static void
add_uses (const LiaSampleResponses *self,
          const SampleResponse     *response,
          gint64                    id)
{
  const guint n = response->own + response->others;

  for (guint i = 0; i < n; i++)
    {
      LiaSampleEvent *event = g_new0 (LiaSampleEvent, 1);

      event->special = LIA_SAMPLE_EVENT_ALONE;
      event->kind = "response.used";
      event->at_ms = self->now_ms - USED_FOR_MS + i * (USED_FOR_MS / n);
      event->order = self->uses->len;
      event->actor = i < response->own ? self->agents[0].id : self->agents[1 + i % (LIA_SAMPLE_N_AGENTS - 1)].id;
      event->data = json_object_new ();
      json_object_set_int_member (event->data, "response", id);
      json_object_set_int_member (event->data, "agent", event->actor);
      json_object_set_boolean_member (event->data, "edited", i % 5 == 4);
      g_ptr_array_add (self->uses, event);
    }
}

static gint64
append_changed (LiaDb                    *db,
                const LiaSampleResponses *self,
                LiaCanned                *canned,
                GError                  **error)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *text = NULL;
  LiaJournalEvent  event = { .kind = "response.changed", .actor_id = self->agents[0].id, .at_ms = self->at_ms };

  json_object_set_object_member (data, "data", lia_response_encode_data (canned));
  text = lia_json_to_text (data);
  event.data = text;

  return lia_journal_append (db, &event, error);
}

/** lia_sample_write_responses: the uses are appended by whoever brings all events in the order of time. */
gboolean
lia_sample_write_responses (LiaDb                    *db,
                            const LiaSampleResponses *self,
                            GError                  **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (liaison_sample_get_resource (), PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
  g_auto (GStrv) blocks = text != NULL ? g_strsplit (text, MARK, -1) : NULL;

  if (blocks == NULL)
    return FALSE;

  for (guint i = 1; blocks[i] != NULL; i++)
    {
      g_auto (SampleResponse) response = { 0 };
      gint64 id;

      if (!read_response (blocks[i], self->queue_ids, &response, error))
        return FALSE;
      id = append_changed (db, self, response.row->canned, error);
      if (id == 0)
        return FALSE;
      add_uses (self, &response, id);
    }

  return TRUE;
}
