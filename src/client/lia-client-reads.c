/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read once, on request. Dropping one of these futures cancels the request. */

#include "lia-client-private.h"

#include "lia-replies.h"

/* Path segments: ids are opaque, so all but what is certainly harmless is escaped */
static char *
make_path (const char *before,
           const char *id,
           const char *after)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (before, escaped, after, NULL);
}

/* lia_client_get_reply: (transfer none): of an answer's future that has resolved */
JsonObject *
lia_client_get_reply (DexFuture *future)
{
  return g_value_get_boxed (dex_future_get_value (future, NULL));
}

static DexFuture *
future_for (gpointer object,
            GError  *error)
{
  return object != NULL ? dex_future_new_take_object (object) : dex_future_new_for_error (error);
}

static GListStore *
make_store (GType      item_type,
            GPtrArray *values)
{
  GListStore *store = g_list_store_new (item_type);

  g_list_store_splice (store, 0, 0, values->pdata, values->len);

  return store;
}

static DexFuture *
read_customer_cb (DexFuture *future,
                  gpointer   data)
{
  GError      *error = NULL;
  JsonObject  *object;
  LiaCustomer *customer = NULL;

  if (lia_json_obj (lia_client_get_reply (future), "customer", LIA_JSON_REQUIRED, &object, &error))
    customer = lia_wire_decode_customer (object, &error);

  return future_for (customer, error);
}

/** lia_client_get_customer: a future of #LiaCustomer; %LIA_PROBLEM_NOT_FOUND. */
DexFuture *
lia_client_get_customer (LiaClient  *self,
                         const char *customer)
{
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (customer != NULL);

  path = make_path ("/v1/customers/", customer, NULL);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_customer_cb, NULL, NULL);
}

static DexFuture *
read_rows_cb (DexFuture *future,
              gpointer   data)
{
  GError *error = NULL;
  g_autoptr (LiaRowsPage) page = lia_rows_page_decode (lia_client_get_reply (future), &error);

  return future_for (page != NULL ? make_store (LIA_TYPE_CONVERSATION, page->rows) : NULL, error);
}

/** lia_client_get_customer_conversations: the newest 200, newest first. */
DexFuture *
lia_client_get_customer_conversations (LiaClient  *self,
                                       const char *customer)
{
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (customer != NULL);

  path = make_path ("/v1/customers/", customer, "/conversations?limit=200");

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_rows_cb, NULL, NULL);
}

static DexFuture *
read_customers_cb (DexFuture *future,
                   gpointer   data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) customers =
      lia_replies_decode_values (lia_client_get_reply (future), "customers", "customer", (LiaReplyDecode)lia_wire_decode_customer, &error);

  return future_for (customers != NULL ? make_store (LIA_TYPE_CUSTOMER, customers) : NULL, error);
}

/** lia_client_complete_address: at most 20 customers that @typed may mean, the best first. */
DexFuture *
lia_client_complete_address (LiaClient  *self,
                             const char *typed)
{
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (typed != NULL);

  path = make_path ("/v1/customers?limit=20&q=", typed, NULL);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_customers_cb, NULL, NULL);
}

static DexFuture *
read_hits_cb (DexFuture *future,
              gpointer   data)
{
  GError *error = NULL;
  g_autoptr (LiaSearchPage) page = lia_search_page_new ();
  g_autoptr (GPtrArray) hits =
      lia_replies_decode_values (lia_client_get_reply (future), "hits", NULL, (LiaReplyDecode)lia_wire_decode_search_hit, &error);
  const char *next;

  if (hits == NULL || !lia_json_str (lia_client_get_reply (future), "next", LIA_JSON_OPTIONAL, 1024, &next, &error))
    return dex_future_new_for_error (error);

  g_list_store_splice (page->hits, 0, 0, hits->pdata, hits->len);
  page->next = g_strdup (next);

  return dex_future_new_take_object (g_steal_pointer (&page));
}

/**
 * lia_client_search:
 * @query: as it was typed; every text is a query
 * @before: (nullable): `next` of the page before
 *
 * A page of what is found, newest first.
 */
