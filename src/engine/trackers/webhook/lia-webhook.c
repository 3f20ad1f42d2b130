/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-webhook.h"

#include "lia-time.h"
#include "lia-tracker-site.h"

#include <string.h>

#define KEY_PREFIX "whsec_"

struct _LiaWebhook
{
  GObject parent_instance;

  LiaTrackerWeb *web;
  char          *url; /* exactly as it was given */
  char          *ca;
  char          *project;
  char          *key;
  LiaDialect     dialect;
};

static void lia_webhook_tracker_init (LiaTrackerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LiaWebhook, lia_webhook, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (LIA_TYPE_TRACKER, lia_webhook_tracker_init))

/**
 * lia_webhook_sign:
 * @key: "whsec_" and base64, or any words
 *
 * Returns: (transfer full): "v1," and base64 of the HMAC-SHA256 of the number, the time and the body with dots between them
 */
char *
lia_webhook_sign (const char *key,
                  const char *id,
                  gint64      time_s,
                  const char *body)
{
  const gboolean   is_coded = g_str_has_prefix (key, KEY_PREFIX);
  gsize            size = strlen (key);
  g_autofree char *secret = is_coded ? (char *)g_base64_decode (key + strlen (KEY_PREFIX), &size) : g_strdup (key);
  g_autofree char *text = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%s", id, time_s, body);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, size);
  guint8           digest[32];
  gsize            length = sizeof digest;
  g_autofree char *coded = NULL;

  g_hmac_update (hmac, (const guchar *)text, (gssize)strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
  coded = g_base64_encode (digest, length);
  explicit_bzero (secret, size);

  return g_strconcat ("v1,", coded, NULL);
}

static char *
explain (JsonObject *body)
{
  const char *words = NULL;

  return lia_json_str (body, "message", LIA_JSON_OPTIONAL, 4000, &words, NULL) ? g_strdup (words) : NULL;
}

/* @id: the same for what is told twice; @data: (transfer full) */
static gboolean
tell (LiaWebhook *self,
      const char *type,
      const char *id,
      JsonObject *data,
      GError    **error)
{
  g_autoptr (LiaTrackerRequest) request = lia_tracker_request_new ("POST", self->url);
  g_autoptr (LiaTrackerReply) reply = NULL;
  const gint64     now_ms = lia_time_now ();
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms / 1000);
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  JsonObject      *body = json_object_new ();

  json_object_set_string_member (body, "type", type);
  lia_json_set_time (body, "timestamp", now_ms);
  json_object_set_string_member (data, "project", self->project);
  json_object_set_object_member (body, "data", data);
  text = lia_json_to_text (body);
  signature = lia_webhook_sign (self->key, id, now_ms / 1000, text);
  lia_tracker_request_set_json (request, body);
  lia_tracker_request_set_header (request, "webhook-id", id);
  lia_tracker_request_set_header (request, "webhook-timestamp", time);
  lia_tracker_request_set_header (request, "webhook-signature", signature);
  lia_tracker_request_set_header (request, "Idempotency-Key", id);
  request->ca = g_strdup (self->ca);
  request->explain = explain;
  reply = lia_tracker_web_send (self->web, request, error);

  return reply != NULL;
}

/* What is told of an issue: a number of its own for each other text */
static gboolean
tell_text (LiaWebhook *self,
           const char *type,
           const char *key,
           const char *text,
           GError    **error)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autofree char *id = g_strdup_printf ("%s-%s-%.16s", key, type, sum);
  JsonObject      *data = json_object_new ();

  json_object_set_string_member (data, "id", key);
  json_object_set_string_member (data, "text", text);

  return tell (self, type, id, data, error);
}

static LiaDialect
lia_webhook_get_dialect (LiaTracker *tracker)
{
  return LIA_WEBHOOK (tracker)->dialect;
}

static LiaTrackerProbe *
lia_webhook_probe (LiaTracker *tracker,
                   GError    **error)
{
  LiaWebhook      *self = LIA_WEBHOOK (tracker);
  g_autofree char *id = lia_tracker_marker_new ();
  LiaTrackerProbe *probe;

  if (!tell (self, "ping", id, json_object_new (), error))
    return NULL;
  probe = g_new0 (LiaTrackerProbe, 1);
  probe->login = g_strdup ("");
  probe->project = g_strdup (self->project);

  return probe;
}

/* Nobody can be asked: what is told once more is dropped at the other end */
static LiaIssue *
lia_webhook_find_by_marker (LiaTracker *tracker,
                            const char *marker,
                            gint64      since_ms,
                            GError    **error)
{
  return NULL;
}

