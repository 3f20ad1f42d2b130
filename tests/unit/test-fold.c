/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-fold.h"

#include <string.h>

/* A case is a message with what must be folded between «q … » (quote) and «s … » (signature). */
typedef struct
{
  const char *name;
  const char *message;
  const char *earlier; /* or NULL */
} Case;

#define ANSWER                                                                                                            \
  "Hello Ann,\n\nthank you for writing. We have checked the invoice 1042 and you are right: the discount was left out.\n" \
  "A corrected invoice will reach you by Friday. Please do not pay the old one.\n\nKind regards\nBob Stone\nExample Support"

static const Case cases[] = {
  { "plain", "Hello,\nthe printer is on fire.\n", NULL },
  { "empty", "", NULL },
  { "gmail", "That works, thanks!\n\n«qOn Mon, 10 Nov 2025 at 10:00, Support <support@example.org> wrote:\n\n> Please restart it.\n> Bob»\n", NULL },
  { "gmail-wrapped",
    "That works, thanks!\n\n«qOn Mon, Nov 10, 2025 at 10:00 AM Example Support Team\n<support@example.org> wrote:\n\n> Please restart it.»\n", NULL },
  { "gmail-comma-wrapped", "Yes, it works.\n\n«qOn Mon, Nov 10,\n2025 at 10:00 AM Support <support@example.org> wrote:\n> Please restart it.»\n", NULL },
  { "german", "Danke, es geht wieder.\n\n«qAm 10.11.25 um 10:00 schrieb Support:\n> Bitte neu starten.»", NULL },
  { "german-outlook",
    "Danke, das war es.\n\nViele Grüße\nAnna\n\n«qVon: Support <support@example.org>\nGesendet: Montag, 10. November 2025 10:00\nAn: Anna "
    "<anna@example.com>\nBetreff: AW: Drucker\n\nBitte starten Sie neu.\n\nBob»\n",
    "Bitte starten Sie neu.\n\nBob\n" },
  { "outlook-rule",
    "Thank you so much.\n\n«q________________________________\nFrom: Support <support@example.org>\nSent: Monday, November 10, 2025 10:00 AM\nTo: Ann\n"
    "Subject: Re: Invoice\n\n" ANSWER "»\n",
    ANSWER },
  { "outlook-original", "Please see below.\n\n«q-----Original Message-----\nFrom: Support\nSent: Monday\nTo: Ann\nSubject: Invoice\n\nWe sent it.»\n", NULL },
  { "french", "Merci beaucoup !\n\n«qLe lun. 10 nov. 2025 à 10:00, Support <support@example.org> a écrit :\n\n> Redémarrez.»\n", NULL },
  { "spanish", "Muchas gracias.\n\n«qEl lun, 10 nov 2025 a las 10:00, Support (<support@example.org>) escribió:\n\n> Reinicie.»\n", NULL },
  { "portuguese", "Muito obrigado.\n\n«qEm seg., 10 de nov. de 2025 às 10:00, Support <support@example.org> escreveu:\n\n> Reinicie.»\n", NULL },
  { "italian", "Grazie mille.\n\n«qIl giorno lun 10 nov 2025 alle ore 10:00 Support <support@example.org> ha scritto:\n\n> Riavvii.»\n", NULL },
  { "dutch", "Dank je wel.\n\n«qOp ma 10 nov 2025 om 10:00 schreef Support <support@example.org>:\n\n> Herstart.»\n", NULL },
  { "swedish", "Tack så mycket.\n\n«qDen mån 10 nov. 2025 kl 10:00 skrev Support <support@example.org>:\n\n> Starta om.»\n", NULL },
  { "finnish", "Kiitos paljon.\n\n«qma 10. marrask. 2025 klo 10.00 Support (support@example.org) kirjoitti:\n\n> Uudelleen.»\n", NULL },
  { "polish", "Dziękuję bardzo.\n\n«qpon., 10 lis 2025 o 10:00 Support <support@example.org> napisał(a):\n\n> Restart.»\n", NULL },
  { "czech", "Děkuji moc.\n\n«qpo 10. 11. 2025 v 10:00 odesílatel Support <support@example.org> napsal:\n\n> Restart.»\n", NULL },
  { "hungarian", "Köszönöm szépen.\n\n«qSupport <support@example.org> ezt írta (időpont: 2025. nov. 10., H, 10:00):\n\n> Indítsa.»\n", NULL },
  { "romanian", "Mulțumesc mult.\n\n«qÎn lun., 10 nov. 2025 la 10:00, Support <support@example.org> a scris:\n\n> Reporniți.»\n", NULL },
  { "russian", "Спасибо, помогло.\n\n«qпн, 10 нояб. 2025 г. в 10:00, Support <support@example.org>:\n\n> Перезапустите.»\n", NULL },
  { "ukrainian", "Дуже дякую.\n\n«qпн, 10 лист. 2025 р. о 10:00 Support <support@example.org> пише:\n\n> Перезапустіть.»\n", NULL },
  { "greek", "Ευχαριστώ πολύ.\n\n«qΣτις Δευ 10 Νοε 2025 στις 10:00 π.μ., ο χρήστης Support <support@example.org> έγραψε:\n\n> Επανεκκίνηση.»\n", NULL },
  { "turkish", "Çok teşekkürler.\n\n«qSupport <support@example.org>, 10 Kas 2025 Pzt, 10:00 tarihinde şunu yazdı:\n\n> Yeniden.»\n", NULL },
  { "japanese", "ありがとう ございます。\n\n«q2025年11月10日(月) 10:00 Support <support@example.org>:\n\n> 再起動してください。»\n", NULL },
  { "chinese", "谢谢，已经 解决。\n\n«qSupport <support@example.org> 于2025年11月10日周一 10:00写道：\n\n> 请重新启动。»\n", NULL },
  { "korean", "감사합니다 해결되었습니다.\n\n«q2025년 11월 10일 (월) 오전 10:00, Support <support@example.org>님이 작성:\n\n> 다시 시작.»\n", NULL },
  { "unmarked", "It works again, thank you.\n\n«qOn 10 Nov 2025, at 10:00, Support <support@example.org> wrote:\n\nPlease restart it.\n\nBob»\n", NULL },
  { "known-without-marks",
    "I did not get the corrected one yet.\n\n«qHello Ann, thank you for writing. We have checked\nthe invoice 1042 and you are right: the discount was left "
    "out. A corrected\ninvoice will reach you by Friday. Please do not pay\nthe old one.\n\nKind regards Bob Stone Example Support»\n",
    ANSWER },
  { "answers-between-unmarked",
    "See my answers below.\n\n«qFrom: Support <support@example.org>\nSent: Monday, November 10, 2025 10:00 AM\nTo: Ann\nSubject: Re: Invoice\n\nHello Ann,\n\n"
    "thank you for writing. We have checked\nthe invoice 1042 and you are right: the discount was left out.»\nMine shows another number altogether, namely 1043.\n\n"
    "«qA corrected invoice will reach you by Friday. Please do not pay the old one.\n\nKind regards\nBob Stone\nExample Support»\n",
    ANSWER },
  { "answers-between", "> Which version?\n3.2, I think.\n\n> Which system?\nDebian 13.\n", NULL },
  { "long-quote-first", "«q> a\n> b\n> c\n> d\n> e\n> f\n> g»\n\nNo, that is not it.\n", NULL },
  { "short-quote-first", "> a\n> b\n\nNo, that is not it.\n", NULL },
  { "signature", "It is still broken.\n\n«s-- \nAnn Lee\nExample Ltd»\n", NULL },
  { "signature-then-quote", "It is broken.\n«s-- \nAnn Lee»\n\n«qOn Mon, 10 Nov 2025 at 10:00, Bob <bob@example.org> wrote:\n> Hello»\n", NULL },
  { "quote-then-signature", "It is broken.\n\n«q> Hello»\n\n«s-- \nAnn Lee»\n", NULL },
  { "device", "It is broken again.\n\n«sSent from my iPhone»\n", NULL },
  { "device-german", "Geht immer noch nicht.\n\n«sVon meinem iPhone gesendet»\n\n«q> Hallo»", NULL },
  { "dashes-in-a-long-text", "one two\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n23\n24\n25\n26\n27\n", NULL },
  { "only-a-quote", "> everything\n> is quoted\n", NULL },
  { "one-word-over-marks", "Yes.\n\n«qOn Mon, 10 Nov 2025 at 10:00, Bob <bob@example.org> wrote:\n> Does it work?»\n", NULL },
  { "forward", "FYI\n\n---------- Forwarded message ---------\nFrom: Ann <ann@example.com>\nDate: Mon, 10 Nov 2025\nSubject: Broken\nTo: me\n\nIt is broken.\n", NULL },
  { "forward-outlook", "Please handle this.\n\nFrom: Ann <ann@example.com>\nSent: Monday\nTo: Bob\nSubject: Broken\n\nIt is broken.\n", NULL },
  { "contact-form", "From: Ann\nSubject: Broken\nMessage: the printer is on fire\n", NULL },
  { "prose-with-colon", "As he wrote on Monday 10 Nov 2025 at 10:00:\nthe thing is broken and nobody cares.\n", NULL },
  { "prose-with-date", "We agreed on this:\n10:00 the van comes\n12:00 it leaves\n", NULL },
  { "crlf", "Thanks a lot.\r\n\r\n«q> Hello\r\n> Ann»\r\n", NULL },
};

