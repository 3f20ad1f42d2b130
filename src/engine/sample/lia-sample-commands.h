/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-sample-phone-private.h"

G_BEGIN_DECLS

/* What a command is about. */
typedef struct
{
  LiaSampleLine   *line; /* NULL where no call is meant */
  LiaSampleSeat   *seat; /* of the agent who asks; NULL without a telephone */
  LiaPhoneCommand *command;
} LiaSampleAsk;

gboolean       lia_sample_refuse (GError      **error,
                                  LiaPhoneError code,
                                  const char   *why);
LiaSampleSeat *lia_sample_find_seat (LiaSamplePhone *self,
                                     const char     *phone,
                                     const char     *extension);
gboolean       lia_sample_needs_free_seat (const LiaSampleAsk *ask,
                                           GError            **error);
gboolean       lia_sample_needs_waiting (const LiaSampleAsk *ask,
                                         GError            **error);
gboolean       lia_sample_run_take (LiaSamplePhone     *self,
                                    const LiaSampleAsk *ask,
                                    GError            **error);
gboolean       lia_sample_run_move (LiaSamplePhone     *self,
                                    const LiaSampleAsk *ask,
                                    GError            **error);
gboolean       lia_sample_run_priority (LiaSamplePhone     *self,
                                        const LiaSampleAsk *ask,
                                        GError            **error);
gboolean       lia_sample_run_pause (LiaSamplePhone     *self,
                                     const LiaSampleAsk *ask,
                                     GError            **error);
gboolean       lia_sample_run_login (LiaSamplePhone     *self,
                                     const LiaSampleAsk *ask,
                                     GError            **error);

G_END_DECLS
