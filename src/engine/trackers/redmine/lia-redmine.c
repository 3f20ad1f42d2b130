/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-redmine-private.h"

#include "lia-redmine-json.h"

#include <string.h>

static void lia_redmine_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaRedmine, lia_redmine, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_redmine_tracker_init))

/** lia_redmine_new_request: (transfer full): in the name of whom the key belongs to. */
LiaTrackerRequest *
lia_redmine_new_request (LiaRedmine *self,
                         const char *method,
                         const char *path)
{
  g_autofree char   *url = g_strconcat (self->url, path, NULL);
  LiaTrackerRequest *request = lia_tracker_request_new (method, url);

  request->secret_header = g_strdup ("X-Redmine-API-Key");
  request->secret = g_strdup (self->key);
  request->ca = g_strdup (self->ca);
  request->explain = lia_redmine_explain;

  return request;
}

/** lia_redmine_understand: @cause: (transfer full) (nullable): why an answer could not be read; becomes %LIA_TRACKER_ERROR. TRUE without one. */
gboolean
lia_redmine_understand (GError **error,
                        GError  *cause)
{
  if (cause == NULL)
    return TRUE;
  if (cause->domain == LIA_TRACKER_ERROR)
    g_propagate_error (error, cause);
  else
    {
      g_autofree char *words = g_strdup_printf ("The tracker's answer is not one of Redmine: %s.", cause->message);

      g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_INVALID, 0, NULL, words));
      g_error_free (cause);
    }

  return FALSE;
}

/** lia_redmine_get: (transfer full) (nullable): what is at @path. */
JsonObject *
lia_redmine_get (LiaRedmine *self,
                 const char *path,
                 GError    **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_redmine_new_request (self, "GET", path);
  g_autoptr (LiaTrackerReply) reply = lia_tracker_web_send (self->web, request, error);

  return reply != NULL ? lia_tracker_reply_to_json (reply, error) : NULL;
}

/** lia_redmine_get_part: (transfer full) (nullable): what stands below @name of the answer. */
JsonObject *
lia_redmine_get_part (LiaRedmine *self,
                      const char *path,
                      const char *name,
                      GError    **error)
{
  g_autoptr (JsonObject) reply = lia_redmine_get (self, path, error);
  GError     *cause = NULL;
  JsonObject *part = NULL;

  if (reply == NULL)
    return NULL;
  lia_json_obj (reply, name, LIA_JSON_REQUIRED, &part, &cause);

  return lia_redmine_understand (error, cause) ? json_object_ref (part) : NULL;
}

/** lia_redmine_issue_path: (transfer full): @key comes from Redmine, by way of our store; @rest: what follows. */
char *
lia_redmine_issue_path (const char *key,
                        const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);

  return g_strdup_printf ("/issues/%s.json%s", escaped, rest);
}

static LiaDialect
lia_redmine_get_dialect (LiaTracker *tracker)
{
  return LIA_REDMINE (tracker)->dialect;
}

static gboolean
may (LiaRedmine *self,
     GArray     *role_ids,
     const char *permission)
{
  for (guint i = 0; i < role_ids->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("/roles/%" G_GINT64_FORMAT ".json", g_array_index (role_ids, gint64, i));
      g_autoptr (JsonObject) role = lia_redmine_get_part (self, path, "role", NULL);

      if (role != NULL && lia_redmine_role_allows (role, permission))
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_rights (LiaRedmine *self,
              JsonObject *user,
              gint64      project_id,
              GError    **error)
{
  g_autoptr (GArray) role_ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!lia_redmine_read_roles (user, project_id, role_ids) || (may (self, role_ids, "add_issues") && may (self, role_ids, "add_issue_notes")))
    return TRUE;
  g_propagate_error (error, lia_tracker_error_new (LIA_TRACKER_ERROR_PERMISSION, 0, NULL,
                                                   role_ids->len == 0 ? "Whom the key belongs to is no member of the project."
                                                                      : "Whom the key belongs to may not add issues and notes in the project."));

  return FALSE;
}

static LiaTrackerProbe *
lia_redmine_probe (LiaTracker *tracker,
                   GError    **error)
{
  LiaRedmine      *self = LIA_REDMINE (tracker);
  g_autofree char *path = g_strdup_printf ("/projects/%s.json", self->project);
  g_autoptr (JsonObject) user = lia_redmine_get_part (self, "/users/current.json?include=memberships", "user", error);
  g_autoptr (JsonObject) project = user != NULL ? lia_redmine_get_part (self, path, "project", error) : NULL;
  GError          *cause = NULL;
  const char      *login = NULL;
  const char      *name = NULL;
  gint64           id = 0;
  LiaTrackerProbe *probe;

  if (project == NULL)
    return NULL;
  if (lia_json_str (user, "login", LIA_JSON_REQUIRED, 1000, &login, &cause) && lia_json_str (project, "name", LIA_JSON_REQUIRED, 4000, &name, &cause))
    lia_json_int (project, "id", LIA_JSON_REQUIRED, 1, G_MAXINT64, &id, &cause);
  if (!lia_redmine_understand (error, cause) || !check_rights (self, user, id, error))
    return NULL;

  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup (login);
  probe->project = g_strdup (name);

  return probe;
}

static void
lia_redmine_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_FINDS_AT_ONCE | LIA_TRACKER_TAKES_FILES | LIA_TRACKER_EDITS;
  iface->get_dialect = lia_redmine_get_dialect;
  iface->probe = lia_redmine_probe;
  iface->find_by_marker = lia_redmine_find_by_marker;
  iface->create = lia_redmine_create;
  iface->upsert_summary = lia_redmine_upsert_summary;
  iface->attach = lia_redmine_attach;
  iface->retract = lia_redmine_retract;
  iface->read = lia_redmine_read;
  iface->changed_since = lia_redmine_changed_since;
  iface->comments = lia_redmine_comments;
  iface->releases = lia_redmine_releases;
  iface->search = lia_redmine_search;
}

static void
lia_redmine_finalize (GObject *object)
{
  LiaRedmine *self = LIA_REDMINE (object);

  g_clear_object (&self->web);
  g_free (self->url);
  g_free (self->project);
  g_free (self->me);
  g_free (self->login);
  g_free (self->ca);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);

  G_OBJECT_CLASS (lia_redmine_parent_class)->finalize (object);
}

static void
lia_redmine_class_init (LiaRedmineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_redmine_finalize;
}

static void
lia_redmine_init (LiaRedmine *self)
{
}

/** lia_redmine_new: (transfer full): @key: of the REST interface, as the account page of its user shows it */
LiaTracker *
lia_redmine_new (LiaTrackerWeb         *web,
                 const LiaRedmineSetup *setup,
                 const char            *key)
{
  LiaRedmine *self = g_object_new (LIA_TYPE_REDMINE, NULL);

  self->web = g_object_ref (web);
  self->url = g_strdup (setup->url);
  while (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
  self->project = g_uri_escape_string (setup->project, NULL, FALSE);
  self->kind = setup->kind;
  self->dialect = setup->dialect;
  self->ca = g_strdup (setup->ca);
  self->key = g_strdup (key);

  return LIA_TRACKER (self);
}
