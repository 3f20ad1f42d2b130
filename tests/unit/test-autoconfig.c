/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-autoconfig.h"

#include <string.h>

#define PAGE(servers) "<?xml version=\"1.0\"?>\n<clientConfig version=\"1.1\"><emailProvider id=\"x\"><domain>example.org</domain>" servers "</emailProvider></clientConfig>"
#define SERVER(element, type, host, port, security, login) "<" element " type=\"" type "\"><hostname>" host "</hostname><port>" port "</port><socketType>" security "</socketType><username>" login "</username></" element ">"
#define IMAP(security) SERVER ("incomingServer", "imap", "imap.%EMAILDOMAIN%", "993", security, "%EMAILLOCALPART%")
#define SMTP(security) SERVER ("outgoingServer", "smtp", " smtp.example.net ", "587", security, "%EMAILADDRESS%")

static LiaMailbox *
parse (const char *page)
{
  return lia_autoconfig_parse (page, strlen (page), "ann@example.org");
}

static void
test_complete (void)
{
  g_autoptr (LiaMailbox) mailbox = parse (PAGE (SERVER ("incomingServer", "pop3", "pop.x", "995", "SSL", "x") IMAP ("SSL") SMTP ("STARTTLS")));

  g_assert_nonnull (mailbox);
  g_assert_cmpstr (mailbox->source, ==, "autoconfig");
  g_assert_cmpstr (mailbox->imap_host, ==, "imap.example.org");
  g_assert_cmpint (mailbox->imap_port, ==, 993);
  g_assert_cmpstr (mailbox->imap_tls, ==, "tls");
  g_assert_cmpstr (mailbox->smtp_host, ==, "smtp.example.net");
  g_assert_cmpint (mailbox->smtp_port, ==, 587);
  g_assert_cmpstr (mailbox->smtp_tls, ==, "starttls");
  g_assert_cmpstr (mailbox->login, ==, "ann");
}

static void
test_prefers_encryption (void)
{
  g_autoptr (LiaMailbox) mailbox = parse (PAGE (SERVER ("incomingServer", "imap", "plain.example.org", "143", "plain", "x") IMAP ("STARTTLS") SMTP ("SSL")));

  g_assert_nonnull (mailbox);
  g_assert_cmpstr (mailbox->imap_host, ==, "imap.example.org");
  g_assert_cmpstr (mailbox->imap_tls, ==, "starttls");
}

static void
test_refuses (void)
{
  static const char *const pages[] = {
    "",
    "not xml",
    "<html><body>404</body></html>",
    "<clientConfig/>",
    "<clientConfig><emailProvider/></clientConfig>",
    PAGE (IMAP ("SSL")),
    PAGE (IMAP ("plain") SMTP ("plain")),
    PAGE (SERVER ("incomingServer", "imap", "a b", "993", "SSL", "x") SMTP ("SSL")),
    PAGE (SERVER ("incomingServer", "imap", "imap.x", "99999", "SSL", "x") SMTP ("SSL")),
    PAGE (SERVER ("incomingServer", "imap", "imap.x", "-1", "SSL", "x") SMTP ("SSL")),
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><clientConfig>&b;</clientConfig>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    g_assert_null (parse (pages[i]));
}

static void
test_refuses_huge (void)
{
  g_autoptr (GString) page = g_string_new ("<clientConfig>");

  for (guint i = 0; i < 100000; i++)
    g_string_append (page, "<a/>");
  g_string_append (page, "</clientConfig>");

  g_assert_null (parse (page->str));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/autoconfig/complete", test_complete);
  g_test_add_func ("/autoconfig/prefers-encryption", test_prefers_encryption);
  g_test_add_func ("/autoconfig/refuses", test_refuses);
  g_test_add_func ("/autoconfig/refuses-huge", test_refuses_huge);

  return g_test_run ();
}
