/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-call-enums.h"

#include "lia-words-private.h"

LIA_DEFINE_WORDS (LiaCallDirection, lia_call_direction, "in", "out", "internal")

LIA_DEFINE_WORDS (LiaCallState, lia_call_state, "new", "waiting", "ringing", "dialling", "talking", "held", "consulting", "parked", "ended")

LIA_DEFINE_WORDS (LiaCallOutcome, lia_call_outcome, "", "answered", "abandoned", "timed-out", "closed", "voicemail", "busy", "no-answer", "rejected", "unreachable", "cancelled", "lost")

LIA_DEFINE_WORDS (LiaLegKind, lia_leg_kind, "customer", "agent", "colleague", "plumbing", "spy")

LIA_DEFINE_WORDS (LiaLegState, lia_leg_state, "down", "ring", "ringing", "up")

LIA_DEFINE_WORDS (LiaSegmentKind, lia_segment_kind, "ring", "talk", "hold", "consult", "park", "wrap")

LIA_DEFINE_WORDS (LiaOfferResult, lia_offer_result, "", "answered", "no-answer", "rejected", "elsewhere", "cancelled", "unreachable")

LIA_DEFINE_WORDS (LiaWaitResult, lia_wait_result, "", "answered", "abandoned", "timed-out", "grabbed", "transferred", "closed", "lost")

LIA_DEFINE_WORDS (LiaRecordingState, lia_recording_state, "running", "fetching", "kept", "remote", "failed")

LIA_DEFINE_WORDS (LiaMemberState, lia_member_state, "unknown", "free", "ringing", "in-use", "ringing-in-use", "busy", "on-hold", "invalid", "unreachable")

LIA_DEFINE_WORDS (LiaMatchLevel, lia_match_level, "", "guess", "likely", "exact")
