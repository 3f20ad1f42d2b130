/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-responses-files.h"

#include "lia-async.h"
#include "lia-canned-json.h"

#include <string.h>

#define MAX_DEPTH 10

typedef struct
{
  GFile             *file;
  LiaResponsesFormat format;
  GPtrArray         *library; /* of LiaCanned, as it was when the work began */
  char              *agent;
  gboolean           supervisor;
} Work;

static Work *
work_new (GFile     *file,
          GPtrArray *library)
{
  Work *work = g_new0 (Work, 1);

  work->file = g_object_ref (file);
  work->library = g_ptr_array_ref (library);

  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->file);
  g_ptr_array_unref (work->library);
  g_free (work->agent);
  g_free (work);
}

static DexFuture *
spawn (DexFiberFunc func,
       Work        *work)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), LIA_FIBER_STACK_BYTES, func, work, work_free);
}

/* NULL with @error set, also for what is larger than can be imported */
static GBytes *
load (GFile   *file,
      goffset  max_bytes,
      GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_size (info) > max_bytes)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "the file is too large");
      return NULL;
    }

  return g_file_load_bytes (file, NULL, NULL, error);
}

static gboolean
read_page (GFile      *file,
           const char *path,
           GPtrArray  *rows,
           GError    **error)
{
  g_autoptr (GBytes) bytes = load (file, LIA_CANNED_MAX_PAGE_BYTES, error);
  gsize       size;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  g_ptr_array_add (rows, lia_canned_import_page (path, text != NULL ? text : "", size));

  return TRUE;
}

/* What a folder holds: text files, in the order of their names; neither links nor what is hidden, as .git is */
static GPtrArray *
list_folder (GFile   *folder,
             GError **error)
{
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GFileInfo *info;

  while (children != NULL)
    {
      const char *name;
      GFileType   type;

      if (!g_file_enumerator_iterate (children, &info, NULL, NULL, error))
        return NULL;
      if (info == NULL)
        break;
      name = g_file_info_get_name (info);
      type = g_file_info_get_file_type (info);
      if (*name != '.' && g_utf8_validate (name, -1, NULL) &&
          (type == G_FILE_TYPE_DIRECTORY || (type == G_FILE_TYPE_REGULAR && g_str_has_suffix (name, ".txt"))))
        g_ptr_array_add (names, type == G_FILE_TYPE_DIRECTORY ? g_strconcat (name, "/", NULL) : g_strdup (name));
    }
  g_ptr_array_sort_values (names, (GCompareFunc)strcmp);

  return children != NULL ? g_steal_pointer (&names) : NULL;
}

