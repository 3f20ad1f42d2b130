/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIA_CSV_MAX_FIELD_BYTES (256 * 1024)
#define LIA_CSV_MAX_FIELDS 200

/**
 * LiaCsvRow:
 *
 * One record. `problem` is what is wrong with it, in plain words and the agent's language, or NULL; its fields are what could be read then.
 */
typedef struct
{
  guint      line;   /* where it begins; the first line is 1 */
  GPtrArray *fields; /* char* */
  char      *problem;
} LiaCsvRow;

void lia_csv_row_free (LiaCsvRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCsvRow, lia_csv_row_free)

typedef struct _LiaCsvReader LiaCsvReader;

LiaCsvReader *lia_csv_reader_new (const char *text,
                                  gsize       length);
LiaCsvRow    *lia_csv_reader_next (LiaCsvReader *self);
void          lia_csv_reader_free (LiaCsvReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaCsvReader, lia_csv_reader_free)

char       *lia_csv_to_utf8 (const char *bytes,
                             gsize       length,
                             gsize      *utf8_length);
void        lia_csv_append (GString           *csv,
                            const char *const *fields,
                            guint              n_fields);
void        lia_csv_append_words (GString           *csv,
                                  const char *const *fields,
                                  guint              n_fields);
const char *lia_csv_skip_mark (const char *text);

G_END_DECLS
