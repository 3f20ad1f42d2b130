/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-smtp.h"

#include <string.h>

static const struct
{
  const char *message;
  const char *expected;
} cases[] = {
  { "", "" },
  { "a\r\nb\r\n", "a\r\nb\r\n" },
  { "a\nb", "a\r\nb\r\n" },
  { ".\r\n", "..\r\n" },
  { "a\n.\n..b\n", "a\r\n..\r\n...b\r\n" },
  { "a.b\r\n.", "a.b\r\n..\r\n" },
  { "\n\n", "\r\n\r\n" },
  { "a\rb\r\n", "a\r\nb\r\n" },
  { "a\r.\r\nQUIT\r\n", "a\r\n..\r\nQUIT\r\n" },
};

/* Nothing in a message can end it, or begin a command. */
static void
test_dots (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) message = g_bytes_new_static (cases[i].message, strlen (cases[i].message));
      g_autoptr (GBytes) stuffed = lia_smtp_stuff_dots (message);

      g_assert_cmpmem (g_bytes_get_data (stuffed, NULL), g_bytes_get_size (stuffed), cases[i].expected, strlen (cases[i].expected));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/dots", test_dots);

  return g_test_run ();
}
