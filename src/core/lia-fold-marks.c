/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-fold-marks.h"

#include <string.h>

/*
 * Tables, not regular expressions: every test is a plain substring search over at most MAX_LINE bytes, so that no message can make it slow.
 * Words are compared after lower-casing; languages are in the order of the comments.
 */

#define MAX_LINE 1000

/* "wrote" as it stands in attribution lines: en de fr es pt it nl sv/da/no fi is pl cs sk sl/hr/sr hu ro bg ru uk el tr et lv lt ca vi id he ar fa th ja zh ko */
static const char *const wrote[] = {
  "wrote",
  "schrieb",
  "hat geschrieben",
  "a écrit",
  "escribió",
  "escribio",
  "escreveu",
  "ha scritto",
  "schreef",
  "heeft geschreven",
  "skrev",
  "kirjoitti",
  "skrifaði",
  "napisał",
  "pisze",
  "napsal",
  "napísal",
  "napisal",
  "je napisao",
  "пише",
  "ezt írta",
  "írta",
  "a scris",
  "написа",
  "написал",
  "пишет",
  "έγραψε",
  "yazdı",
  "kirjutas",
  "rakstīja",
  "rašė",
  "va escriure",
  "đã viết",
  "menulis",
  "כתב",
  "كتب",
  "نوشت",
  "เขียนว่า",
  "書きました",
  "写道",
  "寫道",
  "님이 작성",
  "작성함",
  "hat am",
};

/* How they begin. */
static const char *const starters[] = {
  "on ",
  "am ",
  "le ",
  "el ",
  "em ",
  "il ",
  "op ",
  "den ",
  "på ",
  "w dniu ",
  "dne ",
  "dňa ",
  "dana ",
  "în ",
  "la data ",
  "на ",
  "в ",
  "στις ",
  "a les ",
  "vào ",
  "pada ",
  "em ",
  "mon, ",
  "tue, ",
  "wed, ",
  "thu, ",
  "fri, ",
  "sat, ",
  "sun, ",
};

static const char *const originals[] = {
  "original message",
  "original-nachricht",
  "ursprüngliche nachricht",
  "originalnachricht",
  "message d'origine",
  "message d’origine",
  "message original",
  "mensaje original",
  "mensagem original",
  "messaggio originale",
  "oorspronkelijk bericht",
  "ursprungligt meddelande",
  "ursprungligt medd",
  "oprindelig meddelelse",
  "opprinnelig melding",
  "alkuperäinen viesti",
  "oryginalna wiadomość",
  "wiadomość oryginalna",
  "původní zpráva",
  "pôvodná správa",
  "eredeti üzenet",
  "mesajul original",
  "mesaj original",
  "исходное сообщение",
  "оригинальное сообщение",
  "вихідне повідомлення",
  "αρχικό μήνυμα",
  "özgün ileti",
  "orijinal mesaj",
  "missatge original",
  "thư gốc",
  "元のメッセージ",
  "原始邮件",
  "原始郵件",
  "원본 메시지",
};

static const char *const forwards[] = {
  "forwarded message",
  "begin forwarded message",
  "weitergeleitete nachricht",
  "anfang der weitergeleiteten",
  "message transféré",
  "début du message",
  "mensaje reenviado",
  "mensagem encaminhada",
  "messaggio inoltrato",
  "doorgestuurd bericht",
  "vidarebefordrat",
  "videresendt",
  "välitetty viesti",
  "przekazana wiadomość",
  "wiadomość przekazana",
  "přeposlaná zpráva",
  "preposlaná správa",
  "továbbított",
  "mesaj redirecționat",
  "пересылаемое",
  "пересланное",
  "переслане повідомлення",
  "προωθημένο",
  "iletilmiş",
  "missatge reenviat",
  "転送されたメッセージ",
  "转发的邮件",
  "轉寄的郵件",
  "전달된 메시지",
};

typedef struct
{
  guint       bit;
  const char *names; /* |a|b| */
} HeaderNames;

