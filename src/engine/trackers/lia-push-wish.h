/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-json.h"
#include "lia-push-text.h"

G_BEGIN_DECLS

gboolean lia_push_wish_read (LiaPushWish *self,
                             JsonObject  *object,
                             GError     **error);
void     lia_push_wish_clear (LiaPushWish *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LiaPushWish, lia_push_wish_clear)

G_END_DECLS
