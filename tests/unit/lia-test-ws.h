/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ws-parser.h"

G_BEGIN_DECLS

/* Where bytes are cut before the parser gets them: after each @every (0 = not at all), once at @at, or, with a @chance, anywhere. */
typedef struct
{
  gsize  every;
  gsize  at;
  GRand *chance;
} LiaTestCuts;

char       *test_ws_tell (const guint8      *bytes,
                          gsize              length,
                          const LiaTestCuts *cuts);
GByteArray *test_ws_read (const char *notation);
void        test_ws_add_frame (GByteArray   *stream,
                               guint8        first,
                               const guint8 *payload,
                               gsize         length);

G_END_DECLS