static char *
take_marks (const char *marked,
            GArray     *folds)
{
  g_autoptr (GString) text = g_string_new (NULL);
  LiaFold fold = { 0 };

  for (const char *p = marked; *p != '\0'; p++)
    {
      if (g_str_has_prefix (p, "«"))
        {
          p += strlen ("«");
          fold = (LiaFold){ .start = text->len, .kind = *p == 'q' ? LIA_FOLD_QUOTE : LIA_FOLD_SIGNATURE };
        }
      else if (g_str_has_prefix (p, "»"))
        {
          p += strlen ("»") - 1;
          fold.end = text->len;
          g_array_append_val (folds, fold);
        }
      else
        {
          g_string_append_c (text, *p);
        }
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
put_marks (const char *text,
           GArray     *folds)
{
  g_autoptr (GString) marked = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < folds->len; i++)
    {
      LiaFold *fold = &g_array_index (folds, LiaFold, i);

      g_assert_cmpuint (fold->start, >=, done);
      g_assert_cmpuint (fold->end, >, fold->start);
      g_assert_cmpuint (fold->end, <=, strlen (text));
      g_string_append_len (marked, text + done, fold->start - done);
      g_string_append (marked, fold->kind == LIA_FOLD_QUOTE ? "«q" : "«s");
      g_string_append_len (marked, text + fold->start, fold->end - fold->start);
      g_string_append (marked, "»");
      done = fold->end;
    }

  g_string_append (marked, text + done);

  return g_string_free_and_steal (g_steal_pointer (&marked));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (LiaFold));
  g_autofree char *text = take_marks (c->message, expected);
  const char      *earlier[] = { c->earlier, NULL };
  g_autoptr (GArray) folds = lia_fold_find (text, earlier);
  g_autofree char *marked = put_marks (text, folds);

  g_assert_cmpstr (marked, ==, c->message);
}

