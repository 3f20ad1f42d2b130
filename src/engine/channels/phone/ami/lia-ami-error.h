/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LiaAmiError:
 * @LIA_AMI_ERROR_LOGIN_REFUSED: name or password refused
 * @LIA_AMI_ERROR_PERMISSION: our login lacks the right for this action
 * @LIA_AMI_ERROR_GONE: the channel that the action is about is not there any more
 * @LIA_AMI_ERROR_REFUSED: the PBX says no, in the words of the message; or the action cannot be written down
 * @LIA_AMI_ERROR_TIMEOUT: no answer in time. Whether the PBX did it is not known
 * @LIA_AMI_ERROR_CLOSED: the connection has ended, or is not logged in yet
 * @LIA_AMI_ERROR_PROTOCOL: what answers there is not Asterisk's manager interface
 *
 * What a caller decides by.
 */
typedef enum {
  LIA_AMI_ERROR_LOGIN_REFUSED,
  LIA_AMI_ERROR_PERMISSION,
  LIA_AMI_ERROR_GONE,
  LIA_AMI_ERROR_REFUSED,
  LIA_AMI_ERROR_TIMEOUT,
  LIA_AMI_ERROR_CLOSED,
  LIA_AMI_ERROR_PROTOCOL,
} LiaAmiError;

#define LIA_AMI_ERROR (lia_ami_error_quark ())
GQuark lia_ami_error_quark (void);

G_END_DECLS
