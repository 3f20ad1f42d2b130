/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-imap-session-private.h"

/* Which folder, and how it differs from what the store has of it. What to ask is decided in lia-imap-sync.c; here it is asked and kept. */

/* Folders ----------------------------------------------------------------------------------------------------------------------------- */

static gboolean
has_role (GPtrArray  *folders,
          const char *role)
{
  for (guint i = 0; i < folders->len; i++)
    {
      if (g_str_equal (((LiaImapFolder *)g_ptr_array_index (folders, i))->role, role))
        return TRUE;
    }

  return FALSE;
}

/* Servers without SPECIAL-USE: by the names that programs give to the folder of sent mail. */
static void
guess_sent (GPtrArray *folders)
{
  static const char *const names[] = { "Sent", "Sent Items", "Sent Messages", "INBOX.Sent", "INBOX/Sent", "[Gmail]/Sent Mail", "Gesendet",
                                       "Gesendete Objekte", "INBOX.Gesendet", "&AMk-l&AOk-ments envoy&AOk-s", "Envoy&AOk-s", "Enviados", "Posta inviata" };

  for (guint n = 0; n < G_N_ELEMENTS (names) && !has_role (folders, "sent"); n++)
    {
      for (guint i = 0; i < folders->len; i++)
        {
          LiaImapFolder *folder = g_ptr_array_index (folders, i);
          if (g_ascii_strcasecmp (folder->path, names[n]) == 0)
            {
              g_set_str (&folder->role, "sent");
              break;
            }
        }
    }
}

gboolean
lia_imap_session_find_folders (LiaImapSession *self,
                               GError        **error)
{
  gboolean special = lia_imap_has (self->imap, "SPECIAL-USE") && lia_imap_has (self->imap, "LIST-EXTENDED");

  if (!lia_imap_run (self->imap, error, special ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\""))
    return FALSE;
  guess_sent (self->events->folders);
  if (!dex_await (lia_imap_store_folders (self->store, self->channel_id, self->events->folders), error))
    return FALSE;
  g_clear_pointer (&self->folder, lia_imap_folder_state_free);
  self->folder = lia_imap_store_load (self->store, self->channel_id, self->role, error);

  return self->folder != NULL;
}

/* Reconcile --------------------------------------------------------------------------------------------------------------------------- */

gboolean
lia_imap_session_select (LiaImapSession *self,
                         GError        **error)
{
  g_autofree char *name = lia_imap_quote (self->folder->path);
  gboolean         qresync = !self->plain && lia_imap_has (self->imap, "QRESYNC") && lia_imap_has (self->imap, "ENABLE");
  gboolean         condstore = !self->plain && lia_imap_has (self->imap, "CONDSTORE");

  if (name == NULL)
    {
      g_set_error_literal (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL, "the folder has a name that we cannot write");
      return FALSE;
    }
  if (qresync && !lia_imap_run (self->imap, error, "ENABLE QRESYNC"))
    return FALSE;

  self->events->selected = (LiaImapSelected){ .condstore = condstore };
  if (qresync && self->folder->uidvalidity > 0 && self->folder->modseq > 0)
    {
      self->events->selected.qresync = TRUE;
      if (!lia_imap_run (self->imap, error, "SELECT %s (QRESYNC (%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "))", name, self->folder->uidvalidity,
                         self->folder->modseq))
        return FALSE;
    }
  else if (!lia_imap_run (self->imap, error, condstore ? "SELECT %s (CONDSTORE)" : "SELECT %s", name))
    return FALSE;
  self->events->exists_changed = FALSE;

  return TRUE;
}

/* All numbers that the folder has, or those from @from on. */
static gboolean
list_uids (LiaImapSession *self,
           gint64          from,
           GError        **error)
{
  g_autofree char *set = from > 1 ? g_strdup_printf ("UID %" G_GINT64_FORMAT ":*", from) : g_strdup ("ALL");

  g_clear_pointer (&self->events->listed, lia_uid_set_free);
  self->events->listed = lia_uid_set_new (NULL);

  return lia_imap_run (self->imap, error, lia_imap_has (self->imap, "ESEARCH") ? "UID SEARCH RETURN (ALL) %s" : "UID SEARCH %s", set);
}

LiaImapChanges *
lia_imap_session_take_changes (LiaImapSession *self)
{
  LiaImapChanges *changes = lia_imap_changes_new (self->folder->id);

  changes->uidvalidity = self->folder->uidvalidity;
  changes->flags = g_steal_pointer (&self->events->flags);
  self->events->flags = g_array_new (FALSE, FALSE, sizeof (LiaImapFlags));
  changes->gone = g_steal_pointer (&self->events->vanished);
  self->events->vanished = lia_uid_set_new (NULL);

  return changes;
}

