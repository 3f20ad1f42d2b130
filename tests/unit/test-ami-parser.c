/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Recorded bytes of a PBX, given whole, byte by byte and cut at random: what comes out is the same. Then what callers with hostile numbers have
 * reached in those recordings, and what they might try.
 */

#include "lia-ami-parser.h"

#include <string.h>

static gboolean
expect_all (const char *action_id,
            gpointer    data)
{
  return TRUE;
}

static void
describe (GString             *out,
          const LiaAmiMessage *message)
{
  g_string_append_printf (out, "%d/%u/%s %" G_GINT64_FORMAT ":", lia_ami_message_get_kind (message), lia_ami_message_get_taint (message),
                          lia_ami_message_get_name (message), lia_ami_message_get_time (message));
  for (guint i = 0; i < lia_ami_message_get_n_fields (message); i++)
    {
      const char *value;
      const char *name = lia_ami_message_get_field (message, i, &value);

      g_assert_true (g_utf8_validate (value, -1, NULL));
      g_string_append_printf (out, " %s<%s>", name, value);
    }
  g_string_append_c (out, '\n');
}

static void
describe_counts (GString            *out,
                 const LiaAmiCounts *counts)
{
  g_string_append_printf (out, "messages %d tainted %d headless %d unstamped %d behind %d untimely %d unasked %d oversized %d", (int)counts->messages,
                          (int)counts->tainted, (int)counts->headless, (int)counts->unstamped, (int)counts->behind, (int)counts->untimely, (int)counts->unasked,
                          (int)counts->oversized);
}

/* Pieces of at most @max_bytes, of random length when @random. */
static char *
parse (const char       *bytes,
       gsize             length,
       gsize             max_bytes,
       gboolean          random,
       LiaAmiPendingFunc is_pending)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (is_pending, NULL);
  GString *out = g_string_new (NULL);

  for (gsize at = 0; at < length;)
    {
      gsize n = random ? (gsize)g_test_rand_int_range (1, (int)max_bytes) : max_bytes;

      n = MIN (n, length - at);
      lia_ami_parser_feed (parser, bytes + at, n, LIA_AMI_NO_CLOCK);
      for (;;)
        {
          g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
          if (message == NULL)
            break;
          describe (out, message);
        }
      at += n;
    }
  describe_counts (out, lia_ami_parser_get_counts (parser));

  return g_string_free (out, FALSE);
}

/* Returns: what came out, which does not depend on how it was cut */
static char *
check_chunks (const char *bytes,
              gsize       length)
{
  char            *whole = parse (bytes, length, length + 1, FALSE, expect_all);
  g_autofree char *bytewise = parse (bytes, length, 1, FALSE, expect_all);

  g_assert_true (g_str_equal (bytewise, whole));
  for (guint round = 0; round < 5; round++)
    {
      g_autofree char *cut = parse (bytes, length, 2000, TRUE, expect_all);
      g_assert_true (g_str_equal (cut, whole));
    }

  return whole;
}

static char *
fixture (const char *name,
         gsize      *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", name, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);

  return bytes;
}

typedef struct
{
  const char *file;
  const char *counts;
  const char *channels; /* that hostile callers have: nobody else's message is tainted */
} Hostile;

static const Hostile hostile[] = {
  { "41-hostile-caller-id.txt", "messages 332 tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 0 oversized 0", "" },
  { "42-hostile-caller-number.txt", "messages 186 tainted 19 headless 0 unstamped 1 behind 28 untimely 0 unasked 0 oversized 0", "PJSIP/trunk-0000002d" },
  { "43-action-injection.txt", "messages 6 tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 1 oversized 0", "" },
  { "53-crlf-forgery.txt", "messages 157 tainted 63 headless 0 unstamped 2 behind 120 untimely 0 unasked 0 oversized 0",
    "PJSIP/trunk-00000068 PJSIP/trunk-00000069 PJSIP/trunk-0000006a" },
  { "54-crlf-in-dialled-number.txt", "messages 29 tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 0 oversized 0", "" },
  { "55-crlf-filtered.txt", "messages 80 tainted 11 headless 0 unstamped 0 behind 20 untimely 0 unasked 0 oversized 0",
    "PJSIP/trunk-00000000 PJSIP/trunk-00000001" },
  { "60-ari-compare.txt", "messages 150 tainted 22 headless 0 unstamped 0 behind 54 untimely 0 unasked 0 oversized 0",
    "PJSIP/trunk-00000073 PJSIP/alice-00000074" },
};

