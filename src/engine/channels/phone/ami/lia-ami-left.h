/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-directory.h"
#include "lia-call.h"

G_BEGIN_DECLS

/*
 * What the dialplan notes of a caller when he hangs up (context liaison-left of data/asterisk/extensions.conf). Pure.
 *
 * Key: "/liaison-left/DAY/UNIQUEID", DAY being the UTC day of the month. Value, times in seconds:
 * "1|came|joined the last queue|left it|hung up|QUEUESTATUS, ANSWER or ABANDON|queue|dialled number|presentation|channel|number|name".
 */

char    *lia_ami_left_family (gint64 at_ms);
char    *lia_ami_left_key (const char *uniqueid,
                           gint64      ended_ms);
LiaCall *lia_ami_left_parse (const char      *pbx,
                             LiaAmiDirectory *directory,
                             const char      *key,
                             const char      *value);

G_END_DECLS
