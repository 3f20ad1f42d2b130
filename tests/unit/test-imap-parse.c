/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every input is given whole, cut in two at every byte, and byte by byte: what comes out is the same. */

#include "lia-imap-events.h"
#include "lia-imap-parse.h"
#include "lia-mail-ingest.h"

#include <string.h>

static void
describe (GString               *text,
          const LiaImapResponse *response)
{
  g_string_append_printf (text, "%s/%d/%s/%s/%s:", response->tag != NULL ? response->tag : "-", response->status, response->code != NULL ? response->code : "-",
                          response->code_args != NULL ? response->code_args : "-", response->text != NULL ? response->text : "-");
  for (guint i = 0; i < response->n_tokens; i++)
    {
      gsize       length;
      const char *bytes = lia_imap_response_peek (response, i, &length);
      g_string_append_printf (text, " %d<%.*s>", response->tokens[i].kind, (int)length, bytes);
    }
  g_string_append_c (text, '\n');
}

static void
drain (LiaImapParser *parser,
       GString       *text)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LiaImapResponse) response = lia_imap_parser_next (parser, &error);

      if (error != NULL)
        g_string_append_printf (text, "error %s\n", error->message);
      if (response == NULL)
        return;
      describe (text, response);
    }
}

static char *
parse_cut (const char *input,
           gsize       length,
           gsize       first,
           gsize       step)
{
  g_autoptr (LiaImapParser) parser = lia_imap_parser_new ();
  GString *text = g_string_new (NULL);

  for (gsize at = 0; at < length;)
    {
      gsize n = MIN (at == 0 ? first : step, length - at);

      lia_imap_parser_feed (parser, input + at, n);
      drain (parser, text);
      at += n;
    }

  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *input;
  const char *expected;
} Case;

static const Case cases[] = {
  { "greeting", "* OK [CAPABILITY IMAP4rev1 IDLE] Dovecot ready.\r\n", "-/1/CAPABILITY/IMAP4rev1 IDLE/Dovecot ready.:\n" },
  { "tagged", "L1 NO [AUTHENTICATIONFAILED] Wrong.\r\n", "L1/2/AUTHENTICATIONFAILED/-/Wrong.:\n" },
  { "continuation", "+ idling\r\n+\r\n", "-/6/-/-/idling:\n-/6/-/-/:\n" },
  { "status-with-brace", "* OK see {5}\r\nL2 OK {3}\r\n", "-/1/-/-/see {5}:\nL2/1/-/-/{3}:\n" },
  { "exists", "* 23 EXISTS\r\n", "-/0/-/-/-: 2<23> 2<EXISTS>\n" },
  { "literal", "* 1 FETCH (UID 7 BODY[] {6}\r\na\r\n(b\")\r\n", "-/0/-/-/-: 2<1> 2<FETCH> 0<(> 2<UID> 2<7> 2<BODY[]> 4<a\r\n(b\"> 1<)>\n" },
  { "empty-literal", "* 1 FETCH (BODY[] {0}\r\n FLAGS (\\Seen))\r\n", "-/0/-/-/-: 2<1> 2<FETCH> 0<(> 2<BODY[]> 4<> 2<FLAGS> 0<(> 2<\\Seen> 1<)> 1<)>\n" },
  { "two-literals", "* LIST () {1}\r\n/ {4}\r\nSent\r\n* 2 EXISTS\r\n", "-/0/-/-/-: 2<LIST> 0<(> 1<)> 4</> 4<Sent>\n-/0/-/-/-: 2<2> 2<EXISTS>\n" },
  { "quoted", "* LIST (\\Sent) \"/\" \"a \\\"b\\\\\"\r\n", "-/0/-/-/-: 2<LIST> 0<(> 2<\\Sent> 1<)> 3</> 3<a \"b\\>\n" },
  { "section", "* 1 FETCH (BODY[HEADER.FIELDS (A B)] {1}\r\nx)\r\n", "-/0/-/-/-: 2<1> 2<FETCH> 0<(> 2<BODY[HEADER.FIELDS (A B)]> 4<x> 1<)>\n" },
  { "bare-newline", "* 1 EXISTS\n* BYE\n", "-/0/-/-/-: 2<1> 2<EXISTS>\n-/5/-/-/:\n" },
  { "not-imap", "220 mx ESMTP\r\n", "error what the server says is not IMAP\n" },
  { "unbalanced", "* 1 FETCH (UID 1\r\n", "error a response of the server lacks a bracket\n" },
  { "too-many", "* X )\r\n", "error a response of the server has a bracket too many\n" },
  { "huge-literal", "* 1 FETCH (BODY[] {99999999999999999999}\r\n", "error the server sends a message that is too large\n" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  gsize       length = strlen (test->input);

  for (gsize first = 1; first <= length; first++)
    {
      g_autofree char *result = parse_cut (test->input, length, first, length);
      if (!g_str_has_prefix (test->expected, "error"))
        g_assert_cmpstr (result, ==, test->expected);
      else
        g_assert_nonnull (strstr (result, test->expected));
    }
  g_autofree char *bytewise = parse_cut (test->input, length, 1, 1);
  g_assert_nonnull (strstr (bytewise, test->expected));
}

static void
test_limits (void)
{
  g_autoptr (LiaImapParser) parser = lia_imap_parser_new ();
  g_autofree char *deep = g_strnfill (LIA_IMAP_MAX_NESTING + 1, '(');
  g_autofree char *line = g_strconcat ("* X ", deep, "\r\n", NULL);
  g_autofree char *block = g_strnfill (1024 * 1024, 'a');
  g_autoptr (GError) error = NULL;

  lia_imap_parser_feed (parser, line, strlen (line));
  g_assert_null (lia_imap_parser_next (parser, &error));
  g_assert_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL);
  g_clear_error (&error);

  g_autoptr (LiaImapParser) endless = lia_imap_parser_new ();
  for (guint i = 0; i < 10 && error == NULL; i++)
    {
      lia_imap_parser_feed (endless, block, 1024 * 1024);
      g_assert_null (lia_imap_parser_next (endless, &error));
    }
  g_assert_error (error, LIA_MAIL_ERROR, LIA_MAIL_ERROR_PROTOCOL);
}

