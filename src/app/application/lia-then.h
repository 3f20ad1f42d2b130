/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * LiaThen:
 * @owner: as given; alive
 * @value: (nullable): what the future resolved to; NULL when it was rejected
 * @error: (nullable): why it was rejected
 * @data: as given
 */
typedef void (*LiaThen) (gpointer      owner,
                         const GValue *value,
                         GError       *error,
                         gpointer      data);

void lia_then (DexFuture     *future,
               gpointer       owner,
               LiaThen        func,
               gpointer       data,
               GDestroyNotify free_data);
void lia_then_complain (DexFuture  *future,
                        GtkWidget  *widget,
                        const char *what);

void  lia_toast (GtkWidget  *widget,
                 const char *text);
void  lia_complain (GtkWidget    *widget,
                    const char   *what,
                    const GError *error);
char *lia_problem_words (const GError *error);

G_END_DECLS
