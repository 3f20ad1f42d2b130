/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-gitlab.h"

#include "lia-gitlab-json.h"
#include "lia-time.h"
#include "lia-tracker-cursor.h"
#include "lia-tracker-releases.h"
#include "lia-tracker-site.h"

#define MAX_PAGES 20
#define MARGIN_MS (3600 * G_GINT64_CONSTANT (1000)) /* by how much its clock and ours may differ */
#define MAX_WORDS_BYTES 200

struct _LiaGitlab
{
  GObject parent_instance;

  LiaTrackerSite *site;
  char           *project; /* "/projects/shop%2Fweb" */
  char           *login;   /* whom the key belongs to; NULL = not asked yet */
};

static void lia_gitlab_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaGitlab, lia_gitlab, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_gitlab_tracker_init))

static char *
new_issue_path (LiaGitlab  *self,
                const char *key,
                const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);

  return g_strconcat (self->project, "/issues/", escaped, rest, NULL);
}

static LiaDialect
lia_gitlab_get_dialect (LiaTracker *tracker)
{
  return LIA_DIALECT_GFM;
}

static gboolean
check_project (JsonObject *project,
               GError    **error)
{
  const char *access = NULL;
  gboolean    is_archived = FALSE;

  lia_json_str (project, "issues_access_level", LIA_JSON_OPTIONAL, 100, &access, NULL);
  lia_json_bool (project, "archived", LIA_JSON_OPTIONAL, &is_archived, NULL);
  if (g_strcmp0 (access, "disabled") == 0)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_GONE, "Issues are switched off in this project.");
  else if (is_archived)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "The project is archived: nobody can file anything there.");
  else
    return TRUE;

  return FALSE;
}

static LiaTrackerProbe *
lia_gitlab_probe (LiaTracker *tracker,
                  GError    **error)
{
  LiaGitlab *self = LIA_GITLAB (tracker);
  g_autoptr (JsonObject) user = lia_tracker_site_get (self->site, "/user", error);
  g_autoptr (JsonObject) project = user != NULL ? lia_tracker_site_get (self->site, self->project, error) : NULL;
  const char      *login = NULL;
  const char      *name = NULL;
  GError          *cause = NULL;
  LiaTrackerProbe *probe;

  if (project == NULL)
    return NULL;
  if (lia_json_str (user, "username", LIA_JSON_REQUIRED, 1000, &login, &cause))
    lia_json_str (project, "path_with_namespace", LIA_JSON_REQUIRED, 4000, &name, &cause);
  if (!lia_tracker_understand (error, cause) || !check_project (project, error))
    return NULL;
  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup (login);
  probe->project = g_strdup (name);

  return probe;
}

/* Its search is one of the database, and sees at once what is there */
static LiaIssue *
lia_gitlab_find_by_marker (LiaTracker *tracker,
                           const char *marker,
                           gint64      since_ms,
                           GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *since = lia_time_to_string (MAX (since_ms - MARGIN_MS, 0));
  gboolean         more = TRUE;

  for (guint page = 1; more && page <= MAX_PAGES; page++)
    {
      g_autofree char *path = g_strdup_printf ("%s/issues?scope=all&search=%s&in=description&created_after=%.19sZ&order_by=created_at&sort=asc&per_page=100&page=%u",
                                               self->project, marker, since, page);
      g_autoptr (JsonArray) items = lia_tracker_site_list (self->site, path, &more, error);
      JsonObject *item = items != NULL ? lia_gitlab_find_marked (items, "description", marker) : NULL;

      if (items == NULL)
        return NULL;
      if (item != NULL)
        return lia_tracker_site_read_issue (self->site, item, error);
    }

  return NULL;
}

static LiaIssue *
lia_gitlab_create (LiaTracker            *tracker,
                   const LiaTrackerDraft *draft,
                   GError               **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *path = g_strconcat (self->project, "/issues", NULL);
  JsonObject      *body = json_object_new ();
  g_autoptr (JsonObject) made = NULL;

  json_object_set_string_member (body, "title", draft->title);
  json_object_set_string_member (body, "description", draft->text);
  made = lia_tracker_site_make (self->site, path, body, error);

  return made != NULL ? lia_tracker_site_read_made (self->site, made, error) : NULL;
}

