/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How many messages of a PBX a second: a recording, again and again, in pieces as they come from a socket. `ami-bench FILE [MESSAGES]`
 */

#include "lia-ami-parser.h"

#include <stdio.h>
#include <stdlib.h>

#define PIECE_BYTES (16 * 1024)

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

/* As the model does: who, where, which call. */
static gsize
look_at (const LiaAmiMessage *message)
{
  static const char *const names[] = { "Channel", "Uniqueid", "Linkedid" };
  gsize                    found = lia_ami_message_get_taint (message) == 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    found += lia_ami_message_get (message, names[i]) != NULL;

  return found;
}

static guint64
replay (const char *bytes,
        gsize       length)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  gsize found = 0;

  for (gsize at = 0; at < length; at += PIECE_BYTES)
    {
      LiaAmiMessage *message;

      lia_ami_parser_feed (parser, bytes + at, MIN (PIECE_BYTES, length - at), LIA_AMI_NO_CLOCK);
      while ((message = lia_ami_parser_next (parser)) != NULL)
        {
          found += look_at (message);
          lia_ami_message_unref (message);
        }
    }
  g_assert_cmpuint (found, >, 0);

  return lia_ami_parser_get_counts (parser)->messages;
}

int
main (int    argc,
      char **argv)
{
  guint64          wanted = argc > 2 ? g_ascii_strtoull (argv[2], NULL, 10) : 500000;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize   length;
  guint64 messages = 0;
  gsize   total = 0;

  if (argc < 2 || !g_file_get_contents (argv[1], &bytes, &length, &error))
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: ami-bench FILE [MESSAGES]");
      return EXIT_FAILURE;
    }

  gint64 start_us = g_get_monotonic_time ();
  do
    {
      messages += replay (bytes, length);
      total += length;
    }
  while (messages < wanted);
  double seconds = (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
  printf ("liaison            %8.0f messages/s  %6.1f MB/s  (%" G_GUINT64_FORMAT " messages)\n", (double)messages / seconds, (double)total / seconds / 1e6, messages);

  return EXIT_SUCCESS;
}
