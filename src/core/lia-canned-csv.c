/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-canned-import-private.h"

#include "lia-canned-foreign.h"
#include "lia-csv.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Responses as a table, one row a text: rows with the same id, shortcut or title are the same response in other languages. Tables of other
 * help desks are read, too: their columns are known by the names below, and what stands in the text goes through lia-canned-foreign. A cell that
 * a spreadsheet would take for a formula is written with a ' in front, which goes when it is read.
 */

typedef enum {
  COLUMN_ID,
  COLUMN_SHORTCUT,
  COLUMN_TITLE,
  COLUMN_FOLDER,
  COLUMN_TAGS,
  COLUMN_ALIASES,
  COLUMN_SCOPE,
  COLUMN_STATE,
  COLUMN_REVIEW_BY,
  COLUMN_PLACE,
  COLUMN_LANGUAGE,
  COLUMN_FORMALITY,
  COLUMN_CHANNEL,
  COLUMN_SUBJECT,
  COLUMN_TEXT,
  COLUMN_ACTIONS,
  COLUMN_CHANNELS,
  COLUMN_QUEUES,
  COLUMN_PRODUCTS,
  COLUMN_ATTACHMENTS,
  N_OWN_COLUMNS,
  COLUMN_HTML = N_OWN_COLUMNS, /* where there is no plain text */
  COLUMN_ACTIVE,
  N_COLUMNS,
} Column;

static const char *const own_names[N_OWN_COLUMNS] = {
  "id", "shortcut", "title", "folder", "tags", "aliases", "scope", "state", "review_by", "place", "language",
  "formality", "channel", "subject", "text", "actions", "channels", "queues", "products", "attachments"
};

/* In lower case, without _, - and blanks. Of two in one table the first wins. */
static const struct
{
  const char *name;
  Column      column;
} other_names[] = {
  { "reviewby", COLUMN_REVIEW_BY },
  { "shortcode", COLUMN_SHORTCUT }, /* Chatwoot */
  { "abbreviation", COLUMN_SHORTCUT },
  { "trigger", COLUMN_SHORTCUT },
  { "key", COLUMN_SHORTCUT },
  { "name", COLUMN_TITLE }, /* Front, Zammad, Help Scout */
  { "macrotitle", COLUMN_TITLE },
  { "foldername", COLUMN_FOLDER }, /* Freshdesk */
  { "category", COLUMN_FOLDER },
  { "group", COLUMN_FOLDER },
  { "labels", COLUMN_TAGS },
  { "keywords", COLUMN_ALIASES }, /* Zammad: what it is found by */
  { "visibility", COLUMN_SCOPE },
  { "locale", COLUMN_LANGUAGE },
  { "lang", COLUMN_LANGUAGE },
  { "body", COLUMN_TEXT },         /* Front */
  { "content", COLUMN_TEXT },      /* Chatwoot, Freshdesk, Zammad */
  { "commentvalue", COLUMN_TEXT }, /* Zendesk */
  { "comment", COLUMN_TEXT },
  { "message", COLUMN_TEXT },
  { "reply", COLUMN_TEXT },
  { "response", COLUMN_TEXT },
  { "bodytext", COLUMN_TEXT }, /* Intercom */
  { "contenthtml", COLUMN_HTML },
  { "commentvaluehtml", COLUMN_HTML },
  { "bodyhtml", COLUMN_HTML },
  { "active", COLUMN_ACTIVE }, /* Zendesk, Zammad */
  { "enabled", COLUMN_ACTIVE },
};

typedef struct
{
  int             at[N_COLUMNS]; /* of each row's fields; -1 = not there */
  gboolean        own;           /* written by lia_canned_export_csv() */
  LiaCannedFields given;
  GHashTable     *by_key; /* char* -> LiaCannedImportRow */
  GPtrArray      *rows;
} Table;

