/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-push-draft.h"

#include "lia-attachment.h"

#include <gio/gio.h>

#define GROUP "Issue"
#define FILE_GROUP "File %u"

/* Ids are opaque: what could lead out of the folder does not. */
static char *
path_of (const char *folder,
         const char *finding)
{
  g_autofree char *safe = g_uri_escape_string (finding, NULL, FALSE);
  g_autofree char *name = g_strconcat (safe, ".issue", NULL);

  return g_build_filename (folder, name, NULL);
}

/** lia_push_draft_copy: (transfer full): what a person has decided of @preview, to be changed. */
LiaPushPreview *
lia_push_draft_copy (LiaPushPreview *preview)
{
  LiaPushPreview *draft = lia_push_preview_new ();

  g_set_str (&draft->finding, preview->finding);
  g_set_str (&draft->tracker, preview->tracker);
  g_set_str (&draft->question, preview->question);
  g_set_str (&draft->title, preview->title);
  g_set_str (&draft->source, preview->source);
  g_set_str (&draft->marker, preview->marker);
  g_strfreev (draft->keep);
  draft->keep = g_strdupv (preview->keep);
  g_strfreev (draft->hide);
  draft->hide = g_strdupv (preview->hide);
  g_ptr_array_extend (draft->files, preview->files, (GCopyFunc)g_object_ref, NULL);

  return draft;
}

/* On the disk ------------------------------------------------------------------------------------------------------------------------------ */

static GStrv
read_list (GKeyFile   *file,
           const char *name)
{
  GStrv list = g_key_file_get_string_list (file, GROUP, name, NULL, NULL);

  return list != NULL ? list : g_new0 (char *, 1);
}

static void
read_text (GKeyFile   *file,
           const char *name,
           char      **text)
{
  char *value = g_key_file_get_string (file, GROUP, name, NULL);

  if (value == NULL)
    return;
  g_free (*text);
  *text = value;
}

/* Of each file a group of its own: what a list of names would be cut at may stand in a name. */
static void
read_files (GKeyFile  *file,
            GPtrArray *files)
{
  for (guint i = 0; i < LIA_PUSH_MAX_FILES; i++)
    {
      g_autofree char *group = g_strdup_printf (FILE_GROUP, i);
      g_autoptr (LiaAttachment) attachment = NULL;

      if (!g_key_file_has_key (file, group, "blob", NULL))
        return;
      attachment = lia_attachment_new ();
      attachment->blob = g_key_file_get_string (file, group, "blob", NULL);
      attachment->name = g_key_file_get_string (file, group, "name", NULL);
      attachment->type = g_key_file_get_string (file, group, "type", NULL);
      attachment->size_bytes = g_key_file_get_int64 (file, group, "size", NULL);
      attachment->dangerous = g_key_file_get_boolean (file, group, "dangerous", NULL);
      if (attachment->blob != NULL && attachment->name != NULL)
        g_ptr_array_add (files, g_steal_pointer (&attachment));
    }
}

static void
write_files (GKeyFile  *file,
             GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      LiaAttachment   *attachment = files->pdata[i];
      g_autofree char *group = g_strdup_printf (FILE_GROUP, i);

      g_key_file_set_string (file, group, "blob", attachment->blob);
      g_key_file_set_string (file, group, "name", attachment->name != NULL ? attachment->name : "");
      g_key_file_set_string (file, group, "type", attachment->type != NULL ? attachment->type : "");
      g_key_file_set_int64 (file, group, "size", attachment->size_bytes);
      g_key_file_set_boolean (file, group, "dangerous", attachment->dangerous);
    }
}

/** lia_push_draft_read: (transfer full) (nullable): NULL: nothing was made of @finding */
LiaPushPreview *
lia_push_draft_read (const char *folder,
                     const char *finding)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = path_of (folder, finding);
  LiaPushPreview  *draft;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) || !g_key_file_has_key (file, GROUP, "tracker", NULL))
    return NULL;
  draft = lia_push_preview_new ();
  g_set_str (&draft->finding, finding);
  read_text (file, "tracker", &draft->tracker);
  read_text (file, "title", &draft->title);
  read_text (file, "source", &draft->source);
  read_text (file, "marker", &draft->marker);
  g_strfreev (draft->keep);
  draft->keep = read_list (file, "keep");
  g_strfreev (draft->hide);
  draft->hide = read_list (file, "hide");
  read_files (file, draft->files);

  return draft;
}

/** lia_push_draft_write: small, and now: a crash in the next moment loses nothing. */
void
lia_push_draft_write (const char     *folder,
                      LiaPushPreview *draft)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = path_of (folder, draft->finding);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_key_file_set_string (file, GROUP, "tracker", draft->tracker);
  g_key_file_set_string (file, GROUP, "title", draft->title);
  g_key_file_set_string (file, GROUP, "source", draft->source);
  g_key_file_set_string (file, GROUP, "marker", draft->marker);
  g_key_file_set_string_list (file, GROUP, "keep", (const char *const *)draft->keep, g_strv_length (draft->keep));
  g_key_file_set_string_list (file, GROUP, "hide", (const char *const *)draft->hide, g_strv_length (draft->hide));
  write_files (file, draft->files);
  text = g_key_file_to_data (file, NULL, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("what is written of an issue cannot be kept: %s", error->message);
}

void
lia_push_draft_forget (const char *folder,
                       const char *finding)
{
  g_autofree char *path = path_of (folder, finding);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_delete (file, NULL, NULL);
}

/* What stays here -------------------------------------------------------------------------------------------------------------------------- */

static void
add_words (GStrv      *list,
           const char *words)
{
  g_autoptr (GStrvBuilder) builder = NULL;

  if (g_strv_contains ((const char *const *)*list, words))
    return;
  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **)*list);
  g_strv_builder_add (builder, words);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);
}

static gboolean
remove_words (GStrv      *list,
              const char *words)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const gboolean there = g_strv_contains ((const char *const *)*list, words);

  for (guint i = 0; (*list)[i] != NULL; i++)
    if (!g_str_equal ((*list)[i], words))
      g_strv_builder_add (builder, (*list)[i]);
  g_strfreev (*list);
  *list = g_strv_builder_end (builder);

  return there;
}

static void
put_back (char      **text,
          const char *placeholder,
          const char *words)
{
  g_autoptr (GString) changed = g_string_new (*text);

  g_string_replace (changed, placeholder, words, 0);
  g_free (*text);
  *text = g_string_free_and_steal (g_steal_pointer (&changed));
}

/** lia_push_draft_keep: @words, which stand nowhere in @shown but for their sign, leave as they are. */
void
lia_push_draft_keep (LiaPushPreview *draft,
                     LiaPushPreview *shown,
                     const char     *words)
{
  if (!remove_words (&draft->hide, words))
    add_words (&draft->keep, words);
  for (guint i = 0; i < shown->redactions->len; i++)
    {
      const LiaPushRedaction *redaction = shown->redactions->pdata[i];

      if (!g_str_equal (redaction->words, words))
        continue;
      put_back (&draft->title, redaction->placeholder, words);
      put_back (&draft->source, redaction->placeholder, words);
    }
}

/** lia_push_draft_unkeep: what was kept by hand is judged as everything else again. */
void
lia_push_draft_unkeep (LiaPushPreview *draft,
                       const char     *words)
{
  remove_words (&draft->keep, words);
}

/** lia_push_draft_hide: @words stay here. */
void
lia_push_draft_hide (LiaPushPreview *draft,
                     const char     *words)
{
  remove_words (&draft->keep, words);
  add_words (&draft->hide, words);
}
