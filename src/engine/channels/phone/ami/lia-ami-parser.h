/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-clock.h"
#include "lia-ami-message.h"

G_BEGIN_DECLS

#define LIA_AMI_MAX_MESSAGE_BYTES (64 * 1024)
#define LIA_AMI_MAX_FIELDS 512
#define LIA_AMI_NO_CLOCK (-1)

/**
 * LiaAmiParser:
 *
 * Pure push parser: bytes in as they come, cut anywhere, messages out. It never fails: what cannot be a message of the PBX is dropped and counted.
 */
typedef struct _LiaAmiParser LiaAmiParser;

/**
 * LiaAmiPendingFunc:
 *
 * Returns: TRUE when @action_id is of an action of ours that is not answered yet, and no one else can know it
 */
typedef gboolean (*LiaAmiPendingFunc) (const char *action_id,
                                       gpointer    data);

/**
 * LiaAmiCounts:
 * @messages: that were handed out
 * @tainted: of those, the ones that must not be believed
 * @headless: dropped, as they begin with something else than "Event" or "Response"
 * @unstamped: dropped, as they claim to be an event and say no privilege or no time ("timestampevents" must be on)
 * @behind: dropped, as they begin where a caller's number may have broken off another one
 * @untimely: dropped, as their time is not now by the PBX's clock
 * @resets: how often the PBX's clock was set; what was dropped before that was believed is not @untimely any more
 * @unasked: dropped, as no action of ours waits for them; the PBX's greeting too
 * @oversized: dropped, as they are over our limits
 *
 * What came. More of anything but @messages and @unasked means that somebody tampers, or that we missed something.
 */
typedef struct
{
  guint64 messages;
  guint64 tainted;
  guint64 headless;
  guint64 unstamped;
  guint64 behind;
  guint64 untimely;
  guint64 resets;
  guint64 unasked;
  guint64 oversized;
} LiaAmiCounts;

LiaAmiParser       *lia_ami_parser_new (LiaAmiPendingFunc is_pending,
                                        gpointer          data);
void                lia_ami_parser_free (LiaAmiParser *self);
void                lia_ami_parser_set_clock (LiaAmiParser *self,
                                              LiaAmiClock  *clock);
void                lia_ami_parser_feed (LiaAmiParser *self,
                                         const char   *bytes,
                                         gsize         length,
                                         gint64        now_ms);
LiaAmiMessage      *lia_ami_parser_next (LiaAmiParser *self);
gboolean            lia_ami_parser_is_empty (const LiaAmiParser *self);
gboolean            lia_ami_parser_has_booted (const LiaAmiParser *self);
const LiaAmiCounts *lia_ami_parser_get_counts (const LiaAmiParser *self);
guint64             lia_ami_counts_forged (const LiaAmiCounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAmiParser, lia_ami_parser_free)

G_END_DECLS