static int
find_column (const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at++)
    if (strchr (" _-\t", *at) == NULL)
      g_string_append_c (plain, g_ascii_tolower (*at));
  for (guint i = 0; i < N_OWN_COLUMNS; i++)
    if (strcmp (own_names[i], plain->str) == 0)
      return i;
  for (guint i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (strcmp (other_names[i].name, plain->str) == 0)
      return other_names[i].column;

  return -1;
}

static LiaCannedFields
given_by (const Table *table)
{
  static const struct
  {
    Column          column;
    LiaCannedFields field;
  } fields[] = {
    { COLUMN_SHORTCUT, LIA_CANNED_SHORTCUT },
    { COLUMN_TITLE, LIA_CANNED_TITLE },
    { COLUMN_FOLDER, LIA_CANNED_FOLDER },
    { COLUMN_TAGS, LIA_CANNED_TAGS },
    { COLUMN_ALIASES, LIA_CANNED_ALIASES },
    { COLUMN_SCOPE, LIA_CANNED_SCOPE },
    { COLUMN_STATE, LIA_CANNED_STATE },
    { COLUMN_ACTIVE, LIA_CANNED_STATE },
    { COLUMN_REVIEW_BY, LIA_CANNED_REVIEW_BY },
    { COLUMN_PLACE, LIA_CANNED_PLACE },
    { COLUMN_ACTIONS, LIA_CANNED_ACTIONS },
    { COLUMN_CHANNELS, LIA_CANNED_FITS },
    { COLUMN_ATTACHMENTS, LIA_CANNED_ATTACHMENTS },
  };
  LiaCannedFields given = LIA_CANNED_TEXTS;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (table->at[fields[i].column] >= 0)
      given |= fields[i].field;

  return given;
}

static gboolean
read_header (Table     *table,
             LiaCsvRow *header)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    table->at[i] = -1;
  for (guint i = 0; i < header->fields->len; i++)
    {
      int column = find_column (header->fields->pdata[i]);

      if (column >= 0 && table->at[column] < 0)
        table->at[column] = i;
    }
  table->own = table->at[COLUMN_FORMALITY] >= 0;
  table->given = given_by (table);

  return (table->at[COLUMN_TEXT] >= 0 || table->at[COLUMN_HTML] >= 0) && (table->at[COLUMN_TITLE] >= 0 || table->at[COLUMN_SHORTCUT] >= 0);
}

static const char *
cell (const Table *table,
      LiaCsvRow   *row,
      Column       column)
{
  int         at = table->at[column];
  const char *text = at >= 0 && (guint)at < row->fields->len ? row->fields->pdata[at] : "";

  return table->own ? lia_csv_skip_mark (text) : text;
}

static char *
read_text (const Table        *table,
           LiaCsvRow          *csv,
           LiaCannedImportRow *row)
{
  guint       n_notes = row->notes->len;
  const char *plain = cell (table, csv, COLUMN_TEXT);
  const char *text = *plain != '\0' ? plain : cell (table, csv, COLUMN_HTML);
  char       *translated;
  g_autoptr (GString) lines = g_string_new (text);

  g_string_replace (lines, "\r\n", "\n", 0);

  if (table->own)
    return g_string_free_and_steal (g_steal_pointer (&lines));
  translated = lia_canned_foreign_translate (lines->str, row->notes);
  row->unsure = row->unsure || row->notes->len > n_notes;

  return translated;
}

