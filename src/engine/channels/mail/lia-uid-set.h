/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaUidSet:
 *
 * A set of IMAP UIDs as ascending ranges that neither overlap nor touch; written as a sequence set (`1:500,612`), RFC 9051 §9.
 */
typedef struct _LiaUidSet LiaUidSet;

LiaUidSet *lia_uid_set_new (const char *text);
void       lia_uid_set_free (LiaUidSet *self);
void       lia_uid_set_add (LiaUidSet *self,
                            gint64     first,
                            gint64     last);
gboolean   lia_uid_set_contains (const LiaUidSet *self,
                                 gint64           uid);
gint64     lia_uid_set_count (const LiaUidSet *self);
guint      lia_uid_set_n_ranges (const LiaUidSet *self);
void       lia_uid_set_range (const LiaUidSet *self,
                              guint            index,
                              gint64          *first,
                              gint64          *last);
LiaUidSet *lia_uid_set_minus (const LiaUidSet *self,
                              const LiaUidSet *other);
LiaUidSet *lia_uid_set_newest (const LiaUidSet *self,
                               guint            n);
char      *lia_uid_set_to_string (const LiaUidSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaUidSet, lia_uid_set_free)

G_END_DECLS
