/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-db.h"
#include "lia-finding.h"
#include "lia-push.h"
#include "lia-tracker-setup.h"

G_BEGIN_DECLS

/**
 * LiaPushWish:
 * @title, @source: (nullable): as somebody has edited them; NULL: as the form makes them
 * @marker: (nullable): of the preview before; NULL: a new one
 * @keep, @hide: what is not personal, and what is, whatever it looks like
 * @question_id: an entry's: what it answers, as a comment without a title; 0 = it becomes an issue
 * @files: (element-type LiaAttachment): what goes along, and @sent_files (element-type LiaPushFile): as lia_push_files_clean() makes them of it
 *
 * What somebody wants to send.
 */
typedef struct
{
  gint64      finding_id;
  gint64      tracker_id;
  gint64      question_id;
  const char *title;
  const char *source;
  const char *marker;
  GStrv       keep;
  GStrv       hide;
  GPtrArray  *files;
  GPtrArray  *sent_files;
} LiaPushWish;

LiaPushPreview *lia_push_text_make (LiaDb             *db,
                                    const LiaPushWish *wish,
                                    GError           **error);

G_END_DECLS
