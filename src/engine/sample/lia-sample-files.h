/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Small files for the sample workspace, made here: pictures, invoices, a voice message. */

typedef struct _LiaSampleFiles LiaSampleFiles;

LiaSampleFiles *lia_sample_files_new (const char *directory,
                                      GError    **error);
LiaAttachment  *lia_sample_files_pick (LiaSampleFiles *self,
                                       const char     *kind,
                                       GRand          *rand);
char           *lia_sample_files_put_html (LiaSampleFiles *self,
                                           const char     *html,
                                           GError        **error);
void            lia_sample_files_free (LiaSampleFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaSampleFiles, lia_sample_files_free)

G_END_DECLS
