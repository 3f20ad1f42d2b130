/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-drafts.h"

#include "lia-canned-import.h"

#include <string.h>

struct _LiaLibraryDrafts
{
  GObject parent_instance;

  GFile      *folder;
  GHashTable *drafts; /* char* (of the value) -> LiaCanned */
};

G_DEFINE_FINAL_TYPE (LiaLibraryDrafts, lia_library_drafts, G_TYPE_OBJECT)

static void
lia_library_drafts_finalize (GObject *object)
{
  LiaLibraryDrafts *self = LIA_LIBRARY_DRAFTS (object);

  g_clear_object (&self->folder);
  g_clear_pointer (&self->drafts, g_hash_table_unref);

  G_OBJECT_CLASS (lia_library_drafts_parent_class)->finalize (object);
}

static void
lia_library_drafts_class_init (LiaLibraryDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_drafts_finalize;
}

static void
lia_library_drafts_init (LiaLibraryDrafts *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

/* "r_40@3.txt": the version that was changed stands in the name, as the page does not say it */
static GFile *
draft_file (LiaLibraryDrafts *self,
            LiaCanned        *canned)
{
  g_autofree char *name = g_strdup_printf ("%s@%" G_GINT64_FORMAT ".txt", canned->id, canned->ver);

  return g_file_get_child (self->folder, name);
}

static void
read_draft (LiaLibraryDrafts *self,
            const char       *name)
{
  const char      *at = strrchr (name, '@');
  g_autofree char *text = NULL;
  gsize            length;
  g_autoptr (GFile) file = g_file_get_child (self->folder, name);
  g_autoptr (LiaCannedImportRow) row = NULL;

  if (at == NULL || !g_file_load_contents (file, NULL, &text, &length, NULL, NULL))
    return;
  /* Half a response is worth keeping, too: what is wrong with it does not matter here. */
  row = lia_canned_import_page ("", text, length);
  g_free (row->canned->id);
  row->canned->id = g_strndup (name, at - name);
  row->canned->ver = g_ascii_strtoll (at + 1, NULL, 10);
  if (row->canned->variants->len == 0)
    g_ptr_array_add (row->canned->variants, lia_canned_variant_new ());
  g_hash_table_replace (self->drafts, row->canned->id, g_object_ref (row->canned));
}

/** lia_library_drafts_new: reads what is in @folder, which need not exist. A handful of small files. */
LiaLibraryDrafts *
lia_library_drafts_new (GFile *folder)
{
  LiaLibraryDrafts *self = g_object_new (LIA_TYPE_LIBRARY_DRAFTS, NULL);
  g_autofree char  *path = g_file_get_path (folder);
  g_autoptr (GDir) names = g_dir_open (path, 0, NULL);
  const char *name;

  self->folder = g_object_ref (folder);
  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    if (g_str_has_suffix (name, ".txt") && g_utf8_validate (name, -1, NULL))
      read_draft (self, name);

  return self;
}

/** lia_library_drafts_get: (transfer none) (nullable) */
LiaCanned *
lia_library_drafts_get (LiaLibraryDrafts *self,
                        const char       *id)
{
  return g_hash_table_lookup (self->drafts, id);
}

/** lia_library_drafts_list: (transfer full): of LiaCanned */
GPtrArray *
lia_library_drafts_list (LiaLibraryDrafts *self)
{
  GPtrArray     *list = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer       canned;

  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &canned))
    g_ptr_array_add (list, g_object_ref (canned));

  return list;
}

/** lia_library_drafts_put: @canned: not to be changed any more. */
void
lia_library_drafts_put (LiaLibraryDrafts *self,
                        LiaCanned        *canned)
{
  LiaCanned       *before = lia_library_drafts_get (self, canned->id);
  g_autofree char *page = lia_canned_export_page (canned, TRUE);
  g_autofree char *folder = g_file_get_path (self->folder);
  g_autoptr (GFile) file = draft_file (self, canned);
  g_autoptr (GError) error = NULL;

  if (before != NULL && before->ver != canned->ver)
    lia_library_drafts_drop (self, canned->id);
  g_hash_table_replace (self->drafts, canned->id, g_object_ref (canned));

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_replace_contents (file, page, strlen (page), NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
    g_warning ("what is typed cannot be kept: %s", error->message);
}

void
lia_library_drafts_drop (LiaLibraryDrafts *self,
                         const char       *id)
{
  LiaCanned *canned = lia_library_drafts_get (self, id);

  if (canned != NULL)
    {
      g_autoptr (GFile) file = draft_file (self, canned);

      g_file_delete (file, NULL, NULL);
      g_hash_table_remove (self->drafts, canned->id);
    }
}

/** lia_library_is_new: whether it was never saved. */
gboolean
lia_library_is_new (LiaCanned *canned)
{
  return g_str_has_prefix (canned->id, "new-");
}
