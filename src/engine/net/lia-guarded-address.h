/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-net-guard.h"

G_BEGIN_DECLS

GSocketConnectable *lia_guarded_address_new (LiaNetGuard *guard,
                                             const char  *host,
                                             guint        port);

G_END_DECLS