static LiaCannedVariant *
read_variant (const Table        *table,
              LiaCsvRow          *csv,
              LiaCannedImportRow *row)
{
  LiaCannedVariant *variant = lia_canned_variant_new ();
  char             *language = lia_canned_language_from_text (cell (table, csv, COLUMN_LANGUAGE));
  const char       *formality = cell (table, csv, COLUMN_FORMALITY);

  if (language == NULL)
    lia_canned_import_row_note (row, _ ("“%.40s” is no language’s code, as “en” or “pt-BR” are. The text is for any language now."), cell (table, csv, COLUMN_LANGUAGE));
  if (*formality != '\0' && !lia_canned_formality_from_string (formality, &variant->formality))
    lia_canned_import_row_fail (row, _ ("The form of address on line %u is “%.40s”. It can be any, informal or formal."), csv->line, formality);
  g_free (variant->language);
  g_free (variant->channel);
  g_free (variant->subject);
  g_free (variant->body);
  variant->language = language != NULL ? language : g_strdup ("");
  variant->channel = g_strdup (cell (table, csv, COLUMN_CHANNEL));
  variant->subject = g_strdup (cell (table, csv, COLUMN_SUBJECT));
  variant->body = read_text (table, csv, row);

  return variant;
}

/* "refund_policy" -> "Refund policy" */
static char *
title_from_shortcut (const char *shortcut)
{
  g_autofree char *words = g_strdelimit (g_strdup (shortcut), "_-./", ' ');
  g_autofree char *first = g_utf8_substring (words, 0, MIN (1, g_utf8_strlen (words, -1)));
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, words + strlen (first), NULL);
}

static void
read_names (const Table        *table,
            LiaCsvRow          *csv,
            LiaCannedImportRow *row)
{
  LiaCanned       *canned = row->canned;
  const char      *id = cell (table, csv, COLUMN_ID);
  g_autofree char *title = g_strstrip (g_strdup (cell (table, csv, COLUMN_TITLE)));
  g_autofree char *shortcut = g_strstrip (g_strdup (cell (table, csv, COLUMN_SHORTCUT)));
  g_autofree char *folder = lia_canned_folder_from_text (cell (table, csv, COLUMN_FOLDER));
  char            *last = !table->own ? g_strrstr (title, "::") : NULL;

  if (last != NULL) /* Zendesk's folders stand in the title */
    {
      *last = '\0';
      g_free (folder);
      folder = lia_canned_folder_from_text (title);
      row->given |= LIA_CANNED_FOLDER;
      memmove (title, last + 2, strlen (last + 2) + 1);
      g_strstrip (title);
    }
  if (!table->own)
    g_strdelimit (shortcut, " \t\r\n", '-');
  g_free (canned->id);
  g_free (canned->shortcut);
  g_free (canned->title);
  g_free (canned->folder);
  canned->id = g_strdup (g_str_has_prefix (id, "r_") ? id : "");
  canned->shortcut = g_strdup (shortcut + (!table->own ? strspn (shortcut, "/#;:!") : 0));
  canned->title = *title != '\0' ? g_steal_pointer (&title) : title_from_shortcut (canned->shortcut);
  canned->folder = g_steal_pointer (&folder);
}

static void
read_state (const Table        *table,
            LiaCsvRow          *csv,
            LiaCannedImportRow *row)
{
  static const char *const no[] = { "false", "no", "0", "inactive", "f", NULL };
  LiaCanned               *canned = row->canned;
  const char              *scope = cell (table, csv, COLUMN_SCOPE);
  const char              *state = cell (table, csv, COLUMN_STATE);
  g_autofree char         *active = g_ascii_strdown (cell (table, csv, COLUMN_ACTIVE), -1);

  if (*scope != '\0' && !lia_canned_scope_from_string (scope, &canned->scope))
    lia_canned_import_row_fail (row, _ ("Its scope is “%.40s”. It can be private or team."), scope);
  if (*state != '\0' && !lia_canned_state_from_string (state, &canned->state))
    lia_canned_import_row_fail (row, _ ("Its state is “%.40s”. It can be draft, reviewed or retired."), state);
  if (g_strv_contains (no, active))
    canned->state = LIA_CANNED_RETIRED;
  if (!lia_canned_day_from_text (cell (table, csv, COLUMN_REVIEW_BY), &canned->review_by_ms))
    lia_canned_import_row_fail (row, _ ("“%.40s” is no day as 2027-01-31 is."), cell (table, csv, COLUMN_REVIEW_BY));
}

