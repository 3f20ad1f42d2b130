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

#define LIA_TYPE_RESPONSES_IMPORT (lia_responses_import_get_type ())

/**
 * LiaResponsesImport:
 *
 * Saves what is new and changed in the rows of an import, several at a time. It can be stopped and go on at any moment: each row has a key of its
 * own, so what was on its way is never saved twice. The engine's refusals are kept by row; without a connection it waits.
 *
 * Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (LiaResponsesImport, lia_responses_import, LIA, RESPONSES_IMPORT, GObject)

LiaResponsesImport     *lia_responses_import_new (LiaClient *client,
                                                  GPtrArray *rows);
void                    lia_responses_import_start (LiaResponsesImport *self);
void                    lia_responses_import_stop (LiaResponsesImport *self);
LiaResponsesImportState lia_responses_import_get_state (LiaResponsesImport *self);
guint                   lia_responses_import_get_total (LiaResponsesImport *self);
guint                   lia_responses_import_get_saved (LiaResponsesImport *self);
guint                   lia_responses_import_get_refused (LiaResponsesImport *self);
const GError           *lia_responses_import_get_error (LiaResponsesImport *self,
                                                        LiaCannedImportRow *row);

G_END_DECLS