static void
forget_gone (LiaImapSession  *self,
             const LiaUidSet *gone)
{
  LiaUidSet *rest = lia_uid_set_minus (self->missing, gone);

  lia_uid_set_free (self->missing);
  self->missing = rest;
}

gboolean
lia_imap_session_keep (LiaImapSession *self,
                       LiaImapChanges *changes,
                       GError        **error)
{
  if (changes->gone != NULL)
    forget_gone (self, changes->gone);
  if (changes->skipped == NULL && lia_uid_set_n_ranges (self->skipped) > 0)
    {
      changes->skipped = g_steal_pointer (&self->skipped);
      self->skipped = lia_uid_set_new (NULL);
    }

  return dex_await (lia_imap_store_apply (self->store, changes), error);
}

static gboolean
reset_folder (LiaImapSession *self,
              GError        **error)
{
  LiaImapChanges *changes = lia_imap_changes_new (self->folder->id);

  changes->reset = TRUE;
  changes->uidvalidity = self->events->selected.uidvalidity;
  if (!lia_imap_session_keep (self, changes, error))
    return FALSE;
  g_clear_pointer (&self->folder, lia_imap_folder_state_free);
  self->folder = lia_imap_store_load (self->store, self->channel_id, self->role, error);

  return self->folder != NULL;
}

static gboolean
ask_flags (LiaImapSession    *self,
           const LiaImapPlan *plan,
           GError           **error)
{
  if (plan->changed_since > 0)
    return lia_imap_run (self->imap, error, "UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE %" G_GINT64_FORMAT ")", plan->changed_since);
  if (plan->flags_from > 0)
    return lia_imap_run (self->imap, error, "UID FETCH %" G_GINT64_FORMAT ":* (UID FLAGS)", plan->flags_from);

  return TRUE;
}

/* Compares all numbers of the server with ours. */
gboolean
lia_imap_session_compare_all (LiaImapSession *self,
                              LiaImapChanges *changes,
                              GError        **error)
{
  if (!list_uids (self, 0, error))
    return FALSE;

  LiaUidSet *gone = lia_uid_set_minus (self->folder->present, self->events->listed);
  g_clear_pointer (&changes->gone, lia_uid_set_free);
  changes->gone = gone;
  lia_uid_set_free (self->missing);
  self->missing = lia_uid_set_minus (self->events->listed, self->folder->done);
  self->total = lia_uid_set_count (self->events->listed);
  if (lia_uid_set_n_ranges (self->events->listed) > 0)
    {
      gint64 first, last;

      lia_uid_set_range (self->events->listed, lia_uid_set_n_ranges (self->events->listed) - 1, &first, &last);
      self->folder->uidnext = MAX (self->folder->uidnext, last + 1);
    }

  return TRUE;
}

static gboolean
add_new (LiaImapSession *self,
         gint64          from,
         GError        **error)
{
  if (!list_uids (self, from, error))
    return FALSE;

  g_autoptr (LiaUidSet) missing = lia_uid_set_minus (self->events->listed, self->folder->done);
  lia_uid_set_free (self->missing);
  self->missing = g_steal_pointer (&missing);
  self->total = MAX (self->events->selected.exists, lia_uid_set_count (self->missing));

  return TRUE;
}

gboolean
lia_imap_session_reconcile (LiaImapSession *self,
                            GError        **error)
{
  LiaImapSelected now = self->events->selected;
  LiaImapPlan     plan = lia_imap_plan (self->folder, &now);

  if (plan.reset && !reset_folder (self, error))
    return FALSE;
  self->folder->uidvalidity = now.uidvalidity;
  if (!ask_flags (self, &plan, error))
    return FALSE;

  g_autoptr (LiaImapChanges) changes = lia_imap_session_take_changes (self);
  if (plan.list && !lia_imap_session_compare_all (self, changes, error))
    return FALSE;
  if (plan.list_from > 0 && !add_new (self, plan.list_from, error))
    return FALSE;
  self->left = lia_uid_set_count (self->missing);
  self->folder->uidnext = MAX (now.uidnext, self->folder->uidnext);

  return lia_imap_session_keep (self, g_steal_pointer (&changes), error);
}

gboolean
lia_imap_session_keep_complete (LiaImapSession *self,
                                GError        **error)
{
  LiaImapChanges *changes = lia_imap_session_take_changes (self);

  changes->uidnext = self->folder->uidnext;
  changes->modseq = self->events->selected.modseq;
  changes->complete = TRUE;
  changes->lacking = self->lacking;

  return lia_imap_session_keep (self, changes, error);
}
