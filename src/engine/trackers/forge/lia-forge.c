/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-forge.h"

#include "lia-forge-json.h"
#include "lia-time.h"
#include "lia-tracker-cursor.h"
#include "lia-tracker-releases.h"

#define MAX_PAGES 20
#define MARGIN_MS (3600 * G_GINT64_CONSTANT (1000)) /* by how much its clock and ours may differ */
#define MAX_WORDS_BYTES 200

typedef struct
{
  LiaTrackerSite *site;
  char           *project; /* "/repos/shop/web" */
  char           *login;   /* whom the key belongs to; NULL = not asked yet */
} LiaForgePrivate;

static void lia_forge_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (LiaForge, lia_forge, G_TYPE_OBJECT, G_ADD_PRIVATE (LiaForge) G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_forge_tracker_init))

static LiaForgePrivate *
get_private (gpointer self)
{
  return lia_forge_get_instance_private (self);
}

LiaTrackerSite *
lia_forge_get_site (LiaForge *self)
{
  return get_private (self)->site;
}

/** lia_forge_issue_path: (transfer full): @key comes from the tracker, by way of our store; @rest: what follows. */
char *
lia_forge_issue_path (LiaForge   *self,
                      const char *key,
                      const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);

  return g_strconcat (get_private (self)->project, "/issues/", escaped, rest, NULL);
}

static LiaDialect
lia_forge_get_dialect (LiaTracker *tracker)
{
  return LIA_DIALECT_GFM;
}

static const char *
get_login (LiaForge *self,
           GError  **error)
{
  LiaForgePrivate *priv = get_private (self);
  g_autoptr (JsonObject) user = NULL;
  const char *login = NULL;
  GError     *cause = NULL;

  if (priv->login != NULL)
    return priv->login;
  user = lia_tracker_site_get (priv->site, "/user", error);
  if (user == NULL)
    return NULL;
  lia_json_str (user, "login", LIA_JSON_REQUIRED, 1000, &login, &cause);
  if (!lia_tracker_understand (error, cause))
    return NULL;
  g_free (priv->login);
  priv->login = g_strdup (login);

  return priv->login;
}

/* What a repository says of itself. Which rights a key was given nobody is told; only what its owner may do. */
static gboolean
check_repository (JsonObject *repository,
                  GError    **error)
{
  gboolean    takes_issues = TRUE;
  gboolean    is_archived = FALSE;
  gboolean    may_read = TRUE;
  JsonObject *rights = NULL;

  if (json_object_has_member (repository, "has_issues"))
    lia_json_bool (repository, "has_issues", LIA_JSON_OPTIONAL, &takes_issues, NULL);
  lia_json_bool (repository, "archived", LIA_JSON_OPTIONAL, &is_archived, NULL);
  if (lia_json_obj (repository, "permissions", LIA_JSON_OPTIONAL, &rights, NULL) && rights != NULL)
    lia_json_bool (rights, "pull", LIA_JSON_OPTIONAL, &may_read, NULL);

  if (!takes_issues)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_GONE, "Issues are switched off in this repository.");
  else if (is_archived)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "The repository is archived: nobody can file anything there.");
  else if (!may_read)
    lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "Whom the key belongs to may not read the repository.");
  else
    return TRUE;

  return FALSE;
}

static LiaTrackerProbe *
lia_forge_probe (LiaTracker *tracker,
                 GError    **error)
{
  LiaForgePrivate *priv = get_private (tracker);
  const char      *login = get_login (LIA_FORGE (tracker), error);
  g_autoptr (JsonObject) repository = login != NULL ? lia_tracker_site_get (priv->site, priv->project, error) : NULL;
  const char      *name = NULL;
  GError          *cause = NULL;
  LiaTrackerProbe *probe;

  if (repository == NULL)
    return NULL;
  lia_json_str (repository, "full_name", LIA_JSON_REQUIRED, 4000, &name, &cause);
  if (!lia_tracker_understand (error, cause) || !check_repository (repository, error))
    return NULL;
  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup (login);
  probe->project = g_strdup (name);

  return probe;
}

/* Our own issues since then, page after page: a list is complete at once, while an index of words is not */
static LiaIssue *
lia_forge_find_by_marker (LiaTracker *tracker,
                          const char *marker,
                          gint64      since_ms,
                          GError    **error)
{
  LiaForgePrivate *priv = get_private (tracker);
  LiaForgeClass   *klass = LIA_FORGE_GET_CLASS (tracker);
  const char      *login = get_login (LIA_FORGE (tracker), error);
  g_autofree char *since = lia_time_to_string (MAX (since_ms - MARGIN_MS, 0));
  g_autofree char *author = login != NULL ? g_uri_escape_string (login, NULL, FALSE) : NULL;
  gboolean         more = login != NULL;

  for (guint page = 1; more && page <= MAX_PAGES; page++)
    {
      g_autofree char *path = g_strdup_printf ("%s/issues?state=all%s%s%s%s&since=%.19sZ&page=%u", priv->project, klass->page_query, klass->newest_query,
                                               klass->author_query, author, since, page);
      g_autoptr (JsonArray) items = lia_tracker_site_list (priv->site, path, &more, error);
      JsonObject *item = items != NULL ? lia_forge_find_marked (items, marker, TRUE) : NULL;

      if (items == NULL)
        return NULL;
      if (item != NULL)
        return lia_tracker_site_read_issue (priv->site, item, error);
    }

  return NULL;
}

