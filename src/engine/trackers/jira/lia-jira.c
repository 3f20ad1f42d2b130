/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-jira-private.h"

#include "lia-jira-json.h"

#include <string.h>

static void lia_jira_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaJira, lia_jira, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_jira_tracker_init))

/** lia_jira_issue_path: (transfer full): @key comes from Jira, by way of our store; @rest: what follows. */
char *
lia_jira_issue_path (const char *key,
                     const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);

  return g_strconcat ("/issue/", escaped, rest, NULL);
}

/** lia_jira_get_array: (transfer full) (nullable): the list @name of what is at @path. */
JsonArray *
lia_jira_get_array (LiaJira    *self,
                    const char *path,
                    const char *name,
                    GError    **error)
{
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  JsonArray *items = NULL;
  GError    *cause = NULL;

  if (reply == NULL)
    return NULL;
  lia_json_arr (reply, name, LIA_JSON_REQUIRED, 10000, &items, &cause);

  return lia_tracker_understand (error, cause) ? json_array_ref (items) : NULL;
}

/** lia_jira_get_me: (transfer full) (nullable): whom the key belongs to; notes the time zone. */
JsonObject *
lia_jira_get_me (LiaJira *self,
                 GError **error)
{
  JsonObject *me = lia_tracker_site_get (self->site, "/myself", error);
  const char *zone = NULL;

  if (me == NULL)
    return NULL;
  if (self->zone == NULL && lia_json_str (me, "timeZone", LIA_JSON_OPTIONAL, 200, &zone, NULL) && zone != NULL)
    self->zone = g_time_zone_new_identifier (zone);
  if (self->zone == NULL)
    self->zone = g_time_zone_new_utc ();
  if (self->me == NULL)
    {
      self->me = lia_tracker_read_word (me, self->is_cloud ? "accountId" : "name");
      self->login = lia_tracker_read_word (me, self->is_cloud ? "displayName" : "name");
    }

  return me;
}

static LiaDialect
lia_jira_get_dialect (LiaTracker *tracker)
{
  return LIA_JIRA (tracker)->is_cloud ? LIA_DIALECT_PLAIN : LIA_DIALECT_JIRA;
}

static gboolean
check_rights (LiaJira *self,
              GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (self->project, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/mypermissions?projectKey=%s&permissions=CREATE_ISSUES,ADD_COMMENTS", escaped);
  g_autoptr (JsonObject) reply = lia_tracker_site_get (self->site, path, error);
  JsonObject *permissions = NULL;
  GError     *cause = NULL;

  if (reply == NULL)
    return FALSE;
  lia_json_obj (reply, "permissions", LIA_JSON_REQUIRED, &permissions, &cause);
  if (!lia_tracker_understand (error, cause))
    return FALSE;
  if (lia_jira_allows (permissions, "CREATE_ISSUES") && lia_jira_allows (permissions, "ADD_COMMENTS"))
    return TRUE;
  lia_tracker_refuse (error, LIA_TRACKER_ERROR_PERMISSION, "Whom the key belongs to may not create issues and comments in the project.");

  return FALSE;
}

static LiaTrackerProbe *
lia_jira_probe (LiaTracker *tracker,
                GError    **error)
{
  LiaJira         *self = LIA_JIRA (tracker);
  g_autofree char *escaped = g_uri_escape_string (self->project, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/project/", escaped, NULL);
  g_autoptr (JsonObject) me = lia_jira_get_me (self, error);
  g_autoptr (JsonObject) project = me != NULL ? lia_tracker_site_get (self->site, path, error) : NULL;
  const char      *login = NULL;
  const char      *name = NULL;
  GError          *cause = NULL;
  LiaTrackerProbe *probe;

  if (project == NULL)
    return NULL;
  if (lia_json_str (me, "displayName", LIA_JSON_REQUIRED, 1000, &login, &cause))
    lia_json_str (project, "name", LIA_JSON_REQUIRED, 4000, &name, &cause);
  if (!lia_tracker_understand (error, cause) || !check_rights (self, error))
    return NULL;
  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup (login);
  probe->project = g_strdup (name);

  return probe;
}

static void
lia_jira_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_TAKES_FILES | LIA_TRACKER_EDITS;
  iface->get_dialect = lia_jira_get_dialect;
  iface->probe = lia_jira_probe;
  iface->find_by_marker = lia_jira_find_by_marker;
  iface->create = lia_jira_create;
  iface->upsert_summary = lia_jira_upsert_summary;
  iface->attach = lia_jira_attach;
  iface->retract = lia_jira_retract;
  iface->read = lia_jira_read;
  iface->changed_since = lia_jira_changed_since;
  iface->comments = lia_jira_comments;
  iface->releases = lia_jira_releases;
  iface->search = lia_jira_search;
}

static void
lia_jira_finalize (GObject *object)
{
  LiaJira *self = LIA_JIRA (object);

  g_clear_pointer (&self->site, lia_tracker_site_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->project);
  g_free (self->me);
  g_free (self->login);
  g_free (self->type);

  G_OBJECT_CLASS (lia_jira_parent_class)->finalize (object);
}

static void
lia_jira_class_init (LiaJiraClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_jira_finalize;
}

static void
lia_jira_init (LiaJira *self)
{
}

static LiaJira *
new_jira (LiaTrackerWeb   *web,
          LiaTrackerSetup *setup,
          const char      *api)
{
  LiaJira         *self = g_object_new (LIA_TYPE_JIRA, NULL);
  g_autofree char *url = g_strconcat (setup->url, g_str_has_suffix (setup->url, "/") ? "" : "/", api, NULL);

  self->site = lia_tracker_site_new (web, url, setup->ca, lia_jira_read_issue, lia_jira_explain);
  lia_tracker_site_set_page_url (self->site, setup->url);
  self->project = g_strdup (setup->project);
  self->type = g_strdup (*setup->type != '\0' ? setup->type : "Task");

  return self;
}

/** lia_jira_new_cloud: (transfer full): @setup: its project is a key, as "SHOP", its login an address of mail; @key: an API token of it */
LiaTracker *
lia_jira_new_cloud (LiaTrackerWeb   *web,
                    LiaTrackerSetup *setup,
                    const char      *key)
{
  LiaJira         *self = new_jira (web, setup, "rest/api/3");
  g_autofree char *both = g_strconcat (setup->login, ":", key, NULL);
  g_autofree char *secret = g_base64_encode ((const guchar *)both, strlen (both));

  self->is_cloud = TRUE;
  lia_tracker_site_set_secret (self->site, "Authorization", "Basic ", secret);
  explicit_bzero (both, strlen (both));
  explicit_bzero (secret, strlen (secret));

  return LIA_TRACKER (self);
}

/** lia_jira_new_data_center: (transfer full): @setup: its project is a key, as "SHOP"; @key: a personal access token */
LiaTracker *
lia_jira_new_data_center (LiaTrackerWeb   *web,
                          LiaTrackerSetup *setup,
                          const char      *key)
{
  LiaJira *self = new_jira (web, setup, "rest/api/2");

  lia_tracker_site_set_secret (self->site, "Authorization", "Bearer ", key);

  return LIA_TRACKER (self);
}
