/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"
#include "lia-client.h"

G_BEGIN_DECLS

typedef enum {
  LIA_RESPONSES_IMPORT_WAITING, /* not begun, stopped, or without a connection: it can go on */
  LIA_RESPONSES_IMPORT_RUNNING,
  LIA_RESPONSES_IMPORT_DONE,
} LiaResponsesImportState;

/**
 * LiaResponsesImportFigures:
 *
 * How many responses are new and changed; refused; and, once it is taken back, taken back, or kept because somebody has changed them since.
 */
typedef struct
{
  guint total; /* of what goes on now: to save, or to take back */
  guint done;  /* of these, refused and kept ones included */
  guint added;
  guint changed;
  guint refused;
  guint undone;
  guint kept;
} LiaResponsesImportFigures;

#define LIA_TYPE_RESPONSES_IMPORT (lia_responses_import_get_type ())

/**
 * LiaResponsesImport:
 *
 * Saves what is new and changed in the rows of an import, hundreds with a command, each command wholly or not at all. It can be stopped and go on at
 * any moment: each command has a key of its own, so what was on its way is never saved twice. The engine's refusals are kept by row; without a
 * connection it waits. What was saved can be taken back in the same way.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (LiaResponsesImport, lia_responses_import, LIA, RESPONSES_IMPORT, GObject)

LiaResponsesImport       *lia_responses_import_new (LiaClient *client,
                                                    GPtrArray *rows);
void                      lia_responses_import_start (LiaResponsesImport *self);
void                      lia_responses_import_stop (LiaResponsesImport *self);
void                      lia_responses_import_undo (LiaResponsesImport *self);
gboolean                  lia_responses_import_is_undo (LiaResponsesImport *self);
LiaResponsesImportState   lia_responses_import_get_state (LiaResponsesImport *self);
LiaResponsesImportFigures lia_responses_import_get_figures (LiaResponsesImport *self);
GPtrArray                *lia_responses_import_get_rows (LiaResponsesImport *self);
const GError             *lia_responses_import_get_error (LiaResponsesImport *self,
                                                          LiaCannedImportRow *row);

G_END_DECLS