/* Every cut of every case keeps the invariants that put_marks() asserts. */
static void
test_any_prefix (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (LiaFold));
      g_autofree char *text = take_marks (cases[i].message, expected);
      const char      *earlier[] = { ANSWER, NULL };

      for (gsize length = strlen (text); length > 0; length--)
        {
          text[length] = '\0';

          if (g_utf8_validate (text, length, NULL))
            {
              g_autoptr (GArray) folds = lia_fold_find (text, earlier);
              g_autofree char *marked = put_marks (text, folds);
            }
        }
    }
}

static void
test_linear (void)
{
  static const char *const lines[] = { "> a quoted line of some words\n", "On Mon, 10 Nov 2025 at 10:00, Bob <bob@example.org> wrote:\n", "From: a\n", "-- \n",
                                       "a:\n", "________________\n", "\n", "x", ":", ">" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      const char *earlier[] = { NULL, NULL };
      g_autoptr (GArray) folds = NULL;
      gint64 start;

      while (text->len < 2 * 1024 * 1024)
        g_string_append (text, lines[i]);

      earlier[0] = text->str;
      start = g_get_monotonic_time ();
      folds = lia_fold_find (text->str, earlier);
      g_test_message ("2 MiB of %u: %" G_GINT64_FORMAT " ms", i, (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/fold/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  g_test_add_func ("/fold/any-prefix", test_any_prefix);
  g_test_add_func ("/fold/linear", test_linear);

  return g_test_run ();
}
