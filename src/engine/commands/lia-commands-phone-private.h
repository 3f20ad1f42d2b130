/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-commands-table.h"
#include "lia-phone-hub.h"

G_BEGIN_DECLS

/* What the commands of the telephone share. On the main context, in prepare(). */

typedef enum {
  LIA_WHICH_MINE,    /* the agent has a part in the call */
  LIA_WHICH_WAITING, /* nobody has answered it */
  LIA_WHICH_ANY,     /* for supervisors */
} LiaWhichCall;

LiaAgent *lia_command_phone_me (LiaCommandCall *call,
                                gboolean        needs_phone,
                                GError        **error);
LiaCall  *lia_command_phone_call (LiaCommandCall *call,
                                  LiaWhichCall    which,
                                  GError        **error);
gboolean  lia_command_phone_await (LiaCommandCall  *call,
                                   const char      *pbx,
                                   LiaPhoneCommand *command,
                                   GError         **error);
gboolean  lia_command_phone_may_call (LiaCommandCall *call,
                                      LiaAgent       *me,
                                      const char     *pbx,
                                      const char     *number,
                                      const char     *pointer,
                                      GError        **error);

/*
 * lia_command_phone_me(): (transfer none): who asks.
 * lia_command_phone_call(): (transfer none): the command's `call`, if the agent may.
 * lia_command_phone_may_call(): whether @me may call that number through this telephone system.
 * lia_command_phone_await(): in a fiber: asks the PBX; what it refuses comes as %LIA_PROBLEM.
 */

G_END_DECLS
