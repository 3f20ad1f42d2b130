/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A test of something slower says so before it includes this. */
#ifndef LIA_TEST_PATIENCE_US
#define LIA_TEST_PATIENCE_US (60 * G_USEC_PER_SEC)
#endif

/* Lets the main loop run until it is so. Awake: what is waited for may happen on a thread that wakes nobody. */
#define wait_until(condition)                                            \
  G_STMT_START                                                           \
  {                                                                      \
    gint64 wait_end_us = g_get_monotonic_time () + LIA_TEST_PATIENCE_US; \
                                                                         \
    while (!(condition))                                                 \
      {                                                                  \
        if (g_get_monotonic_time () > wait_end_us)                       \
          g_error ("line %d: in vain for: %s", __LINE__, #condition);    \
        g_main_context_iteration (NULL, FALSE);                          \
        g_usleep (200);                                                  \
      }                                                                  \
  }                                                                      \
  G_STMT_END