static gboolean
is_hostile (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      if (strcmp (hostile[i].file, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
test_chunks (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "ami", NULL);
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;
  guint       n = 0;

  g_assert_nonnull (files);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      if (!g_str_has_suffix (name, ".txt") || g_str_has_suffix (name, ".order.txt"))
        continue;
      gsize            length;
      g_autofree char *bytes = fixture (name, &length);
      g_autofree char *out = check_chunks (bytes, length);
      g_assert_true (is_hostile (name) || g_str_has_suffix (out, " tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 0 oversized 0"));
      n++;
    }
  g_assert_cmpuint (n, >=, 50);
}

/* Callers with hostile numbers ------------------------------------------------------------------------------------------------------- */

/* The identities that the callers made up are in nothing that may be believed. */
static void
check_believed (const LiaAmiMessage *message)
{
  for (guint i = 0; i < lia_ami_message_get_n_fields (message); i++)
    {
      const char *value;

      lia_ami_message_get_field (message, i, &value);
      g_assert_cmpstr (value, !=, "1.1");
      g_assert_cmpstr (value, !=, "999.9");
    }
}

static void
test_hostile (gconstpointer data)
{
  const Hostile   *test = data;
  gsize            length;
  g_autofree char *bytes = fixture (test->file, &length);
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_all, NULL);
  g_autoptr (GString) counts = g_string_new (NULL);

  lia_ami_parser_feed (parser, bytes, length, LIA_AMI_NO_CLOCK);
  for (;;)
    {
      g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
      if (message == NULL)
        break;

      const char *channel = lia_ami_message_get (message, "Channel");
      if (strcmp (lia_ami_message_get_name (message), "CEL") == 0)
        continue; /* the recording server's noise */
      if (lia_ami_message_get_taint (message) == 0)
        check_believed (message);
      else
        g_assert_nonnull (strstr (test->channels, channel));
    }
  describe_counts (counts, lia_ami_parser_get_counts (parser));
  g_assert_cmpstr (counts->str, ==, test->counts);
  g_assert_true (lia_ami_parser_is_empty (parser));
}

/* What is typed --------------------------------------------------------------------------------------------------------------------- */

#define STAMP "Privilege: call,all\r\nTimestamp: 1795326609.568684\r\n"
#define CHANNEL "Channel: PJSIP/a-1\r\nChannelState: 6\r\nChannelStateDesc: Up\r\n"
#define CHANNEL_END "CallerIDName: x\r\nConnectedLineNum: 6\r\nConnectedLineName: y\r\nLanguage: en\r\nAccountCode: \r\nContext: c\r\nExten: 5\r\n" \
                    "Priority: 1\r\nUniqueid: 1795326609.1\r\nLinkedid: 1795326609.1\r\n"

#define DEST_CHANNEL "DestChannel: PJSIP/c-1\r\nDestChannelState: 6\r\nDestChannelStateDesc: Up\r\nDestCallerIDNum: 7\r\nDestCallerIDName: z\r\n"
#define DEST_CHANNEL_END "DestConnectedLineName: y\r\nDestLanguage: en\r\nDestAccountCode: \r\nDestContext: c\r\nDestExten: 5\r\nDestPriority: 1\r\n" \
                         "DestUniqueid: 1795326609.2\r\nDestLinkedid: 1795326609.1\r\n"

typedef struct
{
  const char *name;
  const char *input; /* of one message, without its last empty line */
  const char *output;
} Case;

