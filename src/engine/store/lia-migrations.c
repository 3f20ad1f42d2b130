/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Brings a store to this program's schema: each script of `data/sql/` in a transaction of its own together with the number that says it was
 * run (user_version), so that a crash between two leaves a sound store of the earlier version. Runs at opening, before any other connection.
 *
 * A store that holds something is copied first: `liaison.db.before-update` is the way back to the program before. Blobs never change.
 */

#include "lia-migrations.h"

#include "liaison-sql.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SQL_PATH "/org/liaisondesk/Liaison/sql/"
#define COPY_SUFFIX ".before-update"

/** lia_migrations_newest: the schema that this program knows. */
guint
lia_migrations_newest (void)
{
  g_auto (GStrv) names = g_resource_enumerate_children (liaison_sql_get_resource (), SQL_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return g_strv_length (names);
}

static char *
script_of (guint    version,
           GError **error)
{
  g_auto (GStrv) names = g_resource_enumerate_children (liaison_sql_get_resource (), SQL_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (SQL_PATH, names[i], NULL);
      g_autoptr (GBytes) bytes = NULL;

      if ((guint)atoi (names[i]) != version)
        continue;

      bytes = g_resource_lookup_data (liaison_sql_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
    }

  if (names != NULL)
    g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_INTERNAL, "There is no migration %u", version);

  return NULL;
}

static gboolean
run_one (LiaDb   *db,
         guint    version,
         GError **error)
{
  g_autofree char *script = script_of (version, error);
  g_autofree char *whole = NULL;

  if (script == NULL)
    return FALSE;

  whole = g_strdup_printf ("BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %u;\nCOMMIT;", script, version);
  if (lia_db_script (db, whole, error))
    return TRUE;

  if (lia_db_in_transaction (db))
    lia_db_script (db, "ROLLBACK", NULL);

  return FALSE;
}

static gboolean
fail_errno (const char *path,
            GError    **error)
{
  int saved = errno;

  g_set_error (error, LIA_STORE_ERROR, saved == ENOSPC || saved == EDQUOT ? LIA_STORE_ERROR_FULL : LIA_STORE_ERROR_INTERNAL,
               "Keeping a copy of the store as %s: %s", path, g_strerror (saved));

  return FALSE;
}

static gboolean
sync_file (const char *path,
           GError    **error)
{
  int      fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    fail_errno (path, error);
  if (fd >= 0)
    close (fd);

  return synced;
}

/* Takes the place of the copy before only when it is whole. */
static gboolean
write_copy (LiaDb      *db,
            const char *path,
            GError    **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);

  g_unlink (part);
  if (lia_db_exec (db, error, "VACUUM INTO $1", "t", part) &&
      sync_file (part, error) &&
      (g_rename (part, path) == 0 || fail_errno (path, error)))
    return TRUE;

  g_unlink (part);

  return FALSE;
}

static gboolean
keep_copy (LiaDb   *db,
           GError **error)
{
  g_autofree char *file = lia_db_get_text (db, error, "SELECT file FROM pragma_database_list WHERE name = 'main'", "");
  g_autofree char *copy = NULL;

  if (file == NULL)
    return FALSE;

  copy = g_strconcat (file, COPY_SUFFIX, NULL);

  return write_copy (db, copy, error);
}

/** lia_migrations_run_some: as a program does that knows no more than @newest; without a copy. */
gboolean
lia_migrations_run_some (LiaDb   *db,
                         guint    newest,
                         GError **error)
{
  gint64 version;

  if (!lia_db_get_int (db, &version, error, "PRAGMA user_version", ""))
    return FALSE;

  while (version < newest)
    {
      if (!run_one (db, ++version, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * lia_migrations_run:
 *
 * Brings the store up to date. %LIA_STORE_ERROR_NEWER when it was written by a later program: it is not touched then. Without room for a
 * copy it is %LIA_STORE_ERROR_FULL, and not touched either.
 */
gboolean
lia_migrations_run (LiaDb   *db,
                    GError **error)
{
  gint64 version;
  guint  newest = lia_migrations_newest ();

  if (!lia_db_get_int (db, &version, error, "PRAGMA user_version", ""))
    return FALSE;

  if (version > newest)
    {
      g_set_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NEWER,
                   "The store has schema %" G_GINT64_FORMAT ", this program knows up to %u", version, newest);
      return FALSE;
    }

  if (version > 0 && version < newest && !keep_copy (db, error))
    return FALSE;

  return lia_migrations_run_some (db, newest, error);
}
