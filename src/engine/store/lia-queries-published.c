/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-queries-published.h"

#include "lia-canned.h"
#include "lia-id.h"
#include "lia-queries-private.h"
#include "lia-wire.h"

#include <string.h>

#define MAX_PUBLISHED 500 /* for one site */

/* What was taken back, or made private, is not shown even where it is published. */
#define OF_SITE                                                                                                                               \
  "FROM response_site AS s JOIN response AS r ON r.id = s.response_id WHERE s.channel_id = $1 AND r.scope = 'team' AND r.state = 'reviewed' " \
  "ORDER BY r.id LIMIT $2"

LiaPublishedAsked *
lia_published_asked_new (gint64      channel_id,
                         const char *stamp)
{
  LiaPublishedAsked *self = g_new0 (LiaPublishedAsked, 1);

  self->channel_id = channel_id;
  self->stamp = g_strdup (stamp);

  return self;
}

void
lia_published_asked_free (gpointer asked)
{
  g_free (((LiaPublishedAsked *)asked)->stamp);
  g_free (asked);
}

void
lia_published_free (LiaPublished *self)
{
  g_free (self->stamp);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_free (self);
}

static LiaCanned *
read_canned (LiaRows *rows,
             GError **error)
{
  g_autoptr (JsonObject) object = lia_json_parse (lia_rows_text (rows, 1), -1, G_MAXSIZE, error);
  LiaCanned *canned = object != NULL ? lia_wire_decode_canned (object, error) : NULL;

  if (canned != NULL)
    {
      g_free (canned->id);
      canned->id = lia_id_format ("r", lia_rows_int (rows, 0));
    }

  return canned;
}

static GPtrArray *
read_all (LiaDb   *db,
          gint64   channel_id,
          GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error, "SELECT r.id, r.data " OF_SITE, "ii", channel_id, (gint64)MAX_PUBLISHED);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    {
      LiaCanned *canned = read_canned (rows, error);

      if (canned == NULL)
        return NULL;
      g_ptr_array_add (found, canned);
    }

  return lia_query_finish (&failure, error) ? g_steal_pointer (&found) : NULL;
}

gboolean
lia_published_read (LiaDb    *db,
                    gpointer  asked,
                    gpointer *published,
                    GError  **error)
{
  const LiaPublishedAsked *self = asked;
  g_autoptr (LiaPublished) found = g_new0 (LiaPublished, 1);

  found->stamp = lia_db_get_text (db, error, "SELECT coalesce (group_concat (id || ':' || ver), '') FROM (SELECT r.id AS id, r.ver AS ver " OF_SITE ")", "ii",
                                  self->channel_id, (gint64)MAX_PUBLISHED);
  if (found->stamp == NULL)
    return FALSE;
  if (g_strcmp0 (found->stamp, self->stamp) != 0 && (found->responses = read_all (db, self->channel_id, error)) == NULL)
    return FALSE;
  *published = g_steal_pointer (&found);

  return TRUE;
}

LiaPublishedCounted *
lia_published_counted_new (gint64      response_id,
                           gint64      channel_id,
                           const char *did)
{
  LiaPublishedCounted *self = g_new0 (LiaPublishedCounted, 1);

  self->response_id = response_id;
  self->channel_id = channel_id;
  self->did = g_strdup (did);

  return self;
}

void
lia_published_counted_free (gpointer counted)
{
  g_free (((LiaPublishedCounted *)counted)->did);
  g_free (counted);
}

/** lia_published_count: only of what is published there: strangers say which. */
gboolean
lia_published_count (LiaDb    *db,
                     gpointer  counted,
                     gpointer *result,
                     GError  **error)
{
  const LiaPublishedCounted *self = counted;

  return lia_db_exec (db, error,
                      "INSERT INTO answer_use (response_id, channel_id, shown, opened, helped) "
                      "SELECT response_id, channel_id, $3 = 'shown', $3 = 'opened', $3 = 'helped' FROM response_site WHERE response_id = $1 AND channel_id = $2 "
                      "ON CONFLICT (response_id, channel_id) DO UPDATE SET shown = shown + excluded.shown, opened = opened + excluded.opened, "
                      "helped = helped + excluded.helped",
                      "iit", self->response_id, self->channel_id, self->did);
}

static JsonObject *
encode_figures (LiaRows *rows)
{
  g_autofree char *response = lia_id_format ("r", lia_rows_int (rows, 0));
  g_autofree char *site = lia_id_format ("h", lia_rows_int (rows, 1));
  JsonObject      *row = json_object_new ();

  json_object_set_string_member (row, "response", response);
  json_object_set_string_member (row, "site", site);
  json_object_set_int_member (row, "shown", lia_rows_int (rows, 2));
  json_object_set_int_member (row, "opened", lia_rows_int (rows, 3));
  json_object_set_int_member (row, "helped", lia_rows_int (rows, 4));

  return row;
}

/** lia_published_figures: (transfer full): how many visitors were shown what is published, opened it, and said that it answered their question. */
JsonArray *
lia_published_figures (LiaDb   *db,
                       GError **error)
{
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT s.response_id, s.channel_id, coalesce (u.shown, 0), coalesce (u.opened, 0), coalesce (u.helped, 0) "
                                           "FROM response_site AS s LEFT JOIN answer_use AS u ON u.response_id = s.response_id AND u.channel_id = s.channel_id "
                                           "ORDER BY s.response_id, s.channel_id LIMIT 2000",
                                           "");
  g_autoptr (JsonArray) found = json_array_new ();
  g_autoptr (GError) failure = NULL;

  if (rows == NULL)
    return NULL;
  while (lia_rows_next (rows, &failure))
    json_array_add_object_element (found, encode_figures (rows));

  return lia_query_finish (&failure, error) ? g_steal_pointer (&found) : NULL;
}
