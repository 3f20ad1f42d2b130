/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-jira-json.h"
#include "lia-jira-private.h"
#include "lia-tracker-cursor.h"
#include "lia-tracker-releases.h"

#include <string.h>

#define PAGE 100
#define MATCHES 10
#define MAX_WORDS_BYTES 200

/* A page of what @jql finds. @token: (nullable): of the page before, Cloud; @start: how many were read, Data Center */
static char *
new_search_path (LiaJira    *self,
                 const char *jql,
                 guint       limit,
                 gint64      start,
                 const char *token)
{
  g_autofree char *query = g_uri_escape_string (jql, NULL, FALSE);
  g_autofree char *next = token != NULL ? g_uri_escape_string (token, NULL, FALSE) : NULL;

  if (!self->is_cloud)
    return g_strdup_printf ("/search?jql=%s&fields=" LIA_JIRA_FIELDS "&maxResults=%u&startAt=%" G_GINT64_FORMAT, query, limit, start);

  return g_strdup_printf ("/search/jql?jql=%s&fields=" LIA_JIRA_FIELDS "&maxResults=%u%s%s", query, limit, next != NULL ? "&nextPageToken=" : "",
                          next != NULL ? next : "");
}

static GPtrArray *
read_issues (LiaJira    *self,
             JsonObject *reply,
             GError    **error)
{
  JsonArray *items = NULL;
  GError    *cause = NULL;

  lia_json_arr (reply, "issues", LIA_JSON_REQUIRED, 10000, &items, &cause);

  return lia_tracker_understand (error, cause) ? lia_tracker_site_read_issues (self->site, items, error) : NULL;
}

static GPtrArray *
find (LiaJira    *self,
      const char *jql,
      guint       limit,
      GError    **error)
{
  g_autofree char *path = new_search_path (self, jql, limit, 0, NULL);
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);

  return reply != NULL ? read_issues (self, reply, error) : NULL;
}

/* The label is the marker, alone: in all projects, for somebody may have moved it already */
LiaIssue *
lia_jira_find_by_marker (LiaTracker *tracker,
                         const char *marker,
                         gint64      since_ms,
                         GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *jql = g_strdup_printf ("labels = \"%s\" ORDER BY created ASC", marker);
  g_autoptr (GPtrArray) found = find (self, jql, 1, error);

  return found != NULL && found->len > 0 ? g_object_ref (found->pdata[0]) : NULL;
}

LiaIssue *
lia_jira_read (LiaTracker *tracker,
               const char *key,
               const char *validator,
               GError    **error)
{
  g_autofree char *path = lia_jira_issue_path (key, "?fields=" LIA_JIRA_FIELDS);

  return lia_tracker_site_get_issue (LIA_JIRA (tracker)->site, path, validator, error);
}

