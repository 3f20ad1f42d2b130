/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone.h"

G_BEGIN_DECLS

void     lia_phone_probe_async (const LiaPhoneAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean lia_phone_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
