/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-attachment.h"
#include "lia-finding.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How it stands with what goes to trackers, in plain words. */

char       *lia_push_words_issue (LiaIssue *issue);
char       *lia_push_words_issue_untold (LiaIssue *issue);
char       *lia_push_words_issue_about (LiaIssue   *issue,
                                        GListModel *trackers);
const char *lia_push_words_issue_icon (LiaIssue   *issue,
                                       GListModel *trackers);
const char *lia_push_words_title (LiaPush *push);
char       *lia_push_words_about (LiaPush *push,
                                  gint64   now_ms);
const char *lia_push_words_icon (LiaPush *push);
gboolean    lia_push_words_is_open (LiaPush *push);
gboolean    lia_push_words_is_missing_files (LiaPush *push);
char       *lia_push_words_file (LiaAttachment *attachment,
                                 LiaPushFile   *sent);
const char *lia_push_words_file_state (LiaPush     *push,
                                       LiaPushFile *file);
const char *lia_push_words_file_icon (LiaPushFile *file);
const char *lia_push_words_kind (LiaPersonalKind kind);
char       *lia_push_words_standing (LiaFinding *finding);

G_END_DECLS
