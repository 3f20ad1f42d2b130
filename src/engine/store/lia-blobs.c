/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The blob files. A file is complete and synced under its final name or not there at all; files that were never named by a row are swept
 * later. Putting the same bytes twice is one file. Files are 0400: nobody changes content that is its own name.
 */

#include "lia-blobs.h"

#include "lia-crash-point.h"
#include "lia-db.h"
#include "lia-sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MANY 16 /* from so many files on one sync of the file system is cheaper than one of each */
#define PREFIX "b_"
#define HASH_LENGTH 64
#define ID_LENGTH (strlen (PREFIX) + HASH_LENGTH)

/** lia_blobs_is_id: whether it has the form of an id; only such text is ever made a path. */
gboolean
lia_blobs_is_id (const char *id)
{
  if (id == NULL || !g_str_has_prefix (id, PREFIX) || strlen (id) != ID_LENGTH)
    return FALSE;

  return strspn (id + strlen (PREFIX), "0123456789abcdef") == HASH_LENGTH;
}

/** lia_blobs_path: (nullable) (transfer full): where the file is or would be; NULL for what is not an id. */
char *
lia_blobs_path (const char *directory,
                const char *id)
{
  const char *hash;
  char        folder[3];

  if (!lia_blobs_is_id (id))
    return NULL;

  hash = id + strlen (PREFIX);
  g_strlcpy (folder, hash, sizeof folder);

  return g_build_filename (directory, "blobs", folder, hash + 2, NULL);
}

static gboolean
fail_errno (GError    **error,
            const char *doing)
{
  int           saved = errno;
  LiaStoreError code = LIA_STORE_ERROR_INTERNAL;

  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    code = LIA_STORE_ERROR_FULL;
  else if (saved == EACCES || saved == EROFS || saved == EPERM)
    code = LIA_STORE_ERROR_READ_ONLY;
  else if (saved == ENOENT)
    code = LIA_STORE_ERROR_NOT_FOUND;

  g_set_error (error, LIA_STORE_ERROR, code, "%s: %s", doing, g_strerror (saved));

  return FALSE;
}

static gboolean
write_all (int         fd,
           const char *bytes,
           gsize       length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, bytes, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          bytes += n;
          length -= n;
        }
    }

  return TRUE;
}

static gboolean
sync_folder (const char *path,
             GError    **error)
{
  int      fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail_errno (error, "Syncing a folder of blobs");
  if (fd >= 0)
    close (fd);

  return ok;
}

/* A folder that was just made is itself an entry of its parent, to be synced as well. */
static gboolean
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);

  if (mkdir (path, 0700) == 0)
    return sync_folder (parent, error);

  return errno == EEXIST || fail_errno (error, "Making a folder for blobs");
}

static gboolean
write_new (const char *path,
           GBytes     *bytes,
           gboolean    synced,
           GError    **error)
{
  int      fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
  gboolean ok;

  if (fd < 0)
    return fail_errno (error, "Making a blob");

  ok = write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) && (!synced || fsync (fd) == 0);
  if (!ok)
    fail_errno (error, "Writing a blob");
  if (close (fd) != 0 && ok)
    ok = fail_errno (error, "Writing a blob");
  if (!ok)
    unlink (path);

  return ok;
}

