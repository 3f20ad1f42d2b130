/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-store.h"

#include "lia-time.h"

/* Runs on the store's threads. `uid_done` is added to by the ingest with each batch; here it only gains what is skipped, or is emptied. */

void
lia_imap_folder_free (LiaImapFolder *self)
{
  g_free (self->path);
  g_free (self->role);
  g_free (self);
}

LiaImapChanges *
lia_imap_changes_new (gint64 folder_id)
{
  LiaImapChanges *self = g_new0 (LiaImapChanges, 1);

  self->folder_id = folder_id;
  return self;
}

void
lia_imap_changes_free (LiaImapChanges *self)
{
  g_clear_pointer (&self->gone, lia_uid_set_free);
  g_clear_pointer (&self->skipped, lia_uid_set_free);
  g_clear_pointer (&self->flags, g_array_unref);
  g_free (self);
}

typedef struct
{
  gint64     channel_id;
  GPtrArray *folders;
  char      *role;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->folders, g_ptr_array_unref);
  g_free (question->role);
  g_free (question);
}

static gboolean
keep_folders (LiaDb    *db,
              gpointer  data,
              gpointer *result,
              GError  **error)
{
  Question *question = data;

  for (guint i = 0; i < question->folders->len; i++)
    {
      LiaImapFolder *folder = g_ptr_array_index (question->folders, i);

      if (folder->role[0] != '\0' &&
          !lia_db_exec (db, error,
                        "INSERT INTO mail_folder (channel_id, path, role) VALUES ($1, $2, $3)"
                        " ON CONFLICT (channel_id, path) DO UPDATE SET role = excluded.role",
                        "itt", question->channel_id, folder->path, folder->role))
        return FALSE;
    }

  return TRUE;
}

/** lia_imap_store_folders: keeps the folders that have a role. */
DexFuture *
lia_imap_store_folders (LiaStore  *store,
                        gint64     channel_id,
                        GPtrArray *folders)
{
  Question *question = g_new0 (Question, 1);

  question->channel_id = channel_id;
  question->folders = g_ptr_array_ref (folders);

  return lia_store_write (store, keep_folders, question, question_free, NULL);
}

static gboolean
read_present (LiaDb              *db,
              LiaImapFolderState *state,
              GError            **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT uid FROM mail_location WHERE folder = $1 AND uidvalidity = $2 AND gone_at IS NULL ORDER BY uid",
                                           "ii", state->id, state->uidvalidity);

  if (rows == NULL)
    return FALSE;
  while (lia_rows_next (rows, &cause))
    lia_uid_set_add (state->present, lia_rows_int (rows, 0), lia_rows_int (rows, 0));
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));

  return FALSE;
}

