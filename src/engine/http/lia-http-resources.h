/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-http-call.h"

G_BEGIN_DECLS

/* The handlers, each in the file of its resource. */

#define LIA_HTTP_HANDLER(name) gboolean name (LiaHttpCall *call, GError **error);

LIA_HTTP_HANDLER (lia_http_get_meta)
LIA_HTTP_HANDLER (lia_http_post_auth_local)
LIA_HTTP_HANDLER (lia_http_delete_auth)
LIA_HTTP_HANDLER (lia_http_get_snapshot)
LIA_HTTP_HANDLER (lia_http_get_view_rows)
LIA_HTTP_HANDLER (lia_http_get_conversation)
LIA_HTTP_HANDLER (lia_http_get_chats)
LIA_HTTP_HANDLER (lia_http_post_typing)
LIA_HTTP_HANDLER (lia_http_get_way)
LIA_HTTP_HANDLER (lia_http_get_customers)
LIA_HTTP_HANDLER (lia_http_get_customer)
LIA_HTTP_HANDLER (lia_http_get_customer_conversations)
LIA_HTTP_HANDLER (lia_http_get_customer_timeline)
LIA_HTTP_HANDLER (lia_http_get_search)
LIA_HTTP_HANDLER (lia_http_get_finding_figures)
LIA_HTTP_HANDLER (lia_http_get_failing_pages)
LIA_HTTP_HANDLER (lia_http_get_findings)
LIA_HTTP_HANDLER (lia_http_get_notices)
LIA_HTTP_HANDLER (lia_http_get_finding_products)
LIA_HTTP_HANDLER (lia_http_get_finding)
LIA_HTTP_HANDLER (lia_http_post_preview)
LIA_HTTP_HANDLER (lia_http_get_pushes)
LIA_HTTP_HANDLER (lia_http_get_issues)
LIA_HTTP_HANDLER (lia_http_get_tracker_issues)
LIA_HTTP_HANDLER (lia_http_get_published)
LIA_HTTP_HANDLER (lia_http_get_responses)
LIA_HTTP_HANDLER (lia_http_get_response_versions)
LIA_HTTP_HANDLER (lia_http_get_learning)
LIA_HTTP_HANDLER (lia_http_get_response_figures)
LIA_HTTP_HANDLER (lia_http_get_queues)
LIA_HTTP_HANDLER (lia_http_get_metrics_queues)
LIA_HTTP_HANDLER (lia_http_get_metric_rows)
LIA_HTTP_HANDLER (lia_http_get_audit)
LIA_HTTP_HANDLER (lia_http_get_phone_account)
LIA_HTTP_HANDLER (lia_http_put_blob)
LIA_HTTP_HANDLER (lia_http_get_blob)
LIA_HTTP_HANDLER (lia_http_get_entry_source)
LIA_HTTP_HANDLER (lia_http_get_entry_html)
LIA_HTTP_HANDLER (lia_http_get_doctor)
LIA_HTTP_HANDLER (lia_http_post_doctor_discover)
LIA_HTTP_HANDLER (lia_http_post_doctor_mail)
LIA_HTTP_HANDLER (lia_http_post_doctor_phone)
LIA_HTTP_HANDLER (lia_http_post_doctor_channel)
LIA_HTTP_HANDLER (lia_http_post_command)

#undef LIA_HTTP_HANDLER

G_END_DECLS