DexFuture *
lia_client_search (LiaClient  *self,
                   const char *query,
                   const char *before)
{
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (query != NULL);

  cursor = before != NULL ? make_path ("&before=", before, NULL) : NULL;
  path = make_path ("/v1/search?limit=20&q=", query, cursor);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_hits_cb, NULL, NULL);
}

/* lia_client_read_page: a future of #LiaValuePage: an answer's `rows` and `next` */
DexFuture *
lia_client_read_page (DexFuture     *future,
                      GType          item_type,
                      LiaReplyDecode decode)
{
  GError *error = NULL;
  g_autoptr (LiaValuePage) page = lia_value_page_new (item_type);
  g_autoptr (GPtrArray) rows = lia_replies_decode_values (lia_client_get_reply (future), "rows", NULL, decode, &error);
  const char *next;

  if (rows == NULL || !lia_json_str (lia_client_get_reply (future), "next", LIA_JSON_OPTIONAL, 1024, &next, &error))
    return dex_future_new_for_error (error);

  g_list_store_splice (page->values, 0, 0, rows->pdata, rows->len);
  page->next = g_strdup (next);

  return dex_future_new_take_object (g_steal_pointer (&page));
}

static DexFuture *
read_stays_cb (DexFuture *future,
               gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_QUEUE_STAY, (LiaReplyDecode)lia_wire_decode_queue_stay);
}

/**
 * lia_client_get_metric_rows:
 * @name: which figure: "answered", "late", …; see API.md
 * @of: of which queue, or, "handled", of which agent
 * @after: (nullable): `next` of the page before
 *
 * A page of today's stays in a queue, or of an agent's calls, that a figure counts, newest first. %LIA_PROBLEM_FORBIDDEN for who is no supervisor.
 */
DexFuture *
lia_client_get_metric_rows (LiaClient  *self,
                            const char *name,
                            const char *of,
                            const char *after)
{
  g_autofree char *before = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (name != NULL);
  dex_return_error_if_fail (of != NULL);

  before = make_path ("/v1/metrics/", name, g_str_has_prefix (of, "a_") ? "/rows?agent=" : "/rows?queue=");
  cursor = after != NULL ? make_path ("&after=", after, NULL) : NULL;
  path = make_path (before, of, cursor);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_stays_cb, NULL, NULL);
}

static DexFuture *
read_deeds_cb (DexFuture *future,
               gpointer   data)
{
  return lia_client_read_page (future, LIA_TYPE_DEED, (LiaReplyDecode)lia_wire_decode_deed);
}

/**
 * lia_client_get_audit:
 * @agent: (nullable): who did it, or to whom it was done; NULL: everybody
 * @before: (nullable): `next` of the page before
 *
 * A page of what was done to others, newest first. %LIA_PROBLEM_FORBIDDEN for who is no supervisor.
 */
DexFuture *
lia_client_get_audit (LiaClient  *self,
                      const char *agent,
                      const char *before)
{
  g_autofree char *of = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));

  of = agent != NULL ? make_path ("&agent=", agent, NULL) : NULL;
  cursor = before != NULL ? make_path ("&before=", before, NULL) : NULL;
  path = g_strconcat ("/v1/audit?limit=50", of != NULL ? of : "", cursor, NULL);

  return dex_future_then (lia_api_get (lia_client_get_api (self), path), read_deeds_cb, NULL, NULL);
}

static DexFuture *
get_bytes (LiaClient  *self,
           const char *before,
           const char *id,
           const char *after)
{
  g_autofree char *path = make_path (before, id, after);

  return lia_api_get_bytes (lia_client_get_api (self), path);
}

/** lia_client_get_blob: the bytes of an attachment. */
DexFuture *
lia_client_get_blob (LiaClient  *self,
                     const char *blob)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (blob != NULL);

  return get_bytes (self, "/v1/blobs/", blob, NULL);
}

/** lia_client_get_html: the HTML body as it came: only for a view without scripts and network. */
DexFuture *
lia_client_get_html (LiaClient  *self,
                     const char *entry)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  return get_bytes (self, "/v1/entries/", entry, "/html");
}

