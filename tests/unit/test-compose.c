/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What we send, read back by the parser; and tokens that cannot be made up. */

#include "lia-blobs.h"
#include "lia-compose.h"
#include "lia-mime.h"
#include "lia-test-store.h"

#include <string.h>

static GPtrArray *
addresses (const char *text)
{
  return lia_address_parse_list (text);
}

static LiaEntry *
entry_new (const char *subject,
           const char *text)
{
  LiaEntry *entry = lia_entry_new ();

  entry->subject = g_strdup (subject);
  entry->text = g_strdup (text);
  entry->to = addresses ("Ann Lee <ann@example.com>");
  entry->cc = addresses ("");
  entry->bcc = addresses ("Secret <secret@example.com>");
  entry->attachments = g_ptr_array_new_with_free_func (g_object_unref);

  return entry;
}

static LiaComposeContext
context_new (LiaAddress *from)
{
  return (LiaComposeContext){ .message_id = "lia.x.y.z@example.org", .from = from, .date_ms = 1763978400000 };
}

static void
assert_lines (GBytes *bytes)
{
  gsize       size;
  const char *text = g_bytes_get_data (bytes, &size);
  gsize       line = 0;

  for (gsize i = 0; i < size; i++)
    {
      g_assert_true (text[i] != '\0' && (guchar)text[i] < 0x80);
      g_assert_true (text[i] != '\n' || (i > 0 && text[i - 1] == '\r'));
      line = text[i] == '\n' ? 0 : line + 1;
      g_assert_cmpuint (line, <=, 998);
    }
}

static LiaMime *
read_back (LiaEntry                *entry,
           const LiaComposeContext *context)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lia_compose (entry, context, &error);
  g_autoptr (GBytes) again = lia_compose (entry, context, NULL);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  assert_lines (bytes);
  g_assert_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), "secret@"));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), "MIME-Version: 1.0\r\n"));

  return lia_mime_parse (bytes);
}

static void
test_plain (void)
{
  g_autoptr (LiaAddress) from = lia_address_new ("Bob Stone", "support@example.org");
  g_autoptr (LiaAddress) reply_to = lia_address_new ("", "support+r.x@example.org");
  g_autoptr (LiaEntry) entry = entry_new ("Re: Invoice", "Hello Ann,\n\nfrom tomorrow on.\n.\nFrom here.\n-- \nBob");
  const char       *references[] = { "<1@example.com>", "bad id", NULL };
  LiaComposeContext context = context_new (from);
  g_autoptr (LiaMime) mime = NULL;

  context.reply_to = reply_to;
  context.in_reply_to = "<2@example.com>";
  context.references = references;
  mime = read_back (entry, &context);
  g_assert_cmpstr (mime->text, ==, "Hello Ann,\n\nfrom tomorrow on.\n.\nFrom here.\n-- \nBob");
  g_assert_cmpstr (mime->subject, ==, "Re: Invoice");
  g_assert_cmpstr (mime->from->name, ==, "Bob Stone");
  g_assert_cmpstr (mime->reply_to->address, ==, "support+r.x@example.org");
  g_assert_cmpstr (mime->message_id, ==, "lia.x.y.z@example.org");
  g_assert_cmpstr (mime->in_reply_to, ==, "2@example.com");
  g_assert_cmpuint (mime->references->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (mime->references, 0), ==, "1@example.com");
  g_assert_cmpint (mime->date_ms, ==, 1763978400000);
  g_assert_cmpstr (mime->auto_class, ==, "human");
}

static void
test_languages (void)
{
  static const char *const texts[] = { "Grüße aus Köln – „schön“ 🙂", "ご返信ありがとうございます。", "Здравствуйте, Анна", "שלום", "x" };
  g_autofree char         *wide = g_strnfill (5000, 'w');

  for (guint i = 0; i <= G_N_ELEMENTS (texts); i++)
    {
      const char      *text = i < G_N_ELEMENTS (texts) ? texts[i] : wide;
      g_autofree char *subject = g_strndup (text, MIN (strlen (text), 900));
      g_autoptr (LiaAddress) from = lia_address_new (i < G_N_ELEMENTS (texts) ? text : "W", "support@bücher.example");
      g_autoptr (LiaEntry) entry = entry_new (subject, text);
      LiaComposeContext context = context_new (from);
      g_autoptr (LiaMime) mime = read_back (entry, &context);

      g_assert_cmpstr (mime->text, ==, text);
      g_assert_cmpstr (mime->subject, ==, subject);
      g_assert_cmpstr (mime->from->name, ==, from->name);
      g_assert_cmpstr (mime->from->address, ==, "support@bücher.example");
    }
}

static void
test_injection (void)
{
  static const char *const evil[] = { "x\r\nBcc: eve@evil.example", "x\nBcc: eve@evil.example", "x\r\n\r\nbody", "\"x\" <a@b>, c@d", "=?utf-8?q?x=0d=0aBcc:_eve=40evil.example?=" };

  for (guint i = 0; i < G_N_ELEMENTS (evil); i++)
    {
      g_autoptr (LiaAddress) from = lia_address_new (evil[i], "support@example.org");
      g_autoptr (LiaEntry) entry = entry_new (evil[i], "Hello");
      LiaComposeContext context = context_new (from);
      const char       *references[] = { evil[i], NULL };
      g_autoptr (LiaMime) mime = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      context.in_reply_to = evil[i];
      context.references = references;
      bytes = lia_compose (entry, &context, &error);
      g_assert_no_error (error);
      text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_assert_null (strstr (text, "\nBcc:"));
      mime = lia_mime_parse (bytes);
      g_assert_cmpstr (mime->text, ==, "Hello");
      g_assert_cmpuint (mime->to->len, ==, 1);
      g_assert_cmpstr (mime->from->address, ==, "support@example.org");

      g_ptr_array_add (entry->to, lia_address_new ("", evil[i]));
      g_assert_null (lia_compose (entry, &context, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_references (void)
{
  g_autoptr (LiaAddress) from = lia_address_new ("", "support@example.org");
  g_autoptr (LiaEntry) entry = entry_new ("x", "x");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) references = NULL;
  LiaComposeContext context = context_new (from);
  g_autoptr (LiaMime) mime = NULL;

  for (guint i = 0; i < 200; i++)
    g_strv_builder_take (builder, g_strdup_printf ("%u.a-rather-long-message-id-as-they-are@mail.example.com", i));

  references = g_strv_builder_end (builder);
  context.references = (const char *const *)references;
  context.in_reply_to = references[199];
  mime = read_back (entry, &context);
  g_assert_cmpuint (mime->references->len, ==, 21);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (mime->references, 0), "0."));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (mime->references, 20), "199."));
}

