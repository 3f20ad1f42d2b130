/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-workbench-private.h"

G_BEGIN_DECLS

/* What tests of widgets share: waiting, and the window's parts on a desk in memory (sample-client.h). */

typedef struct
{
  GtkWindow       *window;
  LiaClient       *client;
  LiaPhoneStation *station;
  LiaWorkbench    *workbench;
} WorkbenchFixture;

void      workbench_set_up (WorkbenchFixture *fixture,
                            const char       *phone,
                            gboolean          sample);
void      workbench_tear_down (WorkbenchFixture *fixture,
                               gconstpointer     data);
void      settle (void);
void      set_flag (gpointer flag);
LiaPhone *make_silent_phone (const char *name);
void      assert_asked (LiaClient  *client,
                        const char *what);
gboolean  shows (GtkWidget  *widget,
                 const char *text);

/*
 * workbench_set_up(): @phone: (nullable): the agent's; @sample: as the sample workspace.
 * settle(): until nothing is to be done, nor drawn.
 * make_silent_phone(): a real one, without a telephone system, that others in this process can call.
 * assert_asked(): of the client in memory, since this was asked last.
 * shows(): whether a label in it that can be seen has this in its text.
 */

/* Lets the main loop run until it is so. */
#define wait_until(condition)                                            \
  G_STMT_START                                                           \
  {                                                                      \
    gboolean is_late = FALSE;                                            \
    guint    late = g_timeout_add_seconds_once (60, set_flag, &is_late); \
                                                                         \
    while (!(condition) && !is_late)                                     \
      g_main_context_iteration (NULL, TRUE);                             \
    if (is_late)                                                         \
      g_error ("line %d: in vain for: %s", __LINE__, #condition);        \
    g_source_remove (late);                                              \
  }                                                                      \
  G_STMT_END

G_END_DECLS
