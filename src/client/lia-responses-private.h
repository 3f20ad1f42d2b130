/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-client.h"

G_BEGIN_DECLS

LiaResponses *lia_responses_new (LiaClient *client);

G_END_DECLS
