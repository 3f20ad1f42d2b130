/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Liaison needs of an Asterisk: which right is missing when a command is not listed, and how old one is that says it in its own way. */

#include "lia-ami-needs.h"
#include "lia-ami-parser.h"

static gboolean
is_pending (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

/* What the PBX answers to ListCommands, @commands with a space between. */
static LiaAmiMessage *
list_commands (const char *commands)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (is_pending, NULL);
  g_auto (GStrv) names = g_strsplit (commands, " ", -1);
  g_autoptr (GString) text = g_string_new ("Response: Success\r\nActionID: 1\r\n");

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s: what it does  (Priv: none)\r\n", names[i]);
  g_string_append (text, "\r\n");
  lia_ami_parser_feed (parser, text->str, text->len, LIA_AMI_NO_CLOCK);

  return lia_ami_parser_next (parser);
}

static void
test_rights (void)
{
  static const struct
  {
    const char *commands;
    const char *missing;
  } cases[] = {
    { "Atxfer QueueStatus QueuePause UserEvent CoreSettings Originate", "" },
    { "QueueStatus", "call, agent, user, reporting, originate" },
    { "Atxfer QueueStatus UserEvent CoreSettings Originate", "agent" },
    /* app_queue is not loaded: no right would bring the command back. */
    { "Atxfer UserEvent CoreSettings Originate", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LiaAmiMessage) commands = list_commands (cases[i].commands);
      g_autofree char *missing = lia_ami_needs_missing_rights (commands);

      g_assert_cmpstr (missing, ==, cases[i].missing);
    }
}

static void
test_version (void)
{
  static const struct
  {
    const char   *text;
    LiaAmiVersion version;
    gboolean      too_old;
  } cases[] = {
    { "22.10.1", { 22, 10, 1 }, FALSE },
    { "18.0", { 18, 0, 0 }, FALSE },
    { "17.9.4", { 17, 9, 4 }, TRUE },
    { "certified/18.9-cert4", { 18, 9, 0 }, FALSE },
    { "certified/16.8-cert14", { 16, 8, 0 }, TRUE },
    { "GIT-master-1234", { 0, 0, 0 }, FALSE },
    { "", { 0, 0, 0 }, FALSE },
    { NULL, { 0, 0, 0 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LiaAmiVersion version = lia_ami_needs_read_version (cases[i].text);

      g_assert_cmpint (version.major, ==, cases[i].version.major);
      g_assert_cmpint (version.minor, ==, cases[i].version.minor);
      g_assert_cmpint (version.patch, ==, cases[i].version.patch);
      g_assert_cmpint (lia_ami_needs_is_too_old (&version), ==, cases[i].too_old);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ami-needs/rights", test_rights);
  g_test_add_func ("/ami-needs/version", test_version);

  return g_test_run ();
}
