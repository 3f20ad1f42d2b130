/* SPDX-License-Identifier: GPL-3.0-or-later */

/* https://codeberg.org/api/swagger, as of Forgejo 11. Gitea does not know `sort`, and gives the newest first. */

#include "lia-forgejo.h"

#include "lia-forge-json.h"

struct _LiaForgejo
{
  LiaForge parent_instance;
};

static void lia_forgejo_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaForgejo, lia_forgejo, LIA_TYPE_FORGE, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_forgejo_tracker_init))

static char *
new_search_path (const char *project,
                 const char *words)
{
  g_autofree char *escaped = g_uri_escape_string (words, NULL, FALSE);

  return g_strdup_printf ("%s/issues?q=%s&state=all&type=issues&limit=10", project, escaped);
}

static gboolean
lia_forgejo_attach (LiaTracker           *tracker,
                    const char           *key,
                    const LiaTrackerFile *file,
                    GError              **error)
{
  LiaForge        *forge = LIA_FORGE (tracker);
  g_autofree char *path = lia_forge_issue_path (forge, key, "/assets");
  g_autoptr (JsonArray) files = lia_tracker_site_list (lia_forge_get_site (forge), path, NULL, error);

  if (files == NULL)
    return FALSE;

  return lia_tracker_has_file (files, "name", "size", file) ||
         lia_tracker_site_give_file (lia_forge_get_site (forge), path, "attachment", file, error);
}

static void
lia_forgejo_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_FINDS_AT_ONCE | LIA_TRACKER_TAKES_FILES | LIA_TRACKER_EDITS;
  iface->attach = lia_forgejo_attach;
}

static void
lia_forgejo_class_init (LiaForgejoClass *klass)
{
  LiaForgeClass *forge = LIA_FORGE_CLASS (klass);

  forge->page_query = "&limit=50";
  forge->author_query = "&created_by=";
  forge->newest_query = "&type=issues";
  forge->latest_query = "&type=issues&sort=recentupdate&limit=50";
  forge->changed_query = "&type=issues&sort=leastupdate";
  forge->new_search_path = new_search_path;
}

static void
lia_forgejo_init (LiaForgejo *self)
{
}

/** lia_forgejo_new: (transfer full): @setup: its project is "owner/repository"; @key: a token */
LiaTracker *
lia_forgejo_new (LiaTrackerWeb   *web,
                 LiaTrackerSetup *setup,
                 const char      *key)
{
  LiaForgejo      *self = g_object_new (LIA_TYPE_FORGEJO, NULL);
  g_autofree char *url = g_strconcat (setup->url, g_str_has_suffix (setup->url, "/") ? "" : "/", "api/v1", NULL);
  LiaTrackerSite  *site = lia_tracker_site_new (web, url, setup->ca, lia_forge_read_issue, lia_forge_explain);

  lia_tracker_site_set_secret (site, "Authorization", "token ", key);
  lia_forge_set_up (LIA_FORGE (self), site, setup->project);

  return LIA_TRACKER (self);
}
