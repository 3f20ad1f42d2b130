/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-releases.h"

#include <libsoup/soup.h>

#define MAX_NAME_BYTES 4000
#define MAX_PAGES 20

/** lia_tracker_releases_new: (transfer full) (element-type utf8): none. */
GHashTable *
lia_tracker_releases_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * lia_tracker_releases_add: @items: what a tracker says of each, with its name in @member
 * @is_out: (nullable): NULL = all of them are
 * @error: %LIA_PROBLEM_VALIDATION
 */
gboolean
lia_tracker_releases_add (GHashTable     *names,
                          JsonArray      *items,
                          const char     *member,
                          LiaTrackerIsOut is_out,
                          GError        **error)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item;
      const char *name;

      if (!lia_json_arr_obj (items, i, &item, error) || !lia_json_str (item, member, LIA_JSON_REQUIRED, MAX_NAME_BYTES, &name, error))
        return FALSE;
      if (is_out == NULL || is_out (item))
        g_hash_table_add (names, g_strdup (name));
    }

  return TRUE;
}

/** lia_tracker_releases_ask: (transfer full) (nullable): NULL without an error when what is at @path is as it was at @validator: (inout). */
LiaTrackerReply *
lia_tracker_releases_ask (LiaTrackerSite *site,
                          const char     *path,
                          char          **validator,
                          GError        **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (site, "GET", path);
  g_autoptr (LiaTrackerReply) reply = NULL;

  request->validator = **validator != '\0' ? g_strdup (*validator) : NULL;
  reply = lia_tracker_site_send (site, request, error);
  if (reply == NULL || reply->status == SOUP_STATUS_NOT_MODIFIED)
    return NULL;
  g_set_str (validator, reply->etag != NULL ? reply->etag : "");

  return g_steal_pointer (&reply);
}

static gboolean
add_page (GHashTable            *names,
          const LiaTrackerReply *reply,
          GError               **error)
{
  g_autoptr (JsonArray) items = lia_tracker_reply_to_list (reply, error);
  GError *cause = NULL;

  if (items == NULL)
    return FALSE;
  lia_tracker_releases_add (names, items, "title", NULL, &cause);

  return lia_tracker_understand (error, cause);
}

/**
 * lia_tracker_releases_pages:
 * @path: of a list of milestones that are closed, with a query in it
 * @validator: (inout): of the first page; what has several pages is asked for anew each time, for the first says nothing of the others
 *
 * Returns: (transfer full) (nullable): as lia_tracker_releases()
 */
GHashTable *
lia_tracker_releases_pages (LiaTrackerSite *site,
                            const char     *path,
                            char          **validator,
                            GError        **error)
{
  g_autoptr (GHashTable) names = lia_tracker_releases_new ();
  g_autofree char *known = g_strdup (*validator);
  gboolean         more = TRUE;

  for (guint page = 1; more && page <= MAX_PAGES; page++)
    {
      g_autofree char *one = g_strdup_printf ("%s&page=%u", path, page);
      g_autoptr (LiaTrackerReply) reply = lia_tracker_releases_ask (site, one, &known, error);

      if (reply == NULL || !add_page (names, reply, error))
        return NULL;
      more = reply->more;
      if (more || page > 1)
        g_set_str (&known, "");
    }
  g_set_str (validator, known);

  return g_steal_pointer (&names);
}
