/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-chat-codec.h"
#include "lia-chat-limits.h"
#include "lia-problem.h"

#include <string.h>

static gboolean
read_frame (const char   *text,
            LiaChatFrame *frame)
{
  g_autoptr (GError) error = NULL;
  gboolean is_right = lia_chat_frame_read (frame, text, strlen (text), &error);

  g_assert_true (is_right == (error == NULL));
  g_assert_true (is_right || error->domain == LIA_PROBLEM);

  return is_right;
}

static void
test_frames (void)
{
  static const struct
  {
    const char      *text;
    gboolean         is_right;
    LiaChatFrameType type;
  } cases[] = {
    { "{\"t\":\"hello\",\"token\":\"lia_v_x\",\"since\":7}", TRUE, LIA_CHAT_FRAME_HELLO },
    { "{\"t\":\"hello\",\"token\":\"lia_v_x\"}", TRUE, LIA_CHAT_FRAME_HELLO },
    { "{\"t\":\"hello\"}", FALSE, LIA_CHAT_FRAME_HELLO },
    { "{\"t\":\"hello\",\"token\":5}", FALSE, LIA_CHAT_FRAME_HELLO },
    { "{\"t\":\"hello\",\"token\":\"x\",\"since\":-1}", FALSE, LIA_CHAT_FRAME_HELLO },
    { "{\"t\":\"send\",\"cid\":\"a-1\",\"body\":\"hello\"}", TRUE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"send\",\"cid\":\"a 1\",\"body\":\"hello\"}", FALSE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"send\",\"cid\":\"\",\"body\":\"hello\"}", FALSE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"send\",\"body\":\"hello\"}", FALSE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"send\",\"cid\":\"a\",\"body\":\"\"}", FALSE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"send\",\"cid\":\"a\",\"body\":\" \\n\\t\"}", FALSE, LIA_CHAT_FRAME_SEND },
    { "{\"t\":\"ack\",\"seq\":3}", TRUE, LIA_CHAT_FRAME_ACK },
    { "{\"t\":\"ack\"}", FALSE, LIA_CHAT_FRAME_ACK },
    { "{\"t\":\"read\",\"seq\":3}", TRUE, LIA_CHAT_FRAME_READ },
    { "{\"t\":\"typing\"}", TRUE, LIA_CHAT_FRAME_TYPING },
    { "{\"t\":\"ping\"}", TRUE, LIA_CHAT_FRAME_PING },
    { "{\"t\":\"from a later version\"}", TRUE, LIA_CHAT_FRAME_UNKNOWN },
    { "{\"t\":5}", FALSE, LIA_CHAT_FRAME_UNKNOWN },
    { "{}{}", FALSE, LIA_CHAT_FRAME_UNKNOWN },
    { "[]", FALSE, LIA_CHAT_FRAME_UNKNOWN },
    { "", FALSE, LIA_CHAT_FRAME_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (LiaChatFrame) frame = { 0 };

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (read_frame (cases[i].text, &frame), ==, cases[i].is_right);
      g_assert_cmpint (frame.type, ==, cases[i].type);
    }
}

/* A message that is refused is named, so that its sender knows which one it was. */
static void
test_refused_message (void)
{
  g_autofree char *body = g_strnfill (LIA_CHAT_MAX_CHARACTERS + 1, 'x');
  g_autofree char *text = g_strdup_printf ("{\"t\":\"send\",\"cid\":\"a\",\"body\":\"%s\"}", body);
  g_auto (LiaChatFrame) frame = { 0 };

  g_assert_false (read_frame (text, &frame));
  g_assert_cmpstr (frame.cid, ==, "a");
}

/* Characters are counted, not bytes. */
static void
test_longest_message (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_auto (LiaChatFrame) frame = { 0 };

  for (guint i = 0; i < LIA_CHAT_MAX_CHARACTERS; i++)
    g_string_append (body, "\xf0\x9f\x98\x80");
  text = g_strdup_printf ("{\"t\":\"send\",\"cid\":\"a\",\"body\":\"%s\"}", body->str);

  g_assert_true (read_frame (text, &frame));
  g_assert_cmpstr (frame.body, ==, body->str);
}

static void
test_writing (void)
{
  const LiaChatState waiting = { .last_n = 4, .state = "waiting", .position = 2 };
  const LiaChatState open = { .last_n = 4, .state = "open", .available = TRUE };
  g_autofree char   *hello = lia_chat_write_hello (&waiting);
  g_autofree char   *state = lia_chat_write_state (&open);
  g_autofree char   *ack = lia_chat_write_ack ("a", 5);
  g_autofree char   *read = lia_chat_write_read (3);
  g_autofree char   *typing = lia_chat_write_typing ("Ann \"A\"");

  g_assert_cmpstr (hello, ==, "{\"t\":\"hello\",\"seq\":4,\"ping_s\":25,\"state\":\"waiting\",\"availability\":\"away\",\"queue\":{\"position\":2}}");
  g_assert_cmpstr (state, ==, "{\"t\":\"state\",\"state\":\"open\",\"availability\":\"online\",\"queue\":null}");
  g_assert_cmpstr (ack, ==, "{\"t\":\"ack\",\"cid\":\"a\",\"seq\":5}");
  g_assert_cmpstr (read, ==, "{\"t\":\"read\",\"seq\":3}");
  g_assert_cmpstr (typing, ==, "{\"t\":\"typing\",\"name\":\"Ann \\\"A\\\"\"}");
}

/* Limits --------------------------------------------------------------------------------------------------------------------------------- */

static guint
take_all (LiaChatLimits *limits,
          const char    *who,
          gint64         now_ms)
{
  guint n = 0;

  while (lia_chat_limits_take (limits, LIA_CHAT_LIMIT_MESSAGE, who, now_ms))
    n++;

  return n;
}

static void
test_limits (void)
{
  g_autoptr (LiaChatLimits) limits = lia_chat_limits_new ();

  g_assert_cmpuint (take_all (limits, "ann", 1000), ==, 10);
  g_assert_cmpuint (take_all (limits, "bob", 1000), ==, 10);
  g_assert_false (lia_chat_limits_may (limits, LIA_CHAT_LIMIT_MESSAGE, "ann", 3999));
  g_assert_true (lia_chat_limits_may (limits, LIA_CHAT_LIMIT_MESSAGE, "ann", 4000));
  g_assert_true (lia_chat_limits_may (limits, LIA_CHAT_LIMIT_MESSAGE, "ann", 4000)); /* to ask takes nothing */
  g_assert_cmpuint (take_all (limits, "ann", 4000), ==, 1);
  g_assert_true (lia_chat_limits_take (limits, LIA_CHAT_LIMIT_TYPING, "ann", 4000)); /* another thing */
  g_assert_cmpuint (take_all (limits, "ann", 1000000), ==, 10);
}

static void
test_limits_forget (void)
{
  g_autoptr (LiaChatLimits) limits = lia_chat_limits_new ();

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *who = g_strdup_printf ("%u", i);

      lia_chat_limits_take (limits, LIA_CHAT_LIMIT_SESSION, who, i * 100);
    }
  g_assert_cmpuint (lia_chat_limits_get_n (limits), <, 3000);
}

static void
test_hosts (void)
{
  static const char *const hosts[][2] = {
    { "203.0.113.9", "203.0.113.9" },
    { "::ffff:203.0.113.9", "203.0.113.9" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::" },
    { "2001:db8:1:2:ffff::1", "2001:db8:1:2::" },
    { "unix", "unknown" },
    { "203.0.113.9; DROP", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *host = lia_chat_limits_host (hosts[i][0]);

      g_assert_cmpstr (host, ==, hosts[i][1]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chat-codec/frames", test_frames);
  g_test_add_func ("/chat-codec/refused-message", test_refused_message);
  g_test_add_func ("/chat-codec/longest-message", test_longest_message);
  g_test_add_func ("/chat-codec/writing", test_writing);
  g_test_add_func ("/chat-limits/limits", test_limits);
  g_test_add_func ("/chat-limits/forget", test_limits_forget);
  g_test_add_func ("/chat-limits/hosts", test_hosts);

  return g_test_run ();
}
