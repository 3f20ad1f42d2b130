/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-feedback-draft.h"

#define GROUP "Feedback"

G_DEFINE_FINAL_TYPE (LiaFeedbackDraft, lia_feedback_draft, G_TYPE_OBJECT)

static void
lia_feedback_draft_finalize (GObject *object)
{
  LiaFeedbackDraft *self = (LiaFeedbackDraft *)object;

  g_free (self->key);
  g_clear_object (&self->finding);
  g_clear_object (&self->quote);

  G_OBJECT_CLASS (lia_feedback_draft_parent_class)->finalize (object);
}

static void
lia_feedback_draft_class_init (LiaFeedbackDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_feedback_draft_finalize;
}

static void
lia_feedback_draft_init (LiaFeedbackDraft *self)
{
  self->key = g_uuid_string_random ();
  self->finding = lia_finding_new ();
  self->quote = lia_quote_new ();
}

/** lia_feedback_draft_new: an empty one, to be filled by its maker before anybody else sees it. */
LiaFeedbackDraft *
lia_feedback_draft_new (const char *conversation)
{
  LiaFeedbackDraft *self = g_object_new (LIA_TYPE_FEEDBACK_DRAFT, NULL);

  g_set_str (&self->quote->conv, conversation);

  return self;
}

/** lia_feedback_draft_is_empty: nothing of it is worth keeping. */
gboolean
lia_feedback_draft_is_empty (LiaFeedbackDraft *self)
{
  return *self->finding->title == '\0' && *self->finding->product == '\0' && *self->finding->url == '\0' && *self->quote->text == '\0' &&
         self->quote->second == LIA_QUOTE_NO_SECOND;
}

/* The texts of a draft, by their names in its file */
static char **
find_text (LiaFeedbackDraft *self,
           guint             index,
           const char      **name)
{
  struct
  {
    const char *name;
    char      **text;
  } texts[] = {
    { "key", &self->key },
    { "conversation", &self->quote->conv },
    { "finding", &self->finding->id },
    { "title", &self->finding->title },
    { "product", &self->finding->product },
    { "url", &self->finding->url },
    { "text", &self->quote->text },
    { "source", &self->quote->source },
  };

  if (index >= G_N_ELEMENTS (texts))
    return NULL;
  *name = texts[index].name;

  return texts[index].text;
}

/** lia_feedback_draft_write: (transfer full): as its file has it */
char *
lia_feedback_draft_write (LiaFeedbackDraft *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *name;
  char      **text;

  for (guint i = 0; (text = find_text (self, i, &name)) != NULL; i++)
    g_key_file_set_string (file, GROUP, name, *text);
  g_key_file_set_string (file, GROUP, "kind", lia_finding_kind_to_string (self->finding->kind));
  g_key_file_set_string (file, GROUP, "importance", lia_importance_to_string (self->quote->importance));
  g_key_file_set_int64 (file, GROUP, "start", self->quote->start);
  g_key_file_set_int64 (file, GROUP, "end", self->quote->end);
  g_key_file_set_int64 (file, GROUP, "second", self->quote->second);

  return g_key_file_to_data (file, NULL, NULL);
}

/** lia_feedback_draft_read: (transfer full) (nullable): NULL where it is none */
LiaFeedbackDraft *
lia_feedback_draft_read (const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (LiaFeedbackDraft) self = lia_feedback_draft_new ("");
  const char *name;
  char      **member;

  if (!g_key_file_load_from_data (file, text, (gsize)-1, G_KEY_FILE_NONE, NULL) || !g_key_file_has_key (file, GROUP, "second", NULL))
    return NULL;

  for (guint i = 0; (member = find_text (self, i, &name)) != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, name, NULL);

      if (value == NULL)
        return NULL;
      g_set_str (member, value);
    }
  {
    g_autofree char *kind = g_key_file_get_string (file, GROUP, "kind", NULL);
    g_autofree char *importance = g_key_file_get_string (file, GROUP, "importance", NULL);

    lia_finding_kind_from_string (kind, &self->finding->kind);
    lia_importance_from_string (importance, &self->quote->importance);
  }
  self->quote->start = g_key_file_get_int64 (file, GROUP, "start", NULL);
  self->quote->end = g_key_file_get_int64 (file, GROUP, "end", NULL);
  self->quote->second = g_key_file_get_int64 (file, GROUP, "second", NULL);

  return g_steal_pointer (&self);
}
