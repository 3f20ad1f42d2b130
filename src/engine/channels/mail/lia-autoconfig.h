/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-mailbox.h"

#include <glib.h>

G_BEGIN_DECLS

LiaMailbox *lia_autoconfig_parse (const char *xml,
                                  gsize       length,
                                  const char *address);

G_END_DECLS
