/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-import.h"

#include "lia-template.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What an import would do, before it does anything. A response is recognised by its id, else by its shortcut, else, if it has none, by its title in
 * its folder: so the same file a second time changes nothing. An id counts only together with the shortcut, the title or the text: files come from
 * other installations, too, where the same id is another response.
 *
 * All of it may run on any thread: it reads published values only.
 */

G_DEFINE_FINAL_TYPE (LiaCannedImportRow, lia_canned_import_row, G_TYPE_OBJECT)

/* The limits of the API, src/wire/API.md */
#define MAX_TITLE_BYTES 1000
#define MAX_SHORTCUT_BYTES 100
#define MAX_BODY_BYTES (64 * 1024)
#define MAX_TEXTS 50
#define MAX_WORDS 1000

static void
lia_canned_import_row_finalize (GObject *object)
{
  LiaCannedImportRow *self = (LiaCannedImportRow *)object;

  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_clear_object (&self->canned);
  g_clear_object (&self->before);

  G_OBJECT_CLASS (lia_canned_import_row_parent_class)->finalize (object);
}

static void
lia_canned_import_row_class_init (LiaCannedImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lia_canned_import_row_finalize;
}

static void
lia_canned_import_row_init (LiaCannedImportRow *self)
{
  self->notes = g_ptr_array_new_with_free_func (g_free);
}

/** lia_canned_import_row_new: with an empty response in it, for its reader to fill. */
LiaCannedImportRow *
lia_canned_import_row_new (const char *file,
                           guint       line)
{
  LiaCannedImportRow *self = g_object_new (LIA_TYPE_CANNED_IMPORT_ROW, NULL);

  self->file = g_strdup (file);
  self->line = line;
  self->canned = lia_canned_new ();
  self->given = LIA_CANNED_EVERYTHING;

  return self;
}

