/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"

G_BEGIN_DECLS

/* The store's schema, as numbered scripts in `data/sql/` that are built in. */

gboolean lia_migrations_run (LiaDb   *db,
                             GError **error);
gboolean lia_migrations_run_some (LiaDb   *db,
                                  guint    newest,
                                  GError **error);
guint    lia_migrations_newest (void);

G_END_DECLS
