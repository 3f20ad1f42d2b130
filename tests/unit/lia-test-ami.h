/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-model.h"
#include "lia-ami-parser.h"

G_BEGIN_DECLS

/*
 * Recorded traces for the tests of the call model. A trace is cut where messages end; a ledger keeps books of the raw bytes by itself, without
 * parser or model, and can be asked what the PBX would list: the second opinion.
 */

typedef struct
{
  LiaAmiMessage *message;
  guint          piece; /* index of the piece that it was complete with */
} LiaTestMessage;

typedef struct
{
  char      *name;
  GPtrArray *pieces;   /* texts that end in CR LF CR LF */
  GArray    *messages; /* of LiaTestMessage */
  gint64     start_ms;
} LiaTestTrace;

LiaTestTrace    *lia_test_trace_load (const char *directory,
                                      const char *name);
void             lia_test_trace_free (LiaTestTrace *self);
GPtrArray       *lia_test_list_traces (const char *directory);
LiaAmiDirectory *lia_test_directory (void);

/* What a model has told */
typedef struct
{
  LiaAmiModel *model;
  GHashTable  *calls; /* uniqueid -> LiaCall, the last one */
  gint64       start_ms;
} LiaTestListener;

LiaTestListener *lia_test_listener_new (gint64 start_ms);
void             lia_test_listener_free (LiaTestListener *self);
void             lia_test_listener_handle (LiaTestListener *self,
                                           LiaAmiMessage   *message);
char            *lia_test_listener_describe (LiaTestListener *self);
void             lia_test_listener_merge (LiaTestListener *self,
                                          LiaTestListener *earlier);

void lia_test_compare (const char *name,
                       const char *found,
                       const char *expected,
                       double      slack);

typedef struct _LiaTestLedger LiaTestLedger;

LiaTestLedger  *lia_test_ledger_new (LiaTestTrace *trace);
void            lia_test_ledger_free (LiaTestLedger *self);
void            lia_test_ledger_advance (LiaTestLedger *self,
                                         guint          n_pieces);
LiaAmiSnapshot *lia_test_ledger_list (LiaTestLedger *self,
                                      gint64         now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTestTrace, lia_test_trace_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTestListener, lia_test_listener_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaTestLedger, lia_test_ledger_free)

G_END_DECLS