/** lia_canned_import_row_fail: the first reason is kept. */
void
lia_canned_import_row_fail (LiaCannedImportRow *self,
                            const char         *format,
                            ...)
{
  va_list arguments;

  if (self->problem != NULL)
    return;

  va_start (arguments, format);
  self->problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

void
lia_canned_import_row_note (LiaCannedImportRow *self,
                            const char         *format,
                            ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* A text with mistakes is nothing to send yet. */
static void
check_template (LiaCannedImportRow     *self,
                const LiaCannedVariant *variant)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (LiaTemplate) template = lia_template_parse (variant->body, &errors);
  const LiaTemplateError *error;

  if (template != NULL)
    return;

  error = errors->pdata[0];
  lia_canned_import_row_note (self, _ ("There is a mistake in the text: %s It comes in as a draft."), error->message);
  self->canned->state = LIA_CANNED_DRAFT;
  self->given |= LIA_CANNED_STATE;
}

static gboolean
check_texts (LiaCannedImportRow *self)
{
  GPtrArray *variants = self->canned->variants;

  if (variants->len == 0 || variants->len > MAX_TEXTS)
    lia_canned_import_row_fail (self, _ ("A response has between 1 and %d texts."), MAX_TEXTS);

  for (guint i = 0; i < variants->len && self->problem == NULL; i++)
    {
      const LiaCannedVariant *variant = variants->pdata[i];

      if (strlen (variant->body) > MAX_BODY_BYTES)
        lia_canned_import_row_fail (self, _ ("The text is longer than %d KiB."), MAX_BODY_BYTES / 1024);
      else if (strpbrk (variant->subject, "\r\n") != NULL)
        lia_canned_import_row_fail (self, _ ("The subject has more than one line."));
      else if (lia_canned_find_variant (self->canned, variant->language, variant->formality, variant->channel) != variant)
        lia_canned_import_row_fail (self, _ ("There are two texts for the same language, form of address and channel."));
      else
        check_template (self, variant);
    }

  return self->problem == NULL;
}

/**
 * lia_canned_import_row_check: what the engine would refuse.
 *
 * Returns: FALSE, and a problem in plain words, if the response cannot be saved as it is
 */
gboolean
lia_canned_import_row_check (LiaCannedImportRow *self)
{
  LiaCanned *canned = self->canned;

  if (self->problem != NULL)
    return FALSE;

  if (*canned->title == '\0')
    lia_canned_import_row_fail (self, _ ("It has no title."));
  else if (strlen (canned->title) > MAX_TITLE_BYTES || strpbrk (canned->title, "\r\n") != NULL)
    lia_canned_import_row_fail (self, _ ("The title has more than one line, or is too long."));
  else if (strlen (canned->shortcut) > MAX_SHORTCUT_BYTES || strpbrk (canned->shortcut, " \t\r\n/") != NULL)
    lia_canned_import_row_fail (self, _ ("The shortcut “%.100s” is not one word without a slash."), canned->shortcut);
  else if (g_strv_length (canned->tags) > MAX_WORDS || g_strv_length (canned->aliases) > MAX_WORDS)
    lia_canned_import_row_fail (self, _ ("It has more than %d tags or other names."), MAX_WORDS);
  else
    return check_texts (self);

  return FALSE;
}

typedef struct
{
  const LiaCannedImporter *importer;
  GHashTable              *by_id;       /* char* (of the value) -> LiaCanned */
  GHashTable              *by_shortcut; /* char* in lower case -> LiaCanned */
  GHashTable              *by_title;    /* char* title and folder -> LiaCanned */
  GHashTable              *blobs;       /* char* (of the value) -> LiaAttachment */
  GHashTable              *seen;        /* char* shortcut, or id, or title and folder -> LiaCannedImportRow */
} Library;

static char *
title_key (const LiaCanned *canned)
{
  return g_strconcat (canned->folder, "\n", canned->title, NULL);
}

static gboolean
is_mine (const Library *library,
         LiaCanned     *canned)
{
  return canned->scope == LIA_CANNED_TEAM || strcmp (canned->owner, library->importer->agent) == 0;
}

static void
library_add (Library   *library,
             LiaCanned *canned)
{
  if (!is_mine (library, canned))
    return;

  g_hash_table_insert (library->by_id, canned->id, canned);
  for (guint i = 0; i < canned->attachments->len; i++)
    {
      LiaAttachment *attachment = canned->attachments->pdata[i];

      g_hash_table_insert (library->blobs, attachment->blob, attachment);
    }
  /* A retired one keeps its shortcut until another takes it: that one is meant then. */
  if (*canned->shortcut != '\0')
    {
      g_autofree char *key = g_utf8_casefold (canned->shortcut, -1);
      LiaCanned       *other = g_hash_table_lookup (library->by_shortcut, key);

      if (other == NULL || other->state == LIA_CANNED_RETIRED)
        g_hash_table_insert (library->by_shortcut, g_steal_pointer (&key), canned);
    }
  g_hash_table_insert (library->by_title, title_key (canned), canned);
}

static gboolean
is_same_response (LiaCanned *a,
                  LiaCanned *b)
{
  const LiaCannedVariant *x = a->variants->len > 0 ? a->variants->pdata[0] : NULL;
  const LiaCannedVariant *y = b->variants->len > 0 ? b->variants->pdata[0] : NULL;

  return (*a->shortcut != '\0' && strcmp (a->shortcut, b->shortcut) == 0) || strcmp (a->title, b->title) == 0 ||
         (x != NULL && y != NULL && strcmp (x->body, y->body) == 0);
}

static LiaCanned *
recognise (const Library      *library,
           LiaCannedImportRow *row)
{
  g_autofree char *shortcut = g_utf8_casefold (row->canned->shortcut, -1);
  g_autofree char *title = title_key (row->canned);
  LiaCanned       *found = g_hash_table_lookup (library->by_id, row->canned->id);

  if (found != NULL && is_same_response (found, row->canned))
    return found;
  found = *shortcut != '\0' ? g_hash_table_lookup (library->by_shortcut, shortcut) : NULL;
  if (found != NULL)
    return found;
  found = g_hash_table_lookup (library->by_title, title);

  return found != NULL && (*shortcut == '\0' || *found->shortcut == '\0') ? found : NULL;
}

/* Another row of the same file is the same response. */
static void
check_seen (Library            *library,
            LiaCannedImportRow *row,
            char               *key)
{
  LiaCannedImportRow *first = g_hash_table_lookup (library->seen, key);

  if (first == NULL)
    {
      g_hash_table_insert (library->seen, key, row);
      return;
    }
  if (*first->file != '\0')
    lia_canned_import_row_fail (row, _ ("%s is the same response."), first->file);
  else
    lia_canned_import_row_fail (row, _ ("Line %u is the same response."), first->line);
  g_free (key);
}

static void
check_twice (Library            *library,
             LiaCannedImportRow *row)
{
  if (*row->canned->shortcut != '\0')
    {
      g_autofree char *folded = g_utf8_casefold (row->canned->shortcut, -1);

      check_seen (library, row, g_strconcat ("/", folded, NULL));
    }
  if (row->problem == NULL && row->before != NULL)
    check_seen (library, row, g_strconcat ("#", row->before->id, NULL));
  else if (row->problem == NULL && *row->canned->shortcut == '\0')
    check_seen (library, row, title_key (row->canned));
}

/* Files come by their names only: what is not in the store here already cannot be attached. */
static void
keep_known_files (const Library      *library,
                  LiaCannedImportRow *row)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *given = row->canned->attachments;

  for (guint i = 0; i < given->len; i++)
    {
      LiaAttachment *attachment = given->pdata[i];
      LiaAttachment *here = attachment->blob != NULL ? g_hash_table_lookup (library->blobs, attachment->blob) : NULL;

      if (here != NULL)
        g_ptr_array_add (known, g_object_ref (here));
      else
        lia_canned_import_row_note (row, _ ("The file “%s” is not here. Attach it again."), attachment->name);
    }
  if (known->len == given->len)
    return;
  g_ptr_array_unref (row->canned->attachments);
  row->canned->attachments = g_steal_pointer (&known);
}