static void
test_attachments (TestStore    *self,
                  gconstpointer unused)
{
  static const char *const names[] = { "Rechnung Nr. 5 – März.pdf", "a \"b\".txt", "very-long-name-very-long-name-very-long-name-very-long-name-very-long-name-very-long.pdf", "brief.eml" };
  static const char *const types[] = { "application/pdf", "text/plain", "application/pdf", "message/rfc822" };
  g_autoptr (LiaAddress) from = lia_address_new ("", "support@example.org");
  g_autoptr (LiaEntry) entry = entry_new ("Files", "See files");
  g_autoptr (GBytes) content = g_bytes_new_static ("%PDF-1.4\r\n--=_lia_\n\0\xff", 22);
  LiaComposeContext context = context_new (from);
  g_autoptr (LiaMime) mime = NULL;
  g_autoptr (GError) error = NULL;

  context.blob_directory = self->directory;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LiaAttachment *attachment = lia_attachment_new ();

      attachment->blob = lia_blobs_put (self->directory, content, &error);
      g_assert_no_error (error);
      attachment->name = g_strdup (names[i]);
      attachment->type = g_strdup (types[i]);
      g_ptr_array_add (entry->attachments, attachment);
    }

  mime = read_back (entry, &context);
  g_assert_cmpstr (mime->text, ==, "See files");
  g_assert_cmpuint (mime->parts->len, ==, G_N_ELEMENTS (names));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LiaMimePart *part = g_ptr_array_index (mime->parts, i);

      g_assert_cmpstr (part->name, ==, i == 1 ? "a _b_.txt" : names[i]);
      g_assert_true (g_bytes_equal (part->bytes, content));
    }

  g_free (((LiaAttachment *)g_ptr_array_index (entry->attachments, 0))->blob);
  ((LiaAttachment *)g_ptr_array_index (entry->attachments, 0))->blob = g_strdup ("b_nothing");
  g_assert_null (lia_compose (entry, &context, &error));
  g_assert_error (error, LIA_STORE_ERROR, LIA_STORE_ERROR_NOT_FOUND);
}

static void
test_tokens (void)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
  g_autoptr (GBytes) other = g_bytes_new_static ("0123456789abcdef0123456789abcdeg", 32);
  static const gint64 ids[] = { 1, 42, 1234567890123, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *id = lia_mail_token_message_id (key, ids[i], "example.org");
      g_autofree char *again = lia_mail_token_message_id (key, ids[i], "example.org");
      g_autofree char *brackets = g_strdup_printf ("<%s>", id);
      g_autofree char *loud = g_ascii_strup (id, -1);
      g_autofree char *address = lia_mail_token_reply_address (key, ids[i], "support@example.org");
      g_autofree char *loud_address = g_ascii_strup (address, -1);

      g_assert_cmpstr (id, !=, again);
      g_assert_cmpint (lia_mail_token_check_message_id (key, id), ==, ids[i]);
      g_assert_cmpint (lia_mail_token_check_message_id (key, brackets), ==, ids[i]);
      g_assert_cmpint (lia_mail_token_check_message_id (key, loud), ==, ids[i]);
      g_assert_cmpint (lia_mail_token_check_message_id (other, id), ==, 0);
      g_assert_cmpint (lia_mail_token_check_address (key, address), ==, ids[i]);
      g_assert_cmpint (lia_mail_token_check_address (key, loud_address), ==, ids[i]);
      g_assert_cmpint (lia_mail_token_check_address (other, address), ==, 0);

      for (char *p = id; *p != '@'; p++)
        {
          char kept = *p;

          *p = kept == '2' ? '3' : '2';
          g_assert_cmpint (lia_mail_token_check_message_id (key, id), ==, 0);
          *p = kept;
        }

      for (gsize length = strlen (address); length > 0; length--)
        {
          address[length - 1] = '\0';
          lia_mail_token_check_address (key, address);
        }
    }

  g_assert_cmpint (lia_mail_token_check_address (key, "support@example.org"), ==, 0);
  g_assert_cmpint (lia_mail_token_check_message_id (key, ""), ==, 0);
  g_assert_null (lia_mail_token_reply_address (key, 1, "a-local-part-so-long-that-no-token-fits-behind-it@example.org"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  dex_init ();
  lia_mime_init ();
  g_test_add_func ("/compose/plain", test_plain);
  g_test_add_func ("/compose/languages", test_languages);
  g_test_add_func ("/compose/injection", test_injection);
  g_test_add_func ("/compose/references", test_references);
  g_test_add ("/compose/attachments", TestStore, NULL, test_store_set_up, test_attachments, test_store_tear_down);
  g_test_add_func ("/compose/tokens", test_tokens);

  return g_test_run ();
}
