/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-language.h"

/*
 * The commonest words of each language, and what customers write: articles, prepositions, pronouns, forms of "to be" and "to have". Neighbours stand
 * here so that neither is taken for the other, also those that nobody answers in.
 */
static const LiaLanguageWords languages[] = {
  { "en", "the and of to is in that it for you with this not are on be have was my your from can will has but we if they at an or which when there been would what all please "
          "could do does by no i me were had how why where just any more than one their our about out so them some only other should into must cannot don't",
    "" },
  { "de", "der die das und ist nicht ich ein eine zu den mit für auf es von sie im dem sich auch wie wir aus bei sind des einen einer wird kann habe haben mein meine bitte noch "
          "oder wenn aber nach über war hat werden keine als um durch zum zur vom an mir mich ihr ihre ihnen wurde dieser diese dieses nur kein können muss beim einem da so was dass",
    "ßäöü" },
  { "fr", "le la les des et est pas une un du je vous que qui dans pour sur avec ce il ne au aux par plus mon ma mes votre nous sont cette mais être en si a d'un d'une n'est c'est j'ai "
          "été ou son sa ses vos bonjour merci ces leur comme tout peut fait on à de l'on aucun doit cet lors lorsque afin impossible où",
    "çèêëùûœ" },
  { "es", "el la los las de que y en un una es por con no para se del lo mi su al como más pero me ya está este esta ha hay si cuando muy sobre también porque mis sus fue ser son "
          "tiene hola gracias puede usted nos desde sin le o qué cómo debe una entre hasta donde esto otro todos cada ningún ninguna ni he quiero",
    "ñ¿¡" },
  { "it", "il lo la i gli le di che e è non un una per in con del della dei delle degli al alla nel nella sul sulla mi ho sono ma come più anche se questo questa si da dal dalla mio mia "
          "ha hanno essere stato quando grazie buongiorno vostro può ci o cosa quale dove deve nessun nessuna usare dell'ordine all'interno dell'utente ai dalle nei questi ed",
    "ìòù" },
  { "pt", "o a os as de que e do da dos das em no na nos nas um uma é não para por com se mais ao à foi meu minha seu sua como mas está este esta ou muito já quando também só pelo pela "
          "são ser tem obrigado obrigada olá eu você isso até sem pode deve aos às num numa qual onde foram nenhum nenhuma isto esse essa usar fazer",
    "ãõ" },
  { "nl", "de het een en van ik te dat is niet in op die voor met zijn aan er maar om ook als bij nog uit wordt heb heeft mijn uw naar kan we u dan door over geen worden wel deze dit "
          "kunnen was hebben graag bedankt moet of wat je waar welke zal tot meer onder alle al hoe hun zou mij ze",
    "" },
  { "da", "og i at det er en til på den af ikke med for jeg de som har der kan et fra om vi min du skal var men mit blev være efter hvis når nu hvor også så eller ved mig dette denne kunne "
          "hej tak bliver kun ingen ud op noget nogen jer jeres blevet hvad alle under disse hvilken bruge filen endnu uden",
    "æø" },
  { "nb", "og i det er en til på den av ikke med for jeg de som har kan et fra om vi min du skal var men mitt ble være etter hvis når nå hvor også så eller ved meg dette denne kunne hei takk "
          "bare blir fra ingen ut opp noe noen dere deres blitt hva alle under disse hvilken bruke filen ennå uten kun måtte skulle",
    "æø" },
  { "sv", "och i att det är en till på den av inte med för jag de som har kan ett från om vi min du ska var men mitt blev vara efter när nu också så eller vid mig detta denna kunde hej tack "
          "bara blir inga ingen ut upp något någon er era blivit vad alla under dessa vilken använda filen ännu utan inom måste skulle skall mot finns",
    "åäö" },
  { "fi", "ja on ei se että en hän mutta ovat oli kun niin kuin tai jos voi olla minun minä me te mitä joka myös vain sitä tämä ole sen tämän nyt ovat jo vielä mukaan kanssa jälkeen hei kiitos "
          "tilaus siitä ollut joka jotka voit voisitte onko ilman kaikki sekä olen eikä mikä tässä",
    "äö" },
  { "pl", "i w nie na się z do to jest że o jak ale po co tak za od już jego czy mi tylko mnie przez dla są ja być może był była było bardzo proszę dzień dobry dziękuję nie jestem mój moja "
          "moje które który która przy ze lub ma można aby jeśli żeby oraz gdy tego tym tej ten ta te nie pod brak podczas należy bez",
    "ąęłśźżńć" },
  { "cs", "a je se na v že to s z do o i ale jako za by pro jsem být byl byla bylo si tak jak po co když už jen který která které nebo od ve při mi mám není jsou může bych dobrý děkuji prosím "
          "můj moje byly k ze až podle není lze pouze tento tato toto během žádný žádné aby bude musí",
    "ěřůýž" },
  { "sk", "a je sa na v že to s z do o i ale ako za by pre som byť bol bola bolo si tak po čo keď už len ktorý ktorá ktoré alebo od vo pri mi mám nie sú môže dobrý ďakujem prosím môj moje boli k "
          "zo až podľa počas tento táto toto žiadny žiadne aby bude musí pomocou iba nemožno",
    "ľĺŕôäď" },
  { "hu", "a az és hogy nem is egy ez de van meg már csak ha volt mint még vagy el kell ki meg nincs én lesz lehet be azt ezt mert minden nagyon köszönöm jó napot kérem szeretném amely által után "
          "nem sikerült alatt között fájl ami utána amit milyen hiba érvénytelen sem pedig",
    "őűáéö" },
  { "ro", "și de în la nu cu pe că este un o a din să mai care ce pentru sunt fi am au prin dar sau dacă după fost lui ei al ale cel mi îmi vă bună mulțumesc comanda aș acest această fără "
          "poate când despre le ca nici foarte trebuie fișierul între se unei unui niciun către asta",
    "șțăîâşţ" },
  { "tr", "ve bir bu için ile de da ne var çok gibi daha ama olarak olan ben değil mi kadar sonra en o yok her şey merhaba teşekkürler lütfen siparişim benim nasıl olur bana sizin ya veya hata "
          "değeri geçersiz olması yeni tarafından içinde hiçbir bulunamadı ki ise",
    "ğışİ" },
  { "hr", "i je u na da se za su od s ne to o koji što iz nije ili ali kao može biti sam koja bi samo po će te sve kada ako mogu moja moj hvala molim dobar dan nakon koje ima kako prema bez do "
          "treba vam nema više bio bila li možete gdje između ova ovaj tijekom ju",
    "đžćč" },
  { "sl", "in je v na se za da so s z ne to ki po od kot tudi iz pa ali kaj bi bil bila bilo sem ni ali lahko pri samo več če ko moj moja hvala prosim dober dan ter do ob med kar ta te brez pred "
          "potrebno mogoče vam ima niso datoteke možno ga",
    "čšž" },
  { "et", "ja on ei see et oli kui ka ma ta aga nii mis oma või siis seda olen kes välja veel kuid olla saab pole selle tere aitäh palun minu tellimus juba teie mulle ole kas sest ning välja mida "
          "jaoks ainult fail viga võib peab mitte üle kuidas",
    "õäöü" },
  { "lv", "un ir ka no ar uz par bet vai nav tas to es kas kā pie lai ja jau tikai man mans mana tā bija būt jūs labdien paldies lūdzu pasūtījums šo šis pēc var kad arī netika neizdevās fails "
          "nevar nē vēl kļūda ko kurā",
    "āēīūģķļņ" },
  { "lt", "ir yra kad į iš su o tai kaip bet jau ar nuo dėl tik man mano po buvo būti aš prie už jei jūs labas ačiū prašau užsakymas tačiau dar nėra negalima nepavyko failas klaida šis ši kurį "
          "turi galima ne apie jo gali kai iki pagal per",
    "ėįųūąčęšž" },
  { "ca", "el la els les de que i en un una és per amb no a del dels al als es se ho però més com aquest aquesta meu meva seu seva si molt ja quan també perquè hola gràcies o sobre ha hi són "
          "està ser fer pot cal on ni des sense fins cap què us em aquests li va fitxer d'una l'ordre no s'ha",
    "çàèò·" },
  { "gl", "o a os as de que e do da dos das en no na nos nas un unha é non para por con se máis ao á foi meu miña seu súa como pero está este esta ou moi xa cando tamén só polo pola son ser ten "
          "grazas ola eu vostede iso ata sen pode debe aos ás nun nunha cal onde ningún ningunha isto ese esa usar ficheiro",
    "ñ" },
  { "eu", "eta da ez du bat dira den dela egin baina hori hau ere izan edo nire zuen bere zer baino dut duen dago behar dute egiten kaixo eskerrik asko mesedez nola non guztiak ezin baliogabea "
          "fitxategia izen daiteke batean horren",
    "" },
  { "id", "yang dan di dengan untuk tidak ini itu dari pada adalah saya ke ada akan dalam anda bisa sudah atau juga karena oleh seperti telah kami belum apa bila jika hanya dapat halo terima kasih "
          "tolong pesanan harus sebuah mana tersebut tak gagal lebih saat secara",
    "" },
  { "vi", "và của là không có cho được tôi các một với trong này đã những để người thì khi như bạn từ nhưng về đến vì ra lại nào xin chào cảm ơn đơn hàng bị hay gì chưa nếu đang việc sẽ phải",
    "ảạấầẩậắằẳặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹđơư" },
  { "ru", "и в не на что я с по это как но у из за от так все мне для о же мой вы бы только если или уже до был было он к мы нет меня здравствуйте спасибо пожалуйста заказ ещё при быть "
          "может после который чтобы этот эта можно файл ошибка без также",
    "ыэъё" },
  { "uk", "і в не на що я з по це як але у із за від так все мені для про ж мій ви би тільки якщо або вже до був було він та ми ні мене вітаю дякую будь ласка замовлення ще при бути може після "
          "який щоб цей ця можна файл помилка без також є",
    "іїєґ" },
  { "bg", "и в не на че аз с по това като но у от за така всички ми се да съм е са или вече до беше той към ние няма здравейте благодаря моля поръчка още при бъде може след който ако само "
          "този тази файл грешка без също ще си",
    "ъщ" },
  { "sr", "и у не на да је са по то као али из за од тако све ми се или већ до био био он ка ми нема мене здраво хвала молим при бити може после који ако само овај ова датотека грешка без "
          "такође су ли није",
    "јљњћђџ" },
  { "be", "і ў не на што я з па гэта як але у за ад так усё мне для пра мой вы калі або ужо да быў было ён мы няма дзякуй калі ласка пры быць можа пасля які каб гэты толькі",
    "ўіё" },
};

/** lia_language_words: all languages that are told by their words. */
const LiaLanguageWords *
lia_language_words (guint *n_languages)
{
  *n_languages = G_N_ELEMENTS (languages);

  return languages;
}