/* "2026-11-22 10:00" on the clock of whom the key belongs to: as JQL takes times */
static char *
new_time (LiaJira *self,
          gint64   time_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/* What follows the three numbers of a cursor: the token of the next page, Cloud */
static const char *
get_token (const char *cursor)
{
  for (guint i = 0; i < 3 && cursor != NULL; i++)
    {
      cursor = strchr (cursor, '/');
      cursor = cursor != NULL ? cursor + 1 : NULL;
    }

  return cursor;
}

static gboolean
read_next (LiaJira    *self,
           JsonObject *reply,
           gint64      read,
           char      **token)
{
  const char *text = NULL;
  gint64      total = 0;

  if (!self->is_cloud)
    return lia_json_int (reply, "total", LIA_JSON_OPTIONAL, 0, G_MAXINT64, &total, NULL) && total > read;
  lia_json_str (reply, "nextPageToken", LIA_JSON_OPTIONAL, 10000, &text, NULL);
  *token = g_strdup (text);

  return text != NULL;
}

static LiaTrackerChanges *
read_changes (LiaJira                *self,
              JsonObject             *reply,
              const LiaTrackerCursor *cursor,
              GError                **error)
{
  g_autofree char   *token = NULL;
  GPtrArray         *issues = read_issues (self, reply, error);
  const guint        count = issues != NULL ? issues->len : 0;
  LiaTrackerChanges *changes;

  if (issues == NULL)
    return NULL;
  changes = lia_tracker_cursor_advance (cursor, issues, count, read_next (self, reply, cursor->offset + count, &token) && count > 0);
  if (changes->more && token != NULL)
    {
      g_autofree char *numbers = g_steal_pointer (&changes->cursor);

      changes->cursor = g_strconcat (numbers, "/", token, NULL);
    }

  return changes;
}

LiaTrackerChanges *
lia_jira_changed_since (LiaTracker *tracker,
                        const char *cursor_text,
                        GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  LiaTrackerCursor cursor;
  g_autofree char *jql = NULL;
  g_autofree char *since = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) me = self->zone == NULL ? lia_jira_get_me (self, error) : NULL;
  g_autoptr (JsonObject) reply = NULL;

  if (self->zone == NULL)
    return NULL;
  if (!lia_tracker_cursor_parse (&cursor, cursor_text))
    {
      GPtrArray *issues;

      jql = g_strdup_printf ("project = \"%s\" ORDER BY updated DESC", self->project);
      issues = find (self, jql, 1, error);
      return issues != NULL ? lia_tracker_cursor_begin (issues) : NULL;
    }
  since = new_time (self, cursor.since_ms);
  jql = g_strdup_printf ("project = \"%s\" AND updated >= \"%s\" ORDER BY updated ASC", self->project, since);
  path = new_search_path (self, jql, PAGE, cursor.offset, get_token (cursor_text));
  reply = lia_tracker_site_get (self->site, path, error);

  return reply != NULL ? read_changes (self, reply, &cursor, error) : NULL;
}

/* The newest hundred */
LiaTrackerComments *
lia_jira_comments (LiaTracker *tracker,
                   const char *key,
                   gint64      since_ms,
                   GError    **error)
{
  LiaJira                     *self = LIA_JIRA (tracker);
  const LiaTrackerCommentShape shape = { "body", "created", "author", self->is_cloud ? "accountId" : "name", { "displayName", "name" } };
  g_autofree char             *path = lia_jira_issue_path (key, "/comment?orderBy=-created&maxResults=100&startAt=0");
  g_autoptr (JsonObject) me = self->me == NULL ? lia_jira_get_me (self, error) : NULL;
  g_autoptr (JsonArray) items = self->me != NULL || me != NULL ? lia_jira_get_array (self, path, "comments", error) : NULL;
  LiaTrackerComments *comments = items != NULL ? lia_tracker_comments_new (self->login) : NULL;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      JsonObject      *item;
      g_autofree char *text = NULL;

      if (!lia_json_arr_obj (items, i, &item, NULL))
        continue;
      text = lia_jira_read_text (item, "body");
      lia_tracker_comments_add (comments, item, &shape, self->me, text);
    }

  return comments;
}

GPtrArray *
lia_jira_search (LiaTracker *tracker,
                 const char *text,
                 GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *words = lia_tracker_plain_words (text, MAX_WORDS_BYTES);
  g_autofree char *jql = g_strdup_printf ("project = \"%s\" AND text ~ \"%s\" ORDER BY updated DESC", self->project, words);

  return *words != '\0' ? find (self, jql, MATCHES, error) : g_ptr_array_new_with_free_func (g_object_unref);
}

static gboolean
add_versions (GHashTable            *names,
              const LiaTrackerReply *reply,
              GError               **error)
{
  g_autoptr (JsonObject) project = lia_tracker_reply_to_json (reply, error);
  JsonArray *versions = NULL;
  GError    *cause = NULL;

  if (project == NULL)
    return FALSE;
  if (lia_json_arr (project, "versions", LIA_JSON_OPTIONAL, 100000, &versions, &cause) && versions != NULL)
    lia_tracker_releases_add (names, versions, "name", lia_jira_is_released, &cause);

  return lia_tracker_understand (error, cause);
}

/* A project names all its versions */
GHashTable *
lia_jira_releases (LiaTracker *tracker,
                   char      **validator,
                   GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *escaped = g_uri_escape_string (self->project, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/project/", escaped, NULL);
  g_autoptr (GHashTable) names = lia_tracker_releases_new ();
  g_autoptr (LiaTrackerReply) reply = lia_tracker_releases_ask (self->site, path, validator, error);

  return reply != NULL && add_versions (names, reply, error) ? g_steal_pointer (&names) : NULL;
}
