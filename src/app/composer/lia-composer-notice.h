/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LIA_TYPE_COMPOSER_NOTICE (lia_composer_notice_get_type ())

G_DECLARE_FINAL_TYPE (LiaComposerNotice, lia_composer_notice, LIA, COMPOSER_NOTICE, GtkWidget)

typedef enum {
  LIA_NOTICE_NONE = 0,
  LIA_NOTICE_LOOK = 1 << 0,
  LIA_NOTICE_SEND_ANYWAY = 1 << 1,
  LIA_NOTICE_RESTORE = 1 << 2,
  LIA_NOTICE_CLOSE = 1 << 3,
  LIA_NOTICE_FIX = 1 << 4, /* its words: lia_composer_notice_set_fix() */
} LiaNoticeButtons;

void     lia_composer_notice_show (LiaComposerNotice *self,
                                   const char        *icon_name,
                                   const char        *title,
                                   const char        *detail,
                                   LiaNoticeButtons   buttons);
void     lia_composer_notice_set_fix (LiaComposerNotice *self,
                                      const char        *label);
gboolean lia_composer_notice_is_shown (LiaComposerNotice *self);
void     lia_composer_notice_hide (LiaComposerNotice *self);

G_END_DECLS
