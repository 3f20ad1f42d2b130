/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Files of visitors, and for them. A file is a message of its own, under a name of the visitor's like any other: it is there with its entry, or not
 * at all. What she is given is what stands in her own conversation, to be saved: nothing of it is ever a page of this address.
 */

#include "lia-chat-files.h"

#include "lia-async.h"
#include "lia-blobs.h"
#include "lia-chat-calls.h"
#include "lia-chat-file-kind.h"
#include "lia-chat-hub-private.h"
#include "lia-chat-upload.h"
#include "lia-crash-point.h"
#include "lia-http-pages.h"
#include "lia-wire.h"

/* A visitor's file ------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char    *directory;
  const char    *name; /* as the browser says */
  LiaAttachment *file;
  int            fd;
} Keeping;

static DexFuture *
keep_in_thread (gpointer data)
{
  Keeping *keeping = data;
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError       *error = NULL;
  const char   *type;
  const guint8 *content;
  gsize         length;

  mapped = g_mapped_file_new_from_fd (keeping->fd, FALSE, &error);
  if (mapped == NULL)
    return dex_future_new_for_error (error);
  bytes = g_mapped_file_get_bytes (mapped);
  content = g_bytes_get_data (bytes, &length);
  if (length == 0)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_VALIDATION, "The file is empty.");
  type = lia_chat_file_kind_find (content, length, keeping->name);
  if (type == NULL)
    return dex_future_new_reject (LIA_PROBLEM, LIA_PROBLEM_UNSUPPORTED_MEDIA, "Files of this kind are not taken.");

  keeping->file = lia_attachment_new ();
  keeping->file->type = g_strdup (type);
  keeping->file->name = lia_chat_file_kind_name (type, keeping->name);
  keeping->file->size_bytes = (gint64)length;
  keeping->file->blob = lia_blobs_put (keeping->directory, bytes, &error);
  if (keeping->file->blob == NULL)
    return dex_future_new_for_error (error);
  lia_crash_point ("chat-file-kept");

  return dex_future_new_for_boolean (TRUE);
}

static char *
read_name (LiaHttpCall *call)
{
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) params = NULL;
  const char *name = NULL;

  if (soup_message_headers_get_content_disposition (soup_server_message_get_request_headers (call->message), &disposition, &params) && params != NULL)
    name = g_hash_table_lookup (params, "filename");

  return name != NULL && g_utf8_validate (name, -1, NULL) ? g_strdup (name) : NULL;
}

/* (transfer full) (nullable): its bytes are on the disk, but for who it is of. */
static LiaAttachment *
await_file (LiaHttpCall *call,
            GError     **error)
{
  g_autofree char *name = read_name (call);
  Keeping          keeping = { lia_store_get_directory (lia_engine_get_store (call->engine)), name, NULL, call->upload_fd };

  if (!dex_await (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, keep_in_thread, &keeping, NULL), error))
    g_clear_object (&keeping.file);

  return keeping.file;
}

/** lia_chat_files_post: `?cid=…`, the file as the body. */
gboolean
lia_chat_files_post (LiaChatHub  *hub,
                     LiaHttpCall *call,
                     const char  *host,
                     const char  *origin,
                     GError     **error)
{
  const char *cid = lia_http_query (call, "cid");
  g_autoptr (LiaChatVisitor) visitor = NULL;
  g_autoptr (LiaAttachment) file = NULL;
  g_autofree LiaChatPosted *posted = NULL;

  if (cid == NULL || !lia_chat_is_cid (cid))
    {
      lia_problem_set_invalid (error, "/cid", "value", "“cid” is the visitor's own name of a message");
      return FALSE;
    }
  visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  if (visitor == NULL || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_FILE_HOST, host, error) ||
      !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_FILE, visitor->visitor, error))
    return FALSE;
  file = await_file (call, error);
  if (file == NULL)
    return FALSE;
  posted = lia_store_await (lia_chat_hub_post_file (hub, visitor, host, cid, file), error);
  if (posted == NULL)
    return FALSE;
  lia_crash_point ("chat-file-written");
  lia_chat_hub_posted (hub, visitor, host, posted);
  lia_http_answer_text (call, SOUP_STATUS_OK, lia_chat_write_ack (cid, posted->n));

  return TRUE;
}

/* A file for her ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  char  *visitor;
  gint64 n;
  guint  index;
} Wanted;

static void
wanted_free (gpointer data)
{
  g_free (((Wanted *)data)->visitor);
  g_free (data);
}

/* #LiaStoreFunc: @result: (nullable): the LiaAttachment */
static gboolean
read_wanted (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Wanted *wanted = data;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT t.json FROM chat_event AS c JOIN entry_text AS t ON t.seq = c.seq WHERE c.visitor = $1 AND c.n = $2",
                                           "ti", wanted->visitor, wanted->n);
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) entry = NULL;
  JsonArray  *files = NULL;
  JsonObject *file = NULL;

  if (rows != NULL && lia_rows_next (rows, &failure))
    entry = lia_json_parse (lia_rows_text (rows, 0), -1, G_MAXSIZE, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (entry != NULL && lia_json_arr (entry, "attachments", LIA_JSON_OPTIONAL, G_MAXUINT, &files, NULL) && files != NULL &&
      wanted->index < json_array_get_length (files) && lia_json_arr_obj (files, wanted->index, &file, NULL))
    *result = lia_wire_decode_attachment (file, error);
  else if (rows != NULL)
    g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such file.");

  return *result != NULL;
}

/* `/chat/v1/files/SEQ/INDEX` */
static Wanted *
read_path (LiaHttpCall    *call,
           LiaChatVisitor *visitor)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (call->message)) + strlen (LIA_CHAT_FILES_PATH "/");
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  guint64 n;
  guint64 index;
  Wanted *wanted;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT64, &n, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, 1000, &index, NULL))
    return NULL;
  wanted = g_new0 (Wanted, 1);
  wanted->visitor = g_strdup (visitor->visitor);
  wanted->n = (gint64)n;
  wanted->index = (guint)index;

  return wanted;
}

static void
set_headers (LiaHttpCall         *call,
             const LiaAttachment *file)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  g_autoptr (GHashTable) params = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (params, (gpointer) "filename", file->name != NULL ? file->name : (char *)"file");
  soup_message_headers_set_content_disposition (headers, "attachment", params);
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
}

/** lia_chat_files_get: one of what stands in her conversation. */
gboolean
lia_chat_files_get (LiaChatHub  *hub,
                    LiaHttpCall *call,
                    const char  *host,
                    const char  *origin,
                    GError     **error)
{
  g_autoptr (LiaChatVisitor) visitor = lia_chat_calls_await_visitor (hub, call, origin, error);
  g_autoptr (LiaAttachment) file = NULL;
  Wanted *wanted;

  if (visitor == NULL || !lia_chat_hub_take (hub, LIA_CHAT_LIMIT_DOWNLOAD, visitor->visitor, error))
    return FALSE;
  wanted = read_path (call, visitor);
  if (wanted == NULL)
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such file.");
      return FALSE;
    }
  file = lia_store_await (lia_store_read (lia_chat_hub_get_store (hub), read_wanted, wanted, wanted_free, g_object_unref), error);
  if (file == NULL ||
      !lia_http_answer_blob (call, file->blob, lia_chat_file_kind_is_known (file->type) ? file->type : "application/octet-stream", error))
    return FALSE;
  set_headers (call, file);

  return TRUE;
}