static LiaIssue *
lia_forge_create (LiaTracker            *tracker,
                  const LiaTrackerDraft *draft,
                  GError               **error)
{
  LiaForgePrivate *priv = get_private (tracker);
  g_autofree char *path = g_strconcat (priv->project, "/issues", NULL);
  JsonObject      *body = json_object_new ();
  g_autoptr (JsonObject) made = NULL;

  json_object_set_string_member (body, "title", draft->title);
  json_object_set_string_member (body, "body", draft->text);
  made = lia_tracker_site_make (priv->site, path, body, error);

  return made != NULL ? lia_tracker_site_read_made (priv->site, made, error) : NULL;
}

/* The comment with @mark in it; (transfer full). NULL without an error when there is none */
static JsonObject *
find_comment (LiaForge   *self,
              const char *key,
              const char *mark,
              GError    **error)
{
  LiaForgePrivate *priv = get_private (self);
  LiaForgeClass   *klass = LIA_FORGE_GET_CLASS (self);
  gboolean         more = TRUE;

  for (guint page = 1; more && page <= MAX_PAGES; page++)
    {
      g_autofree char *rest = g_strdup_printf ("/comments?page=%u%s", page, klass->page_query);
      g_autofree char *path = lia_forge_issue_path (self, key, rest);
      g_autoptr (JsonArray) items = lia_tracker_site_list (priv->site, path, &more, error);
      JsonObject *item = items != NULL ? lia_forge_find_marked (items, mark, FALSE) : NULL;

      if (items == NULL || item != NULL)
        return item != NULL ? json_object_ref (item) : NULL;
    }

  return NULL;
}

static gboolean
lia_forge_upsert_summary (LiaTracker *tracker,
                          const char *key,
                          const char *mark,
                          const char *text,
                          GError    **error)
{
  LiaForge *self = LIA_FORGE (tracker);
  GError   *cause = NULL;
  g_autoptr (JsonObject) comment = find_comment (self, key, mark, &cause);
  LiaForgePrivate *priv = get_private (self);
  g_autofree char *path = lia_forge_issue_path (self, key, "/comments");
  g_autofree char *all = g_strconcat (priv->project, "/issues/comments", NULL);

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }

  return comment != NULL ? lia_tracker_site_edit_comment (priv->site, "PATCH", all, comment, text, error) : lia_tracker_site_comment (priv->site, path, text, error);
}

static gboolean
lia_forge_attach (LiaTracker           *tracker,
                  const char           *key,
                  const LiaTrackerFile *file,
                  GError              **error)
{
  lia_tracker_refuse (error, LIA_TRACKER_ERROR_INVALID, "This tracker takes no files.");

  return FALSE;
}

static gboolean
lia_forge_retract (LiaTracker *tracker,
                   const char *key,
                   const char *title,
                   const char *text,
                   GError    **error)
{
  g_autofree char *path = lia_forge_issue_path (LIA_FORGE (tracker), key, "");
  JsonObject      *body = json_object_new ();

  json_object_set_string_member (body, "body", text);
  json_object_set_string_member (body, "title", title);
  json_object_set_string_member (body, "state", "closed");

  return lia_tracker_site_tell (get_private (tracker)->site, "PATCH", path, body, error);
}

static LiaIssue *
lia_forge_read (LiaTracker *tracker,
                const char *key,
                const char *validator,
                GError    **error)
{
  g_autofree char *path = lia_forge_issue_path (LIA_FORGE (tracker), key, "");

  return lia_tracker_site_get_issue (get_private (tracker)->site, path, validator, error);
}

/* A page of the list of issues, without the pull requests in it */
static GPtrArray *
list_changes (LiaForge   *self,
              const char *query,
              gboolean   *more,
              GError    **error)
{
  LiaForgePrivate *priv = get_private (self);
  g_autofree char *path = g_strconcat (priv->project, "/issues?state=all", query, NULL);
  g_autoptr (JsonArray) items = lia_tracker_site_list (priv->site, path, more, error);
  g_autoptr (JsonArray) issues = items != NULL ? lia_forge_drop_changes (items) : NULL;

  return issues != NULL ? lia_tracker_site_read_issues (priv->site, issues, error) : NULL;
}

