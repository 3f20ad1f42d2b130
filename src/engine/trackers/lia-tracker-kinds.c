/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-tracker-kinds.h"

#include "lia-bugzilla.h"
#include "lia-forgejo.h"
#include "lia-github.h"
#include "lia-gitlab.h"
#include "lia-issue-form.h"
#include "lia-jira.h"
#include "lia-problem.h"
#include "lia-redmine.h"
#include "lia-webhook.h"

#include <libsoup/soup.h>

#define MAX_CA_BYTES (64 * 1024)

typedef struct
{
  const char *kind;
  guint       dialects;     /* those that it may be set to write, a bit each; the first is the usual one */
  guint       max_file_mib; /* the largest file that it takes when nobody has set it up otherwise; 0 = its interface takes none */
  LiaTracker *(*make) (LiaTrackerWeb   *web,
                       LiaTrackerSetup *setup,
                       const char      *key);
} Kind;

static LiaTracker *
make_redmine (LiaTrackerWeb   *web,
              LiaTrackerSetup *setup,
              const char      *key)
{
  const LiaRedmineSetup redmine = {
    .url = setup->url,
    .project = setup->project,
    .kind = g_ascii_strtoll (setup->type, NULL, 10),
    .dialect = setup->dialect,
    .ca = setup->ca,
  };

  return lia_redmine_new (web, &redmine, key);
}

static const Kind kinds[] = {
  { "bugzilla", 1 << LIA_DIALECT_PLAIN, 1, lia_bugzilla_new },
  { "forgejo", 1 << LIA_DIALECT_GFM, 2048, lia_forgejo_new },
  { "github", 1 << LIA_DIALECT_GFM, 0, lia_github_new },
  { "gitlab", 1 << LIA_DIALECT_GFM, 100, lia_gitlab_new },
  { "jira", 1 << LIA_DIALECT_JIRA, 10, lia_jira_new_data_center },
  { "jira-cloud", 1 << LIA_DIALECT_PLAIN, 100, lia_jira_new_cloud },
  { "redmine", 1 << LIA_DIALECT_GFM | 1 << LIA_DIALECT_TEXTILE, 5, make_redmine },
  { "webhook", 1 << LIA_DIALECT_GFM | 1 << LIA_DIALECT_PLAIN, 10, lia_webhook_new },
};

static const Kind *
find_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return &kinds[i];

  return NULL;
}

static GUri *
parse (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL ? g_steal_pointer (&uri) : NULL;
}

static gboolean
is_safe (GUri    *uri,
         gboolean near)
{
  const char *scheme = g_uri_get_scheme (uri);

  return g_str_equal (scheme, "https") || (near && g_str_equal (scheme, "http"));
}

static gboolean
check_forms (LiaTrackerSetup *setup,
             GError         **error)
{
  for (guint i = 0; i < LIA_FINDING_N_KINDS; i++)
    {
      g_autofree char *unknown = lia_issue_form_find_unknown (setup->forms[i]);
      g_autofree char *pointer = g_strconcat ("/forms/", lia_finding_kind_to_string (i), NULL);

      if (unknown == NULL)
        continue;
      lia_problem_set_invalid (error, pointer, "value", "Nothing is filled in for “{{%s}}”", unknown);
      return FALSE;
    }

  return TRUE;
}

/** lia_tracker_kinds_check: whether a tracker can be set up so; %LIA_PROBLEM_VALIDATION. Asks nobody. */
gboolean
lia_tracker_kinds_check (LiaTrackerSetup *setup,
                         GError         **error)
{
  const Kind *kind = find_kind (setup->kind);
  g_autoptr (GUri) uri = parse (setup->url);

  if (kind == NULL)
    lia_problem_set_invalid (error, "/kind", "unknown", "Trackers of the kind “%s” are not known", setup->kind);
  else if (uri == NULL || !is_safe (uri, setup->is_near))
    lia_problem_set_invalid (error, "/url", "value", "A tracker’s address begins with “https://” and names no login; one in your own network may begin with “http://”");
  else if (*setup->project == '\0')
    lia_problem_set_invalid (error, "/project", "missing", "Say which project of the tracker it is");
  else if ((kind->dialects & (1u << setup->dialect)) == 0)
    lia_problem_set_invalid (error, "/dialect", "value", "A tracker of this kind does not write its texts so");
  else if (setup->by_release && kind->make == lia_webhook_new)
    lia_problem_set_invalid (error, "/by_release", "value", "A program of your own does not say which releases are out");
  else if (setup->ca != NULL && strlen (setup->ca) > MAX_CA_BYTES)
    lia_problem_set_invalid (error, "/ca", "length", "The certificate is too long");
  else
    return check_forms (setup, error);

  return FALSE;
}

/** lia_tracker_kinds_get_max_file: bytes of the largest file that goes to @setup; 0 = none does */
gint64
lia_tracker_kinds_get_max_file (LiaTrackerSetup *setup)
{
  const Kind  *kind = find_kind (setup->kind);
  const gint64 usual = kind != NULL ? (gint64)kind->max_file_mib * 1024 * 1024 : 0;

  return MIN (usual != 0 && setup->max_file_bytes > 0 ? setup->max_file_bytes : usual, LIA_TRACKER_MAX_FILE_BYTES);
}

/** lia_tracker_kinds_vouch: lets @guard go where an administrator has said that it may be near. */
void
lia_tracker_kinds_vouch (LiaNetGuard     *guard,
                         LiaTrackerSetup *setup)
{
  g_autoptr (GUri) uri = setup->is_near ? parse (setup->url) : NULL;

  if (uri != NULL)
    lia_net_guard_allow (guard, g_uri_get_host (uri));
}

/** lia_tracker_kinds_open: (transfer full): one that is set up so; nothing is asked of it yet. */
LiaTracker *
lia_tracker_kinds_open (LiaTrackerWeb   *web,
                        LiaTrackerSetup *setup,
                        const char      *key,
                        GError         **error)
{
  return lia_tracker_kinds_check (setup, error) ? find_kind (setup->kind)->make (web, setup, key) : NULL;
}

/** lia_tracker_kinds_same_origin: whether a key that is for the one may be shown to the other. */
gboolean
lia_tracker_kinds_same_origin (const char *url,
                               const char *other)
{
  g_autoptr (GUri) a = parse (url);
  g_autoptr (GUri) b = parse (other);

  return a != NULL && b != NULL && g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}
