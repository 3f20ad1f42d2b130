/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of calls: the only list of what can be called over HTTP. src/wire/API.md describes each; a test compares the two. */

#include "lia-http-resources.h"

static const LiaHttpRoute routes[] = {
  { "GET", "/v1/meta", LIA_HTTP_PUBLIC, lia_http_get_meta },
  { "POST", "/v1/auth/local", LIA_HTTP_PUBLIC, lia_http_post_auth_local },
  { "DELETE", "/v1/auth", LIA_HTTP_DEFAULT, lia_http_delete_auth },
  { "GET", "/v1/snapshot", LIA_HTTP_DEFAULT, lia_http_get_snapshot },
  { "GET", "/v1/views/{view}/rows", LIA_HTTP_DEFAULT, lia_http_get_view_rows },
  { "GET", "/v1/conversations/{id}", LIA_HTTP_DEFAULT, lia_http_get_conversation },
  { "POST", "/v1/conversations/{id}/typing", LIA_HTTP_DEFAULT, lia_http_post_typing },
  { "GET", "/v1/conversations/{id}/way", LIA_HTTP_DEFAULT, lia_http_get_way },
  { "GET", "/v1/chats", LIA_HTTP_DEFAULT, lia_http_get_chats },
  { "GET", "/v1/customers", LIA_HTTP_DEFAULT, lia_http_get_customers },
  { "GET", "/v1/customers/{id}", LIA_HTTP_DEFAULT, lia_http_get_customer },
  { "GET", "/v1/customers/{id}/conversations", LIA_HTTP_DEFAULT, lia_http_get_customer_conversations },
  { "GET", "/v1/customers/{id}/timeline", LIA_HTTP_DEFAULT, lia_http_get_customer_timeline },
  { "GET", "/v1/search", LIA_HTTP_DEFAULT, lia_http_get_search },
  { "GET", "/v1/responses", LIA_HTTP_DEFAULT, lia_http_get_responses },
  { "GET", "/v1/responses/published", LIA_HTTP_DEFAULT, lia_http_get_published },
  { "GET", "/v1/responses/learning", LIA_HTTP_DEFAULT, lia_http_get_learning },
  { "GET", "/v1/responses/{id}/figures", LIA_HTTP_DEFAULT, lia_http_get_response_figures },
  { "GET", "/v1/responses/{id}/versions", LIA_HTTP_DEFAULT, lia_http_get_response_versions },
  { "GET", "/v1/findings", LIA_HTTP_DEFAULT, lia_http_get_findings },
  { "GET", "/v1/findings/figures", LIA_HTTP_DEFAULT, lia_http_get_finding_figures },
  { "GET", "/v1/findings/pages", LIA_HTTP_DEFAULT, lia_http_get_failing_pages },
  { "GET", "/v1/findings/products", LIA_HTTP_DEFAULT, lia_http_get_finding_products },
  { "GET", "/v1/findings/{id}", LIA_HTTP_DEFAULT, lia_http_get_finding },
  { "POST", "/v1/findings/{id}/preview", LIA_HTTP_DEFAULT, lia_http_post_preview },
  { "GET", "/v1/notices", LIA_HTTP_DEFAULT, lia_http_get_notices },
  { "GET", "/v1/pushes", LIA_HTTP_DEFAULT, lia_http_get_pushes },
  { "GET", "/v1/issues", LIA_HTTP_DEFAULT, lia_http_get_issues },
  { "GET", "/v1/trackers/{id}/issues", LIA_HTTP_DEFAULT, lia_http_get_tracker_issues },
  { "GET", "/v1/queues", LIA_HTTP_DEFAULT, lia_http_get_queues },
  { "GET", "/v1/metrics/queues", LIA_HTTP_DEFAULT, lia_http_get_metrics_queues },
  { "GET", "/v1/metrics/{name}/rows", LIA_HTTP_DEFAULT, lia_http_get_metric_rows },
  { "GET", "/v1/audit", LIA_HTTP_DEFAULT, lia_http_get_audit },
  { "GET", "/v1/phone/account", LIA_HTTP_DEFAULT, lia_http_get_phone_account },
  { "PUT", "/v1/blobs", LIA_HTTP_UPLOAD, lia_http_put_blob },
  { "GET", "/v1/blobs/{id}", LIA_HTTP_DEFAULT, lia_http_get_blob },
  { "GET", "/v1/entries/{id}/source", LIA_HTTP_DEFAULT, lia_http_get_entry_source },
  { "GET", "/v1/entries/{id}/html", LIA_HTTP_DEFAULT, lia_http_get_entry_html },
  { "GET", "/v1/doctor", LIA_HTTP_DEFAULT, lia_http_get_doctor },
  { "POST", "/v1/doctor/mail/discover", LIA_HTTP_DEFAULT, lia_http_post_doctor_discover },
  { "POST", "/v1/doctor/mail", LIA_HTTP_DEFAULT, lia_http_post_doctor_mail },
  { "POST", "/v1/doctor/phone", LIA_HTTP_DEFAULT, lia_http_post_doctor_phone },
  { "POST", "/v1/doctor/{channel}", LIA_HTTP_DEFAULT, lia_http_post_doctor_channel },
  { "POST", "/v1/commands", LIA_HTTP_DEFAULT, lia_http_post_command },
  { "GET", "/v1/stream", LIA_HTTP_SOCKET, NULL },
};

const LiaHttpRoute *
lia_http_routes (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

/* Segment by segment, so that an encoded slash stays inside its segment. */
static GStrv
match (const char *pattern,
       const char *path)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", 16);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();

  if (g_strv_length (wanted) != g_strv_length (given))
    return NULL;

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      if (wanted[i][0] == '{')
        {
          char *decoded = g_uri_unescape_string (given[i], NULL);

          if (decoded == NULL || decoded[0] == '\0' || !g_utf8_validate (decoded, -1, NULL))
            {
              g_free (decoded);
              return NULL;
            }
          g_strv_builder_take (arguments, decoded);
        }
      else if (!g_str_equal (wanted[i], given[i]))
        {
          return NULL;
        }
    }
  return g_strv_builder_end (arguments);
}

/**
 * lia_http_route_find:
 * @path: as it was sent, still encoded
 * @arguments: (out): the decoded segments that stand for `{…}`
 *
 * Returns: (nullable): the first row that matches
 */
const LiaHttpRoute *
lia_http_route_find (const char *method,
                     const char *path,
                     GStrv      *arguments)
{
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!g_str_equal (routes[i].method, method))
        continue;

      *arguments = match (routes[i].pattern, path);
      if (*arguments != NULL)
        return &routes[i];
    }
  return NULL;
}
