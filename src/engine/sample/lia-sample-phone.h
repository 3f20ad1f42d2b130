/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-phone-provider.h"

G_BEGIN_DECLS

#define LIA_SAMPLE_OWN_PHONE "PJSIP/mara" /* whose agent is a person; the others' calls are answered by themselves */

#define LIA_SAMPLE_SEED 20303
#define LIA_SAMPLE_PACE_MS 55000

#define LIA_TYPE_SAMPLE_PHONE (lia_sample_phone_get_type ())

/**
 * LiaSamplePhone:
 *
 * The telephone system of the sample workspace, which exists nowhere else: customers call, wait, give up; colleagues answer, put on hold, call
 * back; and what the agent asks for is done as a real one does it. Nothing leaves this process. When nobody has asked for anything for a few
 * hundred callers, no more come until somebody does, so that a sample that is left alone does not grow for ever.
 *
 * It goes by the time that it is told: once connected by the clock, before that, and in tests, by lia_sample_phone_play(). The same seed is the
 * same day.
 */
G_DECLARE_FINAL_TYPE (LiaSamplePhone, lia_sample_phone, LIA, SAMPLE_PHONE, GObject)

LiaSamplePhone *lia_sample_phone_new (const char *pbx_id,
                                      guint32     seed);
void            lia_sample_phone_open (LiaSamplePhone *self,
                                       gint64          now_ms,
                                       gint64          pace_ms);
void            lia_sample_phone_use_person (LiaSamplePhone *self,
                                             gint64          first_ring_ms);
void            lia_sample_phone_play (LiaSamplePhone *self,
                                       gint64          until_ms);

/*
 * lia_sample_phone_open(): the first callers come, one in @pace_ms on the average. After lia_phone_provider_set_agents().
 * lia_sample_phone_use_person(): the telephone %LIA_SAMPLE_OWN_PHONE waits for its agent from now on, and is rung from then on at the earliest.
 * lia_sample_phone_play(): lets everything happen up to a time.
 */

G_END_DECLS
