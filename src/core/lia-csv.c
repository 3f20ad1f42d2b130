/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-csv.h"

#include "lia-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Tables of text (RFC 4180) as spreadsheets write them: with commas, semicolons or tabs (what occurs most in the first record, or what a first
 * line "sep=;" says), line breaks inside of quotes, any line ends. A broken record does not take the others with it: it ends where its line
 * does. Time is proportional to the length: only one quote is followed to the end of the text in vain.
 */

struct _LiaCsvReader
{
  const char *at;
  const char *end;
  guint       line;
  char        separator;
  gboolean    gave_up; /* one quote had no end: the others end in their lines */
};

void
lia_csv_row_free (LiaCsvRow *self)
{
  g_ptr_array_unref (self->fields);
  g_free (self->problem);
  g_free (self);
}

static char
guess_separator (const char *at,
                 const char *end)
{
  static const char separators[] = ",;\t";
  guint             counts[3] = { 0 };
  gboolean          quoted = FALSE;
  guint             best = 0;

  for (; at < end && (quoted || (*at != '\n' && *at != '\r')); at++)
    {
      const char *found = *at != '\0' ? strchr (separators, *at) : NULL;

      if (*at == '"')
        quoted = !quoted;
      else if (!quoted && found != NULL)
        counts[found - separators]++;
    }
  for (guint i = 1; i < 3; i++)
    best = counts[i] > counts[best] ? i : best;

  return separators[best];
}

static gboolean
take_line_end (LiaCsvReader *self)
{
  if (self->at == self->end || (*self->at != '\r' && *self->at != '\n'))
    return FALSE;

  self->at += *self->at == '\r' && self->at + 1 < self->end && self->at[1] == '\n' ? 2 : 1;
  self->line++;

  return TRUE;
}

/**
 * lia_csv_reader_new:
 * @text: borrowed as long as the reader lives; a mark of byte order is skipped
 */
LiaCsvReader *
lia_csv_reader_new (const char *text,
                    gsize       length)
{
  LiaCsvReader *self = g_new0 (LiaCsvReader, 1);

  self->at = text;
  self->end = text + length;
  self->line = 1;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self->at += 3;

  if (self->end - self->at >= 5 && g_ascii_strncasecmp (self->at, "sep=", 4) == 0 && strchr (",;\t|", self->at[4]) != NULL)
    {
      self->separator = self->at[4];
      self->at += 5;
      take_line_end (self);
    }
  else
    self->separator = guess_separator (self->at, self->end);

  return self;
}

void
lia_csv_reader_free (LiaCsvReader *self)
{
  g_free (self);
}

