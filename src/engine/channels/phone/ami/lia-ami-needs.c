/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-ami-needs.h"

#include <stdio.h>
#include <string.h>

/* Each with a command that needs it alone, or as well as we do. */
static const struct
{
  const char *right;
  const char *command;
  const char *provider; /* a command of the same module that needs no right, or NULL */
} needs[] = {
  { "call", "Atxfer", NULL },
  { "agent", "QueuePause", "QueueStatus" },
  { "user", "UserEvent", NULL },
  { "reporting", "CoreSettings", NULL },
  { "originate", "Originate", NULL },
};

void
lia_ami_needs_add_word (GString    *words,
                        const char *word)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", word);
}

char *
lia_ami_needs_missing_rights (LiaAmiMessage *commands)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      /* Not the right is missing but the module. */
      if (needs[i].provider != NULL && lia_ami_message_get (commands, needs[i].provider) == NULL)
        continue;
      if (lia_ami_message_get (commands, needs[i].command) == NULL)
        lia_ami_needs_add_word (words, needs[i].right);
    }

  return g_string_free_and_steal (words);
}

LiaAmiVersion
lia_ami_needs_read_version (const char *text)
{
  LiaAmiVersion version = { 0 };

  /* What has no point in it counts something else. */
  if (text == NULL || sscanf (text + strcspn (text, "0123456789"), "%d.%d.%d", &version.major, &version.minor, &version.patch) < 2)
    return (LiaAmiVersion){ 0 };

  return version;
}

gboolean
lia_ami_needs_is_too_old (const LiaAmiVersion *version)
{
  return version->major != 0 && version->major < LIA_AMI_OLDEST;
}
