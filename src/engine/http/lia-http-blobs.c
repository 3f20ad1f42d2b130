/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Attachments: an upload has gone to a file without a name by the time its handler runs (lia-http.c); from there it is mapped, not read. */

#include "lia-http-resources.h"

#include "lia-async.h"
#include "lia-blobs.h"
#include "lia-http-pages.h"
#include "lia-time.h"

#define SNIFF_BYTES 4096
#define MAX_NAME_BYTES 255

typedef struct
{
  const char *directory;
  int         fd;
  char       *name;
  char       *claimed_type;
  char       *id;
  char       *type;
  gint64      size;
} Upload;

static void
upload_clear (Upload *upload)
{
  g_free (upload->name);
  g_free (upload->claimed_type);
  g_free (upload->id);
  g_free (upload->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

/* By what it is, then by what it is called; what the uploader says only counts where that leads nowhere. */
static char *
sniff (const char *name,
       const char *claimed_type,
       GBytes     *bytes)
{
  gboolean         uncertain;
  gsize            size;
  const guint8    *data = g_bytes_get_data (bytes, &size);
  g_autofree char *content_type = g_content_type_guess (name, data, MIN (size, SNIFF_BYTES), &uncertain);
  g_autofree char *type = g_content_type_get_mime_type (content_type);

  if ((type == NULL || uncertain) && claimed_type != NULL)
    return g_strdup (claimed_type);
  return type != NULL ? g_steal_pointer (&type) : g_strdup ("application/octet-stream");
}

static DexFuture *
put_in_thread (gpointer data)
{
  Upload *upload = data;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  file = g_mapped_file_new_from_fd (upload->fd, FALSE, &error);
  if (file == NULL)
    return dex_future_new_for_error (error);

  bytes = g_mapped_file_get_bytes (file);
  upload->size = (gint64)g_bytes_get_size (bytes);
  upload->id = lia_blobs_put (upload->directory, bytes, &error);
  if (upload->id == NULL)
    return dex_future_new_for_error (error);

  upload->type = sniff (upload->name, upload->claimed_type, bytes);
  return dex_future_new_for_boolean (TRUE);
}

static gboolean
note_upload (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  const Upload *upload = data;

  return lia_db_exec (db, error,
                      "INSERT INTO upload(blob, type, name, size, at) VALUES($1, $2, $3, $4, $5) "
                      "ON CONFLICT(blob) DO UPDATE SET type = $2, name = $3, at = $5",
                      "tttii", upload->id, upload->type, upload->name != NULL ? upload->name : "", upload->size, lia_time_now ());
}

static char *
read_name (SoupMessageHeaders *headers)
{
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) params = NULL;
  const char *name;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &params) || params == NULL)
    return NULL;

  name = g_hash_table_lookup (params, "filename");
  if (name == NULL || !g_utf8_validate (name, -1, NULL) || strlen (name) > MAX_NAME_BYTES)
    return NULL;
  return g_path_get_basename (name);
}

gboolean
lia_http_put_blob (LiaHttpCall *call,
                   GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  LiaStore           *store = lia_engine_get_store (call->engine);
  g_auto (Upload) upload = { lia_store_get_directory (store), call->upload_fd };
  JsonObject *answer;

  upload.name = read_name (headers);
  upload.claimed_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  if (!dex_await (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, put_in_thread, &upload, NULL), error) ||
      !dex_await (lia_store_write (store, note_upload, &upload, NULL, NULL), error))
    return FALSE;

  answer = json_object_new ();
  json_object_set_string_member (answer, "blob", upload.id);
  json_object_set_int_member (answer, "size", upload.size);
  json_object_set_string_member (answer, "type", upload.type);
  lia_http_answer_object (call, SOUP_STATUS_CREATED, answer);
  return TRUE;
}

typedef struct
{
  const char *directory;
  const char *id;
  GBytes     *bytes;
  char       *type;
} Download;

static void
download_clear (Download *download)
{
  g_clear_pointer (&download->bytes, g_bytes_unref);
  g_free (download->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Download, download_clear)

static DexFuture *
get_in_thread (gpointer data)
{
  Download *download = data;
  GError   *error = NULL;

  download->bytes = lia_blobs_get (download->directory, download->id, &error);
  if (download->bytes == NULL)
    return dex_future_new_for_error (error);

  download->type = sniff (NULL, NULL, download->bytes);
  return dex_future_new_for_boolean (TRUE);
}

/** lia_http_answer_blob: @type: (nullable): NULL for what it is sniffed to be. From a fiber. */
gboolean
lia_http_answer_blob (LiaHttpCall *call,
                      const char  *id,
                      const char  *type,
                      GError     **error)
{
  g_auto (Download) download = { lia_store_get_directory (lia_engine_get_store (call->engine)), id, NULL, NULL };

  if (!lia_blobs_is_id (id))
    {
      g_set_error_literal (error, LIA_PROBLEM, LIA_PROBLEM_NOT_FOUND, "There is no such file.");
      return FALSE;
    }
  if (!dex_await (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, get_in_thread, &download, NULL), error))
    return FALSE;

  lia_http_answer_bytes (call, type != NULL ? type : download.type, download.bytes);
  return TRUE;
}

gboolean
lia_http_get_blob (LiaHttpCall *call,
                   GError     **error)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Content-Disposition", "attachment");
  return lia_http_answer_blob (call, lia_http_argument (call, 0), NULL, error);
}
