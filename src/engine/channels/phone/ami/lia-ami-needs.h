/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lia-ami-message.h"

G_BEGIN_DECLS

/* What Liaison needs of an Asterisk: for the provider, who can do nothing without it, and for the doctor, who tells an administrator. */

#define LIA_AMI_OLDEST 18
#define LIA_AMI_READ_RIGHTS "system,call,agent,user"
#define LIA_AMI_WRITE_RIGHTS "call,agent,user,reporting,originate"

typedef struct
{
  int major; /* 0 = it says no number */
  int minor;
  int patch;
} LiaAmiVersion;

char         *lia_ami_needs_missing_rights (LiaAmiMessage *commands);
LiaAmiVersion lia_ami_needs_read_version (const char *text);
gboolean      lia_ami_needs_is_too_old (const LiaAmiVersion *version);
void          lia_ami_needs_add_word (GString    *words,
                                      const char *word);

/*
 * lia_ami_needs_missing_rights(): (transfer full): of write=, with commas between; @commands: what ListCommands answers. Asterisk tells nobody his
 *   rights, but lists what may be asked for.
 * lia_ami_needs_read_version(): "22.10.1", "certified/18.9-cert4", "GIT-master-1234".
 * lia_ami_needs_is_too_old(): as far as it is known.
 */

G_END_DECLS
