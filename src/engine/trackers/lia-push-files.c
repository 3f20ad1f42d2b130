/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an image says beside what it shows is taken out before anybody looks at a preview, and the rest is kept as a blob of its own: what is shown, what
 * the hash is of, and what is sent hours later are the same bytes.
 */

#include "lia-push-files.h"

#include "lia-async.h"
#include "lia-attachment.h"
#include "lia-blobs.h"
#include "lia-json.h"
#include "lia-problem.h"
#include "lia-queries-findings.h"
#include "lia-wire.h"

#include <string.h>

#define SNIFF_BYTES 4096
#define QUOTES 50 /* the newest ones, whose files are offered */
#define MAX_OFFERED 50

typedef struct
{
  const char    *directory;
  LiaAttachment *chosen;
} Cleaning;

/* By what it is, then by what it is called */
static char *
sniff (const char *name,
       GBytes     *bytes)
{
  gsize            size;
  const guint8    *data = g_bytes_get_data (bytes, &size);
  g_autofree char *content_type = g_content_type_guess (name, data, MIN (size, SNIFF_BYTES), NULL);
  char            *type = g_content_type_get_mime_type (content_type);

  return type != NULL ? type : g_strdup ("application/octet-stream");
}

static LiaPushFile *
clean (const Cleaning *self,
       GError        **error)
{
  g_autoptr (LiaPushFile) file = lia_push_file_new ();
  g_autoptr (GBytes) bytes = lia_blobs_get (self->directory, self->chosen->blob, error);
  g_autoptr (GBytes) bare = NULL;

  if (bytes == NULL)
    return NULL;
  g_set_str (&file->name, self->chosen->name != NULL ? self->chosen->name : "");
  g_free (file->type);
  file->type = sniff (file->name, bytes);
  bare = lia_metadata_strip (bytes, file->type, &file->metadata);
  file->size_bytes = (gint64)g_bytes_get_size (bare);
  g_free (file->blob);
  file->blob = bare == bytes ? g_strdup (self->chosen->blob) : lia_blobs_put (self->directory, bare, error);

  return file->blob != NULL ? g_steal_pointer (&file) : NULL;
}

static DexFuture *
clean_in_thread (gpointer data)
{
  GError      *error = NULL;
  LiaPushFile *file = clean (data, &error);

  return file != NULL ? dex_future_new_take_object (file) : dex_future_new_for_error (error);
}

/**
 * lia_push_files_clean:
 * @chosen: (element-type LiaAttachment): by their blob, and how they are to be called
 *
 * In a fiber. %LIA_PROBLEM_VALIDATION when one was never uploaded.
 *
 * Returns: (transfer full) (element-type LiaPushFile): as they may leave, in their order
 */
GPtrArray *
lia_push_files_clean (LiaStore  *store,
                      GPtrArray *chosen,
                      GError   **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    {
      Cleaning     cleaning = { lia_store_get_directory (store), chosen->pdata[i] };
      LiaPushFile *file;

      if (!lia_blobs_is_id (cleaning.chosen->blob))
        file = NULL;
      else
        file = dex_await_object (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, clean_in_thread, &cleaning, NULL), NULL);
      if (file == NULL)
        {
          g_autofree char *pointer = g_strdup_printf ("/files/%u", i);

          lia_problem_set_invalid (error, pointer, "unknown", "One of the files was never uploaded");
          return NULL;
        }
      g_ptr_array_add (files, file);
    }

  return g_steal_pointer (&files);
}

typedef struct
{
  const char *directory;
  const char *blob;
} Loading;

static DexFuture *
load_in_thread (gpointer data)
{
  const Loading *self = data;
  GError        *error = NULL;
  GBytes        *bytes = lia_blobs_get (self->directory, self->blob, &error);

  return bytes != NULL ? dex_future_new_take_boxed (G_TYPE_BYTES, bytes) : dex_future_new_for_error (error);
}

/** lia_push_files_load: (transfer full): what leaves. In a fiber. */
GBytes *
lia_push_files_load (LiaStore    *store,
                     LiaPushFile *file,
                     GError     **error)
{
  Loading loading = { lia_store_get_directory (store), file->blob };

  return dex_await_boxed (dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, load_in_thread, &loading, NULL), error);
}

/* Offering --------------------------------------------------------------------------------------------------------------------------------- */

static gboolean
is_offered (GPtrArray     *offered,
            LiaAttachment *attachment)
{
  for (guint i = 0; i < offered->len; i++)
    if (g_str_equal (((LiaAttachment *)offered->pdata[i])->blob, attachment->blob))
      return TRUE;

  return FALSE;
}

