/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-directory.h"
#include "lia-call.h"

G_BEGIN_DECLS

/*
 * What the dialplan notes of a caller when he hangs up (context liaison-left of data/asterisk/extensions.conf). Pure.
 *
 * Key: "/liaison-left/DAY/UNIQUEID", DAY being the UTC day of the month. Value, times in seconds:
 * "2|came|joined the last queue|left it|hung up|ANSWER, ABANDON, QUEUESTATUS or DIALSTATUS|queue|dialled number|presentation|channel|message|its size in
 * bytes|what was recorded|number|name". Who was in no queue has "" for it and for when he joined it; when he left it is when he was answered then. The
 * files are empty where there are none. In an older copy of the dialplan it begins with "1", and has not the three words about files.
 */

#define LIA_AMI_WAV_HEADER_BYTES 44
#define LIA_AMI_LEAST_MESSAGE_BYTES (LIA_AMI_WAV_HEADER_BYTES + 8000) /* half a second of 8 kHz, 16 bit: nobody has said anything */

char    *lia_ami_left_family (gint64 at_ms);
char    *lia_ami_left_key (const char *uniqueid,
                           gint64      ended_ms);
LiaCall *lia_ami_left_parse (const char      *pbx,
                             LiaAmiDirectory *directory,
                             const char      *key,
                             const char      *value,
                             gint64           offset_ms);

G_END_DECLS