static const Case cases[] = {
  { "event", "Event: A\r\n" STAMP "Key: v: w\r\n", "0/0/A 1795326609568: Event<A> Privilege<call,all> Timestamp<1795326609.568684> Key<v: w>\n" },
  { "response", "Response: Success\r\nActionID: x\r\n", "1/0/Success 0: Response<Success> ActionID<x>\n" },
  { "item", "Event: A\r\nActionID: x\r\nKey: v\r\nEmpty: \r\n", "2/0/A 0: Event<A> ActionID<x> Key<v> Empty<>\n" },
  { "bare-lf-is-no-end", "Response: Success\r\nActionID: x\r\nMessage: Park successful\n\r\n", "1/0/Success 0: Response<Success> ActionID<x> Message<Park successful>\n" },
  { "bare-cr-is-no-end", "Response: Success\r\nActionID: x\r\nName: a\rEvent: Hangup\r\n", "1/0/Success 0: Response<Success> ActionID<x> Name<aEvent: Hangup>\n" },
  { "empty-lines-before", "\r\n\r\nResponse: Success\r\nActionID: x\r\n", "1/0/Success 0: Response<Success> ActionID<x>\n" },
  { "no-action-id", "Response: Success\r\n", "" },
  { "other-action-id", "Response: Success\r\nActionID: y\r\n", "" },
  { "item-of-other", "Event: A\r\nActionID: y\r\n", "" },
  { "headless", "Key: v\r\nEvent: A\r\n" STAMP, "" },
  { "no-stamp", "Event: Hangup\r\nUniqueid: 1.1\r\n", "" },
  { "no-time", "Event: A\r\nPrivilege: call,all\r\nKey: v\r\n", "" },
  { "short-privilege", "Event: A\r\nPrivilege: a\r\nTimestamp: 1795326609.568684\r\n", "" },
  { "short-time", "Event: A\r\nPrivilege: call,all\r\nTimestamp: 1795326609\r\n", "" },
  { "stamp-elsewhere", "Event: A\r\nKey: v\r\n" STAMP, "" },
  { "twice", "Event: A\r\n" STAMP "Key: v\r\nKey: w\r\n", "0/1/A 1795326609568: Event<A> Privilege<call,all> Timestamp<1795326609.568684> Key<v> Key<w>\n" },
  { "variables", "Response: Success\r\nActionID: x\r\nVariable: a\r\nVariable: b\r\nOutput: c\r\nOutput: d\r\n",
    "1/0/Success 0: Response<Success> ActionID<x> Variable<a> Variable<b> Output<c> Output<d>\n" },
  { "line", "Response: Success\r\nActionID: x\r\nno header\r\nno:header\r\n", "1/4/Success 0: Response<Success> ActionID<x>\n" },
  { "name-with-control", "Response: Success\r\nActionID: x\r\na\x01: b\r\n", "1/4/Success 0: Response<Success> ActionID<x>\n" },
  { "user-event", "Event: UserEvent\r\n" STAMP "Channel: a\r\nUserEvent: Left\r\nChannel: b\r\n",
    "0/0/UserEvent 1795326609568: Event<UserEvent> Privilege<call,all> Timestamp<1795326609.568684> Channel<a> UserEvent<Left> Channel<b>\n" },
  { "user-event-twice", "Event: UserEvent\r\n" STAMP "Channel: a\r\nUserEvent: forged\r\nUserEvent: Left\r\n",
    "0/1/UserEvent 1795326609568: Event<UserEvent> Privilege<call,all> Timestamp<1795326609.568684> Channel<a> UserEvent<forged> UserEvent<Left>\n" },
  { "user-event-of-caller", "Event: QueueEntry\r\nUserEvent: forged\r\nWait: 9\r\nWait: 1\r\nActionID: x\r\n",
    "2/1/QueueEntry 0: Event<QueueEntry> UserEvent<forged> Wait<9> Wait<1> ActionID<x>\n" },
  { "utf8", "Response: J\xc3\xb6rg \xf0\x9f\x98\x80\r\nActionID: x\r\n", "1/0/J\xc3\xb6rg \xf0\x9f\x98\x80 0: Response<J\xc3\xb6rg \xf0\x9f\x98\x80> ActionID<x>\n" },
  { "latin-1", "Response: Caf\xe9 \x80\x81\r\nActionID: x\r\n",
    "1/0/Caf\xc3\xa9 \xe2\x82\xac\xef\xbf\xbd 0: Response<Caf\xc3\xa9 \xe2\x82\xac\xef\xbf\xbd> ActionID<x>\n" },
  { "latin-1-at-end", "Response: Caf\xe9\r\nActionID: x\r\n", "1/0/Caf\xc3\xa9 0: Response<Caf\xc3\xa9> ActionID<x>\n" },
  { "cut-letter", "Response: J\xc3\xb6rg \xf0\x9f\x98\r\nActionID: x\r\n", "1/0/J\xc3\xb6rg  0: Response<J\xc3\xb6rg > ActionID<x>\n" },
  { "hidden", "Response: a\x02\x1b[31m\x7f \xe2\x80\xae\xc2\x85z\r\nActionID: x\r\n", "1/0/a[31m z 0: Response<a[31m z> ActionID<x>\n" },
};

