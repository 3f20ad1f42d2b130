/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording of a PBX that is played faster than any machine follows. */

#include "lia-phone-replay.h"

static void
on_member_changed_cb (LiaPhoneProvider *provider,
                      LiaQueueMember   *member,
                      GString          *told)
{
  if (g_str_equal (member->queue, "support"))
    g_string_append_printf (told, "%s, ", member->paused ? member->reason : "ready");
}

static void
on_member_gone_cb (LiaPhoneProvider *provider,
                   const char       *queue,
                   const char       *interface,
                   GString          *told)
{
  if (g_str_equal (queue, "support"))
    g_string_append (told, "gone");
}

/* Eight tenths of a second in less than one millisecond: what was one after the other is told one after the other, and nothing is left out. */
static void
test_late_is_not_at_once (void)
{
  g_autoptr (LiaPbx) pbx = lia_pbx_new ();
  g_autoptr (LiaPhoneProvider) replay = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  pbx->traces = g_test_build_filename (G_TEST_DIST, "../fixtures/ami/07-login-pause-penalty-logout.txt", NULL);
  pbx->speed = 10000;
  replay = lia_phone_replay_new ("h_1", pbx);
  g_signal_connect (replay, "member-changed", G_CALLBACK (on_member_changed_cb), told);
  g_signal_connect (replay, "member-gone", G_CALLBACK (on_member_gone_cb), told);
  lia_phone_provider_connect (replay);
  while (!g_str_has_suffix (told->str, "gone"))
    g_main_context_iteration (NULL, TRUE);
  dex_unref (lia_phone_provider_disconnect (replay));

  g_assert_cmpstr (told->str, ==, "ready, Lunch ☕, training, ready, gone");
}

int
main (int    argc,
      char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phone-replay/late-is-not-at-once", test_late_is_not_at_once);

  return g_test_run ();
}
