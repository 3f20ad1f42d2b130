/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lia-library-place.h"

#include "lia-template-locale.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (LiaLibraryPlace, lia_library_place, G_TYPE_OBJECT)

static void
lia_library_place_finalize (GObject *object)
{
  g_free (LIA_LIBRARY_PLACE (object)->name);
  g_free (LIA_LIBRARY_PLACE (object)->title);

  G_OBJECT_CLASS (lia_library_place_parent_class)->finalize (object);
}

static void
lia_library_place_class_init (LiaLibraryPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_library_place_finalize;
}

static void
lia_library_place_init (LiaLibraryPlace *self)
{
}

static char *
make_title (LiaLibraryPlaceKind kind,
            const char         *name)
{
  static const char *const titles[] = { N_ ("All Responses"), N_ ("Not Saved Yet"), N_ ("To Be Reviewed"), N_ ("Drafts"), N_ ("Only Mine"), N_ ("Retired") };
  const char              *last = strrchr (name, '/');

  if (kind < LIA_LIBRARY_FOLDER)
    return g_strdup (_ (titles[kind]));
  if (kind == LIA_LIBRARY_LANGUAGE)
    return lia_template_locale_language_name (name, g_get_language_names ()[0]);

  return g_strdup (kind == LIA_LIBRARY_FOLDER && last != NULL ? last + 1 : name);
}

static LiaLibraryPlace *
place_new (LiaLibraryPlaceKind kind,
           const char         *name)
{
  LiaLibraryPlace *self = g_object_new (LIA_TYPE_LIBRARY_PLACE, NULL);

  self->kind = kind;
  self->name = g_strdup (name);
  self->title = make_title (kind, name);
  for (const char *at = name; kind == LIA_LIBRARY_FOLDER && *at != '\0'; at++)
    self->depth += *at == '/';

  return self;
}

/** lia_library_needs_review: its day has come. */
gboolean
lia_library_needs_review (LiaCanned *canned,
                          gint64     now_ms)
{
  return canned->state != LIA_CANNED_RETIRED && canned->review_by_ms != 0 && canned->review_by_ms <= now_ms;
}

static gboolean
is_in_folder (const char *folder,
              const char *name)
{
  gsize length = strlen (name);

  return strncmp (folder, name, length) == 0 && (folder[length] == '\0' || folder[length] == '/');
}

static gboolean
has_text_in (LiaCanned  *canned,
             const char *language)
{
  for (guint i = 0; i < canned->variants->len; i++)
    if (strcmp (((const LiaCannedVariant *)canned->variants->pdata[i])->language, language) == 0)
      return TRUE;

  return FALSE;
}

gboolean
lia_library_place_has (LiaLibraryPlace *self,
                       LiaCanned       *canned,
                       gint64           now_ms)
{
  switch (self->kind)
    {
    case LIA_LIBRARY_ALL:
    case LIA_LIBRARY_UNSAVED:
      return TRUE;
    case LIA_LIBRARY_REVIEW:
      return lia_library_needs_review (canned, now_ms);
    case LIA_LIBRARY_PROPOSED:
      return canned->state == LIA_CANNED_DRAFT;
    case LIA_LIBRARY_MINE:
      return canned->scope == LIA_CANNED_PRIVATE;
    case LIA_LIBRARY_RETIRED:
      return canned->state == LIA_CANNED_RETIRED;
    case LIA_LIBRARY_FOLDER:
      return is_in_folder (canned->folder, self->name);
    case LIA_LIBRARY_LANGUAGE:
      return has_text_in (canned, self->name);
    case LIA_LIBRARY_TAG:
    default:
      return g_strv_contains ((const char *const *)canned->tags, self->name);
    }
}

gboolean
lia_library_place_equal (LiaLibraryPlace *a,
                         LiaLibraryPlace *b)
{
  return a->kind == b->kind && strcmp (a->name, b->name) == 0;
}