static gboolean
expect_x (const char *action_id,
          gpointer    data)
{
  return strcmp (action_id, "x") == 0;
}

static void
test_case (gconstpointer data)
{
  const Case      *test = data;
  g_autofree char *input = g_strconcat (test->input, "\r\n", NULL);
  g_autofree char *whole = parse (input, strlen (input), 10000, FALSE, expect_x);
  g_autofree char *bytewise = parse (input, strlen (input), 1, FALSE, expect_x);
  char            *counts = strstr (whole, "messages ");

  g_assert_cmpstr (bytewise, ==, whole);
  *counts = '\0';
  g_assert_cmpstr (whole, ==, test->output);
}

/* The headers of a channel, with @number as the caller's. */
static LiaAmiTaint
taint_of (const char *number,
          const char *more)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (NULL, NULL);
  g_autofree char *text = g_strdup_printf ("Event: A\r\n" STAMP CHANNEL "CallerIDNum: %s\r\n" CHANNEL_END "%s\r\n", number, more);

  lia_ami_parser_feed (parser, text, strlen (text), 0);
  g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
  g_assert_nonnull (message);
  g_assert_null (lia_ami_parser_next (parser));

  return lia_ami_message_get_taint (message);
}

static void
test_channels (void)
{
  g_assert_cmpint (taint_of ("5", ""), ==, 0);
  g_assert_cmpint (taint_of ("5", "Key: v\r\n"), ==, 0);
  g_assert_cmpint (taint_of ("5\r\nKey: v", ""), ==, LIA_AMI_TAINT_HALF);
  g_assert_cmpint (taint_of ("5\r\nUniqueid: 1.1", ""), ==, LIA_AMI_TAINT_HALF | LIA_AMI_TAINT_TWICE);
  g_assert_cmpint (taint_of ("5\r\n", ""), ==, LIA_AMI_TAINT_HALF);
  g_assert_cmpint (taint_of ("5\r\nUniqueid: 1.1\r\nLinkedid: 1.1\r\n", ""), ==, LIA_AMI_TAINT_HALF);
  g_assert_cmpint (taint_of ("5", "DestChannel: b\r\nDestChannelState: 5\r\n"), ==, LIA_AMI_TAINT_HALF);
  g_assert_cmpint (taint_of ("5", "DestLinkedid: 1.1\r\n"), ==, LIA_AMI_TAINT_HALF);
}

/* Without a way to ask nothing is expected. */
static void
test_nobody_waits (void)
{
  static const char input[] = "Response: Success\r\nActionID: x\r\n\r\n";
  g_autofree char  *out = parse (input, strlen (input), 100, FALSE, NULL);

  g_assert_cmpstr (out, ==, "messages 0 tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 1 oversized 0");
}

