/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-bugzilla-json.h"
#include "lia-bugzilla-private.h"
#include "lia-time.h"
#include "lia-tracker-cursor.h"
#include "lia-tracker-releases.h"

#include <string.h>

#define PAGE 100
#define MATCHES 10
#define MAX_WORDS_BYTES 200

/* The marker is the bug's alias. One that nobody may see is there all the same: that is an error, and no second one is made. */
LiaIssue *
lia_bugzilla_find_by_marker (LiaTracker *tracker,
                             const char *marker,
                             gint64      since_ms,
                             GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  g_autofree char *path = lia_bugzilla_bug_path (marker, "?" LIA_BUGZILLA_FIELDS);
  GError          *cause = NULL;
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, &cause);

  if (g_error_matches (cause, LIA_TRACKER_ERROR, LIA_TRACKER_ERROR_NOT_FOUND))
    g_clear_error (&cause);
  if (cause != NULL)
    g_propagate_error (error, cause);

  return reply != NULL && lia_bugzilla_has_alias (reply, marker) ? lia_tracker_site_read_issue (self->site, reply, error) : NULL;
}

LiaIssue *
lia_bugzilla_read (LiaTracker *tracker,
                   const char *key,
                   const char *validator,
                   GError    **error)
{
  g_autofree char *path = lia_bugzilla_bug_path (key, "?" LIA_BUGZILLA_FIELDS);

  return lia_tracker_site_get_issue (LIA_BUGZILLA (tracker)->site, path, validator, error);
}

static GPtrArray *
find (LiaBugzilla *self,
      const char  *path,
      GError     **error)
{
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  JsonArray *items = NULL;
  GError    *cause = NULL;

  if (reply == NULL)
    return NULL;
  lia_json_arr (reply, "bugs", LIA_JSON_REQUIRED, 10000, &items, &cause);

  return lia_tracker_understand (error, cause) ? lia_tracker_site_read_issues (self->site, items, error) : NULL;
}

/* From now on, by its database's clock, which changes are written down by ("Bugzilla Information", Time) */
static LiaTrackerChanges *
begin (LiaBugzilla *self,
       GError     **error)
{
  g_autoptr (JsonObject) clock = lia_tracker_site_get (self->site, "/time", error);
  g_autoptr (LiaIssue) now = lia_issue_new ();
  g_autoptr (GPtrArray) newest = g_ptr_array_new_with_free_func (g_object_unref);
  GError *cause = NULL;

  if (clock == NULL)
    return NULL;
  lia_json_time (clock, "db_time", LIA_JSON_REQUIRED, &now->updated_ms, &cause);
  if (!lia_tracker_understand (error, cause))
    return NULL;
  g_ptr_array_add (newest, g_steal_pointer (&now));

  return lia_tracker_cursor_begin (g_steal_pointer (&newest));
}

/* There is another page when this one is full: nothing else says so */
LiaTrackerChanges *
lia_bugzilla_changed_since (LiaTracker *tracker,
                            const char *cursor_text,
                            GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  LiaTrackerCursor cursor;
  g_autofree char *product = g_uri_escape_string (self->product, NULL, FALSE);
  g_autofree char *since = NULL;
  g_autofree char *path = NULL;
  GPtrArray       *issues;

  if (!lia_tracker_cursor_parse (&cursor, cursor_text))
    return begin (self, error);
  since = lia_time_to_string (cursor.since_ms);
  path = g_strdup_printf ("/bug?product=%s&last_change_time=%.19sZ&order=changeddate%%2Cbug_id&limit=%d&offset=%" G_GINT64_FORMAT "&" LIA_BUGZILLA_FIELDS, product, since,
                          PAGE, cursor.offset);
  issues = find (self, path, error);

  return issues != NULL ? lia_tracker_cursor_advance (&cursor, issues, issues->len, issues->len >= PAGE) : NULL;
}

/** lia_bugzilla_get_comments: (transfer full) (nullable): those of the bug @key; @since_ms: 0 = all of them, with its description as the first */
JsonArray *
lia_bugzilla_get_comments (LiaBugzilla *self,
                           const char  *key,
                           gint64       since_ms,
                           GError     **error)
{
  g_autofree char *since = lia_time_to_string (since_ms);
  g_autofree char *rest = since_ms != 0 ? g_strdup_printf ("/comment?new_since=%.19sZ", since) : g_strdup ("/comment");
  g_autofree char *path = lia_bugzilla_bug_path (key, rest);
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  GError    *cause = NULL;
  JsonArray *comments = reply != NULL ? lia_bugzilla_get_list (reply, "comments", &cause) : NULL;

  lia_tracker_understand (error, cause);

  return comments != NULL ? json_array_ref (comments) : NULL;
}