static gboolean
read_folder (GFile      *folder,
             const char *path,
             guint       depth,
             GPtrArray  *rows,
             GError    **error)
{
  g_autoptr (GPtrArray) names = list_folder (folder, error);

  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < names->len && rows->len < LIA_CANNED_MAX_IMPORT; i++)
    {
      const char      *name = names->pdata[i];
      g_autofree char *below = g_strconcat (path, name, NULL);
      g_autoptr (GFile) child = g_file_get_child (folder, name);
      gboolean is_folder = g_str_has_suffix (name, "/");

      if (is_folder && depth < MAX_DEPTH && !read_folder (child, below, depth + 1, rows, error))
        return FALSE;
      if (!is_folder && !read_page (child, below, rows, error))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
read_rows (GFile   *file,
           GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (g_file_query_file_type (file, 0, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      rows = g_ptr_array_new_with_free_func (g_object_unref);
      return read_folder (file, "", 0, rows, error) ? g_steal_pointer (&rows) : NULL;
    }

  bytes = load (file, LIA_CANNED_MAX_IMPORT_BYTES, error);
  if (bytes == NULL)
    return NULL;

  return g_str_has_suffix (name, ".json") ? lia_canned_import_json (bytes) : lia_canned_import_csv (bytes);
}

static DexFuture *
read_fiber (gpointer data)
{
  Work             *work = data;
  GError           *error = NULL;
  GPtrArray        *rows = read_rows (work->file, &error);
  LiaCannedImporter importer = { work->agent, work->supervisor };

  if (rows == NULL)
    return dex_future_new_for_error (error);
  lia_canned_import_compare (rows, work->library, &importer);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, rows);
}

/**
 * lia_responses_read_files:
 * @file: a file, or a folder
 * @library: of LiaCanned, what is there; not to be changed any more
 * @agent: the id of who imports
 * @supervisor: whether that agent may change what was reviewed
 *
 * Reads, and says of each response what an import would do. Rejects with %G_IO_ERROR when nothing can be read at all.
 */
DexFuture *
lia_responses_read_files (GFile      *file,
                          GPtrArray  *library,
                          const char *agent,
                          gboolean    supervisor)
{
  Work *work;

  dex_return_error_if_fail (G_IS_FILE (file));
  dex_return_error_if_fail (library != NULL);

  work = work_new (file, library);
  work->agent = g_strdup (agent);
  work->supervisor = supervisor;

  return spawn (read_fiber, work);
}

static int
compare_for_files (gconstpointer a,
                   gconstpointer b)
{
  const LiaCanned *x = *(LiaCanned *const *)a;
  const LiaCanned *y = *(LiaCanned *const *)b;
  int              order = strcmp (x->folder, y->folder);

  order = order != 0 ? order : strcmp (x->title, y->title);

  return order != 0 ? order : strcmp (x->id, y->id);
}

static gboolean
write_text (GFile      *file,
            const char *text,
            GError    **error)
{
  return g_file_replace_contents (file, text, strlen (text), NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL, error);
}

static gboolean
make_folder (GFile   *folder,
             GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_file_make_directory_with_parents (folder, NULL, &cause) || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

/* Written anew only where something is different, so that times say what changed. */
static gboolean
write_page (GFile      *root,
            const char *path,
            LiaCanned  *canned,
            GError    **error)
{
  g_autoptr (GFile) file = g_file_resolve_relative_path (root, path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *page = lia_canned_export_page (canned, FALSE);
  g_autofree char *before = NULL;
  gsize            length;

  if (g_file_load_contents (file, NULL, &before, &length, NULL, NULL) && length == strlen (page) && memcmp (before, page, length) == 0)
    return TRUE;

  return make_folder (folder, error) && write_text (file, page, error);
}

/* A page of ours whose response is gone, was renamed or moved: what nobody but an export can have written */
static gboolean
is_left_over (GFile *file)
{
  g_autofree char *text = NULL;

  return g_file_load_contents (file, NULL, &text, NULL, NULL, NULL) && g_str_has_prefix (text, "---\nid: r_");
}

static gboolean
remove_left_over (GFile      *folder,
                  const char *path,
                  guint       depth,
                  GHashTable *written,
                  GError    **error)
{
  g_autoptr (GPtrArray) names = list_folder (folder, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char      *name = names->pdata[i];
      g_autofree char *below = g_strconcat (path, name, NULL);
      g_autoptr (GFile) child = g_file_get_child (folder, name);

      if (g_str_has_suffix (name, "/"))
        {
          if (depth < MAX_DEPTH && !remove_left_over (child, below, depth + 1, written, error))
            return FALSE;
        }
      else if (!g_hash_table_contains (written, below) && is_left_over (child) && !g_file_delete (child, NULL, error))
        return FALSE;
    }

  return names != NULL;
}

static gboolean
write_folder (GFile     *root,
              GPtrArray *library,
              GError   **error)
{
  g_autoptr (GHashTable) paths = lia_canned_export_paths (library);
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);

  if (!make_folder (root, error))
    return FALSE;
  for (guint i = 0; i < library->len; i++)
    {
      char *path = g_hash_table_lookup (paths, library->pdata[i]);

      if (!write_page (root, path, library->pdata[i], error))
        return FALSE;
      g_hash_table_add (written, path);
    }

  return remove_left_over (root, "", 0, written, error);
}

static DexFuture *
write_fiber (gpointer data)
{
  Work   *work = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (work->library, (GCopyFunc)(void (*) (void))g_object_ref, NULL);
  g_autofree char *text = NULL;
  gboolean         done;

  g_ptr_array_set_free_func (sorted, g_object_unref);
  g_ptr_array_sort (sorted, compare_for_files);
  if (work->format == LIA_RESPONSES_FOLDER)
    done = write_folder (work->file, sorted, &error);
  else
    {
      text = work->format == LIA_RESPONSES_JSON ? lia_canned_export_json (sorted) : lia_canned_export_csv (sorted);
      done = write_text (work->file, text, &error);
    }

  return done ? dex_future_new_true () : dex_future_new_for_error (error);
}

/**
 * lia_responses_write_files:
 * @library: of LiaCanned; not to be changed any more
 *
 * The same library gives the same files. In a folder, pages of responses that are gone or lie elsewhere now are removed; nothing else is touched.
 */
DexFuture *
lia_responses_write_files (GFile             *file,
                           LiaResponsesFormat format,
                           GPtrArray         *library)
{
  Work *work;

  dex_return_error_if_fail (G_IS_FILE (file));
  dex_return_error_if_fail (library != NULL);

  work = work_new (file, library);
  work->format = format;

  return spawn (write_fiber, work);
}
