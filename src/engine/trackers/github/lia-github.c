/* SPDX-License-Identifier: GPL-3.0-or-later */

/* https://docs.github.com/en/rest?apiVersion=2022-11-28 */

#include "lia-github.h"

#include "lia-forge-json.h"

#include <string.h>

struct _LiaGithub
{
  LiaForge parent_instance;
};

G_DEFINE_FINAL_TYPE (LiaGithub, lia_github, LIA_TYPE_FORGE)

/* Those of other repositories cannot be asked for: the words have no operators left in them */
static char *
new_search_path (const char *project,
                 const char *words)
{
  g_autofree char *query = g_strdup_printf ("%s repo:%s is:issue", words, project + strlen ("/repos/"));
  g_autofree char *escaped = g_uri_escape_string (query, NULL, FALSE);

  return g_strdup_printf ("/search/issues?q=%s&per_page=10", escaped);
}

static void
lia_github_class_init (LiaGithubClass *klass)
{
  LiaForgeClass *forge = LIA_FORGE_CLASS (klass);

  forge->page_query = "&per_page=100";
  forge->author_query = "&creator=";
  forge->newest_query = "&sort=created&direction=desc";
  forge->latest_query = "&sort=updated&direction=desc&per_page=100";
  forge->changed_query = "&sort=updated&direction=asc";
  forge->new_search_path = new_search_path;
  forge->search_items = "items";
}

static void
lia_github_init (LiaGithub *self)
{
}

/* An Enterprise Server has its interface below its own address, github.com at another one */
static char *
new_api_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && (g_ascii_strcasecmp (host, "github.com") == 0 || g_ascii_strcasecmp (host, "www.github.com") == 0))
    return g_strdup ("https://api.github.com");
  if (host != NULL && (g_str_has_prefix (host, "api.") || g_str_has_suffix (url, "/api/v3")))
    return g_strdup (url);

  return g_strconcat (url, g_str_has_suffix (url, "/") ? "api/v3" : "/api/v3", NULL);
}

/** lia_github_new: (transfer full): @setup: its project is "owner/repository"; @key: a token */
LiaTracker *
lia_github_new (LiaTrackerWeb   *web,
                LiaTrackerSetup *setup,
                const char      *key)
{
  LiaGithub       *self = g_object_new (LIA_TYPE_GITHUB, NULL);
  g_autofree char *url = new_api_url (setup->url);
  LiaTrackerSite  *site = lia_tracker_site_new (web, url, setup->ca, lia_forge_read_issue, lia_forge_explain);

  lia_tracker_site_set_secret (site, "Authorization", "Bearer ", key);
  lia_tracker_site_set_header (site, "Accept", "application/vnd.github+json, application/json");
  lia_tracker_site_set_header (site, "X-GitHub-Api-Version", "2022-11-28");
  lia_forge_set_up (LIA_FORGE (self), site, setup->project);

  return LIA_TRACKER (self);
}