static void
test_nothing (void)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (NULL, NULL);

  g_assert_null (lia_ami_parser_next (parser));
  lia_ami_parser_feed (parser, "", 0, 0);
  g_assert_null (lia_ami_parser_next (parser));
  g_assert_true (lia_ami_parser_is_empty (parser));
  lia_ami_parser_feed (parser, "E", 1, 0);
  g_assert_null (lia_ami_parser_next (parser));
  g_assert_false (lia_ami_parser_is_empty (parser));
}

/* Time ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
happens (LiaAmiParser *parser,
         gint64        time_s,
         gint64        now_ms)
{
  g_autofree char *text = g_strdup_printf ("Event: A\r\nPrivilege: call,all\r\nTimestamp: %" G_GINT64_FORMAT ".000000\r\n\r\n", time_s);

  lia_ami_parser_feed (parser, text, strlen (text), now_ms);
  g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);

  return message != NULL;
}

static void
test_time (void)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (NULL, NULL);

  g_assert_true (happens (parser, 1000, 0));
  g_assert_true (happens (parser, 1005, 0));
  g_assert_true (happens (parser, 1000, 0));
  g_assert_false (happens (parser, 1006, 0));
  g_assert_false (happens (parser, 994, 0));
  g_assert_true (happens (parser, 1060, 60 * 1000)); /* it was quiet for a minute */
  g_assert_false (happens (parser, 1000, 60 * 1000));
  g_assert_cmpint (lia_ami_parser_get_counts (parser)->untimely, ==, 3);
  g_assert_cmpint (lia_ami_counts_forged (lia_ami_parser_get_counts (parser)), ==, 3);
}

/* Somebody sets the PBX's clock. One event, or several that do not agree, are not enough to be believed. */
static void
test_clock_jumps (void)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (NULL, NULL);

  g_assert_true (happens (parser, 1000, 0));
  g_assert_false (happens (parser, 5000, 0));
  g_assert_true (happens (parser, 1000, 0));
  g_assert_false (happens (parser, 5000, 0));
  g_assert_false (happens (parser, 9000, 0));
  g_assert_false (happens (parser, 5000, 0));
  g_assert_false (happens (parser, 5001, 0));
  g_assert_true (happens (parser, 5002, 0));
  g_assert_true (happens (parser, 5003, 0));
  g_assert_false (happens (parser, 1000, 0));

  /* Those that told of it are no forgeries; the four others may be. */
  g_assert_cmpint (lia_ami_parser_get_counts (parser)->resets, ==, 1);
  g_assert_cmpint (lia_ami_counts_forged (lia_ami_parser_get_counts (parser)), ==, 4);
}

/* Asterisk's greeting has no time in it, and nobody forged it; the same later is somebody's doing. */
static void
test_greeting (void)
{
  static const char greeting[] = "Event: FullyBooted\r\nPrivilege: system,all\r\nStatus: Fully Booted\r\n\r\n";
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (NULL, NULL);

  g_assert_false (lia_ami_parser_has_booted (parser));
  lia_ami_parser_feed (parser, greeting, strlen (greeting), 0);
  g_assert_null (lia_ami_parser_next (parser));
  g_assert_cmpint (lia_ami_counts_forged (lia_ami_parser_get_counts (parser)), ==, 0);
  g_assert_true (lia_ami_parser_has_booted (parser));
  g_assert_true (happens (parser, 1000, 0));
  lia_ami_parser_feed (parser, greeting, strlen (greeting), 0);
  g_assert_null (lia_ami_parser_next (parser));
  g_assert_cmpint (lia_ami_counts_forged (lia_ami_parser_get_counts (parser)), ==, 1);
}

