/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-notices.h"

G_BEGIN_DECLS

/* What the files of notices share. */

#define LIA_NOTICES_REOPENED "The engineers have opened it again, so there is nothing to tell yet."

/* A finding as far as somebody may be to be told. */
typedef struct
{
  gint64   id; /* the root's */
  gint64   fix;
  gint64   fixed_ms;
  gboolean is_fixed;
  gboolean is_told;
} LiaNoticesRoot;

gboolean lia_notices_read_root (LiaDb          *db,
                                gint64          finding_id,
                                LiaNoticesRoot *root,
                                GError        **error);
GArray  *lia_notices_collect (LiaRows *rows,
                              guint    n,
                              GError **error);
gboolean lia_notices_set_state (LiaDb      *db,
                                gint64      id,
                                const char *state,
                                const char *reason,
                                GError    **error);
gboolean lia_notices_cancel (LiaDb      *db,
                             gint64      id,
                             const char *reason,
                             GError    **error);
gboolean lia_notices_refresh_told (LiaDb                *db,
                                   const LiaNoticesRoot *root,
                                   GError              **error);

G_END_DECLS