static void
read_words (const Table *table,
            LiaCsvRow   *csv,
            Column       column,
            GStrv       *place)
{
  g_strfreev (*place);
  *place = lia_canned_words_from_text (cell (table, csv, column), table->own ? ";" : ",;\n");
}

static LiaCannedImportRow *
read_response (const Table *table,
               LiaCsvRow   *csv)
{
  LiaCannedImportRow *row = lia_canned_import_row_new ("", csv->line);
  LiaCanned          *canned = row->canned;

  row->given = table->given;
  row->single_text = table->at[COLUMN_LANGUAGE] < 0 && table->at[COLUMN_CHANNEL] < 0 && !table->own;
  if (csv->problem != NULL)
    lia_canned_import_row_fail (row, "%s", csv->problem);
  read_names (table, csv, row);
  read_state (table, csv, row);
  read_words (table, csv, COLUMN_TAGS, &canned->tags);
  read_words (table, csv, COLUMN_ALIASES, &canned->aliases);
  read_words (table, csv, COLUMN_CHANNELS, &canned->channels);
  read_words (table, csv, COLUMN_QUEUES, &canned->queues);
  read_words (table, csv, COLUMN_PRODUCTS, &canned->products);
  lia_canned_place_from_text (canned, cell (table, csv, COLUMN_PLACE));
  if (table->own)
    {
      lia_canned_actions_from_text (canned, cell (table, csv, COLUMN_ACTIONS));
      lia_canned_files_from_text (canned, cell (table, csv, COLUMN_ATTACHMENTS));
    }
  else
    row->given &= ~(LIA_CANNED_ACTIONS | LIA_CANNED_ATTACHMENTS);
  if (*canned->title != '\0')
    row->given |= LIA_CANNED_TITLE;

  return row;
}

static char *
key_of (const LiaCanned *canned)
{
  if (*canned->id != '\0')
    return g_strconcat ("#", canned->id, NULL);
  if (*canned->shortcut != '\0')
    return g_strconcat ("/", canned->shortcut, NULL);

  return g_strconcat (canned->folder, "\n", canned->title, NULL);
}

/* Another text of a response that is there already, or a response */
static void
add_row (Table     *table,
         LiaCsvRow *csv)
{
  g_autoptr (LiaCannedImportRow) row = read_response (table, csv);
  g_autofree char        *key = key_of (row->canned);
  LiaCannedImportRow     *first = table->at[COLUMN_LANGUAGE] >= 0 && row->problem == NULL ? g_hash_table_lookup (table->by_key, key) : NULL;
  LiaCannedImportRow     *into = first != NULL ? first : row;
  LiaCannedVariant       *variant = read_variant (table, csv, into);
  const LiaCannedVariant *twin = lia_canned_find_variant (into->canned, variant->language, variant->formality, variant->channel);

  if (*variant->body == '\0')
    lia_canned_import_row_fail (into, _ ("There is no text on line %u."), csv->line);
  if (twin != NULL)
    lia_canned_import_row_fail (into, _ ("Line %u has a second text for the same language, form of address and channel."), csv->line);
  g_ptr_array_add (into->canned->variants, variant);
  if (first != NULL)
    return;

  if (row->problem == NULL)
    g_hash_table_insert (table->by_key, g_steal_pointer (&key), row);
  g_ptr_array_add (table->rows, g_steal_pointer (&row));
}

static gboolean
is_empty (LiaCsvRow *row)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (*(const char *)row->fields->pdata[i] != '\0')
      return FALSE;

  return row->problem == NULL;
}

static void
add_problem (GPtrArray  *rows,
             guint       line,
             const char *problem)
{
  LiaCannedImportRow *row = lia_canned_import_row_new ("", line);

  lia_canned_import_row_fail (row, "%s", problem);
  g_ptr_array_add (rows, row);
}