/* A PBX that lets us in while it still starts says later that it has, with the time in it. */
static void
test_boot (void)
{
  static const char unstamped[] = "Event: FullyBooted\r\nPrivilege: system,all\r\n\r\n";
  static const char stamped[] = "Event: FullyBooted\r\nPrivilege: system,all\r\nTimestamp: 1000.000000\r\nStatus: Fully Booted\r\n\r\n";
  g_autoptr (LiaAmiParser) starting = lia_ami_parser_new (NULL, NULL);
  g_autoptr (LiaAmiParser) forged = lia_ami_parser_new (NULL, NULL);
  g_autoptr (LiaAmiMessage) event = NULL;

  g_assert_true (happens (starting, 1000, 0));
  g_assert_false (lia_ami_parser_has_booted (starting));
  lia_ami_parser_feed (starting, stamped, strlen (stamped), 0);
  event = lia_ami_parser_next (starting);
  g_assert_nonnull (event);
  g_assert_true (lia_ami_parser_has_booted (starting));

  g_assert_true (happens (forged, 1000, 0));
  lia_ami_parser_feed (forged, unstamped, strlen (unstamped), 0);
  g_assert_null (lia_ami_parser_next (forged));
  g_assert_false (lia_ami_parser_has_booted (forged));
}

/* Limits ---------------------------------------------------------------------------------------------------------------------------- */

static void
check_count (GString *input,
             gsize    chunk,
             guint    messages,
             guint    oversized)
{
  g_autofree char *out = parse (input->str, input->len, chunk, FALSE, expect_all);
  g_autofree char *expected = g_strdup_printf ("messages %u tainted 0 headless 0 unstamped 0 behind 0 untimely 0 unasked 0 oversized %u", messages, oversized);

  g_assert_true (g_str_has_suffix (out, expected));
}

/* A message of exactly @bytes, and a short one behind it. */
static GString *
sized_message (gsize bytes)
{
  static const char head[] = "Response: Success\r\nActionID: x\r\nKey: ";
  g_autofree char  *fill = g_strnfill (bytes - strlen (head) - 2, 'a');
  GString          *input = g_string_new (head);

  g_string_append_printf (input, "%s\r\n\r\nResponse: Success\r\nActionID: x\r\n\r\n", fill);

  return input;
}

static void
test_limits (void)
{
  for (gsize chunk = 1; chunk < 200000; chunk *= 7)
    {
      g_autoptr (GString) large = sized_message (LIA_AMI_MAX_MESSAGE_BYTES);
      g_autoptr (GString) too_large = sized_message (LIA_AMI_MAX_MESSAGE_BYTES + 1);
      g_autoptr (GString) huge = sized_message (3 * LIA_AMI_MAX_MESSAGE_BYTES);

      check_count (large, chunk, 2, 0);
      check_count (too_large, chunk, 1, 1);
      check_count (huge, chunk, 1, 1);
    }
}

static void
test_many_fields (void)
{
  g_autoptr (GString) input = g_string_new ("Response: Success\r\nActionID: x\r\n");

  for (guint i = 2; i < LIA_AMI_MAX_FIELDS; i++)
    g_string_append_printf (input, "Key%u: v\r\n", i);
  g_autoptr (GString) more = g_string_new_len (input->str, input->len);
  g_string_append (input, "\r\n");
  g_string_append (more, "Key: v\r\n\r\n");

  check_count (input, 100000, 1, 0);
  check_count (more, 100000, 0, 1);
}

static void
test_values (void)
{
  static const char input[] = "Response: Success\r\nActionID: x\r\nCount: 12\r\nBad: 12a\r\nA: <unknown>\r\nB: unknown\r\nEmpty: \r\n\r\n";
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_x, NULL);

  lia_ami_parser_feed (parser, input, strlen (input), 0);
  g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
  g_assert_nonnull (message);
  g_assert_cmpstr (lia_ami_message_get_action_id (message), ==, "x");
  g_assert_cmpstr (lia_ami_message_get (message, "A"), ==, "<unknown>");
  g_assert_cmpstr (lia_ami_message_get (message, "B"), ==, "unknown");
  g_assert_cmpstr (lia_ami_message_get (message, "Empty"), ==, "");
  g_assert_null (lia_ami_message_get (message, "count"));
  g_assert_cmpint (lia_ami_message_get_int64 (message, "Count", -1), ==, 12);
  g_assert_cmpint (lia_ami_message_get_int64 (message, "Bad", -1), ==, -1);
  g_assert_cmpint (lia_ami_message_get_int64 (message, "C", -1), ==, -1);
}