static JsonArray *
file_to_json (const LiaTrackerFile *file)
{
  JsonArray       *array = json_array_new ();
  JsonObject      *object = json_object_new ();
  gsize            size;
  gconstpointer    bytes = g_bytes_get_data (file->bytes, &size);
  g_autofree char *coded = g_base64_encode (bytes, size);

  json_object_set_string_member (object, "name", file->name);
  json_object_set_string_member (object, "type", file->type);
  json_object_set_string_member (object, "base64", coded);
  json_array_add_object_element (array, object);

  return array;
}

static LiaIssue *
lia_webhook_create (LiaTracker            *tracker,
                    const LiaTrackerDraft *draft,
                    GError               **error)
{
  JsonObject *data = json_object_new ();
  LiaIssue   *issue;

  json_object_set_string_member (data, "id", draft->marker);
  json_object_set_string_member (data, "title", draft->title);
  json_object_set_string_member (data, "text", draft->text);
  if (!tell (LIA_WEBHOOK (tracker), "issue.created", draft->marker, data, error))
    return NULL;
  issue = lia_issue_new ();
  lia_tracker_take (&issue->key, draft->marker);
  lia_tracker_take (&issue->title, draft->title);

  return issue;
}

static gboolean
lia_webhook_upsert_summary (LiaTracker *tracker,
                            const char *key,
                            const char *mark,
                            const char *text,
                            GError    **error)
{
  return tell_text (LIA_WEBHOOK (tracker), "issue.summary", key, text, error);
}

static gboolean
lia_webhook_attach (LiaTracker           *tracker,
                    const char           *key,
                    const LiaTrackerFile *file,
                    GError              **error)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file->bytes);
  g_autofree char *id = g_strdup_printf ("%s-file-%.16s", key, sum);
  JsonObject      *data = json_object_new ();

  json_object_set_string_member (data, "id", key);
  json_object_set_array_member (data, "files", file_to_json (file));

  return tell (LIA_WEBHOOK (tracker), "issue.files", id, data, error);
}

static gboolean
lia_webhook_retract (LiaTracker *tracker,
                     const char *key,
                     const char *title,
                     const char *text,
                     GError    **error)
{
  return tell_text (LIA_WEBHOOK (tracker), "issue.retracted", key, text, error);
}

static LiaIssue *
lia_webhook_read (LiaTracker *tracker,
                  const char *key,
                  const char *validator,
                  GError    **error)
{
  return NULL;
}

static LiaTrackerChanges *
lia_webhook_changed_since (LiaTracker *tracker,
                           const char *cursor,
                           GError    **error)
{
  LiaTrackerChanges *changes = g_new0 (LiaTrackerChanges, 1);

  changes->issues = g_ptr_array_new_with_free_func (g_object_unref);
  changes->cursor = g_strdup ("");

  return changes;
}

static GPtrArray *
lia_webhook_search (LiaTracker *tracker,
                    const char *text,
                    GError    **error)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
lia_webhook_tracker_init (LiaTrackerInterface *iface)
{
  iface->abilities = LIA_TRACKER_REFUSES_TWINS | LIA_TRACKER_TAKES_FILES | LIA_TRACKER_EDITS;
  iface->get_dialect = lia_webhook_get_dialect;
  iface->probe = lia_webhook_probe;
  iface->find_by_marker = lia_webhook_find_by_marker;
  iface->create = lia_webhook_create;
  iface->upsert_summary = lia_webhook_upsert_summary;
  iface->attach = lia_webhook_attach;
  iface->retract = lia_webhook_retract;
  iface->read = lia_webhook_read;
  iface->changed_since = lia_webhook_changed_since;
  iface->search = lia_webhook_search;
}

static void
lia_webhook_finalize (GObject *object)
{
  LiaWebhook *self = LIA_WEBHOOK (object);

  g_clear_object (&self->web);
  g_free (self->url);
  g_free (self->ca);
  g_free (self->project);
  explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);

  G_OBJECT_CLASS (lia_webhook_parent_class)->finalize (object);
}

static void
lia_webhook_class_init (LiaWebhookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_webhook_finalize;
}

static void
lia_webhook_init (LiaWebhook *self)
{
}

/** lia_webhook_new: (transfer full): @setup: its address is the one that is told, its project what the other end knows it by; @key: what signs */
LiaTracker *
lia_webhook_new (LiaTrackerWeb   *web,
                 LiaTrackerSetup *setup,
                 const char      *key)
{
  LiaWebhook *self = g_object_new (LIA_TYPE_WEBHOOK, NULL);

  self->web = g_object_ref (web);
  self->url = g_strdup (setup->url);
  self->ca = g_strdup (setup->ca);
  self->project = g_strdup (setup->project);
  self->key = g_strdup (key);
  self->dialect = setup->dialect;

  return LIA_TRACKER (self);
}
