/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-error.h"

G_BEGIN_DECLS

#define LIA_AMI_MAX_LINE_BYTES 1000 /* Asterisk refuses lines of 1024, without saying which action it was */
#define LIA_AMI_MAX_LINES 128

/**
 * LiaAmiAction:
 *
 * What we ask of the PBX, being written down. Whatever the values are, nothing but this one action can come of it: a header that cannot be written
 * as one line spoils the action, and lia_ami_action_to_bytes() refuses it as a whole.
 */
typedef struct _LiaAmiAction LiaAmiAction;

LiaAmiAction *lia_ami_action_new (const char *name);
void          lia_ami_action_free (LiaAmiAction *self);
void          lia_ami_action_add (LiaAmiAction *self,
                                  const char   *name,
                                  const char   *value);
const char   *lia_ami_action_get_name (const LiaAmiAction *self);
const char   *lia_ami_action_get_id (const LiaAmiAction *self);
void          lia_ami_action_set_id (LiaAmiAction *self,
                                     const char   *id);
GBytes       *lia_ami_action_to_bytes (const LiaAmiAction *self,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LiaAmiAction, lia_ami_action_free)

G_END_DECLS