/** lia_client_get_source: the untouched original of a message. */
DexFuture *
lia_client_get_source (LiaClient  *self,
                       const char *entry)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (entry != NULL);

  return get_bytes (self, "/v1/entries/", entry, "/source");
}

static DexFuture *
read_blob_cb (DexFuture *future,
              gpointer   data)
{
  GError        *error = NULL;
  LiaAttachment *attachment = lia_wire_decode_attachment (lia_client_get_reply (future), &error);

  if (attachment != NULL)
    g_set_str (&attachment->name, data);

  return future_for (attachment, error);
}

/**
 * lia_client_upload:
 * @name: what the file is called
 * @type: (nullable): its content type, as far as it is known
 *
 * Keeps a file in the engine, to be attached to a draft. Rejects with %LIA_PROBLEM_TOO_LARGE over 25 MiB.
 */
DexFuture *
lia_client_upload (LiaClient  *self,
                   GBytes     *bytes,
                   const char *name,
                   const char *type)
{
  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (bytes != NULL);
  dex_return_error_if_fail (name != NULL);

  return dex_future_then (lia_api_put_blob (lia_client_get_api (self), bytes, name, type), read_blob_cb, g_strdup (name), g_free);
}

static DexFuture *
read_candidates_cb (DexFuture *future,
                    gpointer   data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) mailboxes =
      lia_replies_decode_values (lia_client_get_reply (future), "candidates", NULL, (LiaReplyDecode)lia_wire_decode_mailbox, &error);

  for (guint i = 0; mailboxes != NULL && i < mailboxes->len; i++)
    g_set_str (&((LiaMailbox *)mailboxes->pdata[i])->address, data);

  return future_for (mailboxes != NULL ? make_store (LIA_TYPE_MAILBOX, mailboxes) : NULL, error);
}

/** lia_client_discover_mailbox: how the mailbox of @address may be reached, the best first. */
DexFuture *
lia_client_discover_mailbox (LiaClient  *self,
                             const char *address)
{
  g_autoptr (JsonObject) body = json_object_new ();

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (address != NULL);

  json_object_set_string_member (body, "address", address);

  return dex_future_then (lia_api_ask (lia_client_get_api (self), "/v1/doctor/mail/discover", body), read_candidates_cb, g_strdup (address), g_free);
}

static DexFuture *
read_steps_cb (DexFuture *future,
               gpointer   data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) steps =
      lia_replies_decode_values (lia_client_get_reply (future), "steps", NULL, (LiaReplyDecode)lia_wire_decode_diagnosis, &error);

  return future_for (steps != NULL ? make_store (LIA_TYPE_DIAGNOSIS, steps) : NULL, error);
}

/** lia_client_test_mailbox: tests a mailbox that is not set up yet; takes up to two minutes. */
DexFuture *
lia_client_test_mailbox (LiaClient  *self,
                         LiaMailbox *mailbox,
                         const char *password)
{
  g_autoptr (JsonObject) body = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (mailbox != NULL);

  body = lia_wire_encode_mailbox (mailbox);
  json_object_set_string_member (body, "password", password != NULL ? password : "");

  return dex_future_then (lia_api_ask (lia_client_get_api (self), "/v1/doctor/mail", body), read_steps_cb, NULL, NULL);
}

/**
 * lia_client_test_channel:
 * @mailbox: (nullable): how the channel would be set up; NULL for how it is
 * @password: (nullable): NULL for the one that is kept
 *
 * Tests a channel that is set up, and changes nothing.
 */
DexFuture *
lia_client_test_channel (LiaClient  *self,
                         const char *channel,
                         LiaMailbox *mailbox,
                         const char *password)
{
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *path = NULL;

  dex_return_error_if_fail (LIA_IS_CLIENT (self));
  dex_return_error_if_fail (channel != NULL);

  path = make_path ("/v1/doctor/", channel, NULL);
  body = mailbox != NULL ? lia_wire_encode_mailbox (mailbox) : json_object_new ();
  if (password != NULL)
    json_object_set_string_member (body, "password", password);

  return dex_future_then (lia_api_ask (lia_client_get_api (self), path, body), read_steps_cb, NULL, NULL);
}