/* (transfer full): the note with @mark in it; NULL without an error when there is none */
static JsonObject *
find_note (LiaGitlab  *self,
           const char *key,
           const char *mark,
           GError    **error)
{
  gboolean more = TRUE;

  for (guint page = 1; more && page <= MAX_PAGES; page++)
    {
      g_autofree char *rest = g_strdup_printf ("/notes?order_by=created_at&sort=asc&per_page=100&page=%u", page);
      g_autofree char *path = new_issue_path (self, key, rest);
      g_autoptr (JsonArray) items = lia_tracker_site_list (self->site, path, &more, error);
      JsonObject *item = items != NULL ? lia_gitlab_find_marked (items, "body", mark) : NULL;

      if (items == NULL || item != NULL)
        return item != NULL ? json_object_ref (item) : NULL;
    }

  return NULL;
}

static gboolean
lia_gitlab_upsert_summary (LiaTracker *tracker,
                           const char *key,
                           const char *mark,
                           const char *text,
                           GError    **error)
{
  LiaGitlab *self = LIA_GITLAB (tracker);
  GError    *cause = NULL;
  g_autoptr (JsonObject) note = find_note (self, key, mark, &cause);
  g_autofree char *path = new_issue_path (self, key, "/notes");

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }

  return note != NULL ? lia_tracker_site_edit_comment (self->site, "PUT", path, note, text, error) : lia_tracker_site_comment (self->site, path, text, error);
}

/* What an upload answers with: the words by which a text shows it. What is only uploaded nobody sees, so it may be sent again. */
static char *
upload (LiaGitlab            *self,
        const LiaTrackerFile *file,
        GError              **error)
{
  g_autofree char *path = g_strconcat (self->project, "/uploads", NULL);
  g_autoptr (LiaTrackerRequest) request = lia_tracker_site_new_request (self->site, "POST", path);
  g_autoptr (LiaTrackerReply) reply = NULL;
  g_autoptr (JsonObject) object = NULL;
  const char *words = NULL;
  GError     *cause = NULL;

  lia_tracker_request_set_file (request, "file", file);
  reply = lia_tracker_site_send (self->site, request, error);
  object = reply != NULL ? lia_tracker_reply_to_json (reply, error) : NULL;
  if (object == NULL)
    return NULL;
  lia_json_str (object, "markdown", LIA_JSON_REQUIRED, 4000, &words, &cause);

  return lia_tracker_understand (error, cause) ? g_strdup (words) : NULL;
}

/* A file hangs on a note that names it. By what is in it the note is known again. */
static gboolean
lia_gitlab_attach (LiaTracker           *tracker,
                   const char           *key,
                   const LiaTrackerFile *file,
                   GError              **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
  g_autofree char *mark = g_strdup_printf ("liaison-file-%.32s", sum);
  GError          *cause = NULL;
  g_autoptr (JsonObject) note = find_note (self, key, mark, &cause);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;

  if (cause != NULL)
    g_propagate_error (error, cause);
  if (note != NULL || cause != NULL)
    return note != NULL;
  words = upload (self, file, error);
  if (words == NULL)
    return FALSE;
  text = g_strdup_printf ("%s\n\nRef: %s", words, mark);
  path = new_issue_path (self, key, "/notes");

  return lia_tracker_site_comment (self->site, path, text, error);
}

static gboolean
lia_gitlab_retract (LiaTracker *tracker,
                    const char *key,
                    const char *title,
                    const char *text,
                    GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *path = new_issue_path (self, key, "");
  JsonObject      *body = json_object_new ();

  json_object_set_string_member (body, "description", text);
  json_object_set_string_member (body, "title", title);
  json_object_set_string_member (body, "state_event", "close");

  return lia_tracker_site_tell (self->site, "PUT", path, body, error);
}

static LiaIssue *
lia_gitlab_read (LiaTracker *tracker,
                 const char *key,
                 const char *validator,
                 GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *path = new_issue_path (self, key, "");

  return lia_tracker_site_get_issue (self->site, path, validator, error);
}

/* From the newest change that there is, by the tracker's clock. The offset of the cursor is a number of pages, of which the first is 1. */
static LiaTrackerChanges *
lia_gitlab_changed_since (LiaTracker *tracker,
                          const char *cursor_text,
                          GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  LiaTrackerCursor cursor;
  g_autofree char *since = NULL;
  g_autofree char *path = NULL;
  GPtrArray       *issues;
  gboolean         more = FALSE;

  if (!lia_tracker_cursor_parse (&cursor, cursor_text))
    {
      path = g_strconcat (self->project, "/issues?scope=all&order_by=updated_at&sort=desc&per_page=1", NULL);
      issues = lia_tracker_site_list_issues (self->site, path, NULL, error);
      return issues != NULL ? lia_tracker_cursor_begin (issues) : NULL;
    }
  since = lia_time_to_string (cursor.since_ms);
  path = g_strdup_printf ("%s/issues?scope=all&updated_after=%.19sZ&order_by=updated_at&sort=asc&per_page=100&page=%" G_GINT64_FORMAT, self->project, since,
                          cursor.offset + 1);
  issues = lia_tracker_site_list_issues (self->site, path, &more, error);

  return issues != NULL ? lia_tracker_cursor_advance (&cursor, issues, 1, more) : NULL;
}