/* A file on its way: written under another name, to be named when its bytes are on the disk. */
typedef struct
{
  char *temporary;
  char *path;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *self = data;

  if (self->temporary != NULL)
    unlink (self->temporary);

  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

/* Writes one file unless it is here already. */
static gboolean
write_pending (const char *directory,
               const char *id,
               GBytes     *bytes,
               gboolean    synced,
               GPtrArray  *pending,
               GError    **error)
{
  static int       counter;
  g_autofree char *path = lia_blobs_path (directory, id);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *temporary = NULL;
  struct stat      info;
  Pending         *one;

  if (g_stat (path, &info) == 0 && (gsize)info.st_size == g_bytes_get_size (bytes))
    return TRUE;

  if (!make_folder (parent, error))
    return FALSE;

  temporary = g_strdup_printf ("%s.%d-%d.part", path, (int)getpid (), g_atomic_int_add (&counter, 1));
  if (!write_new (temporary, bytes, synced, error))
    return FALSE;

  one = g_new0 (Pending, 1);
  one->temporary = g_steal_pointer (&temporary);
  one->path = g_steal_pointer (&path);
  g_ptr_array_add (pending, one);

  return TRUE;
}

static gboolean
name_pending (GPtrArray  *pending,
              GHashTable *folders,
              GError    **error)
{
  lia_crash_point ("blobs-before-rename");

  for (guint i = 0; i < pending->len; i++)
    {
      Pending *one = g_ptr_array_index (pending, i);

      if (g_rename (one->temporary, one->path) != 0)
        return fail_errno (error, "Naming a blob");

      g_clear_pointer (&one->temporary, g_free);
      g_hash_table_add (folders, g_path_get_dirname (one->path));
    }

  return TRUE;
}

static gboolean
sync_folders (GHashTable *folders,
              GError    **error)
{
  GHashTableIter iter;
  gpointer       folder;

  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    {
      if (!sync_folder (folder, error))
        return FALSE;
    }

  return TRUE;
}

/* All that was written to the file system: dearer than one file, far cheaper than a hundred. Tells of failed writes since Linux 5.8. */
static gboolean
sync_all (const char *root,
          GError    **error)
{
  int      fd = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && syncfs (fd) == 0;

  if (!ok)
    fail_errno (error, "Syncing blobs");
  if (fd >= 0)
    close (fd);

  return ok;
}

static char *
id_of (GBytes *bytes)
{
  g_autofree char *hash = lia_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strconcat (PREFIX, hash, NULL);
}

/**
 * lia_blobs_put_many:
 * @directory: the store's
 * @bytes: (array length=n_bytes): the contents
 * @ids: (array length=n_bytes) (out caller-allocates): their ids; left alone when it fails
 *
 * Keeps several files; they share the waiting for the disk. When it returns they survive a power cut.
 *
 * Returns: FALSE with %LIA_STORE_ERROR (FULL, READ_ONLY)
 */
gboolean
lia_blobs_put_many (const char    *directory,
                    GBytes *const *bytes,
                    guint          n_bytes,
                    char         **ids,
                    GError       **error)
{
  g_autofree char *root = g_build_filename (directory, "blobs", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (pending_free);
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean many = n_bytes >= MANY;

  if (!make_folder (root, error))
    return FALSE;

  for (guint i = 0; i < n_bytes; i++)
    {
      char *id = id_of (bytes[i]);

      g_ptr_array_add (names, id);
      if (!write_pending (directory, id, bytes[i], !many, pending, error))
        return FALSE;
    }

  if (pending->len > 0 && ((many && !sync_all (root, error)) || !name_pending (pending, folders, error) ||
                           !(many ? sync_all (root, error) : sync_folders (folders, error))))
    return FALSE;

  for (guint i = 0; i < n_bytes; i++)
    ids[i] = g_steal_pointer (&g_ptr_array_index (names, i));

  return TRUE;
}

/** lia_blobs_put: (transfer full): keeps one file and returns its id, see lia_blobs_put_many(). */
char *
lia_blobs_put (const char *directory,
               GBytes     *bytes,
               GError    **error)
{
  char *id = NULL;

  return lia_blobs_put_many (directory, &bytes, 1, &id, error) ? id : NULL;
}

/** lia_blobs_get: (transfer full): the contents, mapped; NULL with %LIA_STORE_ERROR_NOT_FOUND also for what is not an id. */
GBytes *
lia_blobs_get (const char *directory,
               const char *id,
               GError    **error)
{
  g_autofree char *path = lia_blobs_path (directory, id);
  g_autoptr (GMappedFile) file = NULL;
  int fd;

  if (path == NULL)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "Not the id of a blob");
      return NULL;
    }

  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    {
      fail_errno (error, "Opening a blob");
      return NULL;
    }

  file = g_mapped_file_new_from_fd (fd, FALSE, error);
  close (fd);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}
