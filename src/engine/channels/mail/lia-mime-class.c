/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lia-mime-class.h"

#include <string.h>

/* Auto-replies, bounces and lists: RFC 3834, RFC 3464, RFC 2919 and what programs do instead. They are shown and threaded; but
 * nobody waits for an answer to them. */

static const char *const robots[] = { "mailer-daemon", "postmaster", "bounce", "bounces" };

static const char *const away_subjects[] = {
  "automatic reply:",
  "out of office",
  "auto:",
  "autoreply",
  "auto-reply",
  "automatische antwort",
  "abwesenheit",
  "abwesend:",
  "réponse automatique",
  "absence du bureau",
  "respuesta automática",
  "fuera de la oficina",
  "resposta automática",
  "ausência",
  "risposta automatica",
  "fuori sede",
  "automatisch antwoord",
  "afwezig",
  "automatiskt svar",
  "frånvaro",
  "automatisk svar",
  "autosvar",
  "automaattinen vastaus",
  "poissa",
  "automatyczna odpowiedź",
  "odpowiedź automatyczna",
  "automatická odpověď",
  "automatikus válasz",
  "автоматический ответ",
  "автоответ",
  "автоматична відповідь",
  "otomatik yanıt",
  "自動応答",
  "自动回复",
  "자동 회신",
};

static gboolean
is_word (const char *value,
         const char *words)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);
  g_autofree char *low = g_strstrip (g_ascii_strdown (value, -1));

  low[strcspn (low, " ;(")] = '\0';

  return g_strv_contains ((const char *const *)all, low);
}

static gboolean
is_from_robot (const char *from)
{
  g_autofree char *local = from != NULL ? g_ascii_strdown (from, strcspn (from, "@+")) : NULL;

  for (guint i = 0; local != NULL && i < G_N_ELEMENTS (robots); i++)
    {
      if (strcmp (local, robots[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/** lia_mime_class_is_nobody: whether it is a no-reply address: behind it stands whoever Reply-To names, if any. */
gboolean
lia_mime_class_is_nobody (const char *from)
{
  g_autofree char *local = from != NULL ? g_ascii_strdown (from, strcspn (from, "@+")) : NULL;

  return local != NULL && (strstr (local, "noreply") != NULL || strstr (local, "no-reply") != NULL || strstr (local, "no_reply") != NULL ||
                           strstr (local, "donotreply") != NULL || strstr (local, "do-not-reply") != NULL);
}

static gboolean
has_away_subject (const char *subject)
{
  g_autofree char *low = subject != NULL ? g_utf8_strdown (subject, -1) : NULL;

  for (guint i = 0; low != NULL && i < G_N_ELEMENTS (away_subjects); i++)
    {
      if (g_str_has_prefix (low, away_subjects[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * lia_mime_class:
 *
 * Returns: "human", "auto-reply", "bounce", "list", "bulk", "feedback" or "mdn"
 */
const char *
lia_mime_class (const LiaMimeFields *fields)
{
  gboolean null_sender = fields->return_path != NULL && strcmp (fields->return_path, "<>") == 0;
  gboolean away;

  if (fields->report_type != NULL)
    {
      if (g_ascii_strcasecmp (fields->report_type, "disposition-notification") == 0)
        return "mdn";

      return g_ascii_strcasecmp (fields->report_type, "feedback-report") == 0 ? "feedback" : "bounce";
    }

  away = has_away_subject (fields->subject);

  if (is_from_robot (fields->from) && !away)
    return "bounce";

  if (fields->list_id != NULL || (fields->list_post != NULL && fields->list_unsubscribe != NULL))
    return "list";

  if (fields->precedence != NULL && is_word (fields->precedence, "list"))
    return "list";

  if ((fields->auto_submitted != NULL && !is_word (fields->auto_submitted, "no")) || fields->auto_reply != NULL ||
      (fields->precedence != NULL && is_word (fields->precedence, "auto_reply auto-reply")) || null_sender)
    return "auto-reply";

  /* Exchange sets it on its own automatic answers; people's programs on ordinary mail too, to be spared the answers. */
  if (away && (fields->suppress != NULL || fields->text_bytes < 2048))
    return "auto-reply";

  if (fields->list_unsubscribe != NULL || (fields->precedence != NULL && is_word (fields->precedence, "bulk junk")) || (fields->reply_to == NULL && lia_mime_class_is_nobody (fields->from)))
    return "bulk";

  return "human";
}