static const HeaderNames header_names[] = {
  { LIA_FOLD_HEADER_FROM,
    "|from|von|de|da|van|från|fra|lähettäjä|od|feladó|expeditor|от|от кого|від|από|kimden|gönderen|saatja|no|nuo|từ|dari|מאת|من|از|差出人|送信元|发件人|寄件者|보낸 사람|" },
  { LIA_FOLD_HEADER_DATE,
    "|sent|date|gesendet|datum|am|envoyé|date d'envoi|enviado|enviado el|enviada em|fecha|data|inviato|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|"
    "odoslané|dátum|elküldve|poslano|trimis|отправлено|дата|изпратено|надіслано|ημερομηνία|estalmena|gönderildi|gönderme|tarih|saadetud|nosūtīts|išsiųsta|enviat|ngày|đã gửi|"
    "tanggal|dikirim|נשלח|تاريخ|أرسلت|送信日時|日付|日時|发送时间|日期|寄件日期|보낸 날짜|날짜|" },
  { LIA_FOLD_HEADER_TO,
    "|to|an|à|a|para|aan|till|til|vastaanottaja|do|komu|pro|címzett|za|către|кому|до|προς|kime|alıcı|kellele|kam|kam:|per a|đến|kepada|אל|إلى|به|宛先|收件人|收件者|받는 사람|cc|kopie|copie|"
    "copia|kopia|kopi|" },
  { LIA_FOLD_HEADER_SUBJECT,
    "|subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|tárgy|subiect|тема|относно|θέμα|konu|teema|temats|tema|assumpte|chủ đề|"
    "subjek|perihal|נושא|الموضوع|موضوع|件名|主题|主旨|제목|" },
};

static const char *const devices[] = {
  "sent from my ",
  "sent from outlook",
  "sent from mail for",
  "sent from yahoo",
  "sent via ",
  "sent with proton",
  "sent from proton",
  "get outlook for",
  "von meinem ",
  "gesendet von ",
  "gesendet mit ",
  "diese nachricht wurde von meinem",
  "envoyé de mon ",
  "envoyé depuis ",
  "envoyé à partir de",
  "télécharger outlook",
  "enviado desde ",
  "enviado do meu",
  "enviado a partir",
  "enviado de ",
  "obtener outlook",
  "obter o outlook",
  "inviato da ",
  "scarica outlook",
  "verzonden vanaf ",
  "verstuurd vanaf ",
  "verzonden met ",
  "download outlook",
  "outlook voor ",
  "skickat från ",
  "sendt fra ",
  "hent outlook",
  "hämta outlook",
  "lähetetty ",
  "wysłano z ",
  "wysłane z ",
  "pobierz outlook",
  "odesláno z ",
  "odoslané z ",
  "elküldve ",
  "trimis de pe ",
  "отправлено с ",
  "отправлено из ",
  "надіслано з ",
  "στάλθηκε από ",
  "iphone'umdan ",
  "ipad'imden ",
  "enviat des ",
  "đã gửi từ ",
  "dikirim dari ",
  "נשלח מה",
  "أرسلت من ",
  "iphoneから送信",
  "ipadから送信",
  "发自我的",
  "從我的 iphone",
  "나의 iphone에서",
  "outlook für ",
  "outlook for ",
};

static char *
lowered (const char *text,
         gsize       length)
{
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;

  if (length > MAX_LINE)
    {
      length = MAX_LINE;

      while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
        length--;
    }

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;

  return g_utf8_strdown (text, length);
}