/* What was spoken is nobody's to read: recordings stay here */
static gboolean
add_of_entry (LiaDb      *db,
              const char *entry,
              GPtrArray  *offered,
              GError    **error)
{
  g_autofree char *json =
      lia_db_get_text (db, NULL, "SELECT json FROM entry_text WHERE seq = $1 AND json ->> '$.kind' <> 'call'", "i", g_ascii_strtoll (entry + strlen ("e_"), NULL, 10));
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  JsonArray *items = NULL;

  if (json == NULL)
    return TRUE;
  object = lia_json_parse (json, -1, G_MAXSIZE, error);
  if (object == NULL || !lia_json_arr (object, "attachments", LIA_JSON_OPTIONAL, G_MAXUINT, &items, error))
    return FALSE;
  for (guint i = 0; items != NULL && i < json_array_get_length (items) && offered->len < MAX_OFFERED; i++)
    {
      JsonObject *item;
      g_autoptr (LiaAttachment) attachment = lia_json_arr_obj (items, i, &item, error) ? lia_wire_decode_attachment (item, error) : NULL;

      if (attachment == NULL)
        return FALSE;
      if (!is_offered (offered, attachment))
        g_ptr_array_add (offered, g_steal_pointer (&attachment));
    }

  return TRUE;
}

/** lia_push_files_offer: (transfer full) (element-type LiaAttachment): the files of the entries in which it was said. @finding_id: that was not merged */
GPtrArray *
lia_push_files_offer (LiaDb   *db,
                      gint64   finding_id,
                      GError **error)
{
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) quotes = lia_query_finding_quotes (db, finding_id, NULL, QUOTES, &next, error);
  g_autoptr (GPtrArray) offered = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; quotes != NULL && i < quotes->len; i++)
    {
      const LiaQuote *quote = quotes->pdata[i];

      if (*quote->source != '\0' && !add_of_entry (db, quote->source, offered, error))
        return NULL;
    }

  return quotes != NULL ? g_steal_pointer (&offered) : NULL;
}

/* Before they are made public */
static void
set_problem (LiaPushFile *file,
             gint64       max_bytes)
{
  g_autofree char *limit = g_format_size_full ((guint64)max_bytes, G_FORMAT_SIZE_IEC_UNITS);

  g_free (file->problem);
  if (max_bytes == 0)
    file->problem = g_strdup ("This tracker takes files from people in a browser alone. Leave it out here, and add it to the issue there.");
  else if (file->size_bytes > max_bytes)
    file->problem = g_strdup_printf ("The file is larger than %s, and the tracker takes no larger ones.", limit);
  else
    file->problem = g_strdup (file->size_bytes == 0 ? "The file is empty." : "");
}

/** lia_push_files_limit: says of files that nobody else has seen yet why the tracker would not take them. @max_bytes: 0 = it takes none */
void
lia_push_files_limit (GPtrArray *files,
                      gint64     max_bytes)
{
  for (guint i = 0; i < files->len; i++)
    set_problem (files->pdata[i], max_bytes);
}

/* On their way ----------------------------------------------------------------------------------------------------------------------------- */

static LiaPushFile *
copy (LiaPushFile *file)
{
  LiaPushFile *copied = lia_push_file_new ();

  g_set_str (&copied->blob, file->blob);
  g_set_str (&copied->name, file->name);
  g_set_str (&copied->type, file->type);
  g_set_str (&copied->problem, file->problem);
  copied->size_bytes = file->size_bytes;
  copied->metadata = file->metadata;
  copied->is_there = file->is_there;

  return copied;
}

/** lia_push_files_copy: (transfer full): to be changed. */
GPtrArray *
lia_push_files_copy (GPtrArray *files)
{
  GPtrArray *copied = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (copied, copy (files->pdata[i]));

  return copied;
}

/** lia_push_files_next: which one is to be sent, -1: none; those that were refused are not */
gint
lia_push_files_next (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const LiaPushFile *file = files->pdata[i];

      if (!file->is_there && *file->problem == '\0')
        return (gint)i;
    }

  return -1;
}

/** lia_push_files_are_there: whether the tracker has any of them. */
gboolean
lia_push_files_are_there (GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    if (((LiaPushFile *)files->pdata[i])->is_there)
      return TRUE;

  return FALSE;
}

/** lia_push_files_missing: (transfer full): which of them the tracker has not, and why, in words; "" = it has them all */
char *
lia_push_files_missing (GPtrArray *files)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    {
      const LiaPushFile *file = files->pdata[i];

      if (!file->is_there)
        g_string_append_printf (words, "%s“%s” is not there. %s", words->len > 0 ? " " : "The issue is filed, but ", file->name, file->problem);
    }

  return g_string_free_and_steal (g_steal_pointer (&words));
}
