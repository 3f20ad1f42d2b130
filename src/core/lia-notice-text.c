/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-notice-text.h"

/* A letter is written in the customer's language, not in the agent's: so these are no words for translators. */
static const struct
{
  const char        *language;
  LiaCannedFormality formality;
  const char        *body;
} texts[] = {
  { "en", LIA_CANNED_FORMALITY_ANY,
    "Hello{{if customer.first_name}} {{customer.first_name}}{{end}},\n\n"
    "you told us about this: “{{issue.title}}”.\n"
    "It is fixed now{{if issue.release}}, from version {{issue.release}} on{{end}}. Thank you for telling us: without you it would have taken longer.\n\n"
    "If it is not right yet, just answer this message.\n\n"
    "Kind regards\n{{agent.name}}\n" },
  { "de", LIA_CANNED_FORMALITY_FORMAL,
    "Guten Tag{{if customer.name}} {{customer.name}}{{end}},\n\n"
    "Sie haben uns hiervon berichtet: „{{issue.title}}“.\n"
    "Das ist jetzt behoben{{if issue.release}}, ab der Version {{issue.release}}{{end}}. Vielen Dank für Ihren Hinweis: Ohne Sie hätte es länger gedauert.\n\n"
    "Wenn etwas noch nicht stimmt, antworten Sie einfach auf diese Nachricht.\n\n"
    "Freundliche Grüße\n{{agent.name}}\n" },
  { "de", LIA_CANNED_FORMALITY_INFORMAL,
    "Hallo{{if customer.first_name}} {{customer.first_name}}{{end}},\n\n"
    "du hast uns hiervon berichtet: „{{issue.title}}“.\n"
    "Das ist jetzt behoben{{if issue.release}}, ab der Version {{issue.release}}{{end}}. Vielen Dank für deinen Hinweis: Ohne dich hätte es länger gedauert.\n\n"
    "Wenn etwas noch nicht stimmt, antworte einfach auf diese Nachricht.\n\n"
    "Viele Grüße\n{{agent.name}}\n" },
  { "ar", LIA_CANNED_FORMALITY_ANY,
    "مرحبًا{{if customer.name}} {{customer.name}}{{end}}،\n\n"
    "أخبرتنا بهذا: «{{issue.title}}».\n"
    "تم إصلاحه الآن{{if issue.release}} ابتداءً من الإصدار {{issue.release}}{{end}}. شكرًا لك على إخبارنا، فلولاك لاستغرق الأمر وقتًا أطول.\n\n"
    "إذا بقي شيء غير صحيح فما عليك إلا الرد على هذه الرسالة.\n\n"
    "مع أطيب التحيات\n{{agent.name}}\n" },
};

/** lia_notice_text_new: (transfer full): what customers are told of a fix, as long as nobody has written a response for that. */
LiaCanned *
lia_notice_text_new (void)
{
  LiaCanned *canned = lia_canned_new ();

  g_set_str (&canned->shortcut, LIA_NOTICE_SHORTCUT);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      LiaCannedVariant *variant = lia_canned_variant_new ();

      g_set_str (&variant->language, texts[i].language);
      variant->formality = texts[i].formality;
      g_set_str (&variant->body, texts[i].body);
      g_ptr_array_add (canned->variants, variant);
    }

  return canned;
}
