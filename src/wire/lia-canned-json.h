/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-canned-import.h"

G_BEGIN_DECLS

GPtrArray *lia_canned_import_json (GBytes *file);
char      *lia_canned_export_json (GPtrArray *library);

G_END_DECLS