/* To whom it does not know it shows only what stands before the "@" of a login */
static void
note_own (LiaTrackerComments *comments,
          const char         *login)
{
  const gsize length = strcspn (login, "@");

  for (guint i = 0; i < comments->items->len; i++)
    {
      LiaTrackerComment *comment = comments->items->pdata[i];

      if (strchr (comment->author, '@') == NULL && strlen (comment->author) == length && length > 0 && strncmp (comment->author, login, length) == 0)
        comment->is_own = TRUE;
    }
}

LiaTrackerComments *
lia_bugzilla_comments (LiaTracker *tracker,
                       const char *key,
                       gint64      since_ms,
                       GError    **error)
{
  static const LiaTrackerCommentShape shape = { "text", "time", NULL, "creator", { "creator" } };
  LiaBugzilla                        *self = LIA_BUGZILLA (tracker);
  const char                         *login = lia_bugzilla_get_login (self, NULL, error);
  g_autoptr (JsonArray) items = login != NULL ? lia_bugzilla_get_comments (self, key, MAX (since_ms, 1), error) : NULL;
  LiaTrackerComments *comments;

  if (items == NULL)
    return NULL;
  comments = lia_tracker_comments_new (login);
  lia_tracker_comments_add_all (comments, items, &shape, *login != '\0' ? login : NULL);
  note_own (comments, login);

  return comments;
}

/* Bugs with all these words in their summary, open and closed ones */
GPtrArray *
lia_bugzilla_search (LiaTracker *tracker,
                     const char *text,
                     GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  g_autofree char *words = lia_tracker_plain_words (text, MAX_WORDS_BYTES);
  g_autofree char *escaped = g_uri_escape_string (words, NULL, FALSE);
  g_autofree char *product = g_uri_escape_string (self->product, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/bug?product=%s&summary=%s&order=changeddate%%20DESC&limit=%d&" LIA_BUGZILLA_FIELDS, product, escaped, MATCHES);

  return *words != '\0' ? find (self, path, error) : g_ptr_array_new_with_free_func (g_object_unref);
}

/* Bugzilla knows of no releases. A milestone that is over is switched off, so that no more bugs are planned for it. */
static gboolean
is_over (JsonObject *milestone)
{
  gboolean is_active = TRUE;

  return lia_json_bool (milestone, "is_active", LIA_JSON_OPTIONAL, &is_active, NULL) && !is_active;
}

static gboolean
add_milestones (GHashTable            *names,
                const LiaTrackerReply *reply,
                GError               **error)
{
  g_autoptr (JsonObject) object = lia_tracker_reply_to_json (reply, error);
  JsonArray  *products = NULL;
  JsonArray  *milestones = NULL;
  JsonObject *product;
  GError     *cause = NULL;

  if (object == NULL)
    return FALSE;
  if (lia_json_arr (object, "products", LIA_JSON_REQUIRED, 10000, &products, &cause) && json_array_get_length (products) > 0 &&
      lia_json_arr_obj (products, 0, &product, &cause) && lia_json_arr (product, "milestones", LIA_JSON_OPTIONAL, 10000, &milestones, &cause) && milestones != NULL)
    lia_tracker_releases_add (names, milestones, "name", is_over, &cause);

  return lia_tracker_understand (error, cause);
}

GHashTable *
lia_bugzilla_releases (LiaTracker *tracker,
                       char      **validator,
                       GError    **error)
{
  LiaBugzilla     *self = LIA_BUGZILLA (tracker);
  g_autofree char *product = g_uri_escape_string (self->product, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/product?names=%s&include_fields=name,milestones", product);
  g_autoptr (GHashTable) names = lia_tracker_releases_new ();
  g_autoptr (LiaTrackerReply) reply = lia_tracker_releases_ask (self->site, path, validator, error);

  return reply != NULL && add_milestones (names, reply, error) ? g_steal_pointer (&names) : NULL;
}