static gboolean
contains_one (const char        *text,
              const char *const *words,
              guint              n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (strstr (text, words[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
starts_with_one (const char        *text,
                 const char *const *words,
                 guint              n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (g_str_has_prefix (text, words[i]))
        return TRUE;
    }

  return FALSE;
}

/* Ends with a colon, ASCII or full-width, perhaps with directional marks or a star of bold text behind it. */
static gboolean
ends_with_colon (const char *text)
{
  const char *end = text + strlen (text);

  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar    letter = g_utf8_get_char (last);

      if (letter == ':' || letter == 0xff1a)
        return TRUE;

      if (letter != '*' && letter != 0x200e && letter != 0x200f && (letter < 0x202a || letter > 0x202e) && letter != 0xa0)
        return FALSE;

      end = last;
    }

  return FALSE;
}

static gboolean
has_time (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p) && (p[1] == ':' || p[1] == '.' || p[1] == 'h') && g_ascii_isdigit (p[2]) && g_ascii_isdigit (p[3]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_year (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((p == text || !g_ascii_isdigit (p[-1])) && (g_str_has_prefix (p, "19") || g_str_has_prefix (p, "20")) &&
          g_ascii_isdigit (p[2]) && g_ascii_isdigit (p[3]) && !g_ascii_isdigit (p[4]))
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_fold_mark_attribution:
 * @text: one to three lines
 *
 * "On Mon, 10 Nov 2025 at 10:00, Ann <ann@example.com> wrote:" and its like. Some languages have no verb there: then it takes an address and
 * a date with the time.
 */
LiaFoldMark
lia_fold_mark_attribution (const char *text,
                           gsize       length)
{
  g_autofree char *line = NULL;
  gboolean         address;
  gboolean         dated;
  gboolean         verb;

  if (length < 8 || length > 400)
    return LIA_FOLD_MARK_NONE;

  line = lowered (text, length);

  if (!ends_with_colon (line))
    return LIA_FOLD_MARK_NONE;

  address = strchr (line, '@') != NULL;
  dated = has_year (line) || has_time (line);

  if (!address && !dated)
    return LIA_FOLD_MARK_NONE;

  verb = contains_one (line, wrote, G_N_ELEMENTS (wrote));

  if (!verb && !(address && has_time (line)))
    return LIA_FOLD_MARK_NONE;

  if ((address && dated) || (dated && has_time (line) && starts_with_one (line, starters, G_N_ELEMENTS (starters))))
    return LIA_FOLD_MARK_STRONG;

  return LIA_FOLD_MARK_WEAK;
}

static gboolean
is_between_dashes (const char *line)
{
  return g_str_has_prefix (line, "--") || g_str_has_prefix (line, "__") || g_str_has_prefix (line, "==") || g_str_has_prefix (line, "**");
}

/** lia_fold_mark_original: "-----Original Message-----", in any of its languages. */
gboolean
lia_fold_mark_original (const char *line,
                        gsize       length)
{
  g_autofree char *low = NULL;

  if (length < 10 || length > 150)
    return FALSE;

  low = lowered (line, length);

  return is_between_dashes (low) && contains_one (low, originals, G_N_ELEMENTS (originals));
}

/** lia_fold_mark_forwarded: "---------- Forwarded message ---------": what follows is the message's matter, never a quote. */
gboolean
lia_fold_mark_forwarded (const char *line,
                         gsize       length)
{
  g_autofree char *low = NULL;

  if (length < 8 || length > 150)
    return FALSE;

  low = lowered (line, length);

  return (is_between_dashes (low) || ends_with_colon (low)) && contains_one (low, forwards, G_N_ELEMENTS (forwards));
}

/** lia_fold_mark_header: which field of a quoted header "From: …", "*Von:* …" the line is. */
guint
lia_fold_mark_header (const char *line,
                      gsize       length)
{
  g_autofree char *low = NULL;
  g_autofree char *key = NULL;
  const char      *name;
  const char      *colon;
  const char      *wide;

  if (length < 3 || !memchr (line, ':', MIN (length, 60)))
    {
      if (length < 6 || g_strstr_len (line, MIN (length, 60), "：") == NULL)
        return 0;
    }

  low = lowered (line, length);
  name = low + strspn (low, "* ");
  colon = strchr (name, ':');
  wide = strstr (name, "：");

  if (wide != NULL && (colon == NULL || wide < colon))
    colon = wide;

  if (colon == NULL || colon == name || colon - name > 40)
    return 0;

  while (colon > name && strchr ("* \t", colon[-1]) != NULL)
    colon--;

  if (colon - name >= 2 && (guchar)colon[-1] == 0xa0 && (guchar)colon[-2] == 0xc2)
    colon -= 2;

  key = g_strdup_printf ("|%.*s|", (int)(colon - name), name);

  for (guint i = 0; i < G_N_ELEMENTS (header_names); i++)
    {
      if (strstr (header_names[i].names, key) != NULL)
        return header_names[i].bit;
    }

  return 0;
}

/** lia_fold_mark_rule: a line of ten or more underscores, as Outlook draws above a quoted header. */
gboolean
lia_fold_mark_rule (const char *line,
                    gsize       length)
{
  gsize dashes = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (line[i] == '_' || line[i] == '-')
        dashes++;
      else if (!g_ascii_isspace (line[i]))
        return FALSE;
    }

  return dashes >= 10;
}

/** lia_fold_mark_device: "Sent from my iPhone" and the like, as a line of its own. */
gboolean
lia_fold_mark_device (const char *line,
                      gsize       length)
{
  g_autofree char *low = NULL;

  if (length < 8 || length > 120)
    return FALSE;

  low = lowered (line, length);

  return starts_with_one (low + strspn (low, "-_* "), devices, G_N_ELEMENTS (devices));
}