/* From the newest change that there is, by the tracker's clock. The offset of the cursor is a number of pages, of which the first is 1. */
static LiaTrackerChanges *
lia_forge_changed_since (LiaTracker *tracker,
                         const char *cursor_text,
                         GError    **error)
{
  LiaForge        *self = LIA_FORGE (tracker);
  LiaForgeClass   *klass = LIA_FORGE_GET_CLASS (self);
  LiaTrackerCursor cursor;
  g_autofree char *since = NULL;
  g_autofree char *query = NULL;
  GPtrArray       *issues;
  gboolean         more = FALSE;

  if (!lia_tracker_cursor_parse (&cursor, cursor_text))
    {
      query = g_strdup (klass->latest_query);
      issues = list_changes (self, query, NULL, error);
      return issues != NULL ? lia_tracker_cursor_begin (issues) : NULL;
    }
  since = lia_time_to_string (cursor.since_ms);
  query = g_strdup_printf ("%s%s&since=%.19sZ&page=%" G_GINT64_FORMAT, klass->page_query, klass->changed_query, since, cursor.offset + 1);
  issues = list_changes (self, query, &more, error);

  return issues != NULL ? lia_tracker_cursor_advance (&cursor, issues, 1, more) : NULL;
}

static LiaTrackerComments *
lia_forge_comments (LiaTracker *tracker,
                    const char *key,
                    gint64      since_ms,
                    GError    **error)
{
  static const LiaTrackerCommentShape shape = { "body", "created_at", "user", "login", { "full_name", "login" } };
  LiaForge                           *self = LIA_FORGE (tracker);
  const char                         *login = get_login (self, error);
  g_autofree char                    *since = lia_time_to_string (since_ms);
  g_autofree char                    *rest = g_strdup_printf ("/comments?since=%.19sZ%s", since, LIA_FORGE_GET_CLASS (self)->page_query);
  g_autofree char                    *path = lia_forge_issue_path (self, key, rest);
  g_autoptr (JsonArray) items = login != NULL ? lia_tracker_site_list (get_private (self)->site, path, NULL, error) : NULL;
  LiaTrackerComments *comments = items != NULL ? lia_tracker_comments_new (login) : NULL;

  if (comments != NULL)
    lia_tracker_comments_add_all (comments, items, &shape, login);

  return comments;
}

/* A milestone that is closed is out: they have no other word for it */
static GHashTable *
lia_forge_releases (LiaTracker *tracker,
                    char      **validator,
                    GError    **error)
{
  LiaForgePrivate *priv = get_private (tracker);
  g_autofree char *path = g_strconcat (priv->project, "/milestones?state=closed", LIA_FORGE_GET_CLASS (tracker)->page_query, NULL);

  return lia_tracker_releases_pages (priv->site, path, validator, error);
}

static GPtrArray *
read_found (LiaForge   *self,
            JsonObject *reply,
            GError    **error)
{
  JsonArray *items = NULL;
  GError    *cause = NULL;

  lia_json_arr (reply, LIA_FORGE_GET_CLASS (self)->search_items, LIA_JSON_REQUIRED, 1000, &items, &cause);

  return lia_tracker_understand (error, cause) ? lia_tracker_site_read_issues (get_private (self)->site, items, error) : NULL;
}

static GPtrArray *
lia_forge_search (LiaTracker *tracker,
                  const char *text,
                  GError    **error)
{
  LiaForge        *self = LIA_FORGE (tracker);
  LiaForgePrivate *priv = get_private (self);
  LiaForgeClass   *klass = LIA_FORGE_GET_CLASS (self);
  g_autofree char *words = lia_tracker_plain_words (text, MAX_WORDS_BYTES);
  g_autofree char *path = klass->new_search_path (priv->project, words);
  g_autoptr (JsonObject) reply = NULL;

  if (*words == '\0')
    return g_ptr_array_new_with_free_func (g_object_unref);
  if (klass->search_items == NULL)
    return lia_tracker_site_list_issues (priv->site, path, NULL, error);
  reply = lia_tracker_site_get (priv->site, path, error);

  return reply != NULL ? read_found (self, reply, error) : NULL;
}

static void
lia_forge_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_EDITS;
  iface->get_dialect = lia_forge_get_dialect;
  iface->probe = lia_forge_probe;
  iface->find_by_marker = lia_forge_find_by_marker;
  iface->create = lia_forge_create;
  iface->upsert_summary = lia_forge_upsert_summary;
  iface->attach = lia_forge_attach;
  iface->retract = lia_forge_retract;
  iface->read = lia_forge_read;
  iface->changed_since = lia_forge_changed_since;
  iface->comments = lia_forge_comments;
  iface->releases = lia_forge_releases;
  iface->search = lia_forge_search;
}

static void
lia_forge_finalize (GObject *object)
{
  LiaForgePrivate *priv = get_private (object);

  g_clear_pointer (&priv->site, lia_tracker_site_free);
  g_free (priv->project);
  g_free (priv->login);

  G_OBJECT_CLASS (lia_forge_parent_class)->finalize (object);
}

static void
lia_forge_class_init (LiaForgeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_forge_finalize;
}

static void
lia_forge_init (LiaForge *self)
{
}

/** lia_forge_set_up: once, by the maker. @site: (transfer full); @project: "owner/repository" */
void
lia_forge_set_up (LiaForge       *self,
                  LiaTrackerSite *site,
                  const char     *project)
{
  LiaForgePrivate *priv = get_private (self);
  g_autofree char *escaped = g_uri_escape_string (project, "/", FALSE);

  priv->site = site;
  priv->project = g_strconcat ("/repos/", escaped, NULL);
}
