/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-change.h"

G_BEGIN_DECLS

typedef enum {
  LIA_CANNED_IMPORT_NEW,
  LIA_CANNED_IMPORT_CHANGED,
  LIA_CANNED_IMPORT_SAME,
  LIA_CANNED_IMPORT_ERROR,
} LiaCannedImportVerdict;

#define LIA_TYPE_CANNED_IMPORT_ROW (lia_canned_import_row_get_type ())

G_DECLARE_FINAL_TYPE (LiaCannedImportRow, lia_canned_import_row, LIA, CANNED_IMPORT_ROW, GObject)

/**
 * LiaCannedImportRow:
 *
 * One response of a file, and what an import would do with it. Filled by the reader of the file, then by lia_canned_import_compare(); nobody changes
 * it afterwards.
 */
struct _LiaCannedImportRow
{
  GObject parent_instance;

  char           *file;        /* within a folder, or "" */
  guint           line;        /* where it begins; 0 = not known */
  LiaCanned      *canned;      /* as the file says; once compared, as it would be saved. NULL: it cannot be read */
  LiaCannedFields given;       /* what the file says of it; the rest stays as it is */
  gboolean        single_text; /* and of its texts the first only */
  gboolean        unsure;      /* somebody has to look at the text: if it is new, it is a draft */
  char           *problem;     /* why it is left out, in plain words and the agent's language, or NULL */
  GPtrArray      *notes;       /* char *: what could not be taken over as it was */

  LiaCannedImportVerdict verdict;
  LiaCanned             *before;  /* the one it is recognised as, or NULL */
  LiaCannedFields        changes; /* of a changed one */
};

LiaCannedImportRow *lia_canned_import_row_new (const char *file,
                                               guint       line);
void                lia_canned_import_row_fail (LiaCannedImportRow *self,
                                                const char         *format,
                                                ...) G_GNUC_PRINTF (2, 3);
void                lia_canned_import_row_note (LiaCannedImportRow *self,
                                                const char         *format,
                                                ...) G_GNUC_PRINTF (2, 3);
gboolean            lia_canned_import_row_check (LiaCannedImportRow *self);

/**
 * LiaCannedImporter:
 * @agent: the id of who imports
 * @supervisor: whether that agent may change what is reviewed for the team
 */
typedef struct
{
  const char *agent;
  gboolean    supervisor;
} LiaCannedImporter;

void lia_canned_import_compare (GPtrArray               *rows,
                                GPtrArray               *library,
                                const LiaCannedImporter *importer);

#define LIA_CANNED_MAX_IMPORT 100000
#define LIA_CANNED_MAX_IMPORT_BYTES (64 * 1024 * 1024)

GPtrArray *lia_canned_import_csv (GBytes *file);
char      *lia_canned_export_csv (GPtrArray *library);

#define LIA_CANNED_MAX_PAGE_BYTES (4 * 1024 * 1024)

LiaCannedImportRow *lia_canned_import_page (const char *path,
                                            const char *text,
                                            gsize       length);
char               *lia_canned_export_page (LiaCanned *canned,
                                            gboolean   alone);
GHashTable         *lia_canned_export_paths (GPtrArray *library);

G_END_DECLS