/* The newest hundred: an issue with more since the last look has no question that somebody could still find */
static LiaTrackerComments *
lia_gitlab_comments (LiaTracker *tracker,
                     const char *key,
                     gint64      since_ms,
                     GError    **error)
{
  static const LiaTrackerCommentShape shape = { "body", "created_at", "author", "username", { "name", "username" } };
  LiaGitlab                          *self = LIA_GITLAB (tracker);
  g_autofree char                    *path = new_issue_path (self, key, "/notes?order_by=created_at&sort=desc&per_page=100");
  g_autoptr (JsonObject) user = self->login == NULL ? lia_tracker_site_get (self->site, "/user", error) : NULL;
  g_autoptr (JsonArray) items = NULL;
  LiaTrackerComments *comments;

  if (user != NULL)
    self->login = lia_tracker_read_word (user, "username");
  else if (self->login == NULL)
    return NULL;
  items = lia_tracker_site_list (self->site, path, NULL, error);
  if (items == NULL)
    return NULL;
  comments = lia_tracker_comments_new (self->login);
  lia_tracker_comments_add_all (comments, items, &shape, self->login);

  return comments;
}

/* Those of its groups, too, for an issue may be planned for one */
static GHashTable *
lia_gitlab_releases (LiaTracker *tracker,
                     char      **validator,
                     GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *path = g_strconcat (self->project, "/milestones?state=closed&include_ancestors=true&per_page=100", NULL);

  return lia_tracker_releases_pages (self->site, path, validator, error);
}

static GPtrArray *
lia_gitlab_search (LiaTracker *tracker,
                   const char *text,
                   GError    **error)
{
  LiaGitlab       *self = LIA_GITLAB (tracker);
  g_autofree char *words = lia_tracker_plain_words (text, MAX_WORDS_BYTES);
  g_autofree char *escaped = g_uri_escape_string (words, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("%s/issues?scope=all&search=%s&in=title,description&order_by=updated_at&per_page=10", self->project, escaped);

  if (*words == '\0')
    return g_ptr_array_new_with_free_func (g_object_unref);

  return lia_tracker_site_list_issues (self->site, path, NULL, error);
}

static void
lia_gitlab_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_FINDS_AT_ONCE | LIA_TRACKER_TAKES_FILES | LIA_TRACKER_EDITS;
  iface->get_dialect = lia_gitlab_get_dialect;
  iface->probe = lia_gitlab_probe;
  iface->find_by_marker = lia_gitlab_find_by_marker;
  iface->create = lia_gitlab_create;
  iface->upsert_summary = lia_gitlab_upsert_summary;
  iface->attach = lia_gitlab_attach;
  iface->retract = lia_gitlab_retract;
  iface->read = lia_gitlab_read;
  iface->changed_since = lia_gitlab_changed_since;
  iface->comments = lia_gitlab_comments;
  iface->releases = lia_gitlab_releases;
  iface->search = lia_gitlab_search;
}

static void
lia_gitlab_finalize (GObject *object)
{
  LiaGitlab *self = LIA_GITLAB (object);

  g_clear_pointer (&self->site, lia_tracker_site_free);
  g_free (self->project);
  g_free (self->login);

  G_OBJECT_CLASS (lia_gitlab_parent_class)->finalize (object);
}

static void
lia_gitlab_class_init (LiaGitlabClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_gitlab_finalize;
}

static void
lia_gitlab_init (LiaGitlab *self)
{
}

/** lia_gitlab_new: (transfer full): @setup: its project is "group/project"; @key: a token */
LiaTracker *
lia_gitlab_new (LiaTrackerWeb   *web,
                LiaTrackerSetup *setup,
                const char      *key)
{
  LiaGitlab       *self = g_object_new (LIA_TYPE_GITLAB, NULL);
  g_autofree char *url = g_strconcat (setup->url, g_str_has_suffix (setup->url, "/") ? "" : "/", "api/v4", NULL);
  g_autofree char *escaped = g_uri_escape_string (setup->project, NULL, FALSE);

  self->site = lia_tracker_site_new (web, url, setup->ca, lia_gitlab_read_issue, lia_gitlab_explain);
  self->project = g_strconcat ("/projects/", escaped, NULL);
  lia_tracker_site_set_secret (self->site, "PRIVATE-TOKEN", "", key);

  return LIA_TRACKER (self);
}
