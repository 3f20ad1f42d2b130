/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime-class.h"
#include "lia-mime-sniff.h"
#include "lia-mime-text.h"
#include "lia-mime.h"

#include <string.h>

#define HEAD "From: Ann <ann@example.com>\r\nTo: support@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"

static LiaMime *
parse_len (const char *text,
           gsize       length)
{
  g_autoptr (GBytes) raw = g_bytes_new (text, length);
  g_autoptr (LiaMime) mime = lia_mime_parse (raw);
  g_autoptr (GVariant) variant = g_variant_ref_sink (lia_mime_to_variant (mime));

  /* all the tests go through the form in which it leaves the worker */
  return lia_mime_from_variant (variant);
}

static LiaMime *
parse (const char *text)
{
  return parse_len (text, strlen (text));
}

static void
test_headers (void)
{
  g_autoptr (LiaMime) mime =
      parse ("Delivered-To: support+r.x@example.org\r\nAuthentication-Results: mx.example.org; dmarc=pass\r\nAuthentication-Results: forged; dmarc=fail\r\n"
             "From: =?utf-8?q?J=C3=BCrgen_=E2=80=AEM=C3=BCller?= <j@example.com>\r\nTo: \"Support, Team\" <support@example.org>, friends: a@b.example, c@d.example;\r\n"
             "Cc: broken <, x@y.example\r\nReply-To: r@example.com\r\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\r\n =?utf-8?b?IPCfmYI=?=\r\nDate: Mon, 10 Nov 2025 10:00:00 +0100\r\n"
             "Message-ID: <m@example.com>\r\nIn-Reply-To: Your message <p@example.org>\r\nReferences: <a@x> <b@x>\r\n <p@example.org>\r\n"
             "Thread-Index: AQHaAAAAAAAAAAAAAAAAAAAAAAAAAAECAw==\r\n\r\nHello\r\n");

  g_assert_cmpint (mime->state, ==, LIA_MIME_PARSED);
  g_assert_cmpstr (mime->from->name, ==, "Jürgen Müller");
  g_assert_cmpstr (mime->from->address, ==, "j@example.com");
  g_assert_cmpuint (mime->to->len, ==, 3);
  g_assert_cmpstr (((LiaAddress *)g_ptr_array_index (mime->to, 0))->name, ==, "Support, Team");
  g_assert_cmpstr (mime->reply_to->address, ==, "r@example.com");
  g_assert_cmpstr (mime->subject, ==, "Grüße 🙂");
  g_assert_cmpint (mime->date_ms, ==, 1762765200000);
  g_assert_cmpint (mime->offset_min, ==, 60);
  g_assert_cmpstr (mime->message_id, ==, "m@example.com");
  g_assert_cmpstr (mime->in_reply_to, ==, "p@example.org");
  g_assert_cmpuint (mime->references->len, ==, 3);
  g_assert_cmpuint (mime->delivered->len, ==, 1);
  g_assert_cmpstr (mime->auth, ==, "mx.example.org; dmarc=pass");
  g_assert_cmpuint (strlen (mime->thread_index), ==, 44);
  g_assert_cmpstr (mime->text, ==, "Hello");
}

static void
test_bad_headers (void)
{
  static const char *const bad[] = {
    "",
    "\r\n",
    "no header at all",
    "From:\r\nTo: \r\nDate: x\r\nMessage-ID: <>\r\nReferences: <<<>>>\r\n\r\n",
    "From: a@b\r\n",
    "Subject: \xff\xfe raw\r\n\r\n\x80",
    "Content-Type: multipart/mixed\r\n\r\n--x\r\n",
    "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n----\r\n",
    "From: =?utf-8?q?=?= <a@b>\r\nSubject: =?nope?b?////?= =?utf-8?q?=00=0A?=\r\n\r\nx",
    "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!====",
    "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LiaMime) mime = parse (bad[i]);

      g_assert_true (g_utf8_validate (mime->subject, -1, NULL));
      g_assert_true (g_utf8_validate (mime->text, -1, NULL));
      g_assert_null (strchr (mime->subject, '\n'));
    }
}

