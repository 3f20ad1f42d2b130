/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-line.h"

G_BEGIN_DECLS

#define LIA_TYPE_PHONE_LINES (lia_phone_lines_get_type ())

/**
 * LiaPhoneLines:
 *
 * The calls that concern this agent, each one line, be it the engine that told of it first or the telephone in the app.
 *
 * Signals: "ringing" (LiaPhoneLine), once for each that rings here; "talking" (LiaPhoneLine), once for each that is taken; "notice" (string): why
 * nobody was reached.
 */
G_DECLARE_FINAL_TYPE (LiaPhoneLines, lia_phone_lines, LIA, PHONE_LINES, GObject)

LiaPhoneLines *lia_phone_lines_new (LiaClient *client);
void           lia_phone_lines_expect (LiaPhoneLines *self,
                                       const char    *mark);
void           lia_phone_lines_follow_phone (LiaPhoneLines *self,
                                             GListModel    *calls);
GListModel    *lia_phone_lines_get_model (LiaPhoneLines *self); /* of LiaPhoneLine */
LiaPhoneLine  *lia_phone_lines_nth (LiaPhoneLines *self,
                                    guint          position);
guint          lia_phone_lines_count (LiaPhoneLines *self);

G_END_DECLS