const char *
lia_library_place_get_title (LiaLibraryPlace *self)
{
  return self->title;
}

const char *
lia_library_place_get_icon (LiaLibraryPlace *self)
{
  static const char *const icons[] = { "lia-tray-symbolic", "document-edit-symbolic", "lia-overdue-symbolic", "text-editor-symbolic", "avatar-default-symbolic", "user-trash-symbolic", "folder-symbolic", "lia-tag-symbolic", "preferences-desktop-locale-symbolic" };

  return icons[self->kind];
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const LiaLibraryPlace *x = *(LiaLibraryPlace *const *)a;
  const LiaLibraryPlace *y = *(LiaLibraryPlace *const *)b;

  return x->kind == LIA_LIBRARY_LANGUAGE ? g_utf8_collate (x->title, y->title) : g_utf8_collate (x->name, y->name);
}

static void
count (GHashTable         *places,
       LiaLibraryPlaceKind kind,
       const char         *name)
{
  LiaLibraryPlace *place = g_hash_table_lookup (places, name);

  if (place == NULL)
    {
      place = place_new (kind, name);
      g_hash_table_insert (places, place->name, place);
    }
  place->count++;
}

/* A folder, and all that it lies in */
static void
count_folders (GHashTable *folders,
               const char *folder)
{
  g_autofree char *path = g_strdup (folder);

  while (*path != '\0')
    {
      char *last = strrchr (path, '/');

      count (folders, LIA_LIBRARY_FOLDER, path);
      if (last == NULL)
        return;
      *last = '\0';
    }
}

/* Each language once, however many forms of address it has a text for */
static void
count_languages (GHashTable *languages,
                 LiaCanned  *canned)
{
  for (guint i = 0; i < canned->variants->len; i++)
    {
      const LiaCannedVariant *variant = canned->variants->pdata[i];
      gboolean                again = *variant->language == '\0';

      for (guint j = 0; j < i && !again; j++)
        again = strcmp (((const LiaCannedVariant *)canned->variants->pdata[j])->language, variant->language) == 0;
      if (!again)
        count (languages, LIA_LIBRARY_LANGUAGE, variant->language);
    }
}

static void
take_all (GPtrArray  *list,
          GHashTable *places)
{
  g_autoptr (GPtrArray) sorted = g_hash_table_get_values_as_ptr_array (places);

  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (list, g_object_ref (sorted->pdata[i]));
}

static guint
count_in (LiaLibraryPlace *place,
          GPtrArray       *library,
          gint64           now_ms)
{
  guint n = 0;

  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      n += (canned->state != LIA_CANNED_RETIRED || place->kind == LIA_LIBRARY_RETIRED) && lia_library_place_has (place, canned, now_ms);
    }

  return n;
}

/** lia_library_places: (transfer full): of LiaLibraryPlace: the states that occur, folders, tags, languages if several; all responses first */
GPtrArray *
lia_library_places (GPtrArray *library,
                    gint64     now_ms)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GHashTable) tags = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GHashTable) languages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);

  for (LiaLibraryPlaceKind kind = LIA_LIBRARY_ALL; kind < LIA_LIBRARY_FOLDER; kind++)
    {
      g_autoptr (LiaLibraryPlace) place = place_new (kind, "");

      place->count = kind != LIA_LIBRARY_UNSAVED ? count_in (place, library, now_ms) : 0;
      if (place->count > 0 || kind == LIA_LIBRARY_ALL)
        g_ptr_array_add (list, g_steal_pointer (&place));
    }
  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      if (canned->state == LIA_CANNED_RETIRED)
        continue;
      count_folders (folders, canned->folder);
      for (guint j = 0; canned->tags[j] != NULL; j++)
        count (tags, LIA_LIBRARY_TAG, canned->tags[j]);
      count_languages (languages, canned);
    }
  take_all (list, folders);
  take_all (list, tags);
  if (g_hash_table_size (languages) > 1)
    take_all (list, languages);

  return list;
}