/* Random ---------------------------------------------------------------------------------------------------------------------------- */

/* Bytes made of what the grammar is made of, and any others: no crash, no hang, the same however they are cut. */
static void
test_random (void)
{
  static const char *const pieces[] = { "Event: ", "Response: ", "Success", "\r\n", "\r\n\r\n", "\r", "\n", ":", " ", "ActionID: x", STAMP, CHANNEL, CHANNEL_END,
                                        "UserEvent: a\r\n", "DestLinkedid: 1\r\n", "Timestamp: ", "\xc3\xa9", "\xf0\x9f", "\xe9", "\xe2\x80\xae", "Key: v\r\n" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) input = g_string_new (NULL);

      for (guint i = g_test_rand_int_range (1, 60); i > 0; i--)
        {
          if (g_test_rand_int_range (0, 8) == 0)
            g_string_append_c (input, (char)g_test_rand_int_range (0, 256));
          else
            g_string_append (input, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
        }
      g_free (check_chunks (input->str, input->len));
    }
}

/* What a caller can write into his number: 79 bytes, cut from whatever he would like to say. */
static char *
make_number (void)
{
  static const char *const pieces[] = { "\r\n", "\r\n\r\n", "Event: Hangup\r\n", "Event: Shutdown\r\n", "Privilege: a,all\r\n", "Timestamp: 1795326609.568684\r\n",
                                        "Uniqueid: 1.1\r\n", "Linkedid: 1.1\r\n", "Channel: PJSIP/b\r\n", "ChannelState: 6\r\n", "UserEvent: a\r\n",
                                        "Response: Success\r\n", "x: \r\n", "5" };
  g_autoptr (GString) number = g_string_new (NULL);

  for (guint i = 0; i < 8; i++)
    g_string_append (number, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_strndup (number->str, 79);
}

/* Where a PBX puts the number: in his channel's headers, and in those of whom he calls. Then something that the PBX says of others. */
static char *
make_forged (const char *number)
{
  static const char other[] = "Event: Other\r\n" STAMP "Key: v\r\n\r\n";

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      return g_strdup_printf ("Event: Own\r\n" STAMP CHANNEL "CallerIDNum: %s\r\n" CHANNEL_END "\r\n%s", number, other);
    case 1:
      return g_strdup_printf ("Event: Own\r\n" STAMP CHANNEL "CallerIDNum: %s\r\n" CHANNEL_END DEST_CHANNEL "DestConnectedLineNum: %s\r\n" DEST_CHANNEL_END
                              "\r\n%s",
                              number, number, other);
    case 2:
      return g_strdup_printf ("Event: Own\r\nQueue: q\r\nChannel: PJSIP/a-1\r\nUniqueid: 1795326609.1\r\nCallerIDNum: %s\r\nCallerIDName: x\r\n"
                              "ConnectedLineNum: unknown\r\nConnectedLineName: unknown\r\nWait: 5\r\nPriority: 0\r\nActionID: x\r\n\r\n%s",
                              number, other);
    default:
      return g_strdup_printf ("Event: CEL\r\n" STAMP "CallerIDnum: %s\r\nCallerIDname: x\r\nCallerIDani: %s\r\nChannel: PJSIP/a-1\r\nUniqueID: 1795326609.1\r\n"
                              "LinkedID: 1795326609.1\r\n\r\n%s",
                              number, number, other);
    }
}