G_GNUC_PRINTF (2, 3)
static void
say (LiaCsvRow  *row,
     const char *format,
     ...)
{
  va_list arguments;

  if (row->problem != NULL)
    return;

  va_start (arguments, format);
  row->problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

static gboolean
at_field_end (LiaCsvReader *self)
{
  return self->at == self->end || *self->at == self->separator || *self->at == '\n' || *self->at == '\r';
}

static const char *
line_end (LiaCsvReader *self)
{
  const char *at = self->at;

  while (at < self->end && *at != '\n' && *at != '\r')
    at++;

  return at;
}

/* Behind an opening quote, to behind its closing one. FALSE: there is none, and nothing was taken. */
static gboolean
take_quoted (LiaCsvReader *self,
             GString      *field)
{
  const char *at = self->at;
  const char *end = self->gave_up ? line_end (self) : self->end;
  guint       line = self->line;

  for (; at < end; at++)
    {
      if (*at == '"' && at + 1 < end && at[1] == '"')
        at++;
      else if (*at == '"')
        break;
      else if (*at == '\n' || (*at == '\r' && !(at + 1 < end && at[1] == '\n')))
        line++;
      if (field->len <= LIA_CSV_MAX_FIELD_BYTES)
        g_string_append_c (field, *at);
    }
  if (at == end)
    return FALSE;

  self->at = at + 1;
  self->line = line;

  return TRUE;
}

static void
read_quoted (LiaCsvReader *self,
             LiaCsvRow    *row,
             GString      *field)
{
  self->at++;
  if (!take_quoted (self, field))
    {
      say (row, _ ("A quotation mark is opened on line %u, but never closed."), self->line);
      self->gave_up = TRUE;
      g_string_truncate (field, 0);
      self->at = line_end (self);
    }
  else if (!at_field_end (self))
    {
      say (row, _ ("On line %u, text follows a closing quotation mark. A quotation mark inside a field is written twice."), self->line);
      self->at = line_end (self);
    }
}

static void
read_plain (LiaCsvReader *self,
            GString      *field)
{
  const char *start = self->at;

  while (!at_field_end (self))
    self->at++;
  g_string_append_len (field, start, MIN (self->at - start, LIA_CSV_MAX_FIELD_BYTES + 1));
}

static void
read_field (LiaCsvReader *self,
            LiaCsvRow    *row)
{
  g_autoptr (GString) field = g_string_new (NULL);

  if (self->at < self->end && *self->at == '"')
    read_quoted (self, row, field);
  else
    read_plain (self, field);

  if (field->len > LIA_CSV_MAX_FIELD_BYTES)
    {
      say (row, _ ("A field has more than %d KiB of text."), LIA_CSV_MAX_FIELD_BYTES / 1024);
      g_string_truncate (field, 0);
    }
  else if (!g_utf8_validate_len (field->str, field->len, NULL))
    {
      say (row, _ ("A field has characters that cannot be read. Save the table as UTF-8."));
      g_string_truncate (field, 0);
    }
  if (row->fields->len < LIA_CSV_MAX_FIELDS)
    g_ptr_array_add (row->fields, g_string_free_and_steal (g_steal_pointer (&field)));
  else
    say (row, _ ("The line has more than %d fields."), LIA_CSV_MAX_FIELDS);
}

/** lia_csv_reader_next: Returns: (transfer full) (nullable): the next record that is not empty, or NULL at the end */
LiaCsvRow *
lia_csv_reader_next (LiaCsvReader *self)
{
  LiaCsvRow *row;

  while (take_line_end (self))
    ;
  if (self->at == self->end)
    return NULL;

  row = g_new0 (LiaCsvRow, 1);
  row->line = self->line;
  row->fields = g_ptr_array_new_with_free_func (g_free);
  read_field (self, row);
  while (self->at < self->end && *self->at == self->separator)
    {
      self->at++;
      read_field (self, row);
    }
  take_line_end (self);

  return row;
}

/* Whether characters beyond ASCII stand there in UTF-8, so that what is not is a slip and not another encoding */
static gboolean
has_utf8 (const char *bytes,
          gsize       length)
{
  for (const char *at = bytes, *end = bytes + length; at < end; at++)
    if ((guchar)*at >= 0xc2 && g_utf8_get_char_validated (at, end - at) < 0x110000)
      return TRUE;

  return FALSE;
}

/**
 * lia_csv_to_utf8:
 *
 * The text of a file: UTF-16 by its mark of byte order, Windows-1252 (as older spreadsheets save it) where nothing in it is UTF-8. What is
 * neither stays as it is; the reader says in which record.
 *
 * Returns: (transfer full): with a NUL behind it
 */
char *
lia_csv_to_utf8 (const char *bytes,
                 gsize       length,
                 gsize      *utf8_length)
{
  const char *from = NULL;
  char       *text;

  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    from = "UTF-16";
  else if (!g_utf8_validate_len (bytes, length, NULL) && memchr (bytes, 0, length) == NULL && !has_utf8 (bytes, length))
    from = "WINDOWS-1252";

  text = from != NULL ? g_convert_with_fallback (bytes, length, "UTF-8", from, "?", NULL, utf8_length, NULL) : NULL;
  if (text != NULL)
    return text;

  *utf8_length = length;
  text = g_malloc (length + 1);
  memcpy (text, bytes, length);
  text[length] = '\0';

  return text;
}

/** lia_csv_append: one record, with commas and CR LF. */
void
lia_csv_append (GString           *csv,
                const char *const *fields,
                guint              n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      gboolean quoted = strpbrk (fields[i], ",;\t\"\r\n") != NULL || g_str_has_prefix (fields[i], " ") || g_str_has_suffix (fields[i], " ");

      if (i > 0)
        g_string_append_c (csv, ',');
      if (quoted)
        g_string_append_c (csv, '"');
      for (const char *at = fields[i]; *at != '\0'; at++)
        {
          if (*at == '"')
            g_string_append_c (csv, '"');
          g_string_append_c (csv, *at);
        }
      if (quoted)
        g_string_append_c (csv, '"');
    }
  g_string_append (csv, "\r\n");
}

/* OWASP, "CSV Injection", with the wide forms that spreadsheets take as well; and a ' of its own, so that one that is read can go again. */
static gboolean
may_be_formula (const char *text)
{
  static const char *const wide[] = { "＝", "＋", "－", "＠" };

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;

  return *text != '\0' && strchr ("=+-@'\t\r\n", *text) != NULL;
}

/** lia_csv_append_words: as lia_csv_append(), of what anybody may have written: what a spreadsheet would take for a formula has a ' in front. */
void
lia_csv_append_words (GString           *csv,
                      const char *const *fields,
                      guint              n_fields)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_fields; i++)
    g_ptr_array_add (cells, g_strconcat (may_be_formula (fields[i]) ? "'" : "", fields[i], NULL));
  lia_csv_append (csv, (const char *const *)cells->pdata, cells->len);
}

/** lia_csv_skip_mark: (transfer none): a cell of lia_csv_append_words() as it was. */
const char *
lia_csv_skip_mark (const char *text)
{
  return text[0] == '\'' && may_be_formula (text + 1) ? text + 1 : text;
}