/* What is reviewed for the team only supervisors write. */
static void
check_rights (const Library      *library,
              LiaCannedImportRow *row,
              LiaCanned          *after)
{
  if (library->importer->supervisor || after->scope == LIA_CANNED_PRIVATE || after->state == LIA_CANNED_DRAFT)
    return;

  after->state = LIA_CANNED_DRAFT;
  if (row->before == NULL || row->before->state != LIA_CANNED_DRAFT)
    lia_canned_import_row_note (row, _ ("It comes in as a draft: supervisors review responses of the team."));
}

/* A file that knows one text for everybody leaves those in other languages alone. */
static void
keep_other_texts (LiaCannedImportRow *row)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)lia_canned_variant_unref);
  GPtrArray              *before = row->before->variants;
  const LiaCannedVariant *given = row->canned->variants->len > 0 ? row->canned->variants->pdata[0] : NULL;
  LiaCannedVariant       *first;

  if (given == NULL || before->len == 0)
    return;

  first = lia_canned_variant_copy (before->pdata[0]);
  g_free (first->body);
  first->body = g_strdup (given->body);
  if (*given->subject != '\0')
    {
      g_free (first->subject);
      first->subject = g_strdup (given->subject);
    }
  g_ptr_array_add (texts, first);
  for (guint i = 1; i < before->len; i++)
    g_ptr_array_add (texts, lia_canned_variant_ref (before->pdata[i]));
  g_ptr_array_unref (row->canned->variants);
  row->canned->variants = g_steal_pointer (&texts);
}

static LiaCanned *
merge (const Library      *library,
       LiaCannedImportRow *row)
{
  LiaCanned *after = lia_canned_copy (row->before != NULL ? row->before : row->canned);

  lia_canned_take_fields (after, row->canned, row->given);
  if (row->before == NULL)
    {
      g_free (after->id);
      after->id = g_strdup ("");
      after->ver = 0;
      after->state = row->unsure ? LIA_CANNED_DRAFT : after->state;
    }
  else if (lia_canned_compare (row->before, after) == 0)
    return after;
  check_rights (library, row, after);

  return after;
}

static void
judge (const Library      *library,
       LiaCannedImportRow *row)
{
  LiaCanned *before = row->before;

  if (before != NULL && lia_canned_compare (before, row->canned) == 0)
    {
      row->verdict = LIA_CANNED_IMPORT_SAME;
      return;
    }
  if (before != NULL && !library->importer->supervisor && before->scope == LIA_CANNED_TEAM && before->state != LIA_CANNED_DRAFT)
    lia_canned_import_row_fail (row, _ ("Only supervisors change what was reviewed for the team."));
  if (!lia_canned_import_row_check (row))
    return;

  row->changes = before != NULL ? lia_canned_compare (before, row->canned) : 0;
  row->verdict = before == NULL ? LIA_CANNED_IMPORT_NEW : row->changes != 0 ? LIA_CANNED_IMPORT_CHANGED
                                                                            : LIA_CANNED_IMPORT_SAME;
}

static void
compare_row (Library            *library,
             LiaCannedImportRow *row)
{
  g_autoptr (LiaCanned) after = NULL;

  row->verdict = LIA_CANNED_IMPORT_ERROR;
  if (row->problem != NULL)
    return;

  g_set_object (&row->before, recognise (library, row));
  keep_known_files (library, row);
  if (row->before != NULL && row->single_text)
    keep_other_texts (row);
  after = merge (library, row);
  g_set_object (&row->canned, after);
  check_twice (library, row);
  if (row->problem == NULL)
    judge (library, row);
}

/**
 * lia_canned_import_compare:
 * @rows: of LiaCannedImportRow, as a reader made them; each gets its verdict and, in `canned`, the value that would be saved
 * @library: of LiaCanned, all that the agent may see
 */
void
lia_canned_import_compare (GPtrArray               *rows,
                           GPtrArray               *library,
                           const LiaCannedImporter *importer)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_shortcut = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_title = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) blobs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Library here = { importer, by_id, by_shortcut, by_title, blobs, seen };

  for (guint i = 0; i < library->len; i++)
    library_add (&here, library->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    compare_row (&here, rows->pdata[i]);
}