/* Nothing that is handed out is about another channel than his, and he has no say in what follows. */
static void
check_forged (const char *text)
{
  g_autoptr (LiaAmiParser) parser = lia_ami_parser_new (expect_x, NULL);

  lia_ami_parser_feed (parser, text, strlen (text), 0);
  for (;;)
    {
      g_autoptr (LiaAmiMessage) message = lia_ami_parser_next (parser);
      if (message == NULL)
        break;

      const char *name = lia_ami_message_get_name (message);
      const char *channel = lia_ami_message_get (message, "Channel");
      const char *uniqueid = lia_ami_message_get (message, "Uniqueid");

      if (strcmp (name, "CEL") == 0)
        continue; /* nobody asks it for anything */
      if (strcmp (name, "Own") != 0 && strcmp (name, "Other") != 0)
        g_test_fail_printf ("believed %s of:\n%s", name, text);
      if (channel != NULL)
        g_assert_cmpstr (channel, ==, "PJSIP/a-1");
      if (lia_ami_message_get_taint (message) == 0 && uniqueid != NULL)
        g_assert_cmpstr (uniqueid, ==, "1795326609.1");
    }
}

static void
test_forged_number (void)
{
  for (guint round = 0; round < 100000; round++)
    {
      g_autofree char *number = make_number ();
      g_autofree char *text = make_forged (number);

      check_forged (text);
    }
}

/* The longest that fits. */
static void
test_forged_event (void)
{
  static const char number[] = "\r\n\r\nEvent: Shutdown\r\nPrivilege: a,all\r\nTimestamp: 1795326609.568684\r\n";

  for (guint round = 0; round < 20; round++)
    {
      g_autofree char *text = make_forged (number);

      check_forged (text);
    }
}

/* A whole number, or one that breaks nothing off, costs nobody else's message. */
static void
test_others_stay (void)
{
  static const char *const numbers[] = { "5", "5\r\nx: y", "5\r\nUniqueid: 1.1", "5\r\nEvent: Hangup" };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("Event: Own\r\n" STAMP CHANNEL "CallerIDNum: %s\r\n" CHANNEL_END "\r\nEvent: Other\r\n" STAMP "\r\n", numbers[i]);
      g_autofree char *broken = g_strdup_printf ("Event: Own\r\n" STAMP CHANNEL "CallerIDNum: %s\r\n\r\n\r\n" CHANNEL_END "\r\nEvent: Other\r\n" STAMP "\r\n", numbers[i]);
      g_autofree char *out = parse (text, strlen (text), 1000, FALSE, NULL);
      g_autofree char *broken_out = parse (broken, strlen (broken), 1000, FALSE, NULL);

      g_assert_nonnull (strstr (out, "0/0/Other"));
      g_assert_nonnull (strstr (broken_out, "0/0/Other"));
    }
}

static void
add_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *path = g_strconcat ("/ami-parser/hostile/", hostile[i].file, NULL);
      g_test_add_data_func (path, &hostile[i], test_hostile);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ami-parser/case/", cases[i].name, NULL);
      g_test_add_data_func (path, &cases[i], test_case);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ami-parser/chunks", test_chunks);
  add_tests ();
  g_test_add_func ("/ami-parser/channels", test_channels);
  g_test_add_func ("/ami-parser/nobody-waits", test_nobody_waits);
  g_test_add_func ("/ami-parser/nothing", test_nothing);
  g_test_add_func ("/ami-parser/time", test_time);
  g_test_add_func ("/ami-parser/clock-jumps", test_clock_jumps);
  g_test_add_func ("/ami-parser/greeting", test_greeting);
  g_test_add_func ("/ami-parser/boot", test_boot);
  g_test_add_func ("/ami-parser/limits", test_limits);
  g_test_add_func ("/ami-parser/many-fields", test_many_fields);
  g_test_add_func ("/ami-parser/values", test_values);
  g_test_add_func ("/ami-parser/random", test_random);
  g_test_add_func ("/ami-parser/forged-number", test_forged_number);
  g_test_add_func ("/ami-parser/forged-event", test_forged_event);
  g_test_add_func ("/ami-parser/others-stay", test_others_stay);

  return g_test_run ();
}