static gboolean
load_folder (LiaDb    *db,
             gpointer  data,
             gpointer *result,
             GError  **error)
{
  Question *question = data;
  g_autoptr (GError) cause = NULL;
  g_autoptr (LiaRows) rows = lia_db_query (db, error,
                                           "SELECT id, path, uidvalidity, uidnext, modseq, last_sync_at, uid_done FROM mail_folder"
                                           " WHERE channel_id = $1 AND role = $2 ORDER BY id LIMIT 1",
                                           "it", question->channel_id, question->role);

  if (rows == NULL)
    return FALSE;
  if (!lia_rows_next (rows, &cause))
    {
      if (cause == NULL)
        cause = g_error_new (LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND, "there is no folder for “%s”", question->role);
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  g_autoptr (LiaImapFolderState) state = lia_imap_folder_state_new ();
  state->id = lia_rows_int (rows, 0);
  state->path = g_strdup (lia_rows_text (rows, 1));
  state->uidvalidity = lia_rows_int (rows, 2);
  state->uidnext = lia_rows_int (rows, 3);
  state->modseq = lia_rows_int (rows, 4);
  state->last_sync_ms = lia_rows_int (rows, 5);
  g_clear_pointer (&state->done, lia_uid_set_free);
  state->done = lia_uid_set_new (lia_rows_text (rows, 6));
  if (!read_present (db, state, error))
    return FALSE;
  *result = g_steal_pointer (&state);

  return TRUE;
}

/** lia_imap_store_load: for a fiber: the folder of that role, or %LIA_STORE_ERROR_NOT_FOUND. */
LiaImapFolderState *
lia_imap_store_load (LiaStore   *store,
                     gint64      channel_id,
                     const char *role,
                     GError    **error)
{
  Question *question = g_new0 (Question, 1);

  question->channel_id = channel_id;
  question->role = g_strdup (role);

  return lia_store_await (lia_store_read (store, load_folder, question, question_free, (GDestroyNotify)lia_imap_folder_state_free), error);
}

static gboolean
reset_folder (LiaDb                *db,
              const LiaImapChanges *changes,
              GError              **error)
{
  return lia_db_exec (db, error, "DELETE FROM mail_location WHERE folder = $1", "i", changes->folder_id) &&
         lia_db_exec (db, error, "UPDATE mail_folder SET uid_done = '', uidnext = 0, modseq = 0, last_sync_at = 0 WHERE id = $1", "i", changes->folder_id);
}

static gboolean
mark_gone (LiaDb                *db,
           const LiaImapChanges *changes,
           GError              **error)
{
  gint64 now_ms = lia_time_now ();

  for (guint i = 0; i < lia_uid_set_n_ranges (changes->gone); i++)
    {
      gint64 first, last;

      lia_uid_set_range (changes->gone, i, &first, &last);
      if (!lia_db_exec (db, error,
                        "UPDATE mail_location SET gone_at = $1 WHERE folder = $2 AND uidvalidity = $3 AND uid BETWEEN $4 AND $5 AND gone_at IS NULL",
                        "iiiii", now_ms, changes->folder_id, changes->uidvalidity, first, last))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_flags (LiaDb                *db,
            const LiaImapChanges *changes,
            GError              **error)
{
  for (guint i = 0; i < changes->flags->len; i++)
    {
      LiaImapFlags *flags = &g_array_index (changes->flags, LiaImapFlags, i);

      if (!lia_db_exec (db, error, "UPDATE mail_location SET flags = $1 WHERE folder = $2 AND uidvalidity = $3 AND uid = $4 AND flags <> $1", "tiii",
                        flags->letters, changes->folder_id, changes->uidvalidity, flags->uid))
        return FALSE;
    }

  return TRUE;
}

static gboolean
keep_skipped (LiaDb                *db,
              const LiaImapChanges *changes,
              GError              **error)
{
  g_autofree char *text = lia_db_get_text (db, error, "SELECT uid_done FROM mail_folder WHERE id = $1", "i", changes->folder_id);

  if (text == NULL)
    return FALSE;

  g_autoptr (LiaUidSet) done = lia_uid_set_new (text);
  for (guint i = 0; i < lia_uid_set_n_ranges (changes->skipped); i++)
    {
      gint64 first, last;

      lia_uid_set_range (changes->skipped, i, &first, &last);
      lia_uid_set_add (done, first, last);
    }
  g_autofree char *all = lia_uid_set_to_string (done);

  return lia_db_exec (db, error, "UPDATE mail_folder SET uid_done = $1 WHERE id = $2", "ti", all, changes->folder_id);
}

static gboolean
apply_changes (LiaDb    *db,
               gpointer  data,
               gpointer *result,
               GError  **error)
{
  LiaImapChanges *changes = data;

  return (!changes->reset || reset_folder (db, changes, error)) &&
         lia_db_exec (db, error,
                      "UPDATE mail_folder SET uidvalidity = $1, uidnext = max(uidnext, $2), modseq = max(modseq, $3),"
                      " last_sync_at = CASE WHEN $4 THEN 0 WHEN $5 THEN $6 ELSE last_sync_at END WHERE id = $7",
                      "iiiiiii", changes->uidvalidity, changes->uidnext, changes->modseq, (gint64)changes->lacking, (gint64)changes->complete,
                      lia_time_now (), changes->folder_id) &&
         (changes->gone == NULL || mark_gone (db, changes, error)) && (changes->flags == NULL || keep_flags (db, changes, error)) &&
         (changes->skipped == NULL || keep_skipped (db, changes, error));
}

/** lia_imap_store_apply: (transfer full): keeps @changes. */
DexFuture *
lia_imap_store_apply (LiaStore       *store,
                      LiaImapChanges *changes)
{
  return lia_store_write (store, apply_changes, changes, (GDestroyNotify)lia_imap_changes_free, NULL);
}