/* Random bytes made of what the grammar is made of: no crash, no hang. */
static void
test_random (void)
{
  static const char *const pieces[] = { "* ", "(", ")", "\"", "\\", "{3}\r\n", "{", "}", "\r\n", " ", "FETCH", "1", "UID", "[", "]", "+ ", "L1 OK", "~{1}\r\n", "\n", "" };

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) input = g_string_new ("* ");
      for (guint i = g_test_rand_int_range (1, 40); i > 0; i--)
        g_string_append (input, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      g_free (parse_cut (input->str, input->len, 1, 3));
    }
}

static void
test_events (void)
{
  static const char input[] = "* FLAGS (\\Answered)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 17] ok\r\n* OK [UIDNEXT 9] ok\r\n* OK [HIGHESTMODSEQ 44] ok\r\n"
                              "* VANISHED (EARLIER) 1:3,5\r\n* 1 FETCH (UID 6 FLAGS (\\Seen $Forwarded \\Answered) MODSEQ (40))\r\n"
                              "* 2 FETCH (RFC822.SIZE 120 UID 7)\r\n"
                              "* 3 FETCH (UID 8 FLAGS (\\Flagged) INTERNALDATE \" 2-Nov-2026 07:57:35 +0100\" BODY[] {2}\r\nhi)\r\n"
                              "* ESEARCH (TAG \"L5\") UID ALL 6:8\r\n* SEARCH 20 21\r\n* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\n"
                              "* LIST (\\Noselect) \"/\" Public\r\n* LIST () \"/\" inbox\r\n* 1 EXPUNGE\r\n* 4 FETCH (UID 9 BODY[] NIL)\r\n* 5 FETCH (UID 4294967296 BODY[] {1}\r\nx)\r\n";
  g_autoptr (LiaImapParser) parser = lia_imap_parser_new ();
  g_autoptr (LiaImapEvents) events = lia_imap_events_new ();
  LiaImapResponse *response;

  lia_imap_parser_feed (parser, input, strlen (input));
  while ((response = lia_imap_parser_next (parser, NULL)) != NULL)
    {
      lia_imap_events_take (response, events);
      lia_imap_response_free (response);
    }
  g_assert_cmpint (events->selected.exists, ==, 2);
  g_assert_cmpint (events->selected.uidvalidity, ==, 17);
  g_assert_cmpint (events->selected.uidnext, ==, 9);
  g_assert_cmpint (events->selected.modseq, ==, 44);
  g_assert_true (events->exists_changed && events->expunged);
  g_autofree char *vanished = lia_uid_set_to_string (events->vanished);
  g_assert_cmpstr (vanished, ==, "1:3,5");
  g_autofree char *listed = lia_uid_set_to_string (events->listed);
  g_assert_cmpstr (listed, ==, "6:8,20:21");
  g_assert_cmpuint (events->flags->len, ==, 1);
  g_assert_cmpstr (g_array_index (events->flags, LiaImapFlags, 0).letters, ==, "AS");
  g_assert_cmpuint (events->sizes->len, ==, 1);
  g_assert_cmpint (g_array_index (events->sizes, LiaImapListed, 0).size_bytes, ==, 120);
  g_assert_cmpuint (events->messages->len, ==, 1);
  LiaMailFetched *message = g_ptr_array_index (events->messages, 0);
  g_assert_cmpint (message->uid, ==, 8);
  g_assert_true (message->flagged && !message->seen);
  g_assert_cmpint (message->internal_date_ms, ==, G_GINT64_CONSTANT (1793602655000));
  g_assert_cmpmem (g_bytes_get_data (message->raw, NULL), g_bytes_get_size (message->raw), "hi", 2);
  g_assert_cmpuint (events->folders->len, ==, 2);
  g_assert_cmpstr (((LiaImapFolder *)g_ptr_array_index (events->folders, 0))->role, ==, "sent");
  g_assert_cmpstr (((LiaImapFolder *)g_ptr_array_index (events->folders, 1))->role, ==, "inbox");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/imap-parse/%s", cases[i].name);
      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap-parse/limits", test_limits);
  g_test_add_func ("/imap-parse/random", test_random);
  g_test_add_func ("/imap-parse/events", test_events);

  return g_test_run ();
}