/* Which words of which charset, as which name claims. */
static const struct
{
  const char *charset;
  const char *bytes;
  const char *text;
} charsets[] = {
  { "utf-8", "Gr\xc3\xbc\xc3\x9f"
             "e",
    "Grüße" },
  { "iso-8859-1", "\x93smart\x94 \x80", "“smart” €" },
  { "us-ascii", "Gr\xc3\xbc\xc3\x9f"
                "e",
    "Grüße" },
  { "us-ascii", "Gr\xfc\xdf"
                "e",
    "Grüße" },
  { "no-such-charset", "Gr\xfc\xdf"
                       "e",
    "Grüße" },
  { "koi8-r", "\xf0\xd2\xc9\xd7\xc5\xd4", "Привет" },
  { "windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2", "Привет" },
  { "shift_jis", "\x83\x8d\x83O", "ログ" },
  { "iso-2022-jp", "\x1b$B%m%0\x1b(B", "ログ" },
  { "gb2312", "\xc4\xfa\xba\xc3", "您好" },
  { "big5", "\xb1z\xa6n", "您好" },
  { "ks_c_5601-1987", "\xb7\xce\xb1\xd7", "로그" },
  { "utf-8", "a\xff"
             "b",
    "a\uFFFDb" },
  { "utf-16", "\xff\xfeH\0i\0", "Hi" },
};

static void
test_charsets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      guint            errors = 0;
      gsize            length = i + 1 == G_N_ELEMENTS (charsets) ? 6 : strlen (charsets[i].bytes);
      g_autofree char *text = lia_mime_text_decode ((const guint8 *)charsets[i].bytes, length, charsets[i].charset, FALSE, &errors);

      g_assert_cmpstr (text, ==, charsets[i].text);
    }
}

static void
test_meta_charset (void)
{
  static const char html[] = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\"></head>\xf0\xd2\xc9";
  guint             errors = 0;
  g_autofree char  *text = lia_mime_text_decode ((const guint8 *)html, strlen (html), NULL, TRUE, &errors);

  g_assert_true (g_str_has_suffix (text, "При"));
}

/* Any bytes in any charset are valid text without control characters. */
static void
test_always_valid (void)
{
  static const char *const names[] = { NULL, "utf-8", "utf-7", "utf-16", "utf-32", "iso-2022-jp", "iso-2022-kr", "hz", "gb18030", "big5", "shift_jis", "euc-jp", "iso-8859-1", "x" };
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (guint round = 0; round < 2000; round++)
    {
      guint8           bytes[64];
      guint            errors = 0;
      g_autofree char *text = NULL;

      for (guint i = 0; i < sizeof bytes; i++)
        bytes[i] = (guint8)g_rand_int_range (random, 0, 256);

      text = lia_mime_text_decode (bytes, (gsize)g_rand_int_range (random, 0, 65), names[round % G_N_ELEMENTS (names)], round % 2, &errors);
      g_assert_true (g_utf8_validate (text, -1, NULL));

      for (const char *p = text; *p != '\0'; p++)
        g_assert_true ((guchar)*p >= ' ' || *p == '\n' || *p == '\t');
    }
}

