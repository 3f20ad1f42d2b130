/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-pbx.h"

#include <libdex.h>

G_BEGIN_DECLS

#define LIA_TYPE_ARI (lia_ari_get_type ())

/**
 * LiaAri:
 *
 * The one thing that Asterisk's manager interface cannot do: files. Its HTTP interface (ARI) gives out what lies in its folder of recordings, to a login
 * that may only look. Main context only.
 */
G_DECLARE_FINAL_TYPE (LiaAri, lia_ari, LIA, ARI, GObject)

LiaAri    *lia_ari_new (LiaPbx     *pbx,
                        const char *password);
DexFuture *lia_ari_fetch (LiaAri     *self,
                          const char *file,
                          int         fd) G_GNUC_WARN_UNUSED_RESULT;
DexFuture *lia_ari_check (LiaAri *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean   lia_ari_is_url (const char *url);

G_END_DECLS
