/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In which language customers write. The sentences were written for this test, the words of lia-language-words.c were not chosen by them. */

#include "lia-language.h"

#include <string.h>

static const struct
{
  const char *tag;
  const char *text;
} letters[] = {
  { "en", "My parcel arrived yesterday but the handle is broken. What should I do now?" },
  { "en", "I was charged twice for order LC-20418, please check and refund one of them." },
  { "de", "Das Paket ist gestern angekommen, aber der Griff ist kaputt. Was soll ich jetzt tun?" },
  { "de", "Mir wurde die Bestellung doppelt berechnet, könnten Sie das bitte prüfen?" },
  { "fr", "Le colis est arrivé hier mais la poignée est cassée. Que dois-je faire maintenant ?" },
  { "fr", "Bonjour, je voudrais modifier l’adresse de livraison de ma commande." },
  { "es", "El paquete llegó ayer, pero el asa está rota. ¿Qué tengo que hacer ahora?" },
  { "es", "Me han cobrado dos veces el mismo pedido y quiero que me devuelvan el dinero." },
  { "it", "Il pacco è arrivato ieri ma la maniglia è rotta. Che cosa devo fare adesso?" },
  { "it", "Vorrei sapere quando arriva il mio ordine, perché parto la settimana prossima." },
  { "pt", "A encomenda chegou ontem, mas a pega está partida. O que devo fazer agora?" },
  { "pt", "Não consigo entrar na minha conta desde ontem, podem ajudar-me por favor?" },
  { "nl", "Het pakket is gisteren aangekomen, maar het handvat is kapot. Wat moet ik nu doen?" },
  { "nl", "Ik wil graag mijn bestelling annuleren omdat ik het verkeerde formaat heb gekozen." },
  { "da", "Pakken kom i går, men håndtaget er gået i stykker. Hvad skal jeg gøre nu?" },
  { "nb", "Pakken kom i går, men håndtaket er ødelagt. Hva skal jeg gjøre nå, har dere noen råd?" },
  { "sv", "Paketet kom i går men handtaget är trasigt. Vad ska jag göra nu?" },
  { "sv", "Jag kan inte logga in på mitt konto och behöver hjälp med det." },
  { "fi", "Paketti saapui eilen, mutta kahva on rikki. Mitä minun pitäisi nyt tehdä?" },
  { "pl", "Paczka przyszła wczoraj, ale uchwyt jest złamany. Co mam teraz zrobić?" },
  { "pl", "Nie mogę się zalogować na swoje konto, proszę o pomoc w tej sprawie." },
  { "cs", "Balík přišel včera, ale rukojeť je zlomená. Co mám teď dělat?" },
  { "sk", "Balík prišiel včera, ale rukoväť je zlomená. Čo mám teraz robiť, keď som už zaplatil?" },
  { "hu", "A csomag tegnap megérkezett, de a fogantyú eltört. Mit kell most tennem?" },
  { "ro", "Coletul a sosit ieri, dar mânerul este rupt. Ce trebuie să fac acum?" },
  { "tr", "Paket dün geldi ama kulp kırık. Şimdi ne yapmam gerekiyor, bana yardım eder misiniz?" },
  { "ru", "Посылка пришла вчера, но ручка сломана. Что мне теперь делать?" },
  { "uk", "Посилка прийшла вчора, але ручка зламана. Що мені тепер робити?" },
  { "bg", "Пратката пристигна вчера, но дръжката е счупена. Какво трябва да направя сега?" },
  { "el", "Το δέμα έφτασε χθες, αλλά η λαβή είναι σπασμένη. Τι πρέπει να κάνω τώρα;" },
  { "he", "החבילה הגיעה אתמול אבל הידית שבורה. מה עלי לעשות עכשיו?" },
  { "ar", "وصل الطرد أمس ولكن المقبض مكسور. ماذا يجب أن أفعل الآن؟" },
  { "ja", "昨日荷物が届きましたが、取っ手が壊れています。どうすればよいですか。" },
  { "zh", "包裹昨天到了，但是把手坏了。我现在应该怎么办？" },
  { "ko", "어제 소포가 도착했는데 손잡이가 부러졌어요. 이제 어떻게 해야 하나요?" },
  { "th", "พัสดุมาถึงเมื่อวานนี้ แต่ที่จับหัก ตอนนี้ฉันควรทำอย่างไร" },
  { "vi", "Gói hàng đã đến hôm qua nhưng tay cầm bị gãy. Bây giờ tôi phải làm gì?" },
  { "id", "Paket saya sudah sampai kemarin tetapi gagangnya rusak. Apa yang harus saya lakukan?" },
  { "ca", "El paquet va arribar ahir, però la nansa està trencada. Què he de fer ara?" },
};

/* What no wording may be chosen by */
static const char *const nothing[] = {
  "",
  "Ok",
  "LC-20418",
  "Thank you!",
  "LumenCharge hat eBike Adapter Version",
  "Ann Lee\nLee Gardens Ltd.\n+44 20 7946 0018",
  "https://example.com/orders/20418?lang=de",
  "4711 0815 123456789012345678901234567890",
  "\xff\xfe\xfd",
  "qwertz asdfg yxcvb qwertz asdfg yxcvb qwertz asdfg",
  "سلام، بسته دیروز رسید ولی دسته‌اش شکسته است. حالا باید چه کار کنم؟", /* Persian: not Arabic */
};

static void
test_letters (void)
{
  g_auto (GStrv) all = lia_language_list ();

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_test_message ("%s", letters[i].text);
      g_assert_cmpstr (lia_language_of (letters[i].text), ==, letters[i].tag);
      g_assert_true (g_strv_contains ((const char *const *)all, letters[i].tag));
    }
}

static void
test_nothing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpstr (lia_language_of (nothing[i]), ==, NULL);
    }
}

/* Product names in Latin letters, and a form whose letters are not composed */
static void
test_mixed (void)
{
  g_autofree char *decomposed = g_utf8_normalize ("Für nächste Woche müssen größere Mengen herüber können", -1, G_NORMALIZE_NFD);

  g_assert_cmpstr (lia_language_of ("LumenCharge X2 が届きましたが、充電できません。USB-C ケーブルも試しました。"), ==, "ja");
  g_assert_cmpstr (lia_language_of (decomposed), ==, "de");
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, letters[2].text);
  g_assert_cmpstr (lia_language_of (text->str), ==, "de");
}

/* In small letters, as texts are looked through. */
static void
test_words (void)
{
  guint                   n;
  const LiaLanguageWords *languages = lia_language_words (&n);

  g_assert_cmpuint (n, <=, 64);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) words = g_strsplit (languages[i].words, " ", -1);

      g_test_message ("%s", languages[i].tag);
      g_assert_cmpuint (g_strv_length (words), >=, 35);
      for (guint j = 0; words[j] != NULL; j++)
        {
          g_autofree char *down = g_utf8_strdown (words[j], -1);

          g_assert_cmpstr (words[j], ==, down);
          g_assert_cmpstr (words[j], !=, "");
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/letters", test_letters);
  g_test_add_func ("/language/nothing", test_nothing);
  g_test_add_func ("/language/mixed", test_mixed);
  g_test_add_func ("/language/long", test_long);
  g_test_add_func ("/language/words", test_words);

  return g_test_run ();
}