static void
test_flowed (void)
{
  static const char *const cases[][2] = {
    { "One \ntwo \nthree\nfour", "One two three\nfour" },
    { "> One \n> two\n>> three \n>> four\nfive", "> One two\n>> three four\nfive" },
    { "Text \n-- \nAnn \nLee", "Text \n-- \nAnn Lee" },
    { " From\n >x", "From\n>x" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lia_mime_text_unflow (cases[i][0], FALSE);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

#define ALTERNATIVE(plain, html)                                                                              \
  HEAD "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" plain \
       "\r\n--b\r\nContent-Type: text/html\r\n\r\n" html "\r\n--b--\r\n"

static void
test_body_choice (void)
{
  g_autoptr (LiaMime) both = parse (ALTERNATIVE ("Hello plain", "<p>Hello <b>HTML</b></p>"));
  g_autoptr (LiaMime) empty = parse (ALTERNATIVE (" ", "<p>Hello HTML</p>"));
  g_autoptr (LiaMime) browser = parse (ALTERNATIVE ("see web", "<p>A long text that says it all, and then some more of it, and more, and even more than that.</p>"));
  g_autoptr (LiaMime) html = parse (HEAD "Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xfc\xdf"
                                         "e</p>");

  g_assert_cmpstr (both->text, ==, "Hello plain");
  g_assert_nonnull (both->html);
  g_assert_cmpstr (empty->text, ==, "Hello HTML");
  g_assert_true (g_str_has_prefix (browser->text, "A long text"));
  g_assert_cmpstr (html->text, ==, "Grüße");
  g_assert_true (g_utf8_validate_len (g_bytes_get_data (html->html, NULL), g_bytes_get_size (html->html), NULL));
}

static void
test_parts (void)
{
  g_autoptr (LiaMime) mime = parse (
      HEAD "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n"
           "<p>Look <img src=\"cid:a%40x\"></p>\r\n--r\r\nContent-Type: image/png; name=a.png\r\nContent-ID: <a@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
           "--r\r\nContent-Type: image/png; name=b.png\r\nContent-ID: <b@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n"
           "--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename*=utf-8''..%2F..%2FRechnung%20%E2%82%AC.pdf\r\n\r\nMZ...\r\n"
           "--m\r\nContent-Type: text/plain; name=notes.txt\r\nContent-Disposition: attachment\r\n\r\nNotes\r\n"
           "--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\nFrom: x@y\r\n\r\nInner\r\n--m--\r\n");
  LiaMimePart *shown = g_ptr_array_index (mime->parts, 0);
  LiaMimePart *loose = g_ptr_array_index (mime->parts, 1);
  LiaMimePart *liar = g_ptr_array_index (mime->parts, 2);
  LiaMimePart *notes = g_ptr_array_index (mime->parts, 3);
  LiaMimePart *inner = g_ptr_array_index (mime->parts, 4);

  g_assert_cmpuint (mime->parts->len, ==, 5);
  g_assert_cmpstr (mime->text, ==, "Look");
  g_assert_true (shown->is_inline);
  g_assert_cmpstr (shown->cid, ==, "a@x");
  g_assert_cmpstr (shown->type, ==, "image/png");
  g_assert_false (loose->is_inline);
  g_assert_cmpstr (liar->name, ==, "Rechnung €.pdf");
  g_assert_cmpstr (liar->type, ==, "application/x-msdownload");
  g_assert_true (liar->dangerous);
  g_assert_cmpstr (notes->name, ==, "notes.txt");
  g_assert_cmpmem (g_bytes_get_data (notes->bytes, NULL), g_bytes_get_size (notes->bytes), "Notes", 5);
  g_assert_cmpstr (inner->name, ==, "Inner.eml");
  g_assert_cmpstr (inner->type, ==, "message/rfc822");
}

static void
test_file_names (void)
{
  static const char *const cases[][2] = {
    { "../../etc/passwd", "passwd" },
    { "..\\..\\x.exe", "x.exe" },
    { "C:\\a\\b.txt", "b.txt" },
    { "a\xe2\x80\xae"
      "fdp.exe",
      "afdp.exe" },
    { "a\r\nb.txt", "a b.txt" },
    { "...", "attachment" },
    { "", "attachment" },
    { NULL, "attachment" },
    { "/", "attachment" },
    { ".hidden", "hidden" },
    { "a:b*c?.txt", "a_b_c_.txt" },
    { "trailing. .", "trailing" },
  };
  g_autofree char *wide = g_strnfill (10000, 'w');
  g_autofree char *with_end = g_strconcat (wide, ".pdf", NULL);
  g_autofree char *cut = lia_mime_text_file_name (with_end);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = lia_mime_text_file_name (cases[i][0]);

      g_assert_cmpstr (name, ==, cases[i][1]);
    }

  g_assert_cmpuint (strlen (cut), ==, 120);
  g_assert_true (g_str_has_suffix (cut, "w.pdf"));
}

static void
test_dangerous (void)
{
  static const struct
  {
    const char *name;
    const char *bytes;
    gboolean    dangerous;
  } cases[] = {
    { "a.pdf", "%PDF-1.4", FALSE },
    { "a.pdf.exe", "x", TRUE },
    { "a.EXE", "x", TRUE },
    { "a.txt", "MZ", TRUE },
    { "a.txt", "hello", FALSE },
    { "a.docm", "PK\3\4xx\1x", TRUE },
    { "a.html", "x", TRUE },
    { "a.svg", "x", TRUE },
    { "a.png", "<svg xmlns=x>", TRUE },
    { "a", "#!/bin/sh", TRUE },
    { "a.zip", "PK\3\4xx\1xx", TRUE },
    { "a.zip", "PK\3\4xx x", FALSE },
    { "a.jpg", "\xff\xd8\xff", FALSE },
    { "a.desktop", "x", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const guint8    *bytes = (const guint8 *)cases[i].bytes;
      gsize            length = strlen (cases[i].bytes);
      g_autofree char *type = lia_mime_sniff_type (bytes, length, cases[i].name, "application/pdf");

      if (lia_mime_sniff_is_dangerous (bytes, length, cases[i].name, type) != cases[i].dangerous)
        g_test_fail_printf ("%s with %s", cases[i].name, cases[i].bytes);
    }
}

static void
test_classes (void)
{
  static const char *const cases[][2] = {
    { "", "human" },
    { "Auto-Submitted: no\r\n", "human" },
    { "Auto-Submitted: auto-replied; owner\r\n", "auto-reply" },
    { "Precedence: bulk\r\n", "bulk" },
    { "Precedence: list\r\n", "list" },
    { "List-Id: <x>\r\n", "list" },
    { "List-Unsubscribe: <mailto:x>\r\n", "bulk" },
    { "Return-Path: <>\r\n", "auto-reply" },
    { "X-Autoreply: yes\r\n", "auto-reply" },
    { "X-Auto-Response-Suppress: All\r\n", "human" },
    { "X-Auto-Response-Suppress: All\r\nSubject: Automatic reply: x\r\n", "auto-reply" },
    { "Subject: Abwesenheitsnotiz: x\r\n", "auto-reply" },
    { "From: MAILER-DAEMON@x\r\n", "bounce" },
    { "From: no-reply@shop.example\r\n", "bulk" },
    { "From: no-reply@shop.example\r\nReply-To: ann@example.com\r\n", "human" },
    { "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", "bounce" },
    { "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n", "mdn" },
    { "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n", "feedback" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i][0], strstr (cases[i][0], "From:") == NULL ? "From: ann@example.com\r\n" : "", "\r\nHello\r\n", NULL);
      g_autoptr (LiaMime) mime = parse (text);

      g_assert_cmpstr (mime->auto_class, ==, cases[i][1]);
    }
}

static void
test_scan (void)
{
  g_autoptr (GBytes) raw = g_bytes_new_static ("SUBJECT: Hello\r\n World\r\nFrom: Ann <ann@example.com>\r\nmessage-id: <1@x>\r\n\r\nFrom: not a header\r\n", 95);
  g_autoptr (LiaMime) mime = lia_mime_scan (raw, LIA_MIME_FAILED);

  g_assert_cmpstr (mime->subject, ==, "Hello World");
  g_assert_cmpstr (mime->from->address, ==, "ann@example.com");
  g_assert_cmpstr (mime->message_id, ==, "1@x");
  g_assert_true (g_str_has_prefix (mime->text, "SUBJECT: Hello"));
}

/* What a worker that was taken over might send. */
static void
test_hostile_variant (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (LiaMime) mime = parse (ALTERNATIVE ("Hello", "<p>Hello</p>"));
  g_autoptr (GVariant) good = g_variant_ref_sink (lia_mime_to_variant (mime));
  gsize size = g_variant_get_size (good);

  for (guint round = 0; round < 3000; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_variant_get_data (good), size);
      g_autoptr (GBytes) frame = NULL;
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (LiaMime) read = NULL;

      for (guint i = 0; i < 5; i++)
        bytes[g_rand_int_range (random, 0, (gint32)size)] = (guint8)g_rand_int_range (random, 0, 256);

      frame = g_bytes_new (bytes, (gsize)g_rand_int_range (random, 1, (gint32)size + 1));
      variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (LIA_MIME_VARIANT_TYPE), frame, FALSE));
      read = lia_mime_from_variant (variant);
      g_assert_nonnull (read);
      g_assert_true (g_utf8_validate (read->text, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  lia_mime_init ();
  g_test_add_func ("/mime/headers", test_headers);
  g_test_add_func ("/mime/bad-headers", test_bad_headers);
  g_test_add_func ("/mime/charsets", test_charsets);
  g_test_add_func ("/mime/meta-charset", test_meta_charset);
  g_test_add_func ("/mime/always-valid", test_always_valid);
  g_test_add_func ("/mime/flowed", test_flowed);
  g_test_add_func ("/mime/body-choice", test_body_choice);
  g_test_add_func ("/mime/parts", test_parts);
  g_test_add_func ("/mime/file-names", test_file_names);
  g_test_add_func ("/mime/dangerous", test_dangerous);
  g_test_add_func ("/mime/classes", test_classes);
  g_test_add_func ("/mime/scan", test_scan);
  g_test_add_func ("/mime/hostile-variant", test_hostile_variant);

  return g_test_run ();
}
