/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-feedback-drafts.h"

#define TYPED ".typed"
#define GIVEN ".given"

struct _LiaFeedbackDrafts
{
  GObject parent_instance;

  char       *folder;
  GHashTable *typed; /* char* conversation (of the value) -> LiaFeedbackDraft */
};

G_DEFINE_FINAL_TYPE (LiaFeedbackDrafts, lia_feedback_drafts, G_TYPE_OBJECT)

static void
lia_feedback_drafts_finalize (GObject *object)
{
  LiaFeedbackDrafts *self = LIA_FEEDBACK_DRAFTS (object);

  g_free (self->folder);
  g_hash_table_unref (self->typed);

  G_OBJECT_CLASS (lia_feedback_drafts_parent_class)->finalize (object);
}

static void
lia_feedback_drafts_class_init (LiaFeedbackDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_feedback_drafts_finalize;
}

static void
lia_feedback_drafts_init (LiaFeedbackDrafts *self)
{
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

/* Ids are opaque: what could lead out of the folder does not. */
static char *
path_of (LiaFeedbackDrafts *self,
         const char        *id,
         const char        *suffix)
{
  g_autofree char *safe = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *name = g_strconcat (safe, suffix, NULL);

  return g_build_filename (self->folder, name, NULL);
}

/* (transfer full) (element-type LiaFeedbackDraft): those that can be read. */
static GPtrArray *
read_all (LiaFeedbackDrafts *self,
          const char        *suffix)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDir) names = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char  *path = g_build_filename (self->folder, name, NULL);
      g_autofree char  *text = NULL;
      LiaFeedbackDraft *draft = g_str_has_suffix (name, suffix) && g_file_get_contents (path, &text, NULL, NULL) ? lia_feedback_draft_read (text) : NULL;

      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }

  return drafts;
}

static void
write_file (LiaFeedbackDrafts *self,
            LiaFeedbackDraft  *draft,
            const char        *id,
            const char        *suffix)
{
  g_autofree char *path = path_of (self, id, suffix);
  g_autofree char *text = lia_feedback_draft_write (draft);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (self->folder, 0700);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("what is typed cannot be kept: %s", error->message);
}

static void
remove_file (LiaFeedbackDrafts *self,
             const char        *id,
             const char        *suffix)
{
  g_autofree char *path = path_of (self, id, suffix);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_delete (file, NULL, NULL);
}

/** lia_feedback_drafts_new: reads what is in @folder, which need not exist. A handful of small files. */
LiaFeedbackDrafts *
lia_feedback_drafts_new (const char *folder)
{
  LiaFeedbackDrafts *self = g_object_new (LIA_TYPE_FEEDBACK_DRAFTS, NULL);
  g_autoptr (GPtrArray) typed = NULL;

  self->folder = g_strdup (folder);
  typed = read_all (self, TYPED);
  for (guint i = 0; i < typed->len; i++)
    {
      LiaFeedbackDraft *draft = typed->pdata[i];

      g_hash_table_replace (self->typed, draft->quote->conv, g_object_ref (draft));
    }

  return self;
}

/** lia_feedback_drafts_get: (transfer none) (nullable): what was typed beside this conversation */
LiaFeedbackDraft *
lia_feedback_drafts_get (LiaFeedbackDrafts *self,
                         const char        *conversation)
{
  return g_hash_table_lookup (self->typed, conversation);
}

static void
drop_typed (LiaFeedbackDrafts *self,
            const char        *conversation)
{
  if (lia_feedback_drafts_get (self, conversation) == NULL)
    return;
  remove_file (self, conversation, TYPED);
  g_hash_table_remove (self->typed, conversation);
}

/** lia_feedback_drafts_put: what is typed now; an empty one is forgotten. */
void
lia_feedback_drafts_put (LiaFeedbackDrafts *self,
                         LiaFeedbackDraft  *draft)
{
  if (lia_feedback_draft_is_empty (draft))
    {
      drop_typed (self, draft->quote->conv);
      return;
    }
  g_hash_table_replace (self->typed, draft->quote->conv, g_object_ref (draft));
  write_file (self, draft, draft->quote->conv, TYPED);
}

/** lia_feedback_drafts_give: it goes to the engine now; until lia_feedback_drafts_forget() it may not have arrived. */
void
lia_feedback_drafts_give (LiaFeedbackDrafts *self,
                          LiaFeedbackDraft  *draft)
{
  write_file (self, draft, draft->key, GIVEN);
  drop_typed (self, draft->quote->conv);
}

/** lia_feedback_drafts_forget: the engine has answered. */
void
lia_feedback_drafts_forget (LiaFeedbackDrafts *self,
                            LiaFeedbackDraft  *draft)
{
  remove_file (self, draft->key, GIVEN);
}

/** lia_feedback_drafts_list_given: (transfer full) (element-type LiaFeedbackDraft): what an earlier run of the program gave and heard nothing of. */
GPtrArray *
lia_feedback_drafts_list_given (LiaFeedbackDrafts *self)
{
  return read_all (self, GIVEN);
}