static void
read_rows (Table        *table,
           LiaCsvReader *reader)
{
  LiaCsvRow *next;

  while ((next = lia_csv_reader_next (reader)) != NULL)
    {
      g_autoptr (LiaCsvRow) row = next;

      if (table->rows->len >= LIA_CANNED_MAX_IMPORT)
        {
          add_problem (table->rows, row->line, _ ("Here are more responses than can be imported at once. What follows is left out."));
          return;
        }
      if (!is_empty (row))
        add_row (table, row);
    }
}

/**
 * lia_canned_import_csv: on any thread. What cannot be read is a row with a problem; so is a file that is no table of responses.
 *
 * Returns: (transfer full): of LiaCannedImportRow, in the file's order, for lia_canned_import_compare()
 */
GPtrArray *
lia_canned_import_csv (GBytes *file)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize            size, length;
  const char      *bytes = g_bytes_get_data (file, &size);
  g_autofree char *text = lia_csv_to_utf8 (bytes != NULL ? bytes : "", size, &length);
  g_autoptr (LiaCsvReader) reader = lia_csv_reader_new (text, length);
  g_autoptr (LiaCsvRow) header = lia_csv_reader_next (reader);
  Table table = { .by_key = by_key, .rows = rows };

  if (header == NULL)
    add_problem (rows, 1, _ ("The file is empty."));
  else if (!read_header (&table, header))
    add_problem (rows, header->line, _ ("The first line has to name the columns: at least “title” or “shortcut”, and “text”."));
  else
    read_rows (&table, reader);

  return g_steal_pointer (&rows);
}

static void
append_variant (GString                *csv,
                LiaCanned              *canned,
                const LiaCannedVariant *variant)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, g_strdup (canned->id));
  g_ptr_array_add (cells, g_strdup (canned->shortcut));
  g_ptr_array_add (cells, g_strdup (canned->title));
  g_ptr_array_add (cells, g_strdup (canned->folder));
  g_ptr_array_add (cells, lia_canned_words_to_text (canned->tags));
  g_ptr_array_add (cells, lia_canned_words_to_text (canned->aliases));
  g_ptr_array_add (cells, g_strdup (lia_canned_scope_to_string (canned->scope)));
  g_ptr_array_add (cells, g_strdup (lia_canned_state_to_string (canned->state)));
  g_ptr_array_add (cells, lia_canned_day_to_text (canned->review_by_ms));
  g_ptr_array_add (cells, lia_canned_place_to_text (canned));
  g_ptr_array_add (cells, g_strdup (variant->language));
  g_ptr_array_add (cells, g_strdup (lia_canned_formality_to_string (variant->formality)));
  g_ptr_array_add (cells, g_strdup (variant->channel));
  g_ptr_array_add (cells, g_strdup (variant->subject));
  g_ptr_array_add (cells, g_strdup (variant->body));
  g_ptr_array_add (cells, lia_canned_actions_to_text (canned->actions));
  g_ptr_array_add (cells, lia_canned_words_to_text (canned->channels));
  g_ptr_array_add (cells, lia_canned_words_to_text (canned->queues));
  g_ptr_array_add (cells, lia_canned_words_to_text (canned->products));
  g_ptr_array_add (cells, lia_canned_files_to_text (canned->attachments));
  lia_csv_append_words (csv, (const char *const *)cells->pdata, cells->len);
}

/** lia_canned_export_csv: with a mark of byte order, by which spreadsheets know UTF-8. On any thread. */
char *
lia_canned_export_csv (GPtrArray *library)
{
  g_autoptr (GString) csv = g_string_new ("\xef\xbb\xbf");

  lia_csv_append (csv, own_names, N_OWN_COLUMNS);
  for (guint i = 0; i < library->len; i++)
    {
      LiaCanned *canned = library->pdata[i];

      for (guint j = 0; j < canned->variants->len; j++)
        append_variant (csv, canned, canned->variants->pdata[j]);
    }

  return g_string_free_and_steal (g_steal_pointer (&csv));
}
